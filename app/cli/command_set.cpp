// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command_set.h"

#include "cli/commands/commands.h"

namespace headgate::cli {

std::vector<std::unique_ptr<Command>> allCommands()
{
    std::vector<std::unique_ptr<Command>> commands;
    commands.push_back(makeInitCommand());
    commands.push_back(makeValidateCommand());
    commands.push_back(makeSourcesListCommand());
    commands.push_back(makeSourcesTestCommand());
    commands.push_back(makePreviewCommand());
    commands.push_back(makePlanCommand());
    commands.push_back(makeRunCommand());
    commands.push_back(makePushCommand());
    commands.push_back(makeRetryCommand());
    commands.push_back(makeStatusCommand());
    commands.push_back(makeHistoryCommand());
    commands.push_back(makeRejectedCommand());
    commands.push_back(makeSkipCommand());
    commands.push_back(makeResolveCommand());
    commands.push_back(makeStateShowCommand());
    commands.push_back(makeStateVerifyCommand());
    commands.push_back(makeStateExportCommand());
    commands.push_back(makeStateImportCommand());
    commands.push_back(makeStateResetCommand());
    commands.push_back(makeStateSetAsideCommand());
    commands.push_back(makeInboxCommand());
    commands.push_back(makeConnectorsListCommand());
    commands.push_back(makeConnectorsCheckCommand());
    commands.push_back(makeSecretSetCommand());
    commands.push_back(makeSecretRemoveCommand());
    commands.push_back(makeSecretListCommand());
    commands.push_back(makeTrustCommand());
    commands.push_back(makePurgeCommand());
    commands.push_back(makeCompletionCommand());
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
