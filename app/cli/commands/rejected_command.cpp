// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "cli/cli_text.h"
#include "cli/commands/commands.h"
#include "cli/run_rows.h"
#include "cli/run_text.h"
#include "cli/text_table.h"
#include "cli/workspace_command.h"

namespace headgate::cli {

namespace {

class RejectedCommand final : public WorkspaceCommand
{
public:
    RejectedCommand() : WorkspaceCommand(Reach::LocalFiles) {}

protected:
    [[nodiscard]] CommandSpec workspaceSpec() const override;
    [[nodiscard]] Result<int> work(const Invocation& invocation,
                                   service::Workspace& workspace) override;
};

CommandSpec RejectedCommand::workspaceSpec() const
{
    return {
        .name = "rejected",
        .summary = CliText::tr("List records that need attention"),
        .description =
            CliText::tr("Records that were rejected, are parked, in doubt, skipped or await a "
                        "decision, with the "
                        "destination's own words. None is ever dropped from this list by itself."),
        .arguments = {{"SYNC", CliText::tr("Which sync.")}},
        .options = {{"limit", "N", CliText::tr("How many: 1 to 100000. Without it: 100.")}},
        .examples = {{"rejected recently-viewed", CliText::tr("What is left over, and why?")}},
    };
}

Result<int> RejectedCommand::work(const Invocation& invocation, service::Workspace& workspace)
{
    const auto sync = chosenSync(workspace, invocation.arguments.positional(0));
    if (!sync)
        return Failure(sync.error());
    const auto limit = invocation.arguments.number("limit", 1, 100'000);
    if (!limit)
        return Failure(limit.error());
    const auto records =
        workspace.outstanding(*sync, static_cast<std::uint32_t>(limit->value_or(100)));
    if (!records)
        return Failure(records.error());
    TextTable table({CliText::tr("KEY"), CliText::tr("STATUS"), CliText::tr("RUNS"),
                     CliText::tr("AGAIN AT"), CliText::tr("CODE"), CliText::tr("MESSAGE")});
    data::JsonNode list = data::JsonNode::array();
    for (const state::KnownRecord& record : *records) {
        const std::string key = record.keyText.empty() ? record.keyHash.hex() : record.keyText;
        table.addRow({toQString(key), toQString(state::name(record.status)),
                      QString::number(record.attempts),
                      record.retryAt ? timeText(*record.retryAt) : QString(),
                      toQString(record.code), toQString(record.message)});
        list.push_back(knownRecordMembers(record));
    }
    if (table.isEmpty())
        invocation.output.note(CliText::tr("Nothing is outstanding."));
    else
        invocation.output.print(table.text(invocation.output.width()));
    invocation.output.document("rejected", {{"sync", *sync}, {"records", list}});
    return 0;
}

} // namespace

std::unique_ptr<Command> makeRejectedCommand()
{
    return std::make_unique<RejectedCommand>();
}

} // namespace headgate::cli
