// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "run/sync_run.h"

#include <QString>

namespace headgate::cli {

/// One changing line on standard error, for a terminal only; redrawn at most ten times a second.
class ProgressLine
{
public:
    explicit ProgressLine(bool shown) : m_shown(shown) {}
    ~ProgressLine() { clear(); }
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void show(const QString& name, const run::RunProgress& progress);
    void clear();

private:
    SystemClock m_clock;
    SteadyTime m_drawn{};
    bool m_shown;
    bool m_visible = false;
};

[[nodiscard]] QString progressText(const run::RunProgress& progress);

} // namespace headgate::cli
