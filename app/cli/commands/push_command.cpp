// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli_text.h"
#include "cli/commands/commands.h"
#include "cli/key_list.h"
#include "cli/run_driver.h"
#include "cli/workspace_command.h"

namespace headgate::cli {

namespace {

std::vector<OptionSpec> pushOptions()
{
    std::vector<OptionSpec> options = keyListOptions();
    options.push_back(
        {"inbox", "URL",
         CliText::tr("Send to a running inbox (see headgate inbox) instead of the destination.")});
    for (OptionSpec& option : exitPolicyOptions())
        options.push_back(std::move(option));
    return options;
}

class PushCommand final : public WorkspaceCommand
{
public:
    PushCommand() : WorkspaceCommand(Reach::Network) {}

protected:
    [[nodiscard]] CommandSpec workspaceSpec() const override;
    [[nodiscard]] Result<int> work(const Invocation& invocation,
                                   service::Workspace& workspace) override;
};

CommandSpec PushCommand::workspaceSpec() const
{
    return {
        .name = "push",
        .summary = CliText::tr("Really send chosen records now"),
        .description = CliText::tr(
            "Sends the records of the given keys, changed or not. It takes the lock, keeps a "
            "journal and "
            "records outcomes like any run, and never removes anything or moves a cursor."),
        .arguments = {{"SYNC", CliText::tr("Which sync.")}},
        .options = pushOptions(),
        .examples = {{"push recently-viewed --key=4711", CliText::tr("One customer:")},
                     {"push recently-viewed --keys-from=vip.csv --header",
                      CliText::tr("Those of a CSV file's first column:")},
                     {"push recently-viewed --keys-from=-",
                      CliText::tr("Those on standard input:")}},
    };
}

Result<int> PushCommand::work(const Invocation& invocation, service::Workspace& workspace)
{
    const auto sync = chosenSync(workspace, invocation.arguments.positional(0));
    if (!sync)
        return Failure(sync.error());
    const auto policy = readExitPolicy(invocation.arguments);
    if (!policy)
        return Failure(policy.error());
    const auto keys = givenKeys(invocation.arguments);
    if (!keys)
        return Failure(keys.error());
    service::RunRequest request;
    request.sync = *sync;
    request.kind = run::RunKind::Push;
    request.keys = *keys;
    request.destinationUrl = invocation.arguments.value("inbox");
    return runAndShow(invocation, workspace, {request}, *policy);
}

} // namespace

std::unique_ptr<Command> makePushCommand()
{
    return std::make_unique<PushCommand>();
}

} // namespace headgate::cli
