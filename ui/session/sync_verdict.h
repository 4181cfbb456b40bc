// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/workspace.h"
#include "theme/tokens.h"

#include <QString>

namespace headgate::ui {

/// The one thing to do about a sync.
enum class SyncAction
{
    Run,
    Shape,   ///< it has no shape or record key yet
    Watch,   ///< it is running
    ShowRun, ///< its last run: refusals, errors
    Confirm, ///< a plan that a gate stopped
    Decide   ///< records in doubt
};

/// How a sync stands, in one sentence.
struct SyncVerdict
{
    Tone tone = Tone::Neutral;
    QString sentence;
    QString detail;
    SyncAction action = SyncAction::Run;
    /// Those that need somebody come first: the smaller, the sooner.
    int urgency = 0;
};

/// What a verdict is made of besides the sync's status.
struct SyncSituation
{
    bool shaped = true; ///< it has a record key and a shape
    bool running = false;
    WallTime now;             ///< dates the last run: "5 minutes ago"
    std::uint64_t causes = 0; ///< of the refused records; 0: not known yet
};

[[nodiscard]] SyncVerdict verdictOf(const service::SyncStatus& status,
                                    const SyncSituation& situation);
[[nodiscard]] QString actionText(SyncAction action);
/// "just now", "5 minutes ago", "yesterday at 14:05", a date.
[[nodiscard]] QString timeAgo(WallTime time, WallTime now);

} // namespace headgate::ui
