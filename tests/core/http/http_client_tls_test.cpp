// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/http_client_helpers.h"
#include "fakes/chaos_server.h"
#include "fakes/tls_server.h"
#include "http/ca_bundle.h"

#include <QFile>
#include <curl/curl.h>
#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::fakes;
using namespace headgate::http;
using namespace headgate::http_tests;

namespace {

class HttpClientTls : public testing::Test
{
protected:
    static void SetUpTestSuite()
    {
        authority = new TestAuthority;
        stranger = new TestAuthority;
        valid = authority->issueValid("valid");
    }

    static void TearDownTestSuite()
    {
        delete authority;
        delete stranger;
    }

    static Request postWith(const std::string& url, const std::string& caFile)
    {
        Request request = postTo(url, "secret body");
        request.caFile = caFile;
        request.headers = {{"Authorization", "Bearer secret", true}};
        return request;
    }

    static void expectRefused(const TestAuthority::Certificate& certificate,
                              const std::string& caFile, const char* host = "localhost")
    {
        TlsServer server(certificate);
        const auto client = makeClient();
        const Answer answer = answerTo(*client, postWith(server.url("/", host), caFile));
        EXPECT_EQ(answer.transport, Transport::TlsRefused) << answer.detail;
        EXPECT_EQ(answer.bytesTaken, 0u);
        EXPECT_EQ(answer.status, 0);
        EXPECT_NE(answer.detail, "");
        EXPECT_EQ(server.applicationBytes(), 0u);
    }

    static TestAuthority* authority;
    static TestAuthority* stranger;
    static TestAuthority::Certificate valid;
};

TestAuthority* HttpClientTls::authority = nullptr;
TestAuthority* HttpClientTls::stranger = nullptr;
TestAuthority::Certificate HttpClientTls::valid;

} // namespace

TEST_F(HttpClientTls, anExtraAuthorityIsTrusted)
{
    TlsServer server(valid);
    const auto client = makeClient();
    for (const char* host : {"localhost", "127.0.0.1"})
        for (int i = 0; i < 2; ++i) {
            const Answer answer =
                answerTo(*client, postWith(server.url("/a", host), authority->caFile()));
            EXPECT_EQ(answer.transport, Transport::Complete) << answer.detail;
            EXPECT_EQ(answer.body, "secret body");
        }
    EXPECT_EQ(server.handshakes(), 2);
}

TEST_F(HttpClientTls, anAuthorityOfTheClientIsTrustedWhereARequestNamesNone)
{
    TlsServer server(valid);
    HttpOptions options;
    options.caFile = authority->caFile();
    const auto client = makeClient(std::move(options));
    EXPECT_EQ(answerTo(*client, postWith(server.url("/"), {})).transport, Transport::Complete);
    EXPECT_EQ(answerTo(*client, postWith(server.url("/"), stranger->caFile())).transport,
              Transport::TlsRefused);
}

TEST_F(HttpClientTls, aConnectionMadeWithOneAuthorityServesNoRequestWithAnother)
{
    TlsServer server(valid);
    const auto client = makeClient();
    EXPECT_EQ(answerTo(*client, postWith(server.url("/"), authority->caFile())).transport,
              Transport::Complete);
    const std::uint64_t before = server.applicationBytes();
    EXPECT_EQ(answerTo(*client, postWith(server.url("/"), stranger->caFile())).transport,
              Transport::TlsRefused);
    EXPECT_EQ(answerTo(*client, postWith(server.url("/"), {})).transport, Transport::TlsRefused);
    EXPECT_EQ(server.applicationBytes(), before);
    EXPECT_EQ(answerTo(*client, postWith(server.url("/"), authority->caFile())).transport,
              Transport::Complete);
}

TEST_F(HttpClientTls, anUnknownAuthorityIsRefused)
{
    expectRefused(valid, {});
    expectRefused(valid, stranger->caFile());
}

TEST_F(HttpClientTls, anExpiredCertificateIsRefused)
{
    expectRefused(authority->issue("expired", "20190101000000Z", "20200101000000Z"),
                  authority->caFile());
}

TEST_F(HttpClientTls, aCertificateOfTheFutureIsRefused)
{
    expectRefused(authority->issue("future", "20480101000000Z", "20490101000000Z"),
                  authority->caFile());
}

