// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "cli/arguments.h"
#include "cli/command_spec.h"

#include <span>
#include <string>
#include <vector>

namespace headgate::cli {

enum class OutputFormat
{
    Text,
    Json
};

struct GlobalOptions
{
    std::string project; ///< empty: look for it
    std::string target;  ///< empty: the project's first
    OutputFormat output = OutputFormat::Text;
    bool quiet = false;
    bool verbose = false;
    bool noInput = false;
    bool noColor = false;
};

struct CommandLine
{
    GlobalOptions globals;
    /// Command or group; empty: none was named.
    std::string command;
    Arguments arguments;
    bool help = false;
    bool version = false;
};

/// Reads the words after the program's name. Options are "--name=value" or "--name value"; the
/// global ones stand anywhere, a command's own after its name; "--" ends them. Nothing is
/// abbreviated.
/// Error: Usage "usage.*"; the sentence names the command that shows what is possible.
[[nodiscard]] Result<CommandLine> parseCommandLine(std::span<const CommandSpec> commands,
                                                   std::span<const std::string> words);

/// Whether the words ask for JSON, read leniently, so that even a usage error comes in the format
/// that was asked for.
[[nodiscard]] bool asksForJson(std::span<const std::string> words);

/// Longest argument that is taken: nothing sensible is longer.
inline constexpr std::size_t longestArgument = 65536;

} // namespace headgate::cli
