// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "cli/cli_text.h"
#include "cli/commands/commands.h"
#include "cli/run_text.h"
#include "cli/text_table.h"
#include "cli/workspace_command.h"

namespace headgate::cli {

namespace {

class StateShowCommand final : public WorkspaceCommand
{
public:
    StateShowCommand() : WorkspaceCommand(Reach::LocalFiles) {}

protected:
    [[nodiscard]] CommandSpec workspaceSpec() const override;
    [[nodiscard]] Result<int> work(const Invocation& invocation,
                                   service::Workspace& workspace) override;
};

CommandSpec StateShowCommand::workspaceSpec() const
{
    return {
        .name = "state show",
        .summary = CliText::tr("Show what this machine remembers of each sync"),
        .description = CliText::tr("One line per state: which account and object it belongs to, "
                                   "how many records the destination "
                                   "holds as far as is known, and the cursor."),
        .examples = {{"state show", CliText::tr("All states of the project and target:")}},
    };
}

/// The slug; the id of a sync that is no longer there.
std::string syncName(const project::Project& project, const std::string& syncId)
{
    for (const project::SyncDefinition& sync : project.syncs) {
        if (sync.id == syncId)
            return sync.slug;
    }
    return syncId;
}

data::JsonNode stateMembers(const project::Project& project, const state::StateInfo& info)
{
    data::JsonNode members = {{"sync", syncName(project, info.identity.syncId)},
                              {"account", info.identity.account},
                              {"object", info.identity.object},
                              {"record_key", info.identity.recordKey},
                              {"delivered", info.delivered},
                              {"created", toIso(info.created)},
                              {"cursor", info.cursor},
                              {"baseline", info.baseline}};
    if (info.lastRun)
        members["last_run"] = toIso(*info.lastRun);
    return members;
}

Result<int> StateShowCommand::work(const Invocation& invocation, service::Workspace& workspace)
{
    const auto states = workspace.states();
    if (!states)
        return Failure(states.error());
    invocation.output.note(
        CliText::tr("State directory: %1").arg(toQString(workspace.stateDirectory())));
    TextTable table({CliText::tr("SYNC"), CliText::tr("OBJECT"), CliText::tr("DELIVERED"),
                     CliText::tr("LAST RUN"), CliText::tr("CURSOR"), CliText::tr("ACCOUNT")});
    data::JsonNode list = data::JsonNode::array();
    for (const state::StateInfo& info : *states) {
        table.addRow({toQString(syncName(workspace.project(), info.identity.syncId)),
                      toQString(info.identity.object), QString::number(info.delivered),
                      info.lastRun ? timeText(*info.lastRun) : CliText::tr("never"),
                      toQString(info.cursor), toQString(info.identity.account)});
        list.push_back(stateMembers(workspace.project(), info));
    }
    if (!table.isEmpty())
        invocation.output.print(table.text(invocation.output.width()));
    invocation.output.document("state",
                               {{"directory", workspace.stateDirectory()}, {"states", list}});
    return 0;
}

} // namespace

std::unique_ptr<Command> makeStateShowCommand()
{
    return std::make_unique<StateShowCommand>();
}

} // namespace headgate::cli
