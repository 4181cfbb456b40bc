// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command_line.h"
#include "cli/interrupts.h"
#include "cli/output.h"

#include <memory>
#include <span>
#include <vector>

namespace headgate::cli {

/// What a command is given. All of it outlives the command's run.
struct Invocation
{
    const GlobalOptions& globals;
    const Arguments& arguments;
    Output& output;
    const Interrupts& interrupts;
};

/// One command of the program: says what it understands, does it through core/service, shows it.
class Command
{
public:
    virtual ~Command() = default;
    [[nodiscard]] virtual CommandSpec spec() const = 0;
    /// The exit code, of a command that did its work and showed it, or the error that the program
    /// shows. An Error's exit code is that of its kind.
    [[nodiscard]] virtual Result<int> run(const Invocation& invocation) = 0;
};

} // namespace headgate::cli
