// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.h"

#include <condition_variable>
#include <cstdio>
#include <mutex>

namespace headgate {

WallTime SystemClock::now() const
{
    return std::chrono::time_point_cast<Milliseconds>(std::chrono::system_clock::now());
}

SteadyTime SystemClock::steady() const
{
    return std::chrono::time_point_cast<Milliseconds>(std::chrono::steady_clock::now());
}

void SystemClock::sleep(Milliseconds duration, const StopToken& stop)
{
    std::mutex mutex;
    std::condition_variable stopped;
    bool woken = false;
    const StopCallback callback(stop, [&] {
        const std::lock_guard lock(mutex);
        woken = true;
        stopped.notify_all();
    });
    std::unique_lock lock(mutex);
    stopped.wait_for(lock, duration, [&] { return woken; });
}

std::string toIso(WallTime time)
{
    using namespace std::chrono;
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(time - day);
    char text[40];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", int(date.year()),
                  unsigned(date.month()), unsigned(date.day()), int(clock.hours().count()),
                  int(clock.minutes().count()), int(clock.seconds().count()),
                  int(clock.subseconds().count()));
    return text;
}

} // namespace headgate
