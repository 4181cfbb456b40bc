// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command.h"

#include <string>

namespace headgate::cli {

/// The command line as a whole: from the words to the exit code.
class Program
{
public:
    explicit Program(std::vector<std::unique_ptr<Command>> commands);

    /// The process's exit code.
    [[nodiscard]] int run(std::span<const std::string> words);

private:
    [[nodiscard]] int showHelp(const CommandLine& line, Output& output) const;
    [[nodiscard]] int runCommand(const CommandLine& line, Output& output);

    std::vector<std::unique_ptr<Command>> m_commands;
    std::vector<CommandSpec> m_specs;
};

} // namespace headgate::cli
