// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/run_world.h"
#include "run/refusal_watch.h"

#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::fakes;
using run::Outcome;

namespace {

constexpr int recordCount = 2000;    // 200 requests
constexpr std::size_t pastAll = 130; // a request after which no refusal can stop the run

/// Enough records that the next requests go out before answers are gone through.
class SendAhead : public testing::Test
{
protected:
    SendAhead()
    {
        m_world.destination.can.rate.inFlight = 4;
        m_world.http.setDelay(Milliseconds(50));
        for (int i = 0; i < recordCount; ++i)
            m_world.records.push_back(record(key(i), "{}"));
    }

    static std::string key(int number) { return 'k' + std::to_string(number); }

    void expectEachOnce()
    {
        EXPECT_EQ(m_world.saas.records.size(), static_cast<std::size_t>(recordCount));
        for (int i = 0; i < recordCount; ++i)
            EXPECT_EQ(m_world.saas.keysThatApplied(key(i) + "@example.com"), 1U) << i;
        for (const auto& [idempotencyKey, bodies] : m_world.saas.bodiesByKey)
            EXPECT_EQ(bodies.size(), 1U) << idempotencyKey;
    }

    RunWorldFixture m_world;
};

} // namespace

TEST_F(SendAhead, everySlotIsFilledAgainAtOnce)
{
    const WallTime begin = m_world.clock.now();
    EXPECT_EQ(m_world.run().outcomes[Outcome::Successful], unsigned(recordCount));
    EXPECT_EQ(m_world.http.log().size(), 200U);
    EXPECT_EQ(m_world.http.log().back().at - begin, 49 * Milliseconds(50));
    expectEachOnce();
}

TEST_F(SendAhead, failuresAmongTheAnswersLoseAndRepeatNothing)
{
    const auto lost = [&](const http::Request& request) {
        static_cast<void>(m_world.saas.handle(request));
        return unanswered(1);
    };
    const auto unavailable = [](const http::Request&) { return answered(503); };
    for (const std::size_t number : {std::size_t(2), pastAll, pastAll + 9})
        m_world.http.overrideAt(number, lost);
    m_world.http.overrideAt(pastAll + 5, unavailable);
    EXPECT_EQ(m_world.run().outcomes[Outcome::Successful], unsigned(recordCount));
    expectEachOnce();
}

TEST_F(SendAhead, nothingIsSentWhile429IsWaitedOut)
{
    m_world.http.overrideAt(pastAll, [](const http::Request&) {
        return answered(429, {}, {{"Retry-After", "30", false}});
    });
    EXPECT_EQ(m_world.run().outcomes[Outcome::Successful], unsigned(recordCount));
    const WallTime came = m_world.http.log()[pastAll - 1].at + Milliseconds(50);
    for (const FakeHttp::Exchange& exchange : m_world.http.log())
        EXPECT_TRUE(exchange.at < came || exchange.at >= came + std::chrono::seconds(30));
    expectEachOnce();
}

TEST_F(SendAhead, aKillLosesAndRepeatsNothing)
{
    m_world.killedWhen([&] { return m_world.saas.deliveries.size() >= pastAll; });
    EXPECT_EQ(m_world.run().exitCode, 0);
    expectEachOnce();
}

TEST(RefusalWatch, isOverAfterTheFirstThousandAnswers)
{
    run::RefusalWatch watch;
    connector::RecordOutcome outcome;
    for (int i = 0; i < 1000; ++i) {
        EXPECT_FALSE(watch.isOver());
        outcome.fate = connector::Fate::Retry;
        watch.onOutcome(outcome);
        outcome.fate = connector::Fate::Accepted;
        watch.onOutcome(outcome);
    }
    EXPECT_TRUE(watch.isOver());
    EXPECT_FALSE(watch.verdict());
}
