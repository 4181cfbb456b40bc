// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/output.h"
#include "run/run_report.h"

namespace headgate::cli {

/// A report for people: what was read, what became of it, why records fell out, what to type next.
[[nodiscard]] QString runText(const run::RunReport& report, const Output& output);
/// A duration as people say it: "0.4 s", "3 min 20 s".
[[nodiscard]] QString durationText(Milliseconds duration);
/// Local time with its offset: "2026-11-22 14:05:09 +01:00".
[[nodiscard]] QString timeText(WallTime time);

} // namespace headgate::cli
