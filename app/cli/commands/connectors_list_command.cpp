// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "cli/cli_text.h"
#include "cli/commands/commands.h"
#include "cli/text_table.h"
#include "cli/workspace_command.h"
#include "connector/spec_library.h"

namespace headgate::cli {

namespace {

class ConnectorsListCommand final : public Command
{
public:
    [[nodiscard]] CommandSpec spec() const override;
    [[nodiscard]] Result<int> run(const Invocation& invocation) override;
};

CommandSpec ConnectorsListCommand::spec() const
{
    return {
        .name = "connectors list",
        .summary = CliText::tr("List the destinations that can be delivered to"),
        .description = CliText::tr("Lists the connectors shipped with Headgate and, inside a "
                                   "project, those of its connectors folder. A draft has not been "
                                   "tried against the vendor yet."),
        .examples = {{"connectors list", CliText::tr("Where can data go?")}},
    };
}

Result<int> ConnectorsListCommand::run(const Invocation& invocation)
{
    connector::SpecLibrary library = connector::SpecLibrary::builtIn();
    const Result<std::string> project = findProject(invocation.globals);
    if (project)
        library.addProject(toQString(*project));
    else if (!invocation.globals.project.empty())
        return Failure(project.error());
    TextTable table({CliText::tr("CONNECTOR"), CliText::tr("NAME"), CliText::tr("OBJECTS")});
    data::JsonNode list = data::JsonNode::array();
    for (const connector::SharedSpec& spec : library.all()) {
        QStringList objects;
        data::JsonNode ids = data::JsonNode::array();
        for (const connector::ObjectSpec& object : spec->objects) {
            objects += toQString(object.id);
            ids.push_back(object.id);
        }
        const QString name = spec->draft ? CliText::tr("%1 (draft)").arg(spec->name) : spec->name;
        table.addRow({toQString(spec->id), name, objects.join(QStringLiteral(", "))});
        list.push_back({{"connector", spec->id},
                        {"name", spec->name.toStdString()},
                        {"draft", spec->draft},
                        {"objects", ids}});
    }
    if (!table.isEmpty())
        invocation.output.print(table.text(invocation.output.width()));
    invocation.output.document("connectors", {{"connectors", list}});
    return 0;
}

} // namespace

std::unique_ptr<Command> makeConnectorsListCommand()
{
    return std::make_unique<ConnectorsListCommand>();
}

} // namespace headgate::cli
