// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/hash.h"
#include "base/redaction.h"
#include "fakes/print_to.h"
#include "http/credential.h"
#include "http/request_check.h"
#include "http/shown_request.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::http;
using secrets::Secret;

namespace {

const SigningMoment signingMoment{"msg_p5jXN8AQM9LWM0D4loKWxJek",
                                  WallTime(std::chrono::seconds(1614265330))};

Request signedRequest(const Credential& credential, const std::string& body)
{
    Request request;
    request.method = "POST";
    request.url = "https://example.com/hook";
    request.body = std::make_shared<const std::string>(body);
    const auto applied = apply(credential, signingMoment, request);
    if (!applied)
        ADD_FAILURE() << testing::PrintToString(applied.error());
    return request;
}

std::string headerOf(const Request& request, std::string_view headerName)
{
    for (const Header& header : request.headers)
        if (sameHeaderName(header.name, headerName))
            return header.value + (header.secret ? " (secret)" : "");
    return {};
}

} // namespace

TEST(Credential, isPutWhereItsKindSays)
{
    EXPECT_EQ(headerOf(signedRequest(HeaderKey{"X-Api-Key", "Token ", Secret("s3cret")}, ""),
                       "x-api-key"),
              "Token s3cret (secret)");
    EXPECT_EQ(headerOf(signedRequest(BearerToken{Secret("s3cret")}, ""), "Authorization"),
              "Bearer s3cret (secret)");
    EXPECT_EQ(
        headerOf(signedRequest(BasicLogin{"Aladdin", Secret("open sesame")}, ""), "Authorization"),
        "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ== (secret)");
}

TEST(Credential, aQueryKeyIsEncodedAndMaskedWhereTheUrlIsShown)
{
    Request request;
    request.url = "https://example.com/a?x=1";
    const Credential key = QueryKey{"api key", Secret("a&b=c/d")};
    ASSERT_TRUE(apply(key, signingMoment, request));
    EXPECT_EQ(request.url, "https://example.com/a?x=1&api%20key=a%26b%3Dc%2Fd");
    EXPECT_EQ(request.shownUrl, "https://example.com/a?x=1&api%20key=•••");
    EXPECT_TRUE(checkRequest(request));
    request.url = "https://example.com/a";
    request.shownUrl.clear();
    ASSERT_TRUE(apply(key, signingMoment, request));
    EXPECT_EQ(request.shownUrl, "https://example.com/a?api%20key=•••");
}

TEST(Credential, signaturesMatchThePublishedVectors)
{
    const Request standard = signedRequest(
        BodySignature{
            SignatureForm::StandardWebhooks, Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), {}},
        R"({"test": 2432232314})");
    EXPECT_EQ(headerOf(standard, "webhook-id"), "msg_p5jXN8AQM9LWM0D4loKWxJek");
    EXPECT_EQ(headerOf(standard, "webhook-timestamp"), "1614265330");
    EXPECT_EQ(headerOf(standard, "webhook-signature"),
              "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= (secret)");

    const Request gitHub = signedRequest(
        BodySignature{SignatureForm::GitHub, Secret("It's a Secret to Everybody"), {}},
        "Hello, World!");
    EXPECT_EQ(headerOf(gitHub, "X-Hub-Signature-256"),
              "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17 (secret)");

    const Request stripe =
        signedRequest(BodySignature{SignatureForm::Stripe, Secret("key"), "X-Signature"}, "body");
    EXPECT_EQ(headerOf(stripe, "X-Signature"),
              "t=1614265330,v1=" + toHex(hmacSha256("key", "1614265330.body")) + " (secret)");
}

TEST(Credential, aRequestWithoutBodyIsSignedAsEmpty)
{
    Request request;
    request.url = "https://example.com/";
    const Credential signature = BodySignature{SignatureForm::GitHub, Secret("key"), {}};
    ASSERT_TRUE(apply(signature, signingMoment, request));
    EXPECT_EQ(headerOf(request, "X-Hub-Signature-256"),
              "sha256=" + toHex(hmacSha256("key", "")) + " (secret)");
}

TEST(Credential, unusableSecretsAreErrorsThatDoNotTellThem)
{
    for (const std::string secret : {"", "whsec_", "whsec_not base64!", "whsec_YWJj*"}) {
        Request request;
        const Credential signature =
            BodySignature{SignatureForm::StandardWebhooks, Secret(secret), {}};
        const auto applied = apply(signature, signingMoment, request);
        ASSERT_FALSE(applied) << secret;
        EXPECT_EQ(applied.error().kind, ErrorKind::Credential);
        EXPECT_EQ(applied.error().code, "http.credential.secret");
        EXPECT_TRUE(request.headers.empty());
    }
    Request request;
    const auto applied = apply(Credential(BasicLogin{"a:b", Secret("c")}), signingMoment, request);
    ASSERT_FALSE(applied);
    EXPECT_EQ(applied.error().code, "http.credential.user");
}

