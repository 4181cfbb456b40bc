// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"

namespace headgate::fakes {

/// Virtual time: sleep() moves it. Starts at 2026-01-01T00:00:00Z.
class FakeClock final : public Clock
{
public:
    [[nodiscard]] WallTime now() const override { return m_now; }
    [[nodiscard]] SteadyTime steady() const override { return m_steady; }
    void sleep(Milliseconds duration, const StopToken& stop) override;

    void advance(Milliseconds duration);
    /// The wall clock alone, as when somebody sets it.
    void jump(Milliseconds duration) { m_now += duration; }

private:
    WallTime m_now = std::chrono::sys_days(std::chrono::year(2026) / 1 / 1);
    SteadyTime m_steady{Milliseconds(1'000'000)};
};

} // namespace headgate::fakes
