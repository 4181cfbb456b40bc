// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/http_client_helpers.h"
#include "fakes/chaos_server.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>
#include <thread>

using namespace headgate;
using namespace headgate::fakes;
using namespace headgate::http;
using namespace headgate::http_tests;
using namespace std::chrono_literals;

namespace {

ChaosScript answering(std::string answer)
{
    ChaosScript script;
    script.answer = std::move(answer);
    return script;
}

ChaosScript echoing()
{
    ChaosScript script;
    script.respond = [](const SeenRequest& request) { return httpAnswer(200, request.body); };
    return script;
}

} // namespace

TEST(HttpClient, sendsMethodHeadersAndBodyAsTheyAre)
{
    ChaosServer server(echoing());
    const auto client = makeClient();
    std::string body = "{\"name\":\"";
    for (int c = 0; c < 256; ++c)
        body += static_cast<char>(c);
    Request request = postTo(server.url("/a%2Fb/c?x=1&y=%20"), body);
    request.method = "PATCH";
    request.headers = {{"Content-Type", "application/json", false},
                       {"X-Empty", "", false},
                       {"X-Utf8", "\xC3\xA4", false}};
    const Answer answer = answerTo(*client, request);
    EXPECT_EQ(answer.transport, Transport::Complete);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, body);
    EXPECT_EQ(answer.bytesTaken, body.size());
    EXPECT_EQ(answer.detail, "");
    EXPECT_EQ(answer.header("content-length"), std::to_string(body.size()));

    const auto seen = server.seen();
    ASSERT_EQ(seen.size(), 1u);
    EXPECT_TRUE(seen[0].head.starts_with("PATCH /a%2Fb/c?x=1&y=%20 HTTP/1.1\r\n")) << seen[0].head;
    EXPECT_EQ(seen[0].header("Content-Type"), "application/json");
    EXPECT_EQ(seen[0].header("X-Utf8"), "\xC3\xA4");
    EXPECT_NE(seen[0].head.find("X-Empty:"), std::string::npos);
    EXPECT_EQ(seen[0].header("Accept-Encoding"), "gzip");
    EXPECT_EQ(seen[0].header("Expect"), "");
    EXPECT_TRUE(seen[0].header("User-Agent").starts_with("Headgate/"));
    EXPECT_EQ(seen[0].body, body);
}

TEST(HttpClient, everyMethodGoesWithAndWithoutBody)
{
    ChaosServer server(answering(httpAnswer(204)));
    const auto client = makeClient();
    for (const std::string method : {"GET", "DELETE", "POST", "PUT", "PATCH", "OPTIONS"}) {
        const Answer without = answerTo(*client, requestTo(server.url("/none"), method));
        EXPECT_EQ(without.transport, Transport::Complete) << method << without.detail;
        EXPECT_EQ(without.bytesTaken, 1u) << "a request without body counts as one byte";
        SeenRequest seen = server.seen().back();
        EXPECT_TRUE(seen.head.starts_with(method + " ")) << seen.head;
        const bool saysLength = method[0] == 'P';
        EXPECT_EQ(seen.header("Content-Length"), saysLength ? "0" : "") << method;

        Request request = postTo(server.url("/some"), "abc");
        request.method = method;
        EXPECT_EQ(answerTo(*client, request).bytesTaken, 3u);
        seen = server.seen().back();
        EXPECT_TRUE(seen.head.starts_with(method + " ")) << seen.head;
        EXPECT_EQ(seen.body, "abc");
        EXPECT_EQ(seen.header("Content-Type"), "");
    }
    EXPECT_EQ(server.connections(), 1);
}

