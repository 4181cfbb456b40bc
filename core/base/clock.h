// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/stop_token.h"

#include <chrono>
#include <string>

namespace headgate {

using Milliseconds = std::chrono::milliseconds;
/// Wall time, UTC, milliseconds since 1970. For what is stored and shown.
using WallTime = std::chrono::sys_time<Milliseconds>;
/// Monotonic time. For durations, deadlines and pauses: a jump of the wall clock moves none.
using SteadyTime = std::chrono::time_point<std::chrono::steady_clock, Milliseconds>;

/// Every reading of time and every wait of the engine goes through here; tests run in virtual time.
class Clock
{
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual WallTime now() const = 0;
    [[nodiscard]] virtual SteadyTime steady() const = 0;
    /// Returns early when the token is stopped.
    virtual void sleep(Milliseconds duration, const StopToken& stop) = 0;
};

class SystemClock final : public Clock
{
public:
    [[nodiscard]] WallTime now() const override;
    [[nodiscard]] SteadyTime steady() const override;
    void sleep(Milliseconds duration, const StopToken& stop) override;
};

/// "2026-11-22T13:05:09.120Z"
[[nodiscard]] std::string toIso(WallTime time);

} // namespace headgate