TEST(ShownRequest, noSecretIsShownInAnyForm)
{
    const std::string canary = "canary-5b1e0c";
    Redaction::registerSecret(canary);
    const std::vector<Credential> credentials = {
        HeaderKey{"X-Key", "", Secret(canary)}, QueryKey{"key", Secret(canary)},
        BearerToken{Secret(canary)}, BasicLogin{"user", Secret(canary)},
        BodySignature{SignatureForm::GitHub, Secret(canary), {}}};
    for (const Credential& credential : credentials) {
        const Request request = signedRequest(credential, "body with " + canary + " in it");
        for (const std::string& text : {masked(request), asCurlCommand(request)}) {
            EXPECT_EQ(text.find(canary), std::string::npos) << text;
            EXPECT_EQ(text.find(toBase64("user:" + canary)), std::string::npos) << text;
            EXPECT_NE(text.find("•••"), std::string::npos) << text;
        }
    }
}

namespace {

/// What curl would get of the command, after `before` was run.
std::vector<std::string> wordsInTheShell(const std::string& command, const std::string& before)
{
    const std::string script = std::string(HEADGATE_BINARY_DIR) + "/curl_command_test.sh";
    const std::string output = script + ".out";
    {
        std::ofstream file(script);
        file << "curl() { for a in \"$@\"; do printf '%s\\0' \"$a\"; done; }\n"
             << before << '\n'
             << command << '\n';
        EXPECT_TRUE(file.good());
    }
    EXPECT_EQ(std::system(("sh '" + script + "' > '" + output + "'").c_str()), 0);
    std::ifstream file(output, std::ios::binary);
    std::vector<std::string> words;
    for (std::string word; std::getline(file, word, '\0');)
        words.push_back(word);
    std::remove(script.c_str());
    std::remove(output.c_str());
    return words;
}

} // namespace

TEST(ShownRequest, isPlainToRead)
{
    Request request;
    request.method = "POST";
    request.url = "https://example.com/a?key=hidden-value";
    request.shownUrl = "https://example.com/a?key=•••";
    request.headers = {{"Content-Type", "application/json", false},
                       {"Authorization", "Bearer hidden-value", true}};
    request.body = std::make_shared<const std::string>(R"({"a":1})");
    EXPECT_EQ(masked(request), "POST https://example.com/a?key=•••\n"
                               "Content-Type: application/json\n"
                               "Authorization: •••\n"
                               "\n"
                               R"({"a":1})");
    request.secretBody = true;
    EXPECT_TRUE(masked(request).ends_with("\n\n•••"));
    EXPECT_NE(asCurlCommand(request).find("--data-raw '•••'"), std::string::npos);
}

TEST(ShownRequest, theHistorysTextBecomesACommandWhoseSecretsAreVariables)
{
    const CurlCommand command =
        curlOfShown("POST https://example.com/a?x=1&api_key=•••&y='2'\n"
                    "Content-Type: application/json\nApi-Key: •••\nX-Empty: \n"
                    "X-Both: a ••• b\n\n{\"it's\":\"$HOME `id`\\n\",\"token\":\"•••\"}");
    EXPECT_EQ(command.variables,
              (std::vector<std::string>{"SECRET_API_KEY", "SECRET_X_BOTH", "SECRET_BODY"}));
    const std::vector<std::string> expected = {
        "--globoff",  "--request",
        "POST",       "https://example.com/a?x=1&api_key=k 1&y='2'",
        "--header",   "Content-Type: application/json",
        "--header",   "Api-Key: k 1",
        "--header",   "X-Empty;",
        "--header",   "X-Both: a $b b",
        "--data-raw", "{\"it's\":\"$HOME `id`\\n\",\"token\":\"t\"}"};
    EXPECT_EQ(wordsInTheShell(command.text, "SECRET_API_KEY='k 1' SECRET_X_BOTH='$b' "
                                            "SECRET_BODY=t"),
              expected);
}

TEST(ShownRequest, whatIsNoRequestIsNoCommand)
{
    EXPECT_EQ(curlOfShown("").text, "");
    EXPECT_EQ(curlOfShown("nonsense").text, "");
    const CurlCommand bare = curlOfShown("DELETE https://example.com/1\n");
    EXPECT_EQ(bare.text, "curl --globoff --request 'DELETE' \\\n  'https://example.com/1'");
    EXPECT_TRUE(bare.variables.empty());
    EXPECT_TRUE(curlOfShown(std::string("POST u\n\n\0\xFF", 10)).text.ends_with("@body.bin"));
    EXPECT_NE(curlOfShown("POST u?•••\n").text.find("\"$SECRET_URL\""), std::string::npos);
}

TEST(ShownRequest, theCurlCommandSurvivesTheShell)
{
    Request request;
    request.method = "PATCH";
    request.url = "https://example.com/[1]{2}?q='x'";
    request.headers = {{"X-Quote", "it's $HOME `id` \"\\", false}, {"X-Empty", "", false}};
    request.body = std::make_shared<const std::string>("@file '$(id)'\n\"\\ \xC3\xA4");
    const std::string command = asCurlCommand(request);
    const std::vector<std::string> expected = {
        "--globoff",     "--request",  "PATCH",
        request.url,     "--header",   "X-Quote: it's $HOME `id` \"\\",
        "--header",      "X-Empty;",   "--header",
        "Content-Type:", "--data-raw", *request.body};
    EXPECT_EQ(wordsInTheShell(command, "true"), expected);

    request.body = std::make_shared<const std::string>(std::string("\0\xFF", 2));
    EXPECT_TRUE(asCurlCommand(request).ends_with("--data-binary @body.bin"));
}
