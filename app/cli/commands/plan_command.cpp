// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli_text.h"
#include "cli/commands/commands.h"
#include "cli/run_driver.h"
#include "cli/workspace_command.h"

namespace headgate::cli {

namespace {

class PlanCommand final : public WorkspaceCommand
{
public:
    PlanCommand() : WorkspaceCommand(Reach::Network) {}

protected:
    [[nodiscard]] CommandSpec workspaceSpec() const override;
    [[nodiscard]] Result<int> work(const Invocation& invocation,
                                   service::Workspace& workspace) override;
};

CommandSpec PlanCommand::workspaceSpec() const
{
    return {
        .name = "plan",
        .summary = CliText::tr("Show what a run would send, and send nothing"),
        .description = CliText::tr("A dry run: reads the model, shapes the records and compares "
                                   "them with what was delivered "
                                   "before. Shows what would be added, changed, re-keyed and "
                                   "removed, with the first records of "
                                   "each, and which gates would stop the run. Moves nothing."),
        .arguments = {{"SYNC", CliText::tr("Which syncs; without one: all."), false, true}},
        .options = {{"full", "",
                     CliText::tr("As if records that have not changed were sent again.")},
                    {"new-state", "", CliText::tr("As if there were no state yet.")},
                    {"adopt", "",
                     CliText::tr("With the state of the former account or record key.")}},
        .examples = {{"plan recently-viewed", CliText::tr("What would the next run do?")},
                     {"plan --output=json", CliText::tr("All syncs, for a program:")}},
        .exclusive = {{"new-state", "adopt"}},
    };
}

Result<int> PlanCommand::work(const Invocation& invocation, service::Workspace& workspace)
{
    const auto syncs = chosenSyncs(workspace, invocation.arguments.positionals());
    if (!syncs)
        return Failure(syncs.error());
    std::vector<service::RunRequest> requests;
    for (const std::string& sync : *syncs) {
        service::RunRequest request;
        request.sync = sync;
        request.kind = run::RunKind::DryRun;
        request.full = invocation.arguments.has("full");
        if (invocation.arguments.has("new-state"))
            request.identity = service::NewIdentity::NewState;
        if (invocation.arguments.has("adopt"))
            request.identity = service::NewIdentity::Adopt;
        requests.push_back(std::move(request));
    }
    return runAndShow(invocation, workspace, requests, {});
}

} // namespace

std::unique_ptr<Command> makePlanCommand()
{
    return std::make_unique<PlanCommand>();
}

} // namespace headgate::cli
