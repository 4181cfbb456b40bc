// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/spec_loader.h"
#include "core/connector/delivery_test.h"

namespace headgate::connector {
namespace {

using testing::HasSubstr;

constexpr const char* vendorSpec = R"({"spec":1,"id":"vendor","name":"Vendor",
"account":[{"key":"project","label":"Project","required":true},
           {"key":"key","label":"Key","secret":true,"required":true}],
"baseUrl":{"url":"https://api.example.com"},
"auth":[{"type":"bearer","secret":"key"}],
"check":{"request":{"method":"GET","path":"/me"},"account":"/id"},
"objects":[{"id":"user","label":"User","matchFields":[{"name":"email"}],
  "operations":[{"operation":"upsert","request":{"method":"POST","path":"/users",
     "body":{"kind":"json","entry":{"values":[{"at":"/email","slot":"match"}],"payloadAt":""}}},
    "answers":[{"status":[200],"matching":"wholeBatch"}]}]}]})";

/// An account of a vendor whose check answers its id.
class AccountIdentity : public testing::Test
{
protected:
    [[nodiscard]] std::unique_ptr<Destination> open(const std::string& baseUrl,
                                                    const std::string& account,
                                                    const std::string& key = "secret-0123") const
    {
        const LoadedSpec loaded = loadSpec(vendorSpec, "vendor");
        for (const Issue& issue : loaded.issues)
            ADD_FAILURE() << issue.place << ' ' << issue.message.toStdString();
        DestinationConfig config;
        config.fields = {{"project", "shop"}};
        config.secrets.emplace("key", secrets::Secret(key));
        config.baseUrl = baseUrl;
        config.account = account;
        auto opened = openDestination(loaded.spec, std::move(config), m_clock);
        EXPECT_TRUE(opened);
        return std::move(*opened);
    }

    fakes::FakeClock m_clock;
};

TEST_F(AccountIdentity, withoutAnIdTheAddressIsPartOfIt)
{
    const std::string here = open("http://127.0.0.1:4000", {})->accountIdentity();
    EXPECT_NE(here, open("http://127.0.0.1:4001", {})->accountIdentity());
    EXPECT_NE(here, open({}, {})->accountIdentity());
    EXPECT_THAT(here, HasSubstr("project=shop"));
    EXPECT_EQ(here, open("http://127.0.0.1:4000", {}, "another-key")->accountIdentity());
}

TEST_F(AccountIdentity, aKnownIdIsTheAccountWhereverRequestsGo)
{
    const std::string known = open("http://127.0.0.1:4000", "acct-7")->accountIdentity();
    EXPECT_EQ(known, "vendor#acct-7");
    EXPECT_EQ(known, open("http://127.0.0.1:4001", "acct-7")->accountIdentity());
    EXPECT_EQ(known, open({}, "acct-7")->accountIdentity());
    EXPECT_NE(known, open({}, "acct-8")->accountIdentity());
}

TEST_F(AccountIdentity, theCheckTellsTheId)
{
    const auto destination = open("http://127.0.0.1:4000", {});
    const auto check = destination->check();
    ASSERT_TRUE(check->next(nullptr).request);
    const http::Answer answer = answered(200, R"({"id":"acct-7"})");
    const auto done = check->next(&answer);
    ASSERT_TRUE(done.result && *done.result);
    EXPECT_EQ((*done.result)->account, "acct-7");
    EXPECT_EQ(destination->accountIdentity(), "vendor#acct-7");
}

} // namespace
} // namespace headgate::connector
