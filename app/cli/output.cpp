// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/output.h"

#include "base/redaction.h"
#include "cli/cli_text.h"
#include "cli/console.h"
#include "cli/printable_text.h"
#include "run/run_report.h"

#include <cstdio>

namespace headgate::cli {

namespace {

const char* toneSequence(Tone tone)
{
    switch (tone) {
    case Tone::Good:
        return "\x1b[32m";
    case Tone::Bad:
        return "\x1b[31m";
    case Tone::Doubtful:
        return "\x1b[33m";
    case Tone::Faint:
        return "\x1b[2m";
    }
    return "";
}

void writeLineToError(const QString& line)
{
    const QByteArray bytes = (Redaction::redact(printableLines(line)) + QLatin1Char('\n')).toUtf8();
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stderr);
}

bool terminalTakesColour()
{
    return console::isTerminal(Stream::Output) && !qEnvironmentVariableIsSet("NO_COLOR") &&
           qEnvironmentVariable("TERM") != QLatin1String("dumb");
}

} // namespace

Output::Output(const GlobalOptions& globals)
    : m_json(globals.output == OutputFormat::Json), m_quiet(globals.quiet),
      m_color(!m_json && !globals.noColor && terminalTakesColour()),
      m_progress(!globals.quiet && console::isTerminal(Stream::Error) &&
                 qEnvironmentVariable("TERM") != QLatin1String("dumb")),
      m_width(console::isTerminal(Stream::Output) ? console::width(Stream::Output) : 0)
{}

QString Output::toned(const QString& text, Tone tone) const
{
    return m_color ? QLatin1String(toneSequence(tone)) + text + QStringLiteral("\x1b[0m") : text;
}

void Output::print(const QString& text)
{
    if (!m_json)
        write(Redaction::redact(text).toStdString());
}

void Output::document(const char* name, const data::JsonNode& members)
{
    if (!m_json)
        return;
    data::JsonNode document = {{"document", name}, {"version", 1}};
    document.update(members);
    // Answers of destinations may hold any bytes.
    constexpr auto replace = data::JsonNode::error_handler_t::replace;
    write(Redaction::redact(document.dump(2, ' ', false, replace) + '\n'));
}

void Output::bytes(std::string_view bytes)
{
    write(bytes);
}

void Output::note(const QString& line)
{
    if (!m_quiet)
        writeLineToError(line);
}

void Output::warn(const QString& line)
{
    writeLineToError(CliText::tr("Warning: %1").arg(line));
}

void Output::error(const Error& error, int exitCode)
{
    problem(error);
    document("error", {{"exit_code", exitCode}, {"error", errorMembers(error)}});
}

void Output::problem(const Error& error)
{
    writeLineToError(
        CliText::tr("Error: %1 [%2]").arg(error.toString(), QString::fromStdString(error.code)));
    if (!error.detail.isEmpty())
        writeLineToError(QStringLiteral("  ") + error.detail);
}

void Output::write(std::string_view bytes)
{
    if (std::fwrite(bytes.data(), 1, bytes.size(), stdout) != bytes.size())
        m_failed = true;
}

void Output::flush()
{
    if (std::fflush(stdout) != 0)
        m_failed = true;
}

Result<void> Output::finish()
{
    flush();
    if (m_failed || std::ferror(stdout) != 0) {
        return fail(ErrorKind::State, "console.output",
                    CliText::tr("The result could not be written to standard output; what was done "
                                "stays done. See: headgate history"));
    }
    return {};
}

data::JsonNode errorMembers(const Error& error)
{
    return run::toJson(error);
}

} // namespace headgate::cli
