// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli_text.h"
#include "cli/commands/commands.h"
#include "cli/printable_text.h"
#include "cli/resolution.h"
#include "cli/workspace_command.h"

namespace headgate::cli {

namespace {

class SkipCommand final : public WorkspaceCommand
{
public:
    SkipCommand() : WorkspaceCommand(Reach::LocalFiles) {}

protected:
    [[nodiscard]] CommandSpec workspaceSpec() const override;
    [[nodiscard]] Result<int> work(const Invocation& invocation,
                                   service::Workspace& workspace) override;
};

CommandSpec SkipCommand::workspaceSpec() const
{
    return {
        .name = "skip",
        .summary = CliText::tr("Leave a record out, once or always"),
        .description = CliText::tr("The record is not sent by the next run, or by no run until it "
                                   "is released. It stays listed by "
                                   "headgate rejected."),
        .arguments = {{"SYNC", CliText::tr("Which sync.")}},
        .options = {{"key", "KEY", CliText::tr("The record's key. May be repeated."), {}, true},
                    {"once", "", CliText::tr("Only for the next run.")},
                    {"always", "", CliText::tr("Until it is released.")},
                    {"release", "", CliText::tr("No longer: it goes again with the next run.")}},
        .examples = {{"skip recently-viewed --key=4711 --always",
                      CliText::tr("Never send this one:")},
                     {"skip recently-viewed --key=4711 --release", CliText::tr("Send it again:")}},
        .exclusive = {{"once", "always", "release"}},
    };
}

Result<int> SkipCommand::work(const Invocation& invocation, service::Workspace& workspace)
{
    const Arguments& arguments = invocation.arguments;
    const auto sync = chosenSync(workspace, arguments.positional(0));
    if (!sync)
        return Failure(sync.error());
    service::Resolution resolution = service::Resolution::SkipOnce;
    if (arguments.has("always"))
        resolution = service::Resolution::SkipAlways;
    else if (arguments.has("release"))
        resolution = service::Resolution::Release;
    else if (!arguments.has("once"))
        return fail(ErrorKind::Usage, "usage.skip.how",
                    CliText::tr("Say for how long: --once, --always, or --release to end it."));
    if (!arguments.has("key"))
        return fail(ErrorKind::Usage, "usage.skip.key",
                    CliText::tr("Name the record: --key=KEY. Its keys: headgate rejected %1")
                        .arg(printable(*sync)));
    return resolveAndShow(invocation, workspace, {*sync, arguments.values("key"), resolution});
}

} // namespace

std::unique_ptr<Command> makeSkipCommand()
{
    return std::make_unique<SkipCommand>();
}

} // namespace headgate::cli
