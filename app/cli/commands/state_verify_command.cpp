// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli_text.h"
#include "cli/commands/commands.h"
#include "cli/printable_text.h"
#include "cli/workspace_command.h"

namespace headgate::cli {

namespace {

class StateVerifyCommand final : public WorkspaceCommand
{
public:
    StateVerifyCommand() : WorkspaceCommand(Reach::LocalFiles) {}

protected:
    [[nodiscard]] CommandSpec workspaceSpec() const override;
    [[nodiscard]] Result<int> work(const Invocation& invocation,
                                   service::Workspace& workspace) override;
};

CommandSpec StateVerifyCommand::workspaceSpec() const
{
    return {
        .name = "state verify",
        .summary = CliText::tr("Check the state database for damage"),
        .description =
            CliText::tr("Reads all of it. Exit code 8 if something is wrong; what was found is "
                        "shown."),
        .examples = {{"state verify", CliText::tr("After a disk error:")}},
    };
}

Result<int> StateVerifyCommand::work(const Invocation& invocation, service::Workspace& workspace)
{
    const auto findings = workspace.verifyState();
    if (!findings)
        return Failure(findings.error());
    data::JsonNode list = data::JsonNode::array();
    for (const QString& finding : *findings) {
        invocation.output.print(printable(finding, 0) + QLatin1Char('\n'));
        list.push_back(finding.toStdString());
    }
    if (findings->empty())
        invocation.output.note(CliText::tr("The state is whole."));
    invocation.output.document("state_verification",
                               {{"whole", findings->empty()}, {"findings", list}});
    return findings->empty() ? 0 : exitCode(ErrorKind::State);
}

} // namespace

std::unique_ptr<Command> makeStateVerifyCommand()
{
    return std::make_unique<StateVerifyCommand>();
}

} // namespace headgate::cli
