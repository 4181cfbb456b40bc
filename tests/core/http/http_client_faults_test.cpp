// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/http_client_helpers.h"
#include "fakes/chaos_server.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <gtest/gtest.h>
#include <thread>

using namespace headgate;
using namespace headgate::fakes;
using namespace headgate::http;
using namespace headgate::http_tests;
using namespace std::chrono_literals;

namespace {

using Cut = ChaosScript::Cut;

struct WireCase
{
    bool warm;
    Cut cut;
    std::size_t bytes;
    bool reset;
    std::size_t bodySize; ///< 0: no body
};

void PrintTo(const WireCase& wire, std::ostream* out)
{
    *out << (wire.warm ? "warm" : "cold") << " cut " << static_cast<int>(wire.cut) << " after "
         << wire.bytes << (wire.reset ? " RST" : " FIN") << " body " << wire.bodySize;
}

std::vector<WireCase> wireCases()
{
    std::vector<WireCase> cases;
    for (const bool warm : {false, true})
        for (const bool reset : {false, true})
            for (const std::size_t body : {0, 1, 200, 300'000}) {
                cases.push_back({warm, Cut::BeforeReading, 0, reset, body});
                for (const std::size_t bytes :
                     {std::size_t{0}, body / 3, body - (body > 0 ? 1 : 0)})
                    cases.push_back({warm, Cut::InRequest, bytes, reset, body});
                cases.push_back({warm, Cut::AfterRequest, 0, reset, body});
                for (const std::size_t bytes : {1, 9, 17, 36, 38, 40, 60})
                    cases.push_back({warm, Cut::InAnswer, bytes, reset, body});
            }
    return cases;
}

} // namespace

TEST(HttpClientFaults, oneWireCopyPerStartWhereverTheConnectionDies)
{
    for (const WireCase& wire : wireCases()) {
        SCOPED_TRACE(testing::PrintToString(wire));
        ChaosScript good;
        good.answer = httpAnswer(200, "warm");
        ChaosScript bad;
        bad.cut = wire.cut;
        bad.bytes = wire.bytes;
        bad.reset = wire.reset;
        bad.answer = httpAnswer(200, std::string(100, 'a'));
        ChaosServer server([&](int connection, int number) {
            return wire.warm && connection == 0 && number == 0 ? good : bad;
        });
        auto client = makeClient();
        if (wire.warm) {
            ASSERT_EQ(answerTo(*client, requestTo(server.url("/warm"))).status, 200);
        }
        Request request = requestTo(server.url("/once"), "DELETE");
        if (wire.bodySize > 0)
            request = postTo(server.url("/once"), std::string(wire.bodySize, 'b'));
        const Answer answer = answerTo(*client, request);
        client.reset();
        server.settle();

        EXPECT_LE(server.copiesOf("/once"), 1);
        if (wire.cut == Cut::AfterRequest || wire.cut == Cut::InAnswer) {
            EXPECT_EQ(server.copiesOf("/once"), 1);
        }
        EXPECT_EQ(answer.transport, answer.bytesTaken > 0 ? Transport::Broken : Transport::NotSent);
        EXPECT_NE(answer.detail, "");
        EXPECT_LE(answer.bytesTaken, std::max<std::size_t>(wire.bodySize, 1));
        for (const SeenRequest& seen : server.seen()) {
            if (seen.path() != "/once")
                continue;
            EXPECT_LE(seen.body.size(), answer.bytesTaken);
            EXPECT_FALSE(seen.whole && answer.bytesTaken == 0);
        }
    }
}

TEST(HttpClientFaults, aStaleConnectionCostsTheRequestAndNothingIsSentTwice)
{
    ChaosScript last;
    last.answer = httpAnswer(200);
    last.close = true;
    for (int round = 0; round < 100; ++round) {
        ChaosServer server(last);
        auto client = makeClient();
        ASSERT_EQ(answerTo(*client, postTo(server.url("/first"), "1")).status, 200);
        const Answer answer = answerTo(*client, postTo(server.url("/second"), "2"));
        client.reset();
        server.settle();
        EXPECT_LE(server.copiesOf("/second"), 1);
        if (answer.transport == Transport::Complete) {
            EXPECT_EQ(server.copiesOf("/second"), 1);
        }
        if (answer.transport == Transport::NotSent) {
            EXPECT_EQ(answer.bytesTaken, 0u);
        }
    }
}

TEST(HttpClientFaults, noListenerMeansSurelyNotSent)
{
    std::string url;
    {
        const ChaosServer gone(ChaosScript{});
        url = gone.url("/");
    }
    const auto client = makeClient();
    const Answer answer = answerTo(*client, postTo(url, "x"));
    EXPECT_EQ(answer.transport, Transport::NotSent);
    EXPECT_EQ(answer.bytesTaken, 0u);
    EXPECT_EQ(answer.status, 0);
    EXPECT_NE(answer.detail, "");
    EXPECT_FALSE(answer.timedOut);
}

TEST(HttpClientFaults, anUnknownNameMeansSurelyNotSent)
{
    const auto client = makeClient();
    const Answer answer = answerTo(*client, postTo("https://headgate-test.invalid/", "x"));
    EXPECT_EQ(answer.transport, Transport::NotSent);
    EXPECT_EQ(answer.bytesTaken, 0u);
}

TEST(HttpClientFaults, anAnswerCutAtAnyByteIsNeverWhole)
{
    const std::string body(900, 'r');
    const std::string plain = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nX-Id: 1\r\n";
    std::string chunked = plain + "Transfer-Encoding: chunked\r\n\r\n";
    for (std::size_t at = 0; at < body.size(); at += 300)
        chunked += "12c\r\n" + body.substr(at, 300) + "\r\n";
    chunked += "0\r\n\r\n";
    struct Framing
    {
        const char* name;
        std::string answer;
        std::size_t wholeFrom; ///< from so many bytes on the body is surely whole
    };
    // Without the very last LF a chunked answer lacks nothing: the chunk of length 0 is there.
    const Framing framings[] = {
        {"length", plain + "Content-Length: 900\r\n\r\n" + body, 0},
        {"chunked", chunked, chunked.size() - 1},
        {"close", plain + "\r\n" + body, plain.size() + 2},
    };
    for (const Framing& framing : framings) {
        const std::size_t wholeFrom =
            framing.wholeFrom > 0 ? framing.wholeFrom : framing.answer.size();
        ChaosServer server([&](int connection, int) {
            ChaosScript script;
            script.cut = Cut::InAnswer;
            script.bytes = static_cast<std::size_t>(connection);
            script.answer = framing.answer;
            return script;
        });
        const auto client = makeClient();
        for (std::size_t cut = 0; cut <= framing.answer.size(); ++cut) {
            const Answer answer = answerTo(*client, postTo(server.url("/"), "x"));
            const bool whole = cut >= wholeFrom;
            ASSERT_EQ(answer.transport, whole ? Transport::Complete : Transport::Broken)
                << framing.name << " cut at " << cut << ": " << answer.detail;
            ASSERT_EQ(answer.bytesTaken, 1u);
            ASSERT_EQ(answer.detail.empty(), whole && framing.name != std::string("close"));
        }
        EXPECT_EQ(server.connections(), static_cast<int>(framing.answer.size()) + 1);
    }
}

TEST(HttpClientFaults, garbageIsNoAnswer)
{
    for (const std::string garbage :
         {"\r\n\r\n", "hello\r\n\r\n", "HTTP/1.1\r\n\r\n", "HTTP/1.1 abc OK\r\n\r\n",
          "HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n", "HTTP/9.9 200 OK\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
          "HTTP/1.1 100 Continue\r\n\r\n"}) {
        ChaosScript script;
        script.answer = garbage;
        script.close = true;
        ChaosServer server(script);
        const auto client = makeClient();
        const Answer answer = answerTo(*client, postTo(server.url("/"), "x"));
        EXPECT_EQ(answer.transport, Transport::Broken) << garbage << answer.status;
        EXPECT_EQ(answer.bytesTaken, 1u);
    }
}

TEST(HttpClientFaults, theTotalDeadlineHoldsAgainstSilenceDripsAndDeafness)
{
    ChaosScript silent;
    silent.stall = true;
    ChaosScript deaf;
    deaf.deaf = true;
    ChaosScript dripping;
    dripping.answer = httpAnswer(200, std::string(10'000, 'd'));
    dripping.dripBytes = 1;
    dripping.dripPause = 5ms;
    for (const ChaosScript& script : {silent, deaf, dripping}) {
        ChaosServer server(script);
        const auto client = makeClient();
        Request request = postTo(server.url("/"), std::string(8'000'000, 'x'));
        request.totalTimeout = 300ms;
        const Answer answer = answerTo(*client, request);
        EXPECT_EQ(answer.transport, Transport::Broken);
        EXPECT_TRUE(answer.timedOut);
        EXPECT_GE(answer.duration, 299ms);
        EXPECT_GT(answer.bytesTaken, 0u);
        if (script.deaf) {
            EXPECT_LT(answer.bytesTaken, 8'000'000u);
        }
    }
}

TEST(HttpClientFaults, theLowestSpeedEndsDripsAndDeafnessButNotThinking)
{
    HttpOptions options;
    options.lowestSpeedTime = 200ms;
    ChaosScript deaf;
    deaf.deaf = true;
    ChaosScript dripping;
    dripping.answer = httpAnswer(200, std::string(10'000, 'd'));
    dripping.dripBytes = 1;
    dripping.dripPause = 20ms;
    for (const ChaosScript& script : {deaf, dripping}) {
        ChaosServer server(script);
        const auto client = makeClient(options);
        const Answer answer =
            answerTo(*client, postTo(server.url("/"), std::string(8'000'000, 'x')));
        EXPECT_EQ(answer.transport, Transport::Broken);
        EXPECT_TRUE(answer.timedOut);
        EXPECT_LT(answer.duration, 30s);
    }
    ChaosScript thinking;
    thinking.answer = httpAnswer(200, "done");
    thinking.delay = 900ms;
    ChaosServer server(thinking);
    const auto client = makeClient(options);
    EXPECT_EQ(answerTo(*client, postTo(server.url("/"), "x")).body, "done");
}

TEST(HttpClientFaults, answersAreCappedDecodedOrNot)
{
    struct Flood
    {
        const char* name;
        std::string answer;
        std::string endless;
        Transport expected;
    };
    const std::string bomb = gzipped(std::string(std::size_t{3} << 20, '\0'));
    const Flood floods[] = {
        {"length", httpAnswer(200, std::string(2'000'000, 'x')), "", Transport::TooLarge},
        {"exactly", httpAnswer(200, std::string(1'000'000, 'x')), "", Transport::Complete},
        {"one more", httpAnswer(200, std::string(1'000'001, 'x')), "", Transport::TooLarge},
        {"endless body", "HTTP/1.1 200 OK\r\n\r\n", std::string(65536, 'x'), Transport::TooLarge},
        {"endless chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
         "10\r\n0123456789abcdef\r\n", Transport::TooLarge},
        {"bomb", httpAnswer(200, bomb, "Content-Encoding: gzip\r\n"), "", Transport::TooLarge},
        {"bomb in bomb", httpAnswer(200, gzipped(bomb), "Content-Encoding: gzip, gzip\r\n"), "",
         Transport::TooLarge},
        {"endless headers", "HTTP/1.1 200 OK\r\n", "X-More: 0123456789\r\n", Transport::TooLarge},
        {"endless interim answers", "", "HTTP/1.1 100 Continue\r\n\r\n", Transport::TooLarge},
    };
    for (const Flood& flood : floods) {
        ChaosScript script;
        script.answer = flood.answer;
        script.endless = flood.endless;
        ChaosServer server(script);
        const auto client = makeClient();
        Request request = postTo(server.url("/"), "x");
        request.answerLimit = 1'000'000;
        const Answer answer = answerTo(*client, request);
        EXPECT_EQ(answer.transport, flood.expected) << flood.name << ": " << answer.detail;
        EXPECT_LE(answer.body.size(), 1'000'000u);
        EXPECT_EQ(answer.bytesTaken, 1u);
    }
}

TEST(HttpClientFaults, oneEndlessHeaderLineIsNoAnswer)
{
    ChaosScript script;
    script.answer = "HTTP/1.1 200 OK\r\nX-Long: ";
    script.endless = std::string(65536, 'x');
    ChaosServer server(script);
    const auto client = makeClient();
    const Answer answer = answerTo(*client, postTo(server.url("/"), "x"));
    EXPECT_NE(answer.transport, Transport::Complete);
    EXPECT_NE(answer.transport, Transport::NotSent);
}

TEST(HttpClientFaults, anEarlyRefusalIsHeardBeforeTheBodyIsOut)
{
    ChaosScript script;
    script.answerEarly = true;
    script.answer = httpAnswer(413, "too big", "Connection: close\r\n");
    ChaosServer server(script);
    auto client = makeClient();
    const Answer answer = answerTo(*client, postTo(server.url("/"), std::string(50'000'000, 'x')));
    EXPECT_EQ(answer.transport, Transport::Complete) << answer.detail;
    EXPECT_EQ(answer.status, 413);
    EXPECT_EQ(answer.body, "too big");
    EXPECT_LT(answer.bytesTaken, 50'000'000u);
    client.reset();
    server.settle();
    EXPECT_EQ(server.copiesOf("/"), 1);
}

TEST(HttpClientFaults, abandonAnswersEveryExchangeOnceAndTheClientGoesOn)
{
    std::atomic<int> arrived = 0;
    std::promise<void> release;
    const std::shared_future<void> released = release.get_future().share();
    ChaosServer server([&arrived, released](int, int) {
        ChaosScript script;
        script.respond = [&arrived, released](const SeenRequest& request) {
            if (request.path() == "/slow") {
                ++arrived;
                released.wait();
            }
            return httpAnswer(200, request.path());
        };
        return script;
    });
    const auto client = makeClient();
    EXPECT_EQ(answerTo(*client, requestTo(server.url("/quick"))).body, "/quick");
    for (std::uint64_t id = 0; id < 20; ++id)
        client->start(id, postTo(server.url("/slow"), "abc"));
    const SystemClock clock;
    const SteadyTime until = clock.steady() + std::chrono::minutes(1);
    while (arrived < 20 && clock.steady() < until)
        EXPECT_TRUE(client->wait(10ms).empty());
    client->abandonAll();
    EXPECT_EQ(client->inFlight(), 20u);
    release.set_value();
    const auto answers = allAnswers(*client);
    ASSERT_EQ(answers.size(), 20u);
    std::vector<std::uint64_t> ids;
    for (const Answer& answer : answers) {
        EXPECT_EQ(answer.transport, Transport::Abandoned);
        EXPECT_EQ(answer.bytesTaken, 3u);
        ids.push_back(answer.id);
    }
    std::sort(ids.begin(), ids.end());
    for (std::uint64_t id = 0; id < 20; ++id)
        EXPECT_EQ(ids[id], id);
    client->abandonAll();
    EXPECT_TRUE(client->wait(0ms).empty());
    EXPECT_EQ(answerTo(*client, requestTo(server.url("/quick"))).body, "/quick");
}

TEST(HttpClientFaults, abandonedBeforeAnythingMovedMeansNothingWasSent)
{
    ChaosServer server(ChaosScript{});
    const auto client = makeClient();
    client->start(1, postTo(server.url("/"), "abc"));
    client->start(2, requestTo(server.url("/"), "DELETE"));
    client->abandonAll();
    for (const Answer& answer : client->wait(0ms)) {
        EXPECT_EQ(answer.transport, Transport::Abandoned);
        EXPECT_EQ(answer.bytesTaken, 0u);
    }
    EXPECT_TRUE(server.seen().empty());
}
