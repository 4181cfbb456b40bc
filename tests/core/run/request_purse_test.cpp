// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/request_purse.h"

#include "fakes/fake_clock.h"
#include "http/rate_window.h"

#include <gtest/gtest.h>

namespace headgate::run {

namespace {

/// The rules of the real one, without a file; counts the calls.
class CountingLedger final : public http::RateLedger
{
public:
    explicit CountingLedger(Clock& clock) : m_clock(clock) {}

    [[nodiscard]] Result<http::RateGrant>
    acquire(const std::string&, const http::RateLimits& limits, std::uint32_t wanted) override
    {
        ++calls;
        const http::RateGrant grant =
            http::takeGrant(m_counters, limits, m_clock.now(), held, wanted);
        held += grant.requests;
        granted += grant.requests;
        return grant;
    }
    Result<void> release(const std::string&, std::uint32_t requests) override
    {
        ++calls;
        EXPECT_GE(held, requests);
        held -= requests;
        return {};
    }
    Result<void> pause(const std::string&, WallTime until) override
    {
        http::pause(m_counters, m_clock.now(), until);
        return {};
    }

    std::uint32_t held = 0;
    std::uint64_t granted = 0;
    std::uint64_t calls = 0;

private:
    Clock& m_clock;
    http::RateCounters m_counters;
};

class RequestPurseTest : public testing::Test
{
protected:
    static http::RateLimits limitsOf(double perSecond, std::uint32_t inFlight)
    {
        http::RateLimits limits;
        limits.perSecond = perSecond;
        limits.inFlight = inFlight;
        return limits;
    }
    RequestPurse purse(const http::RateLimits& limits)
    {
        return {m_ledger, m_clock, "account", limits};
    }
    bool starts(RequestPurse& purse, std::uint64_t expected)
    {
        const auto allowed = purse.mayStart(expected);
        EXPECT_TRUE(allowed);
        if (!allowed || !*allowed)
            return false;
        purse.started();
        return true;
    }

    fakes::FakeClock m_clock;
    CountingLedger m_ledger{m_clock};
};

TEST_F(RequestPurseTest, ManyRequestsCostFewTransactions)
{
    RequestPurse purse = this->purse(limitsOf(1'000'000, 8));
    constexpr std::uint64_t all = 10'000;
    for (std::uint64_t i = 0; i < all; ++i) {
        ASSERT_TRUE(starts(purse, all - i));
        EXPECT_LE(m_ledger.held, 8u);
        purse.ended();
    }
    EXPECT_LT(m_ledger.calls, 50u);
    ASSERT_TRUE(purse.giveBack());
    EXPECT_EQ(m_ledger.held, 0u);
}

TEST_F(RequestPurseTest, NeverMoreInFlightThanAreHeld)
{
    RequestPurse first = purse(limitsOf(0, 3));
    RequestPurse second = purse(limitsOf(0, 3));
    EXPECT_TRUE(starts(first, 1));
    EXPECT_TRUE(starts(second, 9));
    EXPECT_TRUE(starts(second, 9));
    EXPECT_FALSE(starts(second, 9));
    EXPECT_FALSE(starts(first, 9));
    second.ended();
    EXPECT_FALSE(starts(first, 9)) << "the second one holds it";
    ASSERT_TRUE(second.giveBack());
    EXPECT_TRUE(starts(first, 9));
}

TEST_F(RequestPurseTest, ALeaseEndsAfterASecond)
{
    RequestPurse purse = this->purse(limitsOf(1000, 4));
    for (int i = 0; i < 61; ++i) {
        ASSERT_TRUE(starts(purse, 1000));
        purse.ended();
    }
    const std::uint64_t granted = m_ledger.granted;
    EXPECT_GT(granted, 61u) << "more was leased than used";
    m_clock.advance(std::chrono::seconds(30));
    ASSERT_TRUE(starts(purse, 1000));
    EXPECT_GT(m_ledger.granted, granted) << "a sleeper used what it had leased long before";
}

TEST_F(RequestPurseTest, KeepsToTheLimitOfASecond)
{
    for (const double perSecond : {0.5, 1.0, 10.0, 500.0}) {
        CountingLedger ledger(m_clock);
        RequestPurse purse(ledger, m_clock, "account", limitsOf(perSecond, 8));
        int started = 0;
        for (int millisecond = 0; millisecond < 10'000; ++millisecond) {
            for (bool more = true; more;) {
                const auto allowed = purse.mayStart(100'000);
                ASSERT_TRUE(allowed);
                more = *allowed;
                if (!more)
                    break;
                purse.started();
                purse.ended();
                ++started;
            }
            EXPECT_EQ(ledger.held, 0u) << "held while it waits";
            m_clock.advance(Milliseconds(1));
        }
        EXPECT_LE(started, 11 * perSecond + 1) << perSecond;
        EXPECT_GE(started, 8 * perSecond - 1) << perSecond;
    }
}

TEST_F(RequestPurseTest, LeasesNothingAheadOfALimitPerDay)
{
    http::RateLimits limits = limitsOf(0, 2);
    limits.perDay = 1000;
    RequestPurse purse = this->purse(limits);
    for (int i = 0; i < 100; ++i) {
        ASSERT_TRUE(starts(purse, 1000));
        purse.ended();
    }
    EXPECT_LE(m_ledger.granted, 102u);
}

TEST_F(RequestPurseTest, SaysWhenToAskAgain)
{
    RequestPurse purse = this->purse(limitsOf(0, 2));
    ASSERT_TRUE(m_ledger.pause("account", m_clock.now() + std::chrono::minutes(3)));
    EXPECT_FALSE(starts(purse, 5));
    EXPECT_EQ(purse.pause(), std::chrono::minutes(3));
    m_clock.advance(std::chrono::minutes(3));
    EXPECT_TRUE(starts(purse, 5));
}

} // namespace

} // namespace headgate::run
