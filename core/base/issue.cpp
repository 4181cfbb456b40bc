// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/issue.h"

#include "base/text.h"

#include <algorithm>

namespace headgate {

bool hasErrors(const Issues& issues)
{
    return std::any_of(issues.begin(), issues.end(),
                       [](const Issue& issue) { return issue.severity == Severity::Error; });
}

QString toString(const Issues& issues)
{
    QString text;
    for (const Issue& issue : issues) {
        if (!text.isEmpty())
            text += QLatin1Char('\n');
        if (!issue.place.empty())
            text += toQString(issue.place) + QStringLiteral(": ");
        text += issue.message;
        if (!issue.remedy.isEmpty())
            text += QLatin1Char(' ') + issue.remedy;
        text += QStringLiteral(" [%1]").arg(toQString(issue.code));
    }
    return text;
}

} // namespace headgate
