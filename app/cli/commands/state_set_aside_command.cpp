// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "cli/cli_text.h"
#include "cli/commands/commands.h"
#include "cli/printable_text.h"
#include "cli/question.h"
#include "cli/workspace_command.h"

namespace headgate::cli {

namespace {

class StateSetAsideCommand final : public WorkspaceCommand
{
public:
    StateSetAsideCommand() : WorkspaceCommand(Reach::LocalFiles) {}

protected:
    [[nodiscard]] CommandSpec workspaceSpec() const override;
    [[nodiscard]] Result<int> work(const Invocation& invocation,
                                   service::Workspace& workspace) override;
};

CommandSpec StateSetAsideCommand::workspaceSpec() const
{
    return {
        .name = "state set-aside",
        .summary = CliText::tr("Put a state that cannot be used out of the way"),
        .description = CliText::tr(
            "For a state that is damaged or of a newer version and cannot be restored. Its files "
            "are renamed, not deleted. Every sync of the project and target then begins anew: its "
            "next run counts every record as new, and records that have left the model will not "
            "be removed."),
        .options = {{"yes", "", CliText::tr("Do not ask.")}},
        .examples = {{"state set-aside --yes", CliText::tr("Where there is no backup:")},
                     {"plan recently-viewed", CliText::tr("Afterwards, what would be sent:")}},
    };
}

Result<int> StateSetAsideCommand::work(const Invocation& invocation, service::Workspace& workspace)
{
    HEADGATE_TRY(requireYes(
        invocation.globals, invocation.arguments,
        CliText::tr("The state in %1 is set aside: what was delivered is no longer known, and the "
                    "next runs count every record as new. Restore a backup instead if there is "
                    "one.")
            .arg(printable(workspace.stateDirectory(), 0))));
    const auto old = workspace.setStateAside();
    if (!old)
        return Failure(old.error());
    invocation.output.note(
        CliText::tr("Set aside as %1. 'headgate plan SYNC' shows what the next run would send; "
                    "'headgate run SYNC --baseline' marks it as delivered without sending.")
            .arg(printable(*old, 0)));
    invocation.output.document("state_set_aside", {{"file", *old}});
    return 0;
}

} // namespace

std::unique_ptr<Command> makeStateSetAsideCommand()
{
    return std::make_unique<StateSetAsideCommand>();
}

} // namespace headgate::cli
