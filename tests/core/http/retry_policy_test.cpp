// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/fake_random.h"
#include "http/retry_policy.h"

#include <gtest/gtest.h>
#include <map>
#include <set>

using namespace headgate;
using namespace headgate::http;
using namespace std::chrono_literals;

namespace {

/// How a cell of the table is written: class, then ? if it may have been applied, ~ if the same
/// bytes may go again, = if that uses no attempt, ! if it speaks of the destination as a whole.
std::string cell(const AnswerReading& reading)
{
    std::string text = name(reading.answerClass);
    text += reading.mayBeApplied ? "?" : "";
    text += reading.again ? "~" : "";
    text += reading.usesAttempt ? "" : "=";
    text += reading.systemic ? "!" : "";
    return text;
}

Answer answerOf(Transport transport, int status, std::uint64_t taken = 10)
{
    Answer answer;
    answer.transport = transport;
    answer.status = status;
    answer.bytesTaken = taken;
    return answer;
}

struct PolicyRow
{
    int from;
    int to;
    const char* once;       ///< the operation must not be repeated
    const char* repeatable; ///< it may
};

const PolicyRow completeRows[] = {
    {0, 199, "ambiguous?!", "ambiguous?~!"},
    {200, 299, "accepted", "accepted"},
    {300, 306, "fatal?!", "fatal?!"},
    {307, 308, "fatal!", "fatal!"},
    {309, 399, "fatal?!", "fatal?!"},
    {400, 400, "refused", "refused"},
    {401, 401, "unauthorised", "unauthorised"},
    {402, 402, "fatal!", "fatal!"},
    {403, 403, "unauthorised", "unauthorised"},
    {404, 404, "missing", "missing"},
    {405, 406, "refused", "refused"},
    {407, 407, "fatal!", "fatal!"},
    {408, 408, "transient~!", "transient~!"},
    {409, 409, "conflict", "conflict"},
    {410, 410, "missing", "missing"},
    {411, 412, "refused", "refused"},
    {413, 413, "too_large", "too_large"},
    {414, 420, "refused", "refused"},
    {421, 421, "transient~!", "transient~!"},
    {422, 422, "refused", "refused"},
    {423, 423, "transient~!", "transient~!"},
    {424, 424, "refused", "refused"},
    {425, 425, "transient~!", "transient~!"},
    {426, 428, "refused", "refused"},
    {429, 429, "rate_limited~=", "rate_limited~="},
    {430, 499, "refused", "refused"},
    {500, 500, "ambiguous?!", "ambiguous?~!"},
    {501, 501, "fatal!", "fatal!"},
    {502, 502, "ambiguous?!", "ambiguous?~!"},
    {503, 503, "transient~!", "transient~!"},
    {504, 504, "ambiguous?!", "ambiguous?~!"},
    {505, 505, "fatal!", "fatal!"},
    {506, 510, "ambiguous?!", "ambiguous?~!"},
    {511, 511, "transient~!", "transient~!"},
    {512, 599, "ambiguous?!", "ambiguous?~!"},
    {600, 999, "ambiguous?!", "ambiguous?~!"},
};

const std::map<int, std::string> enoughAlone = {
    {401, "unauthorised"}, {403, "unauthorised"},   {407, "fatal!"},      {408, "transient~!"},
    {425, "transient~!"},  {429, "rate_limited~="}, {503, "transient~!"},
};

} // namespace

TEST(RetryPolicy, everyStatusOfAWholeAnswerHasItsCell)
{
    int next = 0;
    for (const PolicyRow& row : completeRows) {
        ASSERT_EQ(row.from, next) << "the table has a hole";
        for (int status = row.from; status <= row.to; ++status) {
            const Answer answer = answerOf(Transport::Complete, status);
            EXPECT_EQ(cell(classify(answer, false)), row.once) << status;
            EXPECT_EQ(cell(classify(answer, true)), row.repeatable) << status;
            EXPECT_EQ(classify(answer, true).code, "http." + std::to_string(status));
        }
        next = row.to + 1;
    }
    EXPECT_EQ(next, 1000);
}

