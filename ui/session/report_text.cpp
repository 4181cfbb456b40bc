// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/report_text.h"

#include "base/text.h"
#include "data/json.h"
#include "data/json_indent.h"
#include "widgets/count_text.h"

#include <QCoreApplication>

namespace headgate::ui {

namespace {

class ReportText
{
    Q_DECLARE_TR_FUNCTIONS(ReportText)
};

bool sendsNothing(run::RunKind kind)
{
    return kind == run::RunKind::DryRun || kind == run::RunKind::Baseline;
}

QString verdict(const run::RunReport& report)
{
    if (report.error)
        return report.error->toString();
    if (!report.stops.empty())
        return ReportText::tr("A gate stopped the run; nothing was sent.");
    if (report.kind == run::RunKind::DryRun)
        return ReportText::tr("Nothing was sent: this was a dry run. %1 would be.")
            .arg(recordsText(report.planned.sent()));
    if (report.kind == run::RunKind::Baseline)
        return ReportText::tr("Nothing was sent: %1 records count as delivered from now on.",
                              nullptr, pluralOf(report.planned.sent()))
            .arg(countText(report.planned.sent()));
    if (report.planned.sent() == 0 && report.kind == run::RunKind::Push)
        return ReportText::tr("None of the chosen records was sent.");
    if (report.planned.sent() == 0)
        return ReportText::tr("Nothing had changed, so nothing was sent.");
    return report.exitCode == 0 ? ReportText::tr("Everything was delivered.")
                                : ReportText::tr("Not everything was delivered.");
}

} // namespace

QString absentText(const std::vector<std::string>& keys)
{
    constexpr std::size_t named = 5;
    QStringList texts;
    for (std::size_t i = 0; i < std::min(keys.size(), named); ++i)
        texts.append(toQString(keys[i]));
    if (keys.size() > named)
        texts.append(QStringLiteral("\u2026"));
    return ReportText::tr("%n keys are in no record: %1", nullptr, static_cast<int>(keys.size()))
        .arg(texts.join(QStringLiteral(", ")));
}

QString resolutionText(service::Resolution resolution, std::uint64_t count)
{
    const int n = pluralOf(count);
    const auto said = [&] {
        switch (resolution) {
        case service::Resolution::SkipOnce:
            return ReportText::tr("%1 records are left out of the next run.", nullptr, n);
        case service::Resolution::SkipAlways:
            return ReportText::tr("%1 records are left out until they are released.", nullptr, n);
        case service::Resolution::Resend:
        case service::Resolution::Release:
            return ReportText::tr("%1 records go again with the next run.", nullptr, n);
        case service::Resolution::Delivered:
            return ReportText::tr("%1 records noted as delivered.", nullptr, n);
        case service::Resolution::Retry:
            return ReportText::tr("%1 records are sent again.", nullptr, n);
        }
        return QString();
    };
    return said().arg(countText(count));
}

QString reportText(const run::RunReport& report)
{
    using plan::Category;
    using run::Outcome;
    QStringList lines = {verdict(report)};
    lines +=
        ReportText::tr("Read %1 as %2: %3 added, %4 changed, %5 unchanged, %6 filtered, "
                       "%7 invalid, %8 held.")
            .arg(rowsText(report.planned.rows))
            .arg(recordsText(report.planned.read))
            .arg(countText(report.planned[Category::Added]))
            .arg(countText(report.planned[Category::Changed] + report.planned[Category::Rekeyed] +
                           report.planned[Category::Retried]))
            .arg(countText(report.planned[Category::Unchanged]))
            .arg(countText(report.planned[Category::Filtered]))
            .arg(countText(report.planned[Category::Invalid]))
            .arg(countText(report.planned[Category::Held]));
    if (!sendsNothing(report.kind))
        lines += ReportText::tr(
                     "Sent %1 in %2: %3 successful, %4 unconfirmed, %5 rejected, %6 in doubt, "
                     "%7 skipped, %8 pending.")
                     .arg(recordsText(report.planned.sent()))
                     .arg(requestsText(report.requests))
                     .arg(countText(report.outcomes[Outcome::Successful]))
                     .arg(countText(report.outcomes[Outcome::Unconfirmed]))
                     .arg(countText(report.outcomes[Outcome::Rejected]))
                     .arg(countText(report.outcomes[Outcome::InDoubt]))
                     .arg(countText(report.outcomes[Outcome::Skipped]))
                     .arg(countText(report.outcomes[Outcome::Pending]));
    for (const plan::GateStop& stop : report.stops)
        lines += stop.message;
    for (const run::ReasonCount& reason : report.rejections)
        lines +=
            ReportText::tr("%1 refused: %2 %3 (for example %4)")
                .arg(countText(reason.count))
                .arg(toQString(reason.code), toQString(reason.message), toQString(reason.example));
    if (!report.absentKeys.empty())
        lines += absentText(report.absentKeys);
    for (const QString& note : report.notes)
        lines += note;
    return lines.join(QLatin1Char('\n'));
}

QString indentedIfJson(std::string_view text)
{
    const bool json = text.starts_with('{') || text.starts_with('[');
    return json && data::checkJson(text) ? toQString(data::indentedJson(text)) : toQString(text);
}

QString shownRequest(const std::string& request)
{
    const std::size_t blank = request.find("\n\n");
    if (blank == std::string::npos)
        return toQString(request);
    return toQString(request.substr(0, blank + 2)) +
           indentedIfJson(std::string_view(request).substr(blank + 2));
}

QString requestText(const service::RequestPreview& preview, RequestForm form)
{
    QStringList parts;
    for (const service::ShownRequest& request : preview.requests) {
        const QString text =
            form == RequestForm::AsSent ? toQString(request.text) : shownRequest(request.text);
        parts.append(request.when.isEmpty() ? text
                                            : QStringLiteral("# %1\n%2").arg(request.when, text));
    }
    for (const QString& note : preview.notes)
        parts.append(QStringLiteral("# %1").arg(note));
    return parts.join(QStringLiteral("\n\n"));
}

} // namespace headgate::ui
