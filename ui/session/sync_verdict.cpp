// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/sync_verdict.h"

#include "base/text.h"
#include "widgets/count_text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace headgate::ui {

namespace {

class SyncVerdictText
{
    Q_DECLARE_TR_FUNCTIONS(SyncVerdictText)
};

enum Urgency
{
    urgentGate,
    urgentDoubt,
    urgentFailure,
    urgentRefusals,
    urgentInterrupted,
    urgentRunning,
    urgentShape,
    urgentNever,
    urgentNothing
};

std::uint64_t outstanding(const service::SyncStatus& status, const char* name)
{
    const auto found = status.outstanding.find(name);
    return found == status.outstanding.end() ? 0 : found->second;
}

QString lastRunText(const service::SyncStatus& status, WallTime now)
{
    if (!status.lastRun)
        return SyncVerdictText::tr("It has not run on this machine.");
    const WallTime time = status.lastRun->ended.value_or(status.lastRun->started);
    const QString said =
        status.toStandIn
            ? SyncVerdictText::tr("Last run %1, to a stand-in on this machine, which took %2. "
                                  "Nothing of it reached the destination.")
            : SyncVerdictText::tr("Last run %1. %2 delivered in all.");
    return said.arg(timeAgo(time, now), recordsText(status.delivered));
}

SyncVerdict ofLastRun(const service::SyncStatus& status)
{
    if (!status.lastRun)
        return {Tone::Neutral, SyncVerdictText::tr("Never run"), {}, SyncAction::Run, urgentNever};
    switch (status.lastRun->status) {
    case state::RunState::Running:
        return {Tone::Info,
                SyncVerdictText::tr("Running in another program"),
                {},
                SyncAction::ShowRun,
                urgentRunning};
    case state::RunState::Failed:
        return {Tone::Error,
                SyncVerdictText::tr("The last run failed"),
                {},
                SyncAction::ShowRun,
                urgentFailure};
    case state::RunState::Interrupted:
        return {Tone::Warning,
                SyncVerdictText::tr("The last run was interrupted; the next one goes on with it"),
                {},
                SyncAction::Run,
                urgentInterrupted};
    case state::RunState::Cancelled:
        return {Tone::Neutral,
                SyncVerdictText::tr("The last run was cancelled; the next one goes on with it"),
                {},
                SyncAction::Run,
                urgentInterrupted};
    case state::RunState::Succeeded:
    case state::RunState::Partial:
    case state::RunState::Stopped:
        break;
    }
    return {Tone::Success,
            SyncVerdictText::tr("Everything that was planned is delivered"),
            {},
            SyncAction::Run,
            urgentNothing};
}

SyncVerdict verdictWithoutDetail(const service::SyncStatus& status, const SyncSituation& situation)
{
    if (!situation.shaped)
        return {Tone::Neutral,
                SyncVerdictText::tr("Not shaped yet"),
                {},
                SyncAction::Shape,
                urgentShape};
    if (situation.running)
        return {Tone::Info, SyncVerdictText::tr("Running"), {}, SyncAction::Watch, urgentRunning};
    if (status.planStopped)
        return {Tone::Warning,
                SyncVerdictText::tr("A gate stopped the last plan; nothing of it was sent"),
                {},
                SyncAction::Confirm,
                urgentGate};
    const std::uint64_t doubt =
        outstanding(status, "in_doubt") + outstanding(status, "awaiting_decision");
    if (doubt > 0)
        return {
            Tone::Warning,
            SyncVerdictText::tr("%1 in doubt: sent, but not acknowledged").arg(recordsText(doubt)),
            {},
            SyncAction::Decide,
            urgentDoubt};
    SyncVerdict last = ofLastRun(status);
    const std::uint64_t refused = outstanding(status, "rejected") + outstanding(status, "parked");
    if (last.tone == Tone::Error || refused == 0)
        return last;
    return {Tone::Error,
            situation.causes == 0
                ? SyncVerdictText::tr("%1 refused by the destination").arg(recordsText(refused))
            : situation.causes == 1
                ? SyncVerdictText::tr("%1 refused, one cause").arg(countText(refused))
                : SyncVerdictText::tr("%1 refused, %2 causes")
                      .arg(countText(refused), countText(situation.causes)),
            {},
            SyncAction::ShowRun,
            urgentRefusals};
}

} // namespace

SyncVerdict verdictOf(const service::SyncStatus& status, const SyncSituation& situation)
{
    SyncVerdict verdict = verdictWithoutDetail(status, situation);
    verdict.detail = situation.shaped
                         ? lastRunText(status, situation.now)
                         : SyncVerdictText::tr("Choose its record key and its fields.");
    return verdict;
}

QString actionText(SyncAction action)
{
    switch (action) {
    case SyncAction::Run:
        return SyncVerdictText::tr("Run");
    case SyncAction::Shape:
        return SyncVerdictText::tr("Shape");
    case SyncAction::Watch:
        return SyncVerdictText::tr("Watch");
    case SyncAction::ShowRun:
        return SyncVerdictText::tr("Show the run");
    case SyncAction::Confirm:
        return SyncVerdictText::tr("Look at the plan");
    case SyncAction::Decide:
        return SyncVerdictText::tr("Decide");
    }
    return {};
}

QString timeAgo(WallTime time, WallTime now)
{
    using namespace std::chrono;
    const auto passed = duration_cast<seconds>(now - time).count();
    if (passed < 60)
        return SyncVerdictText::tr("just now");
    if (passed < 3600)
        return SyncVerdictText::tr("%1 min ago").arg(passed / 60);
    if (passed < 24 * 3600)
        return SyncVerdictText::tr("%1 h ago").arg(passed / 3600);
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count());
    return SyncVerdictText::tr("on %1").arg(QLocale().toString(local, QLocale::ShortFormat));
}

} // namespace headgate::ui
