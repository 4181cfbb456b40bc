// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli_text.h"
#include "cli/commands/commands.h"
#include "cli/resolution.h"
#include "cli/workspace_command.h"

namespace headgate::cli {

namespace {

class ResolveCommand final : public WorkspaceCommand
{
public:
    ResolveCommand() : WorkspaceCommand(Reach::LocalFiles) {}

protected:
    [[nodiscard]] CommandSpec workspaceSpec() const override;
    [[nodiscard]] Result<int> work(const Invocation& invocation,
                                   service::Workspace& workspace) override;
};

CommandSpec ResolveCommand::workspaceSpec() const
{
    return {
        .name = "resolve",
        .summary = CliText::tr("Decide what became of records in doubt"),
        .description = CliText::tr("A record is in doubt when its request was sent and no usable "
                                   "answer came. Where a repeat could "
                                   "do harm, it waits for your decision: look at the destination, "
                                   "then say here what is so."),
        .arguments = {{"SYNC", CliText::tr("Which sync.")}},
        .options = {{"key",
                     "KEY",
                     CliText::tr("The record's key. May be repeated. Without it: all that wait."),
                     {},
                     true},
                    {"delivered", "", CliText::tr("It has arrived: do not send it again.")},
                    {"resend", "", CliText::tr("Send it again; a second copy is accepted.")}},
        .examples = {{"resolve orders --key=1001 --delivered", CliText::tr("The order is there:")},
                     {"resolve orders --resend", CliText::tr("None of them has arrived:")}},
        .exclusive = {{"delivered", "resend"}},
    };
}

Result<int> ResolveCommand::work(const Invocation& invocation, service::Workspace& workspace)
{
    const Arguments& arguments = invocation.arguments;
    const auto sync = chosenSync(workspace, arguments.positional(0));
    if (!sync)
        return Failure(sync.error());
    if (!arguments.has("delivered") && !arguments.has("resend"))
        return fail(ErrorKind::Usage, "usage.resolve.how",
                    CliText::tr("Say what is so: --delivered or --resend."));
    const auto resolution =
        arguments.has("resend") ? service::Resolution::Resend : service::Resolution::Delivered;
    return resolveAndShow(invocation, workspace, {*sync, arguments.values("key"), resolution});
}

} // namespace

std::unique_ptr<Command> makeResolveCommand()
{
    return std::make_unique<ResolveCommand>();
}

} // namespace headgate::cli
