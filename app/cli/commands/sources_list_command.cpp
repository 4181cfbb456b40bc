// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "cli/cli_text.h"
#include "cli/commands/commands.h"
#include "cli/text_table.h"
#include "cli/workspace_command.h"

namespace headgate::cli {

namespace {

class SourcesListCommand final : public WorkspaceCommand
{
public:
    SourcesListCommand() : WorkspaceCommand(Reach::LocalFiles) {}

protected:
    [[nodiscard]] CommandSpec workspaceSpec() const override;
    [[nodiscard]] Result<int> work(const Invocation& invocation,
                                   service::Workspace& workspace) override;
};

CommandSpec SourcesListCommand::workspaceSpec() const
{
    return {
        .name = "sources list",
        .summary = CliText::tr("List the project's warehouse connections"),
        .description =
            CliText::tr("Lists the sources with their warehouse and the settings of the target. "
                        "Connects nowhere."),
        .examples = {{"sources list", CliText::tr("What does this project read from?")}},
    };
}

Result<int> SourcesListCommand::work(const Invocation& invocation, service::Workspace& workspace)
{
    TextTable table({CliText::tr("SOURCE"), CliText::tr("WAREHOUSE"), CliText::tr("SETTINGS")});
    data::JsonNode list = data::JsonNode::array();
    for (const project::SourceDefinition& source : workspace.project().sources) {
        const project::AccountSettings settings = source.settings.resolved(workspace.target());
        QStringList shown;
        data::JsonNode fields = data::JsonNode::object();
        for (const auto& [name, value] : settings.fields) {
            shown += QStringLiteral("%1=%2").arg(toQString(name), toQString(value));
            fields[name] = value;
        }
        table.addRow(
            {toQString(source.slug), toQString(source.warehouse), shown.join(QLatin1Char(' '))});
        list.push_back({{"source", source.slug},
                        {"name", source.name},
                        {"warehouse", source.warehouse},
                        {"fields", fields}});
    }
    if (!table.isEmpty())
        invocation.output.print(table.text(invocation.output.width()));
    invocation.output.document("sources", {{"target", workspace.target()}, {"sources", list}});
    return 0;
}

} // namespace

std::unique_ptr<Command> makeSourcesListCommand()
{
    return std::make_unique<SourcesListCommand>();
}

} // namespace headgate::cli
