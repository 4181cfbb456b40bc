// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command_set.h"

#include "cli/commands/completion_command.h"

namespace headgate::cli {

std::vector<std::unique_ptr<Command>> allCommands()
{
    std::vector<std::unique_ptr<Command>> commands;
    commands.push_back(std::make_unique<CompletionCommand>());
    return commands;
}

std::vector<CommandSpec> allSpecs()
{
    std::vector<CommandSpec> specs;
    for (const auto& command : allCommands())
        specs.push_back(command->spec());
    return specs;
}

} // namespace headgate::cli
