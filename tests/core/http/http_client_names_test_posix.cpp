// SPDX-License-Identifier: GPL-3.0-or-later
// Names whose addresses change from one attempt to the next, and addresses that answer nothing.
#include "core/http/http_client_helpers.h"
#include "core/http/named_hosts_posix.h"
#include "fakes/tls_server.h"

#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::fakes;
using namespace headgate::http;
using namespace headgate::http_tests;

namespace {

constexpr const char* host = "crm.test";

class HttpClientNames : public testing::Test
{
protected:
    static void SetUpTestSuite()
    {
        authority = new TestAuthority;
        valid = authority->issueValid("valid", std::string("DNS:") + host);
    }
    static void TearDownTestSuite() { delete authority; }

    static NamedAddress addressOf(const TlsServer& server) { return {"127.0.0.1", server.port()}; }

    static Answer post(HttpClient& client, Milliseconds connectTimeout = std::chrono::seconds(15))
    {
        Request request = postTo(std::string("https://") + host + ":443/hook", "secret body");
        request.caFile = authority->caFile();
        request.connectTimeout = connectTimeout;
        return answerTo(client, std::move(request));
    }

    static void expectNothingSent(const Answer& answer)
    {
        EXPECT_EQ(answer.transport, Transport::NotSent) << answer.detail;
        EXPECT_EQ(answer.bytesTaken, 0u);
    }

    static TestAuthority* authority;
    static TestAuthority::Certificate valid;
};

TestAuthority* HttpClientNames::authority = nullptr;
TestAuthority::Certificate HttpClientNames::valid;

} // namespace

TEST_F(HttpClientNames, aNameThatMovesIsFollowedAtTheNextAttempt)
{
    auto first = std::make_unique<TlsServer>(valid);
    nameHost(host, {addressOf(*first)});
    const auto client = makeClient();
    EXPECT_EQ(post(*client).transport, Transport::Complete);
    first.reset();
    TlsServer second(valid);
    // The kept connection is found dead, and then the old address refuses.
    EXPECT_NE(post(*client).transport, Transport::Complete);
    expectNothingSent(post(*client));
    nameHost(host, {addressOf(second)});
    const Answer answer = post(*client);
    EXPECT_EQ(answer.transport, Transport::Complete) << answer.detail;
    EXPECT_EQ(answer.body, "secret body");
    EXPECT_EQ(second.handshakes(), 1);
}

TEST_F(HttpClientNames, aStrangerAtTheNewAddressIsToldNothing)
{
    TestAuthority otherAuthority;
    const TestAuthority::Certificate cases[] = {
        otherAuthority.issueValid("same-name", std::string("DNS:") + host),
        authority->issueValid("other-name", "DNS:other.test")};
    for (const TestAuthority::Certificate& certificate : cases) {
        auto first = std::make_unique<TlsServer>(valid);
        nameHost(host, {addressOf(*first)});
        const auto client = makeClient();
        EXPECT_EQ(post(*client).transport, Transport::Complete);
        first.reset();
        TlsServer stranger(certificate);
        nameHost(host, {addressOf(stranger)});
        EXPECT_NE(post(*client).transport, Transport::Complete);
        const Answer answer = post(*client);
        EXPECT_EQ(answer.transport, Transport::TlsRefused) << answer.detail;
        EXPECT_EQ(answer.bytesTaken, 0u);
        EXPECT_EQ(stranger.applicationBytes(), 0u);
    }
}

TEST_F(HttpClientNames, whileANameIsGoneNothingIsSent)
{
    TlsServer server(valid);
    nameHost(host, {});
    const auto client = makeClient();
    expectNothingSent(post(*client));
    nameHost(host, {addressOf(server)});
    EXPECT_EQ(post(*client).transport, Transport::Complete);
}

TEST_F(HttpClientNames, anAddressThatSaysNothingIsPassedBy)
{
    TlsServer server(valid);
    const SilentAddress silent;
    nameHost(host, {silent.address(), addressOf(server)});
    const auto client = makeClient();
    const Answer answer = post(*client);
    EXPECT_EQ(answer.transport, Transport::Complete) << answer.detail;
}

TEST_F(HttpClientNames, whereAllAddressesSayNothingTheConnectTimeoutEndsIt)
{
    const SilentAddress silent;
    const SilentAddress another;
    nameHost(host, {silent.address(), another.address()});
    const auto client = makeClient();
    const Answer answer = post(*client, Milliseconds(400));
    expectNothingSent(answer);
    EXPECT_TRUE(answer.timedOut);
}
