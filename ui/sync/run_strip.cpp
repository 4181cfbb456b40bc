// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/run_strip.h"

#include "session/report_text.h"
#include "theme/button_kind.h"
#include "theme/fonts.h"
#include "widgets/count_text.h"
#include "widgets/verdict.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace headgate::ui {

namespace {

constexpr int reportLines = 3;
constexpr Milliseconds shortestPace = std::chrono::seconds(1);

QString paceText(std::uint64_t done, std::uint64_t all, Milliseconds elapsed)
{
    if (elapsed < shortestPace || done == 0)
        return {};
    const std::uint64_t perSecond = done * 1000 / static_cast<std::uint64_t>(elapsed.count());
    const QString pace = RunStrip::tr("%1 a second").arg(countText(perSecond));
    if (all <= done || perSecond == 0)
        return pace;
    const std::uint64_t seconds = (all - done + perSecond - 1) / perSecond;
    return seconds < 90 ? RunStrip::tr("%1, about %2 s left").arg(pace).arg(seconds)
                        : RunStrip::tr("%1, about %2 min left").arg(pace).arg((seconds + 59) / 60);
}

Tone toneOf(const run::RunReport& report)
{
    if (report.error || report.exitCode == 1)
        return Tone::Error;
    if (!report.stops.empty())
        return Tone::Warning;
    return report.exitCode == 0 ? Tone::Success : Tone::Neutral;
}

} // namespace

ProgressText progressText(const run::RunProgress& progress, Milliseconds elapsed)
{
    using Phase = run::RunProgress::Phase;
    switch (progress.phase) {
    case Phase::Waiting:
        return {RunStrip::tr("Starting"), {}, -1};
    case Phase::Resuming:
        return {RunStrip::tr("Finishing what an earlier run left open"), {}, -1};
    case Phase::Reading:
        return {RunStrip::tr("Reading: %1").arg(rowsText(progress.rowsRead)),
                paceText(progress.rowsRead, 0, elapsed), -1};
    case Phase::Sending: {
        const std::uint64_t all = std::max<std::uint64_t>(progress.toSend, 1);
        return {RunStrip::tr("Sending: %1 of %2")
                    .arg(countText(progress.sent), countText(progress.toSend)),
                paceText(progress.sent, progress.toSend, elapsed),
                static_cast<int>(std::min<std::uint64_t>(progress.sent * 1000 / all, 1000))};
    }
    case Phase::Finishing:
    case Phase::Done:
        return {RunStrip::tr("Finishing"), {}, 1000};
    }
    return {};
}

RunStrip::RunStrip(QWidget* parent)
    : QWidget(parent), m_going(new QWidget), m_phase(new QLabel), m_pace(new QLabel),
      m_bar(new QProgressBar), m_cancel(new QPushButton(tr("Cancel"))), m_verdict(new Verdict),
      m_report(new QPlainTextEdit)
{
    m_phase->setAccessibleName(tr("Phase"));
    m_pace->setAccessibleName(tr("Pace"));
    m_bar->setAccessibleName(tr("Progress"));
    m_bar->setTextVisible(false);
    m_cancel->setAccessibleName(tr("Cancel the run"));
    m_report->setAccessibleName(tr("Report"));
    m_report->setReadOnly(true);
    m_report->setFrameShape(QFrame::NoFrame);
    setButtonKind(m_verdict->button(), ButtonKind::Secondary);
    m_report->setFixedHeight(reportLines * QFontMetrics(m_report->font()).lineSpacing() +
                             2 * grid::gap);

    auto* going = new QHBoxLayout(m_going);
    going->setContentsMargins(0, 0, 0, 0);
    going->setSpacing(grid::gap);
    going->addWidget(m_phase);
    going->addWidget(m_bar, 1);
    going->addWidget(m_pace);
    going->addWidget(m_cancel);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(grid::section, grid::gap, grid::section, grid::gap);
    layout->setSpacing(grid::unit);
    layout->addWidget(m_going);
    layout->addWidget(m_verdict);
    layout->addWidget(m_report);
    connect(m_cancel, &QPushButton::clicked, this, &RunStrip::cancelWanted);
    connect(m_verdict, &Verdict::actionTriggered, this, &RunStrip::detailsWanted);
    hide();
}

void RunStrip::showRunning(const run::RunProgress& progress, Milliseconds elapsed)
{
    const ProgressText text = progressText(progress, elapsed);
    m_phase->setText(text.phase);
    m_pace->setText(text.pace);
    m_bar->setRange(0, text.perMille < 0 ? 0 : 1000);
    m_bar->setValue(text.perMille);
    m_going->show();
    m_verdict->hide();
    m_report->hide();
    show();
}

void RunStrip::showReport(const run::RunReport& report)
{
    const QString text = reportText(report);
    m_verdict->setVerdict(toneOf(report), text.section(QLatin1Char('\n'), 0, 0));
    m_verdict->setAction(report.run.empty() ? QString() : tr("Show the run"));
    m_report->setPlainText(text.section(QLatin1Char('\n'), 1));
    m_going->hide();
    m_verdict->show();
    m_report->setVisible(!m_report->document()->isEmpty());
    show();
}

} // namespace headgate::ui
