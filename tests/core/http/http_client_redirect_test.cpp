// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/http_client_helpers.h"
#include "fakes/chaos_server.h"

#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::fakes;
using namespace headgate::http;
using namespace headgate::http_tests;
using namespace std::chrono_literals;

namespace {

/// Redirects /from with `status` to `location`, counts /hop/N down to /to, answers the rest.
ChaosServer::Director redirecting(int status, std::string location)
{
    return [status, location](int, int) {
        ChaosScript script;
        script.respond = [status, location](const SeenRequest& request) {
            const std::string path = request.path();
            if (path == "/from")
                return httpAnswer(status, "moved", "Location: " + location + "\r\n");
            if (path.starts_with("/hop/")) {
                const int left = std::stoi(path.substr(5));
                return httpAnswer(
                    302, {},
                    "Location: " + (left > 1 ? "/hop/" + std::to_string(left - 1) : "/to") +
                        "\r\n");
            }
            return httpAnswer(200, "arrived at " + path);
        };
        return script;
    };
}

constexpr int redirectStatuses[] = {301, 302, 303, 307, 308};

Request withSecrets(std::string url, std::string method)
{
    Request request = requestTo(std::move(url), std::move(method));
    request.headers = {{"Authorization", "Bearer token", true}, {"X-Api-Key", "key", true}};
    return request;
}

} // namespace

TEST(HttpClientRedirect, readsFollowToTheSameOrigin)
{
    for (const int status : redirectStatuses)
        for (const std::string location :
             {"/to?x=1", "to?x=1", "//127.0.0.1:PORT/to?x=1", "http://127.0.0.1:PORT/to?x=1",
              "HTTP://127.0.0.1:PORT/to?x=1#part"}) {
            std::string own = location;
            ChaosServer server([&](int connection, int number) {
                return redirecting(status, own)(connection, number);
            });
            if (const std::size_t at = own.find("PORT"); at != std::string::npos)
                own.replace(at, 4, std::to_string(server.port()));
            const auto client = makeClient();
            const Answer answer = answerTo(*client, withSecrets(server.url("/from"), "GET"));
            EXPECT_EQ(answer.transport, Transport::Complete) << own << answer.detail;
            EXPECT_EQ(answer.status, 200);
            EXPECT_EQ(answer.body, "arrived at /to?x=1");
            EXPECT_EQ(server.seen().back().header("X-Api-Key"), "key");
            EXPECT_EQ(server.copiesOf("/from"), 1);
            EXPECT_EQ(server.copiesOf("/to?x=1"), 1);
        }
}

TEST(HttpClientRedirect, noOtherHostEverSeesAByte)
{
    ChaosServer other(ChaosScript{});
    const std::string port = std::to_string(other.port());
    for (const int status : redirectStatuses)
        for (const std::string& location :
             {"http://127.0.0.1:" + port + "/to", "//127.0.0.1:" + port + "/to",
              "http://localhost:" + port + "/to", "https://127.0.0.1:" + port + "/to",
              "http://user:password@127.0.0.1:" + port + "/to", "http://127.0.0.2:" + port + "/to"})
            for (const std::string method : {"GET", "HEAD", "POST"}) {
                ChaosServer server(redirecting(status, location));
                const auto client = makeClient();
                const Answer answer = answerTo(*client, withSecrets(server.url("/from"), method));
                EXPECT_EQ(answer.transport, Transport::Redirected) << method << location;
                EXPECT_EQ(answer.status, status);
                EXPECT_EQ(answer.location, location);
                EXPECT_EQ(server.seen().size(), 1u);
            }
    EXPECT_EQ(other.connections(), 0);
}

TEST(HttpClientRedirect, writesAreNeverRedirectedNotEvenAtHome)
{
    for (const int status : redirectStatuses)
        for (const std::string method : {"POST", "PUT", "PATCH", "DELETE"}) {
            ChaosServer server(redirecting(status, "/to"));
            const auto client = makeClient();
            Request request = withSecrets(server.url("/from"), method);
            if (method != "DELETE")
                request.body = std::make_shared<const std::string>("body");
            const Answer answer = answerTo(*client, request);
            EXPECT_EQ(answer.transport, Transport::Redirected);
            EXPECT_EQ(answer.location, "/to");
            EXPECT_EQ(answer.bytesTaken, method == "DELETE" ? 1u : 4u);
            EXPECT_EQ(server.seen().size(), 1u);
        }
}

TEST(HttpClientRedirect, atMostFive)
{
    for (const int hops : {5, 6}) {
        ChaosServer server(redirecting(302, "/from"));
        const auto client = makeClient();
        const Answer answer =
            answerTo(*client, requestTo(server.url("/hop/" + std::to_string(hops))));
        EXPECT_EQ(answer.transport, hops == 5 ? Transport::Complete : Transport::Redirected);
        EXPECT_EQ(server.seen().size(), 6u);
    }
    ChaosServer loop(redirecting(302, "/from"));
    const auto client = makeClient();
    EXPECT_EQ(answerTo(*client, requestTo(loop.url("/from"))).transport, Transport::Redirected);
    EXPECT_EQ(loop.seen().size(), 6u);
}

TEST(HttpClientRedirect, strangeTargetsAreRefused)
{
    for (const std::string location :
         {"", "file:///etc/passwd", "javascript:alert(1)", "http://", "http://[::1", "/a b",
          "\\\\evil\\x", "/%2e%2e/x", "http://127.0.0.1:99999/", "http://127.0.0.1@evil/"}) {
        ChaosServer server(redirecting(302, location));
        const auto client = makeClient();
        const Answer answer = answerTo(*client, requestTo(server.url("/from")));
        EXPECT_EQ(answer.transport, Transport::Redirected) << location;
        EXPECT_EQ(server.seen().size(), 1u);
    }
}

TEST(HttpClientRedirect, otherStatusesOfTheThreeHundredsAreAnswers)
{
    for (const int status : {300, 304, 305, 306}) {
        ChaosServer server(redirecting(status, "/to"));
        const auto client = makeClient();
        const Answer answer = answerTo(*client, requestTo(server.url("/from")));
        EXPECT_EQ(answer.transport, Transport::Complete);
        EXPECT_EQ(answer.status, status);
        EXPECT_EQ(server.seen().size(), 1u);
    }
}

TEST(HttpClientRedirect, theTotalDeadlineCountsOverAllHops)
{
    ChaosServer server([](int, int) {
        ChaosScript script;
        script.delay = 150ms;
        script.answer = httpAnswer(302, {}, "Location: /again\r\n");
        return script;
    });
    const auto client = makeClient();
    Request request = requestTo(server.url("/from"));
    request.totalTimeout = 400ms;
    const Answer answer = answerTo(*client, request);
    EXPECT_EQ(answer.transport, Transport::Broken);
    EXPECT_TRUE(answer.timedOut);
    EXPECT_LT(server.seen().size(), 4u);
}
