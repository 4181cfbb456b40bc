// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli_text.h"
#include "cli/commands/commands.h"
#include "cli/run_driver.h"
#include "cli/workspace_command.h"

namespace headgate::cli {

namespace {

class RetryCommand final : public WorkspaceCommand
{
public:
    RetryCommand() : WorkspaceCommand(Reach::Network) {}

protected:
    [[nodiscard]] CommandSpec workspaceSpec() const override;
    [[nodiscard]] Result<int> work(const Invocation& invocation,
                                   service::Workspace& workspace) override;
};

CommandSpec RetryCommand::workspaceSpec() const
{
    return {
        .name = "retry",
        .summary = CliText::tr("Send rejected records again now"),
        .description = CliText::tr("Sends records that were rejected or parked again at once, "
                                   "without their pauses, as they are "
                                   "in the warehouse now. Other records are not touched."),
        .arguments = {{"SYNC", CliText::tr("Which syncs; without one: all."), false, true}},
        .options = exitPolicyOptions(),
        .examples = {{"retry recently-viewed",
                      CliText::tr("After the destination has been put right:")}},
    };
}

Result<int> RetryCommand::work(const Invocation& invocation, service::Workspace& workspace)
{
    const auto syncs = chosenSyncs(workspace, invocation.arguments.positionals());
    if (!syncs)
        return Failure(syncs.error());
    const auto policy = readExitPolicy(invocation.arguments);
    if (!policy)
        return Failure(policy.error());
    std::vector<service::RunRequest> requests;
    for (const std::string& sync : *syncs) {
        service::RunRequest request;
        request.sync = sync;
        request.kind = run::RunKind::Retry;
        requests.push_back(std::move(request));
    }
    return runAndShow(invocation, workspace, requests, *policy);
}

} // namespace

std::unique_ptr<Command> makeRetryCommand()
{
    return std::make_unique<RetryCommand>();
}

} // namespace headgate::cli
