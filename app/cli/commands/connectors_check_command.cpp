// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "cli/cli_text.h"
#include "cli/commands/commands.h"
#include "cli/issue_text.h"
#include "cli/printable_text.h"
#include "connector/spec_loader.h"

#include <QFile>

namespace headgate::cli {

namespace {

constexpr qint64 mostSpecBytes = 4 << 20;

class ConnectorsCheckCommand final : public Command
{
public:
    [[nodiscard]] CommandSpec spec() const override;
    [[nodiscard]] Result<int> run(const Invocation& invocation) override;
};

CommandSpec ConnectorsCheckCommand::spec() const
{
    return {
        .name = "connectors check",
        .summary = CliText::tr("Check the description of a connector of your own"),
        .description = CliText::tr(
            "Reads a spec.json and shows every mistake with its line and column. Exit code 2 if "
            "there is an error."),
        .arguments = {{"FILE", CliText::tr("The spec.json.")}},
        .examples = {{"connectors check connectors/crm/spec.json",
                      CliText::tr("While writing one:")}},
    };
}

Result<int> ConnectorsCheckCommand::run(const Invocation& invocation)
{
    const std::string name = invocation.arguments.positional(0);
    QFile file(toQString(name));
    if (!file.open(QIODevice::ReadOnly) || file.size() > mostSpecBytes) {
        return fail(
            ErrorKind::Usage, "usage.connector.file",
            CliText::tr("'%1' cannot be read, or is larger than 4 MiB.").arg(printable(name)),
            file.errorString());
    }
    const connector::LoadedSpec loaded = connector::loadSpec(file.readAll().toStdString(), name);
    data::JsonNode list = data::JsonNode::array();
    for (const Issue& issue : loaded.issues) {
        invocation.output.print(issueText(issue, invocation.output));
        list.push_back(issueMembers(issue));
    }
    if (loaded.issues.empty())
        invocation.output.note(CliText::tr("No findings."));
    const bool valid = loaded.spec != nullptr;
    invocation.output.document("connector_check", {{"valid", valid}, {"issues", list}});
    return valid ? 0 : exitCode(ErrorKind::Config);
}

} // namespace

std::unique_ptr<Command> makeConnectorsCheckCommand()
{
    return std::make_unique<ConnectorsCheckCommand>();
}

} // namespace headgate::cli
