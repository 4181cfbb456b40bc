// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli_text.h"
#include "cli/commands/commands.h"
#include "cli/printable_text.h"
#include "cli/question.h"
#include "cli/workspace_command.h"

namespace headgate::cli {

namespace {

class StateResetCommand final : public WorkspaceCommand
{
public:
    StateResetCommand() : WorkspaceCommand(Reach::LocalFiles) {}

protected:
    [[nodiscard]] CommandSpec workspaceSpec() const override;
    [[nodiscard]] Result<int> work(const Invocation& invocation,
                                   service::Workspace& workspace) override;
};

CommandSpec StateResetCommand::workspaceSpec() const
{
    return {
        .name = "state reset",
        .summary = CliText::tr("Forget what was delivered by a sync"),
        .description = CliText::tr(
            "The next run counts every record as new and sends it again. Records at the "
            "destination are "
            "not touched; those that have left the model are forgotten and will not be removed."),
        .arguments = {{"SYNC", CliText::tr("Which sync.")}},
        .options = {{"yes", "", CliText::tr("Do not ask.")}},
        .examples = {{"state reset recently-viewed --yes", CliText::tr("Begin anew:")}},
    };
}

Result<int> StateResetCommand::work(const Invocation& invocation, service::Workspace& workspace)
{
    const auto sync = chosenSync(workspace, invocation.arguments.positional(0));
    if (!sync)
        return Failure(sync.error());
    HEADGATE_TRY(
        requireYes(invocation.globals, invocation.arguments,
                   CliText::tr("The state of %1 is forgotten; this cannot be undone. To keep "
                               "a copy first: headgate state export FILE")
                       .arg(printable(*sync))));
    HEADGATE_TRY(workspace.resetState(*sync));
    invocation.output.note(
        CliText::tr("The next run of %1 counts every record as new.").arg(printable(*sync)));
    invocation.output.document("state_reset", {{"sync", *sync}});
    return 0;
}

} // namespace

std::unique_ptr<Command> makeStateResetCommand()
{
    return std::make_unique<StateResetCommand>();
}

} // namespace headgate::cli