TEST(RetryPolicy, aBrokenAnswerCountsByItsStatusOnlyWhereThatIsEnough)
{
    for (int status = 0; status < 1000; ++status) {
        const auto known = enoughAlone.find(status);
        for (const Transport transport : {Transport::Broken, Transport::TooLarge}) {
            const Answer answer = answerOf(transport, status);
            const bool again = transport == Transport::Broken;
            const std::string unclear = again ? "ambiguous?~!" : "ambiguous?!";
            const std::string code = known != enoughAlone.end() ? std::to_string(status)
                                     : again                    ? "broken"
                                                                : "too_large";
            EXPECT_EQ(cell(classify(answer, true)),
                      known != enoughAlone.end() ? known->second : unclear)
                << status;
            EXPECT_EQ(cell(classify(answer, false)),
                      known != enoughAlone.end() ? known->second : "ambiguous?!")
                << status;
            EXPECT_EQ(classify(answer, false).code, "http." + code);
        }
    }
}

TEST(RetryPolicy, transportsWithoutAnAnswer)
{
    struct Row
    {
        Transport transport;
        int status;
        std::uint64_t taken;
        const char* expected;
        const char* code;
    };
    const Row rows[] = {
        {Transport::NotSent, 0, 0, "transient~!", "http.not_sent"},
        {Transport::NotSent, 407, 0, "fatal!", "http.407"},
        {Transport::TlsRefused, 0, 0, "fatal!", "http.tls_refused"},
        {Transport::Redirected, 301, 5, "fatal?!", "http.301"},
        {Transport::Redirected, 303, 5, "fatal?!", "http.303"},
        {Transport::Redirected, 307, 5, "fatal!", "http.307"},
        {Transport::Redirected, 308, 5, "fatal!", "http.308"},
        {Transport::Abandoned, 0, 0, "abandoned", "http.abandoned"},
        {Transport::Abandoned, 0, 1, "abandoned?", "http.abandoned"},
        {Transport::Abandoned, 503, 1, "abandoned?", "http.abandoned"},
        {Transport::BadRequest, 0, 0, "refused", "http.bad_request"},
    };
    for (const Row& row : rows) {
        const Answer answer = answerOf(row.transport, row.status, row.taken);
        for (const bool repeatable : {false, true}) {
            EXPECT_EQ(cell(classify(answer, repeatable)), row.expected) << row.code;
            EXPECT_EQ(classify(answer, repeatable).code, row.code);
        }
    }
}

TEST(RetryPolicy, nothingThatMayBeAppliedGoesAgainUnlessRepeatable)
{
    for (int status = 0; status < 1000; ++status)
        for (const Transport transport :
             {Transport::Complete, Transport::NotSent, Transport::TlsRefused, Transport::Redirected,
              Transport::Broken, Transport::TooLarge, Transport::Abandoned,
              Transport::BadRequest}) {
            const AnswerReading reading = classify(answerOf(transport, status), false);
            EXPECT_FALSE(reading.mayBeApplied && reading.again) << status << name(transport);
        }
}

TEST(RetryPolicy, onlyThreeStatusesMayHalveABatch)
{
    std::set<int> splittable;
    for (int status = 0; status < 1000; ++status)
        if (isSplittable(status))
            splittable.insert(status);
    EXPECT_EQ(splittable, (std::set<int>{400, 413, 422}));
}

