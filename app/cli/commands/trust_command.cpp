// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli_text.h"
#include "cli/commands/commands.h"
#include "cli/workspace_command.h"

namespace headgate::cli {

namespace {

class TrustCommand final : public WorkspaceCommand
{
public:
    TrustCommand() : WorkspaceCommand(Reach::LocalFiles) {}

protected:
    [[nodiscard]] CommandSpec workspaceSpec() const override;
    [[nodiscard]] Result<int> work(const Invocation& invocation,
                                   service::Workspace& workspace) override;
};

CommandSpec TrustCommand::workspaceSpec() const
{
    return {
        .name = "trust",
        .summary = CliText::tr("Allow this project to connect"),
        .description = CliText::tr("A project that came from somebody else queries and sends "
                                   "nothing until it is trusted here. "
                                   "Look at its sources, destinations and queries first."),
        .examples = {{"trust", CliText::tr("After reading it:")}},
    };
}

Result<int> TrustCommand::work(const Invocation& invocation, service::Workspace& workspace)
{
    HEADGATE_TRY(workspace.trust());
    invocation.output.note(CliText::tr("This project may now connect."));
    invocation.output.document("trust", {{"trusted", true}});
    return 0;
}

} // namespace

std::unique_ptr<Command> makeTrustCommand()
{
    return std::make_unique<TrustCommand>();
}

} // namespace headgate::cli
