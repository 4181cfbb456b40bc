// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/redaction.h"
#include "fakes/fake_http.h"
#include "fakes/fake_random.h"
#include "fakes/print_to.h"
#include "http/oauth.h"
#include "http/shown_request.h"

#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::http;
using namespace std::chrono_literals;
using secrets::Secret;

namespace {

OAuthClient oauthClient()
{
    OAuthClient client;
    client.tokenUrl = "https://example.com/oauth/token";
    client.clientId = "client one";
    client.clientSecret = Secret("p&ss=w+rd");
    client.scope = "read write";
    return client;
}

std::string codeOfAnswer(const Answer& answer)
{
    const auto token = readTokenAnswer(answer);
    return token ? "token" : std::string(name(token.error().kind)) + " " + token.error().code;
}

} // namespace

TEST(OAuth, tokenRequestsAreFormsAndNeverShown)
{
    OAuthClient client = oauthClient();
    client.extraFields = {{"audience", "https://api/"}};
    const Request refresh = refreshTokenRequest(client, Secret("r/1"));
    EXPECT_EQ(refresh.method, "POST");
    EXPECT_EQ(refresh.url, client.tokenUrl);
    EXPECT_EQ(*refresh.body, "grant_type=refresh_token&refresh_token=r%2F1&scope=read%20write&"
                             "audience=https%3A%2F%2Fapi%2F&client_id=client%20one&"
                             "client_secret=p%26ss%3Dw%2Brd");
    EXPECT_EQ(masked(refresh).find("refresh_token"), std::string::npos);

    client = oauthClient();
    client.login = ClientLogin::Basic;
    client.scope.clear();
    const Request credentials = clientCredentialsRequest(client);
    EXPECT_EQ(*credentials.body, "grant_type=client_credentials");
    EXPECT_EQ(credentials.headers.back().value, "Basic Y2xpZW50JTIwb25lOnAlMjZzcyUzRHclMkJyZA==");
    EXPECT_TRUE(credentials.headers.back().secret);

    client.clientSecret = Secret();
    const Request code =
        authorizationCodeRequest(client, "c1", "http://127.0.0.1:9/cb", Secret("v"));
    EXPECT_EQ(*code.body, "grant_type=authorization_code&code=c1&redirect_uri="
                          "http%3A%2F%2F127.0.0.1%3A9%2Fcb&code_verifier=v&client_id=client%20one");
}

TEST(OAuth, tokensAreReadAndRegistered)
{
    struct Row
    {
        const char* body;
        std::optional<Milliseconds> lifetime;
        const char* refresh;
    };
    const Row rows[] = {
        {R"({"access_token":"access-1","token_type":"Bearer","expires_in":3600})", 3600s, ""},
        {R"({"access_token":"access-1","expires_in":"1800","refresh_token":"refresh-1"})", 1800s,
         "refresh-1"},
        {R"({"access_token":"access-1"})", std::nullopt, ""},
        {R"({"access_token":"access-1","expires_in":null})", std::nullopt, ""},
        {R"({"access_token":"access-1","expires_in":-5})", std::nullopt, ""},
        {R"({"access_token":"access-1","expires_in":"soon"})", std::nullopt, ""},
        {R"({"access_token":"access-1","expires_in":1e300})", 24h * 366, ""},
        {R"({"access_token":"access-1","expires_in":0.5})", 500ms, ""},
    };
    for (const Row& row : rows) {
        const auto token = readTokenAnswer(fakes::answered(200, row.body));
        ASSERT_TRUE(token) << row.body;
        EXPECT_EQ(token->accessToken.reveal(), "access-1");
        EXPECT_EQ(token->refreshToken.reveal(), row.refresh);
        EXPECT_EQ(token->lifetime, row.lifetime) << row.body;
    }
    EXPECT_EQ(Redaction::redact(std::string("access-1 refresh-1")), "••• •••");
}

TEST(OAuth, refusalsAndOutagesAreToldApart)
{
    const std::string grant = R"({"error":"invalid_grant","error_description":"expired"})";
    EXPECT_EQ(codeOfAnswer(fakes::answered(400, grant)), "credential http.oauth.invalid_grant");
    for (const int status : {400, 401, 403, 404})
        EXPECT_EQ(codeOfAnswer(fakes::answered(status, R"({"error":"invalid_client"})")),
                  "credential http.oauth.refused");
    EXPECT_EQ(codeOfAnswer(fakes::answered(400, "<html>")), "credential http.oauth.refused");
    for (const std::string body :
         {R"({"error":"invalid_scope"})", R"({"access_token":""})", R"({"access_token":7})", "{}"})
        EXPECT_EQ(codeOfAnswer(fakes::answered(200, body)), "credential http.oauth.refused")
            << body;
    for (const std::string body : {"", "<html>", "[]", "\"access_token\"", "{\"access_token\":\"a"})
        EXPECT_EQ(codeOfAnswer(fakes::answered(200, body)), "destination http.oauth.unavailable")
            << body;
    for (const int status : {408, 429, 500, 502, 503, 504})
        EXPECT_EQ(codeOfAnswer(fakes::answered(status, grant)),
                  "destination http.oauth.unavailable");
    EXPECT_EQ(codeOfAnswer(fakes::unanswered(0)), "destination http.oauth.unavailable");
    EXPECT_EQ(codeOfAnswer(fakes::unanswered(5)), "destination http.oauth.unavailable");
}

TEST(OAuth, pkceIsThatOfTheRfc)
{
    EXPECT_EQ(pkceChallenge(Secret("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")),
              "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    fakes::FakeRandom random(5);
    const Secret verifier = makePkceVerifier(random);
    EXPECT_EQ(verifier.reveal().size(), 43u);
    EXPECT_NE(verifier.reveal(), makePkceVerifier(random).reveal());
}
