// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/program.h"

#include "base/log.h"
#include "cli/cli_text.h"
#include "cli/help_text.h"

#include <algorithm>

namespace headgate::cli {

namespace {

int finished(Output& output, int code)
{
    if (const Result<void> written = output.finish(); !written) {
        output.error(written.error(), exitCode(written.error().kind));
        return code == 0 ? exitCode(written.error().kind) : code;
    }
    return code;
}

} // namespace

Program::Program(std::vector<std::unique_ptr<Command>> commands) : m_commands(std::move(commands))
{
    for (const auto& command : m_commands)
        m_specs.push_back(command->spec());
}

int Program::run(std::span<const std::string> words)
{
    const Result<CommandLine> line = parseCommandLine(m_specs, words);
    if (!line) {
        GlobalOptions globals;
        globals.output = asksForJson(words) ? OutputFormat::Json : OutputFormat::Text;
        Output output(globals);
        output.error(line.error(), exitCode(line.error().kind));
        return finished(output, exitCode(line.error().kind));
    }
    Output output(line->globals);
    if (line->version) {
        output.print(QStringLiteral("headgate " HEADGATE_VERSION "\n"));
        output.document("version", {{"program", "headgate"}, {"release", HEADGATE_VERSION}});
        return finished(output, 0);
    }
    if (line->help)
        return finished(output, showHelp(*line, output));
    setLogLevel(line->globals.verbose ? LogLevel::Debug
                : line->globals.quiet ? LogLevel::Error
                                      : LogLevel::Warning);
    return finished(output, runCommand(*line, output));
}

int Program::showHelp(const CommandLine& line, Output& output) const
{
    const QString text =
        line.command.empty() ? overviewText(m_specs) : commandText(m_specs, line.command);
    output.print(text);
    output.document("help", {{"command", line.command}, {"text", text.toStdString()}});
    return 0;
}

int Program::runCommand(const CommandLine& line, Output& output)
{
    const auto at = std::ranges::find(m_specs, line.command, &CommandSpec::name) - m_specs.begin();
    const Interrupts interrupts;
    const Invocation invocation{line.globals, line.arguments, output, interrupts};
    const Result<int> ran = m_commands[static_cast<std::size_t>(at)]->run(invocation);
    if (ran)
        return *ran;
    int code = exitCode(ran.error().kind);
    if (ran.error().kind == ErrorKind::Cancelled && interrupts.exitCode() != 0)
        code = interrupts.exitCode();
    output.error(ran.error(), code);
    return code;
}

} // namespace headgate::cli