TEST_F(HttpClientTls, anotherHostsCertificateIsRefused)
{
    expectRefused(authority->issueValid("other", "DNS:crm.example"), authority->caFile());
    expectRefused(authority->issueValid("wide", "DNS:*.localhost"), authority->caFile());
    expectRefused(authority->issueValid("names", "DNS:localhost"), authority->caFile(),
                  "127.0.0.1");
}

TEST_F(HttpClientTls, aCertificateSignedByItselfIsRefused)
{
    expectRefused(authority->selfSigned("self"), authority->caFile());
}

TEST_F(HttpClientTls, onlyTls12AndNewerIsSpoken)
{
    // OpenSSL of this system may refuse to serve TLS 1.1 at all; both ways nothing gets through.
    QT_WARNING_PUSH
    QT_WARNING_DISABLE_DEPRECATED
    TlsServer server(valid, QSsl::TlsV1_1);
    QT_WARNING_POP
    const auto client = makeClient();
    const Answer answer = answerTo(*client, postWith(server.url("/"), authority->caFile()));
    EXPECT_EQ(answer.transport, Transport::TlsRefused) << answer.detail;
    EXPECT_EQ(server.applicationBytes(), 0u);

    TlsServer newest(valid, QSsl::TlsV1_3OrLater);
    EXPECT_EQ(answerTo(*client, postWith(newest.url("/"), authority->caFile())).transport,
              Transport::Complete);
}

TEST_F(HttpClientTls, aServerThatSpeaksPlainHttpIsRefused)
{
    ChaosScript script;
    script.greeting = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
    script.cut = ChaosScript::Cut::BeforeReading;
    ChaosServer plain(script);
    auto client = makeClient();
    const Answer answer =
        answerTo(*client, postWith("https://127.0.0.1:" + std::to_string(plain.port()), {}));
    EXPECT_EQ(answer.transport, Transport::TlsRefused) << answer.detail;
    EXPECT_EQ(answer.bytesTaken, 0u);
    client.reset();
    plain.settle();
    for (const SeenRequest& seen : plain.seen())
        EXPECT_EQ((seen.head + seen.body).find("secret"), std::string::npos);
}

TEST_F(HttpClientTls, aHandshakeThatBreaksOffIsAMatterOfTheNetwork)
{
    for (const bool reset : {false, true}) {
        ChaosScript script;
        script.cut = ChaosScript::Cut::BeforeReading;
        script.reset = reset;
        ChaosServer server(script);
        const auto client = makeClient();
        const Answer answer =
            answerTo(*client, postWith("https://127.0.0.1:" + std::to_string(server.port()), {}));
        EXPECT_EQ(answer.transport, Transport::NotSent) << reset << answer.detail;
        EXPECT_EQ(answer.bytesTaken, 0u);
    }
}

TEST_F(HttpClientTls, aSilentHandshakeEndsByTheConnectTimeout)
{
    ChaosScript script;
    script.stall = true;
    ChaosServer server(script);
    const auto client = makeClient();
    Request request = postWith("https://127.0.0.1:" + std::to_string(server.port()), {});
    request.connectTimeout = Milliseconds(200);
    const Answer answer = answerTo(*client, request);
    EXPECT_EQ(answer.transport, Transport::NotSent) << answer.detail;
    EXPECT_TRUE(answer.timedOut);
}

TEST_F(HttpClientTls, theBundleHoldsTheSystemsAuthoritiesAndTheExtraOne)
{
    const auto bundle = caBundleWith(authority->caFile());
    ASSERT_TRUE(bundle);
    QFile extra(QString::fromStdString(authority->caFile()));
    ASSERT_TRUE(extra.open(QIODevice::ReadOnly));
    EXPECT_NE(bundle->find(extra.readAll().toStdString()), std::string::npos);
    const char* const system = curl_version_info(CURLVERSION_NOW)->cainfo;
    ASSERT_NE(system, nullptr);
    QFile systemFile(QString::fromUtf8(system));
    ASSERT_TRUE(systemFile.open(QIODevice::ReadOnly)) << system;
    EXPECT_TRUE(bundle->starts_with(systemFile.readAll().toStdString()));

    const auto missing = caBundleWith("/nonexistent/ca.pem");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, "http.ca.unreadable");
    const auto key = caBundleWith(valid.keyFile);
    ASSERT_FALSE(key);
    EXPECT_EQ(key.error().code, "http.ca.empty");
}