TEST(Backoff, growsToAMinuteWithFullJitter)
{
    fakes::FakeRandom random(11);
    const Milliseconds ceilings[] = {1s, 2s, 4s, 8s, 16s, 32s, 60s, 60s};
    for (std::uint32_t attempt = 0; attempt < 8; ++attempt) {
        Milliseconds least = 1h;
        Milliseconds most = 0ms;
        for (int i = 0; i < 2000; ++i) {
            const Milliseconds pause = backoff(attempt, random);
            least = std::min(least, pause);
            most = std::max(most, pause);
        }
        EXPECT_GE(least, 0ms);
        EXPECT_LT(least, ceilings[attempt] / 50);
        EXPECT_LT(most, ceilings[attempt]);
        EXPECT_GT(most, ceilings[attempt] * 49 / 50);
    }
    EXPECT_LT(backoff(4'000'000'000U, random), 60s);
}

TEST(RetryBudget, retriesCostAndSuccessesEarn)
{
    RetryBudget budget;
    int retries = 0;
    while (budget.take(false))
        ++retries;
    EXPECT_EQ(retries, 100);
    for (int i = 0; i < 9; ++i)
        budget.onSuccess();
    EXPECT_FALSE(budget.take(true));
    EXPECT_TRUE(budget.take(false));
    EXPECT_EQ(budget.tokens(), 4u);
    for (int i = 0; i < 10'000; ++i)
        budget.onSuccess();
    EXPECT_EQ(budget.tokens(), 500u);
    retries = 0;
    while (budget.take(true))
        ++retries;
    EXPECT_EQ(retries, 50);
}

namespace {

const SteadyTime breakerStart{Milliseconds(5'000)};
const AnswerReading systemicFailure = classify(answerOf(Transport::NotSent, 0), true);
const AnswerReading goodAnswer = classify(answerOf(Transport::Complete, 200), true);

CircuitBreaker openedBreaker()
{
    CircuitBreaker breaker;
    for (int i = 0; i < 5; ++i)
        breaker.onAnswer(systemicFailure, breakerStart);
    return breaker;
}

} // namespace

TEST(CircuitBreaker, opensAfterFiveSystemicFailuresInARow)
{
    CircuitBreaker breaker;
    for (int round = 0; round < 3; ++round) {
        for (int i = 0; i < 4; ++i)
            breaker.onAnswer(systemicFailure, breakerStart);
        EXPECT_EQ(breaker.state(breakerStart), CircuitBreaker::State::Closed);
        for (const int status : {200, 400, 409, 429})
            breaker.onAnswer(classify(answerOf(Transport::Complete, status), true), breakerStart);
    }
    for (int i = 0; i < 5; ++i) {
        EXPECT_TRUE(breaker.tryStart(breakerStart));
        breaker.onAnswer(systemicFailure, breakerStart);
    }
    EXPECT_EQ(breaker.state(breakerStart), CircuitBreaker::State::Open);
    EXPECT_FALSE(breaker.tryStart(breakerStart + 59'999ms));
    EXPECT_EQ(breaker.openUntil(), breakerStart + 60s);
}

TEST(CircuitBreaker, oneProbeAtATimeAndAGoodAnswerCloses)
{
    CircuitBreaker breaker = openedBreaker();
    EXPECT_TRUE(breaker.tryStart(breakerStart + 60s));
    EXPECT_FALSE(breaker.tryStart(breakerStart + 60s));
    breaker.onAnswer(goodAnswer, breakerStart + 61s);
    EXPECT_EQ(breaker.state(breakerStart + 61s), CircuitBreaker::State::Closed);
    for (int i = 0; i < 4; ++i)
        breaker.onAnswer(systemicFailure, breakerStart + 61s);
    EXPECT_TRUE(breaker.tryStart(breakerStart + 61s));
}

TEST(CircuitBreaker, theThirdFailingProbeEnds)
{
    CircuitBreaker breaker = openedBreaker();
    SteadyTime now = breakerStart;
    for (int probe = 1; probe <= 3; ++probe) {
        now += 60s;
        ASSERT_TRUE(breaker.tryStart(now)) << probe;
        breaker.onAnswer(systemicFailure, now);
        EXPECT_FALSE(breaker.tryStart(now));
    }
    EXPECT_EQ(breaker.state(now + 1h), CircuitBreaker::State::Ended);
    EXPECT_FALSE(breaker.tryStart(now + 1h));
    breaker.onAnswer(goodAnswer, now + 1h);
    EXPECT_EQ(breaker.state(now + 1h), CircuitBreaker::State::Ended);
}

TEST(CircuitBreaker, failuresStillInFlightWhenItOpensAreNoProbes)
{
    CircuitBreaker breaker = openedBreaker();
    for (int i = 0; i < 20; ++i)
        breaker.onAnswer(systemicFailure, breakerStart + 1s);
    EXPECT_TRUE(breaker.tryStart(breakerStart + 60s));
}

TEST(CircuitBreaker, anAbandonedProbeMakesRoomForTheNext)
{
    CircuitBreaker breaker = openedBreaker();
    ASSERT_TRUE(breaker.tryStart(breakerStart + 60s));
    breaker.onAnswer(classify(answerOf(Transport::Abandoned, 0), true), breakerStart + 61s);
    EXPECT_TRUE(breaker.tryStart(breakerStart + 61s));
}

TEST(RateLimitPatience, endsAfterAQuarterOfAnHourWithoutOneAcceptance)
{
    RateLimitPatience patience;
    const AnswerReading limited = classify(answerOf(Transport::Complete, 429), true);
    EXPECT_FALSE(patience.isOver(breakerStart + 10h));
    patience.onAnswer(limited, breakerStart);
    patience.onAnswer(limited, breakerStart + 14min);
    EXPECT_FALSE(patience.isOver(breakerStart + 15min - 1ms));
    EXPECT_TRUE(patience.isOver(breakerStart + 15min));
    patience.onAnswer(systemicFailure, breakerStart + 15min);
    EXPECT_TRUE(patience.isOver(breakerStart + 15min));
    patience.onAnswer(goodAnswer, breakerStart + 16min);
    EXPECT_FALSE(patience.isOver(breakerStart + 10h));
}