TEST(HttpClient, bodiesOfEverySizeArriveWholeOverOneConnection)
{
    ChaosServer server(echoing());
    const auto client = makeClient();
    for (const std::size_t size : {1, 16'383, 16'384, 16'385, 65'536, 65'537, 300'000, 2}) {
        std::string body(size, 'b');
        body.back() = 'e';
        const Answer answer = answerTo(*client, postTo(server.url("/"), body));
        EXPECT_EQ(answer.transport, Transport::Complete) << size << answer.detail;
        EXPECT_EQ(answer.bytesTaken, size);
        EXPECT_EQ(answer.body, body) << size;
        EXPECT_EQ(server.seen().back().header("Content-Length"), std::to_string(size));
        EXPECT_EQ(server.seen().back().header("Expect"), "") << size;
    }
    EXPECT_EQ(server.connections(), 1);
}

TEST(HttpClient, headersOfTheRequestStandInForOurs)
{
    ChaosServer server(echoing());
    const auto client = makeClient();
    Request request = postTo(server.url("/"), "x");
    request.headers = {{"user-agent", "Theirs/1", false}, {"ACCEPT-ENCODING", "identity", false}};
    EXPECT_EQ(answerTo(*client, request).transport, Transport::Complete);
    const std::string head = server.seen().back().head;
    EXPECT_EQ(server.seen().back().header("User-Agent"), "Theirs/1");
    EXPECT_EQ(server.seen().back().header("Accept-Encoding"), "identity");
    EXPECT_EQ(head.find("Headgate/"), std::string::npos) << head;
    EXPECT_EQ(head.find("gzip"), std::string::npos) << head;
}

TEST(HttpClient, headHasNoBody)
{
    ChaosServer server(answering("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"));
    const auto client = makeClient();
    const Answer answer = answerTo(*client, requestTo(server.url("/"), "HEAD"));
    EXPECT_EQ(answer.transport, Transport::Complete);
    EXPECT_EQ(answer.header("Content-Length"), "5000");
    EXPECT_EQ(answer.body, "");
    EXPECT_EQ(answer.detail, "");
    EXPECT_EQ(answerTo(*client, requestTo(server.url("/"), "HEAD")).status, 200);
}

