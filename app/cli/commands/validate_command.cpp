// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli_text.h"
#include "cli/commands/commands.h"
#include "cli/issue_text.h"
#include "cli/workspace_command.h"

namespace headgate::cli {

namespace {

class ValidateCommand final : public WorkspaceCommand
{
public:
    ValidateCommand() : WorkspaceCommand(Reach::LocalFiles) {}

protected:
    [[nodiscard]] CommandSpec workspaceSpec() const override;
    [[nodiscard]] Result<int> work(const Invocation& invocation,
                                   service::Workspace& workspace) override;
};

CommandSpec ValidateCommand::workspaceSpec() const
{
    return {
        .name = "validate",
        .summary = CliText::tr("Check the project without connecting anywhere"),
        .description = CliText::tr("Reads every definition and checks it against connector, shape "
                                   "and model. Shows every finding "
                                   "with its place and what to do. Exit code 2 if there is an "
                                   "error; warnings alone are 0."),
        .examples = {{"validate", CliText::tr("Before a commit:")},
                     {"validate --output=json", CliText::tr("For an editor or a CI job:")}},
    };
}

Result<int> ValidateCommand::work(const Invocation& invocation, service::Workspace& workspace)
{
    const Issues issues = workspace.validate();
    data::JsonNode list = data::JsonNode::array();
    for (const Issue& issue : issues) {
        invocation.output.print(issueText(issue, invocation.output));
        list.push_back(issueMembers(issue));
    }
    const bool valid = !hasErrors(issues);
    if (issues.empty())
        invocation.output.note(CliText::tr("No findings."));
    invocation.output.document("validation", {{"valid", valid}, {"issues", list}});
    return valid ? 0 : exitCode(ErrorKind::Config);
}

} // namespace

std::unique_ptr<Command> makeValidateCommand()
{
    return std::make_unique<ValidateCommand>();
}

} // namespace headgate::cli
