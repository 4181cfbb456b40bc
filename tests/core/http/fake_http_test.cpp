// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/fake_http.h"

#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::fakes;
using namespace std::chrono_literals;

namespace {

http::Request fakePost(std::string body)
{
    http::Request request;
    request.method = "POST";
    request.url = "http://127.0.0.1/things";
    request.body = std::make_shared<const std::string>(std::move(body));
    return request;
}

http::Answer takingTime(Milliseconds duration, http::Answer answer)
{
    answer.duration = duration;
    return answer;
}

} // namespace

TEST(FakeHttp, answersInOrderOfVirtualTime)
{
    FakeClock clock;
    FakeHttp http(clock);
    http.setHandler([](const http::Request& request) {
        return takingTime(*request.body == "slow" ? 300ms : 100ms, answered(200, *request.body));
    });
    http.start(1, fakePost("slow"));
    http.start(2, fakePost("quick"));
    EXPECT_EQ(http.inFlight(), 2u);
    const WallTime begin = clock.now();
    EXPECT_TRUE(http.wait(50ms).empty());
    EXPECT_EQ(clock.now(), begin + 50ms);
    auto answers = http.wait(1h);
    ASSERT_EQ(answers.size(), 1u);
    EXPECT_EQ(answers[0].id, 2u);
    EXPECT_EQ(answers[0].bytesTaken, 5u);
    EXPECT_EQ(clock.now(), begin + 100ms);
    answers = http.wait(1h);
    ASSERT_EQ(answers.size(), 1u);
    EXPECT_EQ(answers[0].body, "slow");
    EXPECT_EQ(clock.now(), begin + 300ms);
    EXPECT_EQ(http.inFlight(), 0u);
    EXPECT_EQ(http.body(1), "quick");
}

TEST(FakeHttp, overridesComeBeforeTheHandler)
{
    FakeClock clock;
    FakeHttp http(clock);
    http.overrideNext([](const http::Request&) { return answered(503); });
    http.overrideAt(2, [](const http::Request&) { return unanswered(3); });
    for (std::uint64_t id = 1; id <= 3; ++id)
        http.start(id, fakePost("x"));
    const auto answers = http.wait(1s);
    ASSERT_EQ(answers.size(), 3u);
    EXPECT_EQ(answers[0].status, 503);
    EXPECT_EQ(answers[1].transport, http::Transport::Broken);
    EXPECT_EQ(answers[1].bytesTaken, 3u);
    EXPECT_EQ(answers[2].status, 200);
}

TEST(FakeHttp, anAnswerAfterTheDeadlineIsBroken)
{
    FakeClock clock;
    FakeHttp http(clock);
    http.setHandler([](const http::Request&) { return takingTime(90s, answered(200)); });
    http.start(1, fakePost("abc"));
    const WallTime begin = clock.now();
    const auto answers = http.wait(1h);
    ASSERT_EQ(answers.size(), 1u);
    EXPECT_EQ(answers[0].transport, http::Transport::Broken);
    EXPECT_EQ(answers[0].bytesTaken, 3u);
    EXPECT_EQ(clock.now(), begin + 60s);
}

TEST(FakeHttp, abandonedRequestsAreAnsweredOnce)
{
    FakeClock clock;
    FakeHttp http(clock);
    http.setHandler([](const http::Request&) { return takingTime(10s, answered(200)); });
    http.start(1, fakePost("abc"));
    http.abandonAll();
    const auto answers = http.wait(0ms);
    ASSERT_EQ(answers.size(), 1u);
    EXPECT_EQ(answers[0].transport, http::Transport::Abandoned);
    EXPECT_EQ(answers[0].bytesTaken, 3u);
    EXPECT_TRUE(http.wait(0ms).empty());
}

TEST(FakeHttp, wakeEndsOneWait)
{
    FakeClock clock;
    FakeHttp http(clock);
    http.wake();
    const WallTime begin = clock.now();
    EXPECT_TRUE(http.wait(1h).empty());
    EXPECT_EQ(clock.now(), begin);
    EXPECT_TRUE(http.wait(1h).empty());
    EXPECT_EQ(clock.now(), begin + 1h);
}

TEST(FakeHttp, refusesWhatTheClientRefuses)
{
    FakeClock clock;
    FakeHttp http(clock);
    http.setHandler([](const http::Request&) -> http::Answer {
        ADD_FAILURE() << "reached the destination";
        return answered(200);
    });
    http::Request request = fakePost("x");
    request.headers.push_back({"X-Note", "a\r\nX-Other: b", false});
    http.start(1, request);
    const auto answers = http.wait(0ms);
    ASSERT_EQ(answers.size(), 1u);
    EXPECT_EQ(answers[0].transport, http::Transport::BadRequest);
}
