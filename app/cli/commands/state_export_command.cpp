// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli_text.h"
#include "cli/commands/commands.h"
#include "cli/printable_text.h"
#include "cli/workspace_command.h"

namespace headgate::cli {

namespace {

class StateExportCommand final : public WorkspaceCommand
{
public:
    StateExportCommand() : WorkspaceCommand(Reach::LocalFiles) {}

protected:
    [[nodiscard]] CommandSpec workspaceSpec() const override;
    [[nodiscard]] Result<int> work(const Invocation& invocation,
                                   service::Workspace& workspace) override;
};

CommandSpec StateExportCommand::workspaceSpec() const
{
    return {
        .name = "state export",
        .summary = CliText::tr("Write the state to a file, for another machine"),
        .description = CliText::tr("Writes everything that this machine remembers of the project "
                                   "and target. The file holds "
                                   "personal data and the key of the hashes: treat it like a "
                                   "password. Two machines must not go "
                                   "on with the same state."),
        .arguments = {{"FILE", CliText::tr("The file to write.")}},
        .examples = {{"state export headgate-state.jsonl", CliText::tr("On the old machine:")}},
    };
}

Result<int> StateExportCommand::work(const Invocation& invocation, service::Workspace& workspace)
{
    const std::string file = invocation.arguments.positional(0);
    HEADGATE_TRY(workspace.exportState(file));
    invocation.output.note(CliText::tr("Written: %1").arg(printable(file, 0)));
    invocation.output.document("state_export", {{"file", file}});
    return 0;
}

} // namespace

std::unique_ptr<Command> makeStateExportCommand()
{
    return std::make_unique<StateExportCommand>();
}

} // namespace headgate::cli