TEST(HttpClient, handlesAreReusedWithoutAnythingOfTheRequestBefore)
{
    ChaosServer server(echoing());
    const auto client = makeClient();
    Request first = postTo(server.url("/first"), std::string(300'000, 'x'));
    first.headers = {{"Authorization", "Bearer one", true}, {"X-Only", "first", false}};
    EXPECT_EQ(answerTo(*client, first).body.size(), 300'000u);
    EXPECT_EQ(answerTo(*client, requestTo(server.url("/second"))).body, "");
    const SeenRequest seen = server.seen().back();
    EXPECT_EQ(seen.path(), "/second");
    EXPECT_TRUE(seen.head.starts_with("GET "));
    EXPECT_EQ(seen.header("Authorization"), "");
    EXPECT_EQ(seen.header("X-Only"), "");
    EXPECT_EQ(seen.header("Content-Length"), "");
}

TEST(HttpClient, manyInFlightAreAnsweredOnceEachByTheirId)
{
    ChaosServer server(echoing());
    const auto client = makeClient();
    std::uint64_t next = 0;
    std::set<std::uint64_t> answered;
    while (answered.size() < 400) {
        while (client->inFlight() < 8 && next < 400) {
            client->start(next, postTo(server.url("/" + std::to_string(next)),
                                       std::to_string(next) + std::string(next * 37, '.')));
            ++next;
        }
        for (const Answer& answer : client->wait(1min)) {
            EXPECT_EQ(answer.transport, Transport::Complete) << answer.detail;
            EXPECT_EQ(answer.body, std::to_string(answer.id) + std::string(answer.id * 37, '.'));
            EXPECT_TRUE(answered.insert(answer.id).second);
        }
    }
    EXPECT_EQ(client->inFlight(), 0u);
    EXPECT_LE(server.connections(), 8);
    EXPECT_EQ(server.seen().size(), 400u);
}

TEST(HttpClient, informationalAnswersAreNotTheAnswer)
{
    ChaosServer server(answering("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nX-A: "
                                 "1\r\n\r\n" +
                                 httpAnswer(201, "made", "X-B: 2\r\n")));
    const auto client = makeClient();
    const Answer answer = answerTo(*client, postTo(server.url("/"), "x"));
    EXPECT_EQ(answer.transport, Transport::Complete);
    EXPECT_EQ(answer.status, 201);
    EXPECT_EQ(answer.body, "made");
    EXPECT_EQ(answer.header("X-A"), "");
    EXPECT_EQ(answer.header("x-b"), "2");
}

TEST(HttpClient, saysWhetherTheConnectionCarriesSeveralRequests)
{
    for (const auto& [version, shared] :
         {std::pair("HTTP/1.0", false), std::pair("HTTP/1.1", false), std::pair("HTTP/2", true)}) {
        ChaosServer server(
            answering(std::string(version) + " 200 OK\r\nContent-Length: 0\r\n\r\n"));
        const auto client = makeClient();
        const Answer answer = answerTo(*client, requestTo(server.url("/")));
        // Later versions of libcurl refuse HTTP/2 without TLS.
        EXPECT_TRUE(answer.transport == Transport::Complete || shared) << version << answer.detail;
        if (answer.transport == Transport::Complete) {
            EXPECT_EQ(answer.sharedConnection, shared) << version;
        }
    }
}

TEST(HttpClient, readsChunkedAnswersAndIgnoresTrailers)
{
    ChaosServer server(answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                 "4\r\nabcd\r\n1\r\ne\r\n0\r\nX-Late: 1\r\n\r\n"));
    const auto client = makeClient();
    for (int i = 0; i < 2; ++i) {
        const Answer answer = answerTo(*client, requestTo(server.url("/")));
        EXPECT_EQ(answer.transport, Transport::Complete);
        EXPECT_EQ(answer.body, "abcde");
        EXPECT_EQ(answer.header("X-Late"), "");
    }
    EXPECT_EQ(server.connections(), 1);
}

TEST(HttpClient, saysWhenOnlyTheClosedConnectionEndsTheAnswer)
{
    ChaosScript script = answering("HTTP/1.1 200 OK\r\n\r\nhello");
    script.close = true;
    ChaosServer server(script);
    const auto client = makeClient();
    const Answer answer = answerTo(*client, requestTo(server.url("/")));
    EXPECT_EQ(answer.transport, Transport::Complete);
    EXPECT_EQ(answer.body, "hello");
    EXPECT_NE(answer.detail, "");
}

TEST(HttpClient, unpacksGzip)
{
    const std::string text(100'000, 'z');
    ChaosServer server(answering(httpAnswer(200, gzipped(text), "Content-Encoding: gzip\r\n")));
    const auto client = makeClient();
    const Answer answer = answerTo(*client, requestTo(server.url("/")));
    EXPECT_EQ(answer.transport, Transport::Complete) << answer.detail;
    EXPECT_EQ(answer.body, text);
}

TEST(HttpClient, anEncodingThatWasNotAskedForIsNoWholeAnswer)
{
    for (const std::string encoding : {"br", "zstd", "deflate, compress", "gzip"}) {
        ChaosServer server(answering(
            httpAnswer(200, "no such encoding", "Content-Encoding: " + encoding + "\r\n")));
        const auto client = makeClient();
        const Answer answer = answerTo(*client, postTo(server.url("/"), "x"));
        EXPECT_EQ(answer.transport, Transport::Broken) << encoding;
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.bytesTaken, 1u);
    }
}

TEST(HttpClient, waitEndsByTimeAndByWake)
{
    const auto client = makeClient();
    EXPECT_TRUE(client->wait(0ms).empty());
    EXPECT_TRUE(client->wait(5ms).empty());
    std::thread other([&] { client->wake(); });
    EXPECT_TRUE(client->wait(1h).empty());
    other.join();
    client->wake();
    EXPECT_TRUE(client->wait(1h).empty());

    ChaosScript silent;
    silent.stall = true;
    ChaosServer server(silent);
    client->start(1, requestTo(server.url("/")));
    std::thread later([&] {
        std::this_thread::sleep_for(20ms);
        client->wake();
    });
    EXPECT_TRUE(client->wait(1h).empty());
    later.join();
    EXPECT_EQ(client->inFlight(), 1u);
}

TEST(HttpClient, idleConnectionsAreNotReusedForLong)
{
    ChaosServer server(echoing());
    HttpOptions options;
    options.idleLimit = 1s;
    const auto client = makeClient(options);
    (void)answerTo(*client, requestTo(server.url("/")));
    (void)answerTo(*client, requestTo(server.url("/")));
    EXPECT_EQ(server.connections(), 1);
    std::this_thread::sleep_for(2100ms);
    (void)answerTo(*client, requestTo(server.url("/")));
    EXPECT_EQ(server.connections(), 2);
}

TEST(HttpClient, whatMustNotBeSentIsAnsweredWithoutAConnection)
{
    ChaosServer server(echoing());
    const auto client = makeClient();
    std::vector<Request> requests;
    for (const Header& header :
         {Header{"X-A", "1\r\nX-B: 2", false}, Header{"X-A", "1\n", false},
          Header{"X-A", std::string("1\0", 2), false}, Header{"X-A\r\nX-B", "1", false},
          Header{"Content-Length", "3", false}, Header{"transfer-encoding", "chunked", false}}) {
        requests.push_back(postTo(server.url("/"), "x"));
        requests.back().headers.push_back(header);
    }
    requests.push_back(requestTo(server.url("/a\r\nX-B: 2")));
    requests.push_back(requestTo(server.url("/a/../b"), "DELETE"));
    requests.push_back(requestTo("http://example.com/"));
    requests.push_back(requestTo(server.url("/"), "GET / HTTP/1.1\r\nX:"));
    requests.push_back(requestTo("file:///etc/passwd"));
    requests.push_back(requestTo("https://user:password@localhost/"));
    requests.push_back(requestTo(server.url("/")));
    requests.back().caFile = "/nonexistent/ca.pem";
    for (std::size_t i = 0; i < requests.size(); ++i)
        client->start(i, requests[i]);
    EXPECT_EQ(client->inFlight(), requests.size());
    const auto answers = client->wait(1h);
    ASSERT_EQ(answers.size(), requests.size());
    for (const Answer& answer : answers) {
        EXPECT_EQ(answer.transport, Transport::BadRequest) << answer.id;
        EXPECT_NE(answer.detail, "");
        EXPECT_EQ(answer.bytesTaken, 0u);
    }
    EXPECT_EQ(server.connections(), 0);
}

TEST(HttpClient, aLoopbackServerIsReachedPastAnyProxy)
{
    ChaosServer proxy(answering(httpAnswer(502)));
    ChaosServer server(echoing());
    HttpOptions options;
    options.proxy = proxy.url("");
    const auto client = makeClient(options);
    EXPECT_EQ(answerTo(*client, postTo(server.url("/"), "direct")).body, "direct");
    EXPECT_EQ(proxy.connections(), 0);
}

TEST(HttpClient, aProxySeesTheHostAndNothingElse)
{
    ChaosServer proxy(
        answering("HTTP/1.1 407 Proxy Authentication Required\r\n"
                  "Proxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n"));
    HttpOptions options;
    options.proxy = proxy.url("");
    const auto client = makeClient(options);
    Request request = postTo("https://crm.example/secret-path?key=query-secret", "body-secret");
    request.headers.push_back({"Authorization", "Bearer header-secret", true});
    const Answer answer = answerTo(*client, request);
    EXPECT_EQ(answer.transport, Transport::NotSent);
    EXPECT_EQ(answer.status, 407);
    EXPECT_EQ(answer.bytesTaken, 0u);
    const auto seen = proxy.seen();
    ASSERT_EQ(seen.size(), 1u);
    EXPECT_TRUE(seen[0].head.starts_with("CONNECT crm.example:443 HTTP/1.1\r\n")) << seen[0].head;
    EXPECT_EQ((seen[0].head + seen[0].body).find("secret"), std::string::npos) << seen[0].head;
}
