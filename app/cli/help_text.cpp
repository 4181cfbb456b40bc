// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/help_text.h"

#include "base/text.h"
#include "cli/cli_text.h"

#include <algorithm>

namespace headgate::cli {

namespace {

constexpr qsizetype helpWidth = 80;

QString wrapped(const QString& text, qsizetype indent)
{
    QString out;
    QString line;
    const QString margin(indent, QLatin1Char(' '));
    for (const QString& word : text.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        if (!line.isEmpty() && indent + line.size() + 1 + word.size() > helpWidth) {
            out += margin + line + QLatin1Char('\n');
            line.clear();
        }
        line += (line.isEmpty() ? QString() : QStringLiteral(" ")) + word;
    }
    return out + margin + line + QLatin1Char('\n');
}

/// Two columns; the right one is wrapped.
QString entry(const QString& left, const QString& right, qsizetype column)
{
    QString text = wrapped(right, column);
    const QString lead = QStringLiteral("  ") + left;
    if (lead.size() + 2 > column)
        return lead + QLatin1Char('\n') + text;
    return lead + text.mid(lead.size());
}

QString optionForm(const OptionSpec& option)
{
    QString form =
        option.letter == 0 ? QString() : QStringLiteral("-%1, ").arg(QLatin1Char(option.letter));
    form += QStringLiteral("--") + toQString(option.name);
    if (!option.isFlag())
        form += QLatin1Char('=') + toQString(option.value);
    return form;
}

QString usageLine(const CommandSpec& spec)
{
    QString line = QStringLiteral("headgate ") + toQString(spec.name);
    for (const ArgumentSpec& argument : spec.arguments) {
        QString name =
            toQString(argument.name) + (argument.many ? QStringLiteral("...") : QString());
        line += QLatin1Char(' ') +
                (argument.required ? name : QLatin1Char('[') + name + QLatin1Char(']'));
    }
    return line + (spec.options.empty() ? QString() : QStringLiteral(" [OPTION...]"));
}

QString optionList(const QString& title, std::span<const OptionSpec> options)
{
    QString text = QLatin1Char('\n') + title + QLatin1Char('\n');
    for (const OptionSpec& option : options)
        text += entry(optionForm(option), option.help, 26);
    return text;
}

QString specText(const CommandSpec& spec)
{
    QString text = CliText::tr("Usage: %1").arg(usageLine(spec)) + QStringLiteral("\n\n");
    for (const QString& paragraph : spec.description.split(QLatin1Char('\n')))
        text += wrapped(paragraph, 0);
    if (!spec.arguments.empty()) {
        text += QLatin1Char('\n') + CliText::tr("Arguments:") + QLatin1Char('\n');
        for (const ArgumentSpec& argument : spec.arguments)
            text += entry(toQString(argument.name), argument.help, 26);
    }
    if (!spec.options.empty())
        text += optionList(CliText::tr("Options:"), spec.options);
    text += optionList(CliText::tr("Options of every command:"), globalOptions());
    if (!spec.examples.empty()) {
        text += QLatin1Char('\n') + CliText::tr("Examples:") + QLatin1Char('\n');
        for (const Example& example : spec.examples) {
            text += wrapped(example.what, 2);
            text += QStringLiteral("    headgate ") + toQString(example.line) + QLatin1Char('\n');
        }
    }
    return text;
}

} // namespace

QString overviewText(std::span<const CommandSpec> commands)
{
    QString text =
        CliText::tr("Usage: headgate COMMAND [ARGUMENT...] [OPTION...]") + QStringLiteral("\n\n") +
        wrapped(CliText::tr("Reads rows from a data warehouse, shapes them into nested JSON and "
                            "delivers them to business tools, safely and again and again."),
                0) +
        QLatin1Char('\n') + CliText::tr("Commands:") + QLatin1Char('\n');
    for (const CommandSpec& spec : commands)
        text += entry(toQString(spec.name), spec.summary, 22);
    text += optionList(CliText::tr("Options of every command:"), globalOptions());
    text +=
        QLatin1Char('\n') +
        wrapped(CliText::tr("Exit codes: 0 all went well; 1 some records were rejected, invalid, "
                            "parked, in doubt or are pending; 2 usage or configuration, nothing "
                            "was attempted; 3 source; 4 destination; 5 credential; 6 another run "
                            "is going on; 7 a gate stopped the run; 8 local state or disk; 70 a "
                            "defect of Headgate; 130 and 143 after SIGINT and SIGTERM."),
                0);
    return text + QLatin1Char('\n') + CliText::tr("More: headgate COMMAND --help") +
           QLatin1Char('\n');
}

QString commandText(std::span<const CommandSpec> commands, const std::string& name)
{
    const auto exact = std::ranges::find(commands, name, &CommandSpec::name);
    if (exact != commands.end())
        return specText(*exact);
    QString list;
    for (const CommandSpec& spec : commands) {
        if (spec.name.starts_with(name + ' '))
            list += entry(toQString(spec.name), spec.summary, 22);
    }
    if (list.isEmpty())
        return {};
    return CliText::tr("Usage: headgate %1 COMMAND").arg(toQString(name)) + QStringLiteral("\n\n") +
           CliText::tr("Commands:") + QLatin1Char('\n') + list + QLatin1Char('\n') +
           CliText::tr("More: headgate %1 COMMAND --help").arg(toQString(name)) + QLatin1Char('\n');
}

} // namespace headgate::cli
