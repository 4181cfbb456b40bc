// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli_text.h"
#include "cli/commands/commands.h"
#include "cli/printable_text.h"
#include "cli/workspace_command.h"

namespace headgate::cli {

namespace {

class StateImportCommand final : public WorkspaceCommand
{
public:
    StateImportCommand() : WorkspaceCommand(Reach::LocalFiles) {}

protected:
    [[nodiscard]] CommandSpec workspaceSpec() const override;
    [[nodiscard]] Result<int> work(const Invocation& invocation,
                                   service::Workspace& workspace) override;
};

CommandSpec StateImportCommand::workspaceSpec() const
{
    return {
        .name = "state import",
        .summary = CliText::tr("Take over the state of another machine"),
        .description =
            CliText::tr("Reads what headgate state export has written. Refused where this "
                        "machine has a state of its own for the project and target."),
        .arguments = {{"FILE", CliText::tr("The file to read.")}},
        .examples = {{"state import headgate-state.jsonl", CliText::tr("On the new machine:")}},
    };
}

Result<int> StateImportCommand::work(const Invocation& invocation, service::Workspace& workspace)
{
    const std::string file = invocation.arguments.positional(0);
    HEADGATE_TRY(workspace.importState(file));
    invocation.output.note(CliText::tr("Taken over: %1").arg(printable(file, 0)));
    invocation.output.document("state_import", {{"file", file}});
    return 0;
}

} // namespace

std::unique_ptr<Command> makeStateImportCommand()
{
    return std::make_unique<StateImportCommand>();
}

} // namespace headgate::cli
