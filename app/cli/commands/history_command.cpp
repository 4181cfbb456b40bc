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

class HistoryCommand final : public WorkspaceCommand
{
public:
    HistoryCommand() : WorkspaceCommand(Reach::LocalFiles) {}

protected:
    [[nodiscard]] CommandSpec workspaceSpec() const override;
    [[nodiscard]] Result<int> work(const Invocation& invocation,
                                   service::Workspace& workspace) override;
};

CommandSpec HistoryCommand::workspaceSpec() const
{
    return {
        .name = "history",
        .summary = CliText::tr("Show past runs, or the records of one"),
        .description = CliText::tr(
            "Without --run: the latest runs of a sync. With --run: what became of its records, as "
            "far as "
            "the sync's history settings keep them, with what was sent and what was answered."),
        .arguments = {{"SYNC", CliText::tr("Which sync; without one: all."), false}},
        .options = {{"run", "RUN", CliText::tr("The records of this run.")},
                    {"outcome",
                     "WHAT",
                     CliText::tr(
                         "Only these records of it: successful, unconfirmed, rejected, in_doubt, "
                         "skipped or pending."),
                     {"successful", "unconfirmed", "rejected", "in_doubt", "skipped", "pending"}},
                    {"key", "KEY", CliText::tr("Only the record of this key.")},
                    {"limit", "N", CliText::tr("How many: 1 to 100000. Without it: 20.")}},
        .examples = {{"history recently-viewed", CliText::tr("The latest runs:")},
                     {"history --run=7c9e6679-7425-40de-944b-e07fc1f90ae7 --outcome=rejected",
                      CliText::tr("What was rejected in a run:")}},
    };
}

Result<int> showRuns(const Invocation& invocation, service::Workspace& workspace,
                     std::uint32_t most)
{
    const std::vector<std::string>& named = invocation.arguments.positionals();
    const auto syncs = chosenSyncs(workspace, named);
    if (!syncs)
        return Failure(syncs.error());
    TextTable table({CliText::tr("STARTED"), CliText::tr("SYNC"), CliText::tr("KIND"),
                     CliText::tr("STATE"), CliText::tr("EXIT"), CliText::tr("RUN")});
    data::JsonNode list = data::JsonNode::array();
    for (const std::string& sync : *syncs) {
        const auto runs = workspace.runs(sync, most);
        if (!runs)
            return Failure(runs.error());
        for (const state::RunRow& run : *runs) {
            table.addRow({timeText(run.started), toQString(sync), toQString(run.kind),
                          toQString(state::name(run.status)), QString::number(run.exitCode),
                          toQString(run.id)});
            data::JsonNode members = runRowMembers(run);
            members["sync"] = sync;
            list.push_back(std::move(members));
        }
    }
    if (table.isEmpty())
        invocation.output.note(CliText::tr("There are no runs yet."));
    else
        invocation.output.print(table.text(invocation.output.width()));
    invocation.output.document("history", {{"runs", list}});
    return 0;
}

Result<int> showRecords(const Invocation& invocation, service::Workspace& workspace,
                        std::uint32_t most)
{
    const Arguments& arguments = invocation.arguments;
    const auto records = workspace.records(arguments.value("run"), arguments.value("outcome"),
                                           arguments.value("key"), most);
    if (!records)
        return Failure(records.error());
    TextTable table({CliText::tr("AT"), CliText::tr("KEY"), CliText::tr("CATEGORY"),
                     CliText::tr("OUTCOME"), CliText::tr("CODE"), CliText::tr("MESSAGE")});
    data::JsonNode list = data::JsonNode::array();
    for (const state::HistoryRow& record : *records) {
        const std::string key = record.keyText.empty() ? record.keyHash.hex() : record.keyText;
        table.addRow({timeText(record.at), toQString(key), toQString(record.category),
                      toQString(record.outcome), toQString(record.code),
                      toQString(record.message)});
        list.push_back(historyRowMembers(record));
    }
    if (table.isEmpty())
        invocation.output.note(CliText::tr("No such record is kept."));
    else
        invocation.output.print(table.text(invocation.output.width()));
    invocation.output.document("records", {{"run", arguments.value("run")}, {"records", list}});
    return 0;
}

Result<int> HistoryCommand::work(const Invocation& invocation, service::Workspace& workspace)
{
    const Arguments& arguments = invocation.arguments;
    const auto limit = arguments.number("limit", 1, 100'000);
    if (!limit)
        return Failure(limit.error());
    const auto most = static_cast<std::uint32_t>(limit->value_or(20));
    if (arguments.has("run"))
        return showRecords(invocation, workspace, most);
    if (arguments.has("outcome") || arguments.has("key")) {
        return fail(ErrorKind::Usage, "usage.history.run",
                    CliText::tr("--outcome and --key narrow the records of one run: name it with "
                                "--run=RUN."));
    }
    return showRuns(invocation, workspace, most);
}

} // namespace

std::unique_ptr<Command> makeHistoryCommand()
{
    return std::make_unique<HistoryCommand>();
}

} // namespace headgate::cli
