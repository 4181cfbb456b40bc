// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "cli/cli_text.h"
#include "cli/commands/commands.h"
#include "cli/printable_text.h"
#include "cli/question.h"
#include "cli/workspace_command.h"

namespace headgate::cli {

namespace {

class PurgeCommand final : public WorkspaceCommand
{
public:
    PurgeCommand() : WorkspaceCommand(Reach::LocalFiles) {}

protected:
    [[nodiscard]] CommandSpec workspaceSpec() const override;
    [[nodiscard]] Result<int> work(const Invocation& invocation,
                                   service::Workspace& workspace) override;
};

CommandSpec PurgeCommand::workspaceSpec() const
{
    return {
        .name = "purge",
        .summary = CliText::tr("Remove every trace of a person from this machine"),
        .description = CliText::tr("Removes the record of a key from state, history and spools of "
                                   "all syncs of this project and "
                                   "target. What stays is a keyed hash, so that the record is not "
                                   "sent again. The destination is "
                                   "not touched."),
        .options = {{"key", "KEY", CliText::tr("The record's key.")},
                    {"yes", "", CliText::tr("Do not ask.")}},
        .examples = {{"purge --key=ann@example.com --yes",
                      CliText::tr("After a request for erasure:")}},
    };
}

Result<int> PurgeCommand::work(const Invocation& invocation, service::Workspace& workspace)
{
    const std::string key = invocation.arguments.value("key");
    if (key.empty())
        return fail(ErrorKind::Usage, "usage.purge.key",
                    CliText::tr("Name the record: --key=KEY."));
    HEADGATE_TRY(requireYes(invocation.globals, invocation.arguments,
                            CliText::tr("Everything that is kept of %1 is removed; this cannot be "
                                        "undone.")
                                .arg(printable(key))));
    const auto removed = workspace.purge(key);
    if (!removed)
        return Failure(removed.error());
    invocation.output.print(
        CliText::tr("%1 entries removed.\n", nullptr, pluralOf(*removed)).arg(*removed));
    invocation.output.document("purge", {{"removed", *removed}});
    return 0;
}

} // namespace

std::unique_ptr<Command> makePurgeCommand()
{
    return std::make_unique<PurgeCommand>();
}

} // namespace headgate::cli
