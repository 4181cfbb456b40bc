// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/run_text.h"

#include "base/text.h"
#include "cli/cli_text.h"
#include "cli/count_text.h"
#include "cli/printable_text.h"
#include "data/json_indent.h"

#include <QDateTime>
#include <algorithm>
#include <utility>

namespace headgate::cli {

namespace {

using plan::Category;
using run::Outcome;

QString stateText(state::RunState state)
{
    switch (state) {
    case state::RunState::Running:
        return CliText::tr("running");
    case state::RunState::Succeeded:
        return CliText::tr("succeeded");
    case state::RunState::Partial:
        return CliText::tr("finished, not everything was accepted");
    case state::RunState::Failed:
        return CliText::tr("failed");
    case state::RunState::Stopped:
        return CliText::tr("stopped by a gate, nothing was sent");
    case state::RunState::Cancelled:
        return CliText::tr("cancelled");
    case state::RunState::Interrupted:
        return CliText::tr("interrupted");
    }
    return {};
}

Tone stateTone(state::RunState state)
{
    switch (state) {
    case state::RunState::Succeeded:
        return Tone::Good;
    case state::RunState::Failed:
        return Tone::Bad;
    case state::RunState::Running:
    case state::RunState::Partial:
    case state::RunState::Stopped:
    case state::RunState::Cancelled:
    case state::RunState::Interrupted:
        return Tone::Doubtful;
    }
    return Tone::Doubtful;
}

QString joinedCounts(const std::vector<std::pair<std::uint64_t, QString>>& counts)
{
    QStringList parts;
    for (const auto& [count, what] : counts) {
        if (count > 0)
            parts += QStringLiteral("%1 %2").arg(count).arg(what);
    }
    return parts.isEmpty() ? CliText::tr("nothing") : parts.join(QStringLiteral(", "));
}

QString plannedText(const plan::PlanCounts& counts)
{
    return joinedCounts({{counts[Category::Added], CliText::tr("added")},
                         {counts[Category::Changed], CliText::tr("changed")},
                         {counts[Category::Rekeyed], CliText::tr("re-keyed")},
                         {counts[Category::Retried], CliText::tr("retried")},
                         {counts[Category::Removed], CliText::tr("removed")},
                         {counts[Category::Unchanged], CliText::tr("unchanged")},
                         {counts[Category::Filtered], CliText::tr("filtered")},
                         {counts[Category::Invalid], CliText::tr("invalid")},
                         {counts[Category::Held], CliText::tr("held")}});
}

QString outcomeText(const run::OutcomeCounts& counts)
{
    return joinedCounts({{counts[Outcome::Successful], CliText::tr("successful")},
                         {counts[Outcome::Unconfirmed], CliText::tr("unconfirmed")},
                         {counts[Outcome::Rejected], CliText::tr("rejected")},
                         {counts[Outcome::InDoubt], CliText::tr("in doubt")},
                         {counts[Outcome::Skipped], CliText::tr("skipped")},
                         {counts[Outcome::Pending], CliText::tr("pending")}});
}

QString row(const QString& name, const QString& text)
{
    return QStringLiteral("  %1 %2\n").arg(name, -11).arg(text);
}

QString reasonsText(const QString& title, const std::vector<run::ReasonCount>& reasons)
{
    QString text;
    for (const run::ReasonCount& reason : reasons) {
        const QString example =
            reason.example.empty() ? QString()
                                   : CliText::tr(", for example %1").arg(printable(reason.example));
        text += row(title, CliText::tr("%1 x %2: %3%4")
                               .arg(reason.count)
                               .arg(printable(reason.code), printable(reason.message), example));
    }
    return text;
}

/// "3 of the keys are in no record: 7, 8, 9"
QString absentText(const std::vector<std::string>& keys)
{
    constexpr std::size_t named = 10;
    QStringList texts;
    for (std::size_t i = 0; i < std::min(keys.size(), named); ++i)
        texts.append(printable(keys[i]));
    if (keys.size() > named)
        texts.append(QStringLiteral("..."));
    return CliText::tr("%n of the keys are in no record: %1", nullptr,
                       static_cast<int>(keys.size()))
        .arg(texts.join(QStringLiteral(", ")));
}

QString sampleText(const plan::PlanSample& sample)
{
    const QString head = QStringLiteral("  %1 %2").arg(toQString(plan::name(sample.category)),
                                                       printable(sample.keyText));
    if (sample.payload.empty())
        return head + QLatin1Char('\n');
    const auto block = [](const std::string& payload) {
        return QStringLiteral("\n    ") +
               printableLines(toQString(data::indentedJson(payload, 4))) + QLatin1Char('\n');
    };
    if (sample.previousPayload.empty() || sample.previousPayload == sample.payload)
        return head + block(sample.payload);
    return head + block(sample.payload) + CliText::tr("    last accepted:") +
           block(sample.previousPayload);
}

QString nextSteps(const run::RunReport& report)
{
    const QString sync = printable(report.sync);
    if (!report.stops.empty() && report.kind != run::RunKind::DryRun) {
        return CliText::tr("  To send exactly this plan: headgate run %1 --confirm=%2\n")
            .arg(sync, toQString(report.plan));
    }
    QString text;
    if (report.outcomes[Outcome::Rejected] > 0 || report.parked > 0 || report.paused > 0)
        text += CliText::tr("  To see them: headgate rejected %1\n").arg(sync);
    if (report.outcomes[Outcome::InDoubt] > 0 || report.inDoubt > 0) {
        text += CliText::tr("  The next run settles what is in doubt where a repeat does no harm; "
                            "else: headgate resolve %1 --help\n")
                    .arg(sync);
    }
    if (report.outcomes[Outcome::Pending] > 0 && report.kind != run::RunKind::DryRun)
        text += CliText::tr("  The next run sends what is pending.\n");
    return text;
}

} // namespace

QString durationText(Milliseconds duration)
{
    const auto milliseconds = duration.count();
    if (milliseconds < 60'000)
        return CliText::tr("%1 s").arg(static_cast<double>(milliseconds) / 1000.0, 0, 'f', 1);
    const auto minutes = milliseconds / 60'000;
    if (minutes < 60)
        return CliText::tr("%1 min %2 s").arg(minutes).arg(milliseconds / 1000 % 60);
    return CliText::tr("%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
}

QString timeText(WallTime time)
{
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count());
    const int minutes = local.offsetFromUtc() / 60;
    return local.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss ")) +
           QStringLiteral("%1%2:%3")
               .arg(minutes < 0 ? QLatin1Char('-') : QLatin1Char('+'))
               .arg(std::abs(minutes) / 60, 2, 10, QLatin1Char('0'))
               .arg(std::abs(minutes) % 60, 2, 10, QLatin1Char('0'));
}

QString runText(const run::RunReport& report, const Output& output)
{
    const bool dry = report.kind == run::RunKind::DryRun;
    QString text =
        CliText::tr("%1: %2 (%3)\n")
            .arg(printable(report.sync),
                 output.toned(dry && !report.error ? CliText::tr("planned, nothing was sent")
                                                   : stateText(report.state),
                              stateTone(report.state)),
                 durationText(report.ended - report.started));
    text +=
        row(CliText::tr("read"), QStringLiteral("%1, %2").arg(rowsText(report.planned.rows),
                                                              recordsText(report.planned.read)));
    text += row(CliText::tr("plan"), plannedText(report.planned));
    if (!dry && report.stops.empty()) {
        text += row(CliText::tr("outcome"),
                    CliText::tr("%1, in %2 requests", nullptr, pluralOf(report.requests))
                        .arg(outcomeText(report.outcomes))
                        .arg(report.requests));
    }
    if (report.resumed > 0)
        text += row(CliText::tr("resumed"),
                    CliText::tr("%1 of an earlier run").arg(recordsText(report.resumed)));
    for (const plan::GateStop& stop : report.stops)
        text += row(CliText::tr("gate"), printable(stop.message, 0));
    text += reasonsText(CliText::tr("rejected"), report.rejections);
    text += reasonsText(CliText::tr("invalid"), report.invalid);
    if (!report.absentKeys.empty())
        text += row(CliText::tr("not there"), absentText(report.absentKeys));
    for (const QString& note : report.notes)
        text += row(CliText::tr("note"), printable(note, 0));
    if (report.resumesAt)
        text += row(CliText::tr("resumes"), timeText(*report.resumesAt));
    if (report.error)
        text += row(CliText::tr("error"), printable(report.error->toString(), 0));
    text += row(CliText::tr("run"), toQString(report.run));
    if (dry) {
        for (const plan::PlanSample& sample : report.samples)
            text += sampleText(sample);
    }
    return text + nextSteps(report);
}

} // namespace headgate::cli
