// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "cli/cli_text.h"
#include "cli/commands/commands.h"
#include "cli/run_rows.h"
#include "cli/run_text.h"
#include "cli/text_table.h"
#include "cli/workspace_command.h"

#include <algorithm>

namespace headgate::cli {

namespace {

class StatusCommand final : public WorkspaceCommand
{
public:
    StatusCommand() : WorkspaceCommand(Reach::LocalFiles) {}

protected:
    [[nodiscard]] CommandSpec workspaceSpec() const override;
    [[nodiscard]] Result<int> work(const Invocation& invocation,
                                   service::Workspace& workspace) override;
};

CommandSpec StatusCommand::workspaceSpec() const
{
    return {
        .name = "status",
        .summary = CliText::tr("Show where every sync stands"),
        .description = CliText::tr(
            "Per sync: how many records the destination holds as far as is known, which are "
            "outstanding, "
            "how the last run ended, and which plan waits to be confirmed or continued."),
        .arguments = {{"SYNC", CliText::tr("Which syncs; without one: all."), false, true}},
        .examples = {{"status", CliText::tr("All syncs:")}},
    };
}

QStringList statusRow(const service::SyncStatus& status)
{
    QStringList outstanding;
    for (const auto& [what, count] : status.outstanding) {
        if (count > 0)
            outstanding += QStringLiteral("%1 %2").arg(count).arg(toQString(what));
    }
    if (!status.openPlan.empty()) {
        const QString plan = toQString(status.openPlan);
        outstanding += status.planStopped
                           ? CliText::tr("plan stopped by a gate: --confirm=%1").arg(plan)
                           : CliText::tr("plan %1 to be continued").arg(plan);
    }
    const auto& run = status.lastRun;
    const QString delivered = QString::number(status.delivered);
    return {toQString(status.sync),
            status.toStandIn ? CliText::tr("%1 to an inbox in its place").arg(delivered)
                             : delivered,
            run ? toQString(state::name(run->status)) : CliText::tr("never"),
            run && run->ended ? timeText(*run->ended) : QString(),
            outstanding.join(QStringLiteral(", "))};
}

data::JsonNode statusMembers(const service::SyncStatus& status)
{
    data::JsonNode outstanding = data::JsonNode::object();
    for (const auto& [what, count] : status.outstanding)
        outstanding[what] = count;
    data::JsonNode members = {{"sync", status.sync},
                              {"name", status.name},
                              {"delivered", status.delivered},
                              {"outstanding", outstanding}};
    if (status.toStandIn)
        members["stand_in"] = true;
    if (status.lastRun)
        members["last_run"] = runRowMembers(*status.lastRun);
    if (!status.openPlan.empty())
        members["open_plan"] = {{"plan", status.openPlan}, {"stopped", status.planStopped}};
    return members;
}

Result<int> StatusCommand::work(const Invocation& invocation, service::Workspace& workspace)
{
    const auto syncs = chosenSyncs(workspace, invocation.arguments.positionals());
    if (!syncs)
        return Failure(syncs.error());
    const auto statuses = workspace.status();
    if (!statuses)
        return Failure(statuses.error());
    TextTable table({CliText::tr("SYNC"), CliText::tr("DELIVERED"), CliText::tr("LAST RUN"),
                     CliText::tr("ENDED"), CliText::tr("OUTSTANDING")});
    data::JsonNode list = data::JsonNode::array();
    for (const service::SyncStatus& status : *statuses) {
        if (std::ranges::find(*syncs, status.sync) == syncs->end())
            continue;
        table.addRow(statusRow(status));
        list.push_back(statusMembers(status));
    }
    if (!table.isEmpty())
        invocation.output.print(table.text(invocation.output.width()));
    invocation.output.document("status", {{"target", workspace.target()}, {"syncs", list}});
    return 0;
}

} // namespace

std::unique_ptr<Command> makeStatusCommand()
{
    return std::make_unique<StatusCommand>();
}

} // namespace headgate::cli
