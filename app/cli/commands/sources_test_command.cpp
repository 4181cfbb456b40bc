// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "cli/cli_text.h"
#include "cli/commands/commands.h"
#include "cli/exit_policy.h"
#include "cli/printable_text.h"
#include "cli/workspace_command.h"

namespace headgate::cli {

namespace {

class SourcesTestCommand final : public WorkspaceCommand
{
public:
    SourcesTestCommand() : WorkspaceCommand(Reach::Network) {}

protected:
    [[nodiscard]] CommandSpec workspaceSpec() const override;
    [[nodiscard]] Result<int> work(const Invocation& invocation,
                                   service::Workspace& workspace) override;
};

CommandSpec SourcesTestCommand::workspaceSpec() const
{
    return {
        .name = "sources test",
        .summary = CliText::tr("Connect to warehouses and say what was found"),
        .description = CliText::tr("Connects, read only, and shows the server's version and what "
                                   "this driver cannot say exactly. "
                                   "Exit code 3 if one cannot be reached."),
        .arguments = {{"SOURCE", CliText::tr("Which sources; without one: all."), false, true}},
        .examples = {{"sources test", CliText::tr("All of them:")},
                     {"sources test shop", CliText::tr("One:")}},
    };
}

Result<std::vector<std::string>> chosenSources(const project::Project& project,
                                               const std::vector<std::string>& named)
{
    std::vector<std::string> chosen;
    for (const project::SourceDefinition& source : project.sources) {
        if (named.empty())
            chosen.push_back(source.slug);
    }
    for (const std::string& slug : named) {
        if (project.source(slug) == nullptr)
            return fail(ErrorKind::Usage, "usage.source",
                        CliText::tr("The project has no source '%1'. See: headgate sources list")
                            .arg(printable(slug)));
        chosen.push_back(slug);
    }
    return chosen;
}

QString sourceReportText(const std::string& source, const warehouse::SourceReport& report,
                         const Output& output)
{
    QString text = QStringLiteral("%1: %2, %3%4\n")
                       .arg(printable(source), output.toned(CliText::tr("connected"), Tone::Good),
                            printable(report.server),
                            report.readOnly ? CliText::tr(", read only") : QString());
    for (const QString& caveat : report.caveats)
        text += QStringLiteral("  %1\n").arg(printable(caveat, 0));
    return text;
}

data::JsonNode sourceReportMembers(const std::string& source, const warehouse::SourceReport& report)
{
    data::JsonNode caveats = data::JsonNode::array();
    for (const QString& caveat : report.caveats)
        caveats.push_back(caveat.toStdString());
    return {{"source", source},          {"exit_code", 0},
            {"server", report.server},   {"read_only", report.readOnly},
            {"streams", report.streams}, {"caveats", caveats}};
}

Result<int> SourcesTestCommand::work(const Invocation& invocation, service::Workspace& workspace)
{
    const auto chosen = chosenSources(workspace.project(), invocation.arguments.positionals());
    if (!chosen)
        return Failure(chosen.error());
    int code = 0;
    data::JsonNode list = data::JsonNode::array();
    for (const std::string& source : *chosen) {
        const auto report = workspace.testSource(source, invocation.interrupts.stop());
        if (!report && report.error().kind == ErrorKind::Cancelled)
            return Failure(report.error());
        if (report) {
            invocation.output.print(sourceReportText(source, *report, invocation.output));
            list.push_back(sourceReportMembers(source, *report));
            continue;
        }
        const int failed = exitCode(report.error().kind);
        code = graver(code, failed);
        invocation.output.problem(report.error().within(toQString(source)));
        list.push_back(
            {{"source", source}, {"exit_code", failed}, {"error", errorMembers(report.error())}});
    }
    invocation.output.document("source_tests", {{"exit_code", code}, {"sources", list}});
    return code;
}

} // namespace

std::unique_ptr<Command> makeSourcesTestCommand()
{
    return std::make_unique<SourcesTestCommand>();
}

} // namespace headgate::cli
