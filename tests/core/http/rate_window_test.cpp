// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/fake_clock.h"
#include "fakes/fake_random.h"
#include "http/rate_window.h"

#include <algorithm>
#include <deque>
#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::http;
using namespace std::chrono_literals;

namespace {

const WallTime marchFirst = std::chrono::sys_days(std::chrono::year(2026) / 3 / 1);

RateLimits perSecond(double requests)
{
    RateLimits limits;
    limits.perSecond = requests;
    limits.inFlight = 0;
    return limits;
}

} // namespace

TEST(RateWindow, withoutLimitsEverythingIsGranted)
{
    RateCounters counters;
    RateLimits limits;
    limits.inFlight = 0;
    EXPECT_EQ(takeGrant(counters, limits, marchFirst, 1000, 500).requests, 500u);
    EXPECT_EQ(counters, RateCounters{});
}

TEST(RateWindow, requestsInFlightOverAllProcessesAreCapped)
{
    RateCounters counters;
    RateLimits limits;
    limits.inFlight = 8;
    EXPECT_EQ(takeGrant(counters, limits, marchFirst, 5, 10).requests, 3u);
    const RateGrant none = takeGrant(counters, limits, marchFirst, 9, 10);
    EXPECT_EQ(none.requests, 0u);
    EXPECT_FALSE(none.notBefore);
}

TEST(RateWindow, aRefusedGrantSaysWhenAndKeepsItsWord)
{
    RateCounters counters;
    EXPECT_EQ(takeGrant(counters, perSecond(5), marchFirst, 0, 9).requests, 5u);
    const RateGrant none = takeGrant(counters, perSecond(5), marchFirst + 10ms, 0, 1);
    ASSERT_EQ(none.requests, 0u);
    ASSERT_TRUE(none.notBefore);
    EXPECT_EQ(*none.notBefore, marchFirst + 1050ms);
    RateCounters early = counters;
    EXPECT_EQ(takeGrant(early, perSecond(5), *none.notBefore - 1ms, 0, 1).requests, 0u);
    EXPECT_EQ(takeGrant(counters, perSecond(5), *none.notBefore, 0, 9).requests, 5u);
}

TEST(RateWindow, ratesBelowOneAreSpacedOut)
{
    RateCounters counters;
    EXPECT_EQ(takeGrant(counters, perSecond(0.2), marchFirst, 0, 9).requests, 1u);
    const RateGrant none = takeGrant(counters, perSecond(0.2), marchFirst + 4s, 0, 1);
    ASSERT_TRUE(none.notBefore);
    EXPECT_EQ(*none.notBefore, marchFirst + 5250ms);
}

TEST(RateWindow, theTightestLimitRulesAndAllAreCounted)
{
    RateCounters counters;
    RateLimits limits;
    limits.perSecond = 10;
    limits.perMinute = 12;
    limits.perDay = 15;
    EXPECT_EQ(takeGrant(counters, limits, marchFirst, 0, 8).requests, 8u);
    EXPECT_EQ(takeGrant(counters, limits, marchFirst + 2s, 0, 8).requests, 4u);
    const RateGrant minute = takeGrant(counters, limits, marchFirst + 4s, 0, 8);
    ASSERT_TRUE(minute.notBefore);
    EXPECT_EQ(*minute.notBefore, marchFirst + 63s);
    EXPECT_EQ(takeGrant(counters, limits, marchFirst + 63s, 0, 8).requests, 3u);
    const RateGrant day = takeGrant(counters, limits, marchFirst + 3min, 0, 8);
    ASSERT_TRUE(day.notBefore);
    EXPECT_GE(*day.notBefore, marchFirst + 24h);
    EXPECT_LE(*day.notBefore, marchFirst + 24h + 73min);
    EXPECT_GT(takeGrant(counters, limits, *day.notBefore, 0, 8).requests, 0u);
}

struct StretchCase
{
    double rate;
    Milliseconds length;
    std::size_t most;
    std::size_t least; ///< that an eager caller gets in 100 lengths
};

class RateWindowStretch : public testing::TestWithParam<StretchCase>
{};

TEST_P(RateWindowStretch, neverHoldsMoreThanTheLimitAndLosesAtMostAFewPercent)
{
    const StretchCase& wanted = GetParam();
    fakes::FakeRandom random(7);
    RateCounters counters;
    std::deque<WallTime> recent;
    std::size_t sent = 0;
    WallTime now = marchFirst + 17ms;
    const WallTime end = now + 100 * wanted.length;
    while (now < end) {
        const auto ask = static_cast<std::uint32_t>(1 + random.next() % 4);
        const RateGrant grant = takeGrant(counters, perSecond(wanted.rate), now, 0, ask);
        for (std::uint32_t i = 0; i < grant.requests; ++i)
            recent.push_back(now);
        sent += grant.requests;
        while (!recent.empty() && recent.front() <= now - wanted.length)
            recent.pop_front();
        ASSERT_LE(recent.size(), wanted.most);
        now = grant.notBefore ? *grant.notBefore : now + Milliseconds(random.next() % 3);
    }
    EXPECT_GE(sent, wanted.least);
}

