// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/issue_text.h"

#include "base/text.h"
#include "cli/cli_text.h"
#include "cli/printable_text.h"

namespace headgate::cli {

QString issueText(const Issue& issue, const Output& output)
{
    const bool error = issue.severity == Severity::Error;
    const QString severity = output.toned(error ? CliText::tr("error") : CliText::tr("warning"),
                                          error ? Tone::Bad : Tone::Doubtful);
    QString text = QStringLiteral("%1: %2: %3")
                       .arg(printable(issue.place, 0), severity, printable(issue.message, 0));
    if (!issue.remedy.isEmpty())
        text += QLatin1Char(' ') + printable(issue.remedy, 0);
    return text + QStringLiteral(" [%1]\n").arg(toQString(issue.code));
}

data::JsonNode issueMembers(const Issue& issue)
{
    return {{"severity", issue.severity == Severity::Error ? "error" : "warning"},
            {"code", issue.code},
            {"place", issue.place},
            {"message", issue.message.toStdString()},
            {"remedy", issue.remedy.toStdString()}};
}

} // namespace headgate::cli
