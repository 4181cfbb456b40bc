// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "cli/cli_text.h"
#include "cli/commands/commands.h"
#include "cli/printable_text.h"
#include "cli/workspace_command.h"
#include "data/json_indent.h"

namespace headgate::cli {

namespace {

class PreviewCommand final : public WorkspaceCommand
{
public:
    PreviewCommand() : WorkspaceCommand(Reach::Network) {}

protected:
    [[nodiscard]] CommandSpec workspaceSpec() const override;
    [[nodiscard]] Result<int> work(const Invocation& invocation,
                                   service::Workspace& workspace) override;
};

CommandSpec PreviewCommand::workspaceSpec() const
{
    return {
        .name = "preview",
        .summary = CliText::tr("Show the payloads of the first records"),
        .description = CliText::tr(
            "Reads some rows, shapes them and shows each record's payload exactly as it would be "
            "sent, "
            "with its key and match value. Sends nothing. With --rows, what each was made of."),
        .arguments = {{"SYNC", CliText::tr("Which sync.")}},
        .options = {{"limit", "N", CliText::tr("How many records: 1 to 1000. Without it: 3.")},
                    {"rows", "", CliText::tr("Show the rows that each record was made of.")}},
        .examples = {{"preview recently-viewed", CliText::tr("The first three payloads:")},
                     {"preview recently-viewed --limit=1 --rows",
                      CliText::tr("One payload, and its rows:")}},
    };
}

QString recordText(const service::RecordPreview& record, bool rows, const Output& output)
{
    QString text = output.toned(CliText::tr("key %1, match value %2")
                                    .arg(printable(record.key), printable(record.match)),
                                Tone::Faint) +
                   QLatin1Char('\n');
    if (!record.payload.empty())
        text += printableLines(toQString(data::indentedJson(record.payload))) + QLatin1Char('\n');
    for (const std::string& problem : record.problems)
        text += output.toned(CliText::tr("invalid: %1").arg(printable(problem, 0)), Tone::Bad) +
                QLatin1Char('\n');
    if (rows)
        text += CliText::tr("rows: %1")
                    .arg(printableLines(toQString(data::indentedJson(record.rows)))) +
                QLatin1Char('\n');
    return text;
}

data::JsonNode recordMembers(const service::RecordPreview& record, bool rows)
{
    data::JsonNode members = {{"key", record.key},
                              {"match", record.match},
                              {"payload", record.payload},
                              {"problems", record.problems}};
    if (rows)
        members["rows"] = record.rows;
    return members;
}

Result<int> PreviewCommand::work(const Invocation& invocation, service::Workspace& workspace)
{
    const auto sync = chosenSync(workspace, invocation.arguments.positional(0));
    if (!sync)
        return Failure(sync.error());
    const auto limit = invocation.arguments.number("limit", 1, 1000);
    if (!limit)
        return Failure(limit.error());
    const auto records =
        workspace.previewRecords(*sync, limit->value_or(3), invocation.interrupts.stop());
    if (!records)
        return Failure(records.error());
    const bool rows = invocation.arguments.has("rows");
    bool invalid = false;
    data::JsonNode list = data::JsonNode::array();
    for (const service::RecordPreview& record : *records) {
        invocation.output.print(recordText(record, rows, invocation.output));
        list.push_back(recordMembers(record, rows));
        invalid = invalid || !record.problems.empty();
    }
    if (records->empty())
        invocation.output.note(CliText::tr("The model has no rows."));
    invocation.output.document("preview", {{"sync", *sync}, {"records", list}});
    return invalid ? 1 : 0;
}

} // namespace

std::unique_ptr<Command> makePreviewCommand()
{
    return std::make_unique<PreviewCommand>();
}

} // namespace headgate::cli