INSTANTIATE_TEST_SUITE_P(Rates, RateWindowStretch,
                         testing::Values(StretchCase{1, 1000ms, 1, 95},
                                         StretchCase{5, 1000ms, 5, 470},
                                         StretchCase{100, 1000ms, 100, 9300},
                                         StretchCase{2.5, 800ms, 2, 185},
                                         StretchCase{0.5, 2000ms, 1, 95}));

TEST(RateWindow, aPauseHoldsEverybodyAndTheLongerOneWins)
{
    RateCounters counters;
    pause(counters, marchFirst, marchFirst + 30s);
    pause(counters, marchFirst + 1s, marchFirst + 10s);
    const RateGrant none = takeGrant(counters, perSecond(5), marchFirst + 29s, 0, 1);
    EXPECT_EQ(none.requests, 0u);
    EXPECT_EQ(none.notBefore, marchFirst + 30s);
    EXPECT_EQ(takeGrant(counters, perSecond(5), marchFirst + 30s, 0, 1).requests, 1u);
    EXPECT_FALSE(counters.pausedUntil);
}

TEST(RateWindow, aClockSetBackNeverBlocksLongerThanTheWindowOrThePause)
{
    RateCounters counters;
    ASSERT_EQ(takeGrant(counters, perSecond(5), marchFirst, 0, 5).requests, 5u);
    const WallTime past = marchFirst - 24h;
    const RateGrant none = takeGrant(counters, perSecond(5), past, 0, 5);
    ASSERT_TRUE(none.notBefore);
    EXPECT_LE(*none.notBefore, past + 1100ms);
    EXPECT_EQ(takeGrant(counters, perSecond(5), *none.notBefore, 0, 5).requests, 5u);

    pause(counters, marchFirst, marchFirst + 30s);
    EXPECT_EQ(takeGrant(counters, perSecond(5), past, 0, 1).notBefore, past + 30s);
}

TEST(RateWindow, readingsOutOfOrderDoNotFreeAnything)
{
    RateCounters counters;
    ASSERT_EQ(takeGrant(counters, perSecond(5), marchFirst + 100ms, 0, 3).requests, 3u);
    ASSERT_EQ(takeGrant(counters, perSecond(5), marchFirst, 0, 9).requests, 2u);
    for (int i = 0; i < 50; ++i) {
        EXPECT_EQ(takeGrant(counters, perSecond(5), marchFirst + 100ms, 0, 1).requests, 0u);
        EXPECT_EQ(takeGrant(counters, perSecond(5), marchFirst, 0, 1).requests, 0u);
    }
    EXPECT_EQ(takeGrant(counters, perSecond(5), marchFirst + 1149ms, 0, 1).requests, 0u);
    EXPECT_EQ(takeGrant(counters, perSecond(5), marchFirst + 1150ms, 0, 9).requests, 5u);
}

TEST(RateWindow, aChangedLimitKeepsWhatWasSent)
{
    RateCounters counters;
    ASSERT_EQ(takeGrant(counters, perSecond(5), marchFirst, 0, 5).requests, 5u);
    EXPECT_EQ(takeGrant(counters, perSecond(2.5), marchFirst + 100ms, 0, 1).requests, 0u);
    EXPECT_EQ(takeGrant(counters, perSecond(7), marchFirst + 200ms, 0, 9).requests, 2u);
}

TEST(RateWindow, theTextReadsBackToTheSameCounters)
{
    RateLimits limits;
    limits.perSecond = 3;
    limits.perMinute = 100;
    limits.perDay = 1000;
    RateCounters counters;
    for (int i = 0; i < 40; ++i)
        (void)takeGrant(counters, limits, marchFirst + i * 333ms, 0, 2);
    EXPECT_EQ(rateCountersFromText(toText(counters)), counters);
    pause(counters, marchFirst, marchFirst + 5min);
    EXPECT_EQ(rateCountersFromText(toText(counters)), counters);
    EXPECT_EQ(rateCountersFromText(toText(RateCounters{})), RateCounters{});
}

TEST(RateWindow, foreignTextIsRefusedAndNeverHurts)
{
    const std::string good = toText(RateCounters{});
    for (const std::string& text :
         {std::string(), std::string("1"), "2" + good.substr(1), good + " 1", good + " x",
          good + " 1 2 3", "x" + good, std::string(5000, '1'), std::string("-1 -1")})
        EXPECT_FALSE(rateCountersFromText(text)) << text;
    fakes::FakeRandom random(3);
    for (int i = 0; i < 20'000; ++i) {
        std::string text = good;
        for (int k = 0; k < 8; ++k)
            text[random.next() % text.size()] = "0123456789- "[random.next() % 12];
        if (auto counters = rateCountersFromText(text)) {
            const RateGrant grant = takeGrant(*counters, perSecond(5), marchFirst, 0, 5);
            const bool windowed = grant.notBefore && !counters->pausedUntil;
            EXPECT_LE(windowed ? *grant.notBefore : marchFirst, marchFirst + 1100ms) << text;
        }
    }
}
