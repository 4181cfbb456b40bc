// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.h"

#include <gtest/gtest.h>
#include <thread>

using namespace headgate;

TEST(Clock, isoTextHasMillisecondsAndUtc)
{
    EXPECT_EQ(toIso(WallTime(Milliseconds(0))), "1970-01-01T00:00:00.000Z");
    EXPECT_EQ(toIso(WallTime(Milliseconds(-1))), "1969-12-31T23:59:59.999Z");
    EXPECT_EQ(toIso(WallTime(Milliseconds(1'763'816'709'120))), "2025-11-22T13:05:09.120Z");
}

TEST(Clock, sleepEndsWhenStopped)
{
    SystemClock clock;
    StopSource source;
    const SteadyTime begin = clock.steady();
    std::thread stopper([&] { source.requestStop(); });
    clock.sleep(std::chrono::hours(1), source.token());
    stopper.join();
    EXPECT_LT(clock.steady() - begin, std::chrono::minutes(30));
}
