// SPDX-License-Identifier: GPL-3.0-or-later
#include "semantics/project_world.h"
#include "service/delivery_terms.h"

#include <gmock/gmock.h>

using testing::HasSubstr;

namespace headgate::service {

namespace {

/// Three people, and an account of which this machine knows no secret.
class StandIn : public testing::Test
{
protected:
    StandIn()
    {
        m_world.sql("insert into people values (1, 'a@x.example', 'Ann', 1),"
                    " (2, 'b@x.example', 'Bob', 1), (3, 'c@x.example', 'Cid', 1)");
        account("", "env:NOT_THERE");
    }

    void account(const std::string& baseUrl, const std::string& secret)
    {
        data::JsonNode mail = data::JsonNode::parse(
            R"({"id":"destinationaaaaa","name":"Mail","connector":"iterable",
                "fields":{"project":"Test","region":"us"}})");
        if (!baseUrl.empty())
            mail["baseUrl"] = baseUrl;
        mail["secrets"] = {{"apiKey", secret}};
        m_world.write("destinations/mail.json", mail.dump());
    }

    [[nodiscard]] Result<run::RunReport> run(const std::string& url, NewIdentity identity = {})
    {
        return m_world.run([&](RunRequest& request) {
            request.destinationUrl = url;
            request.identity = identity;
        });
    }

    void expectDelivered(const Result<run::RunReport>& report, std::uint64_t records)
    {
        ASSERT_TRUE(report) << report.error().toString().toStdString();
        EXPECT_EQ(report->outcomes[run::Outcome::Successful], records);
        EXPECT_EQ(report->planned.sent(), records);
    }

    /// The same inbox by another name.
    [[nodiscard]] std::string otherUrl() const
    {
        std::string url = m_world.inboxUrl();
        return url.replace(url.find("127.0.0.1"), 9, "localhost");
    }

    [[nodiscard]] SyncStatus status()
    {
        auto workspace = m_world.open();
        EXPECT_TRUE(workspace);
        auto all = (*workspace)->status();
        EXPECT_TRUE(all);
        return all->front();
    }

    fakes::ProjectWorld m_world;
};

} // namespace

TEST_F(StandIn, isGivenNoSecretAndSaysThatTheAccountGotNothing)
{
    const auto report = run(m_world.inboxUrl());
    expectDelivered(report, 3);
    ASSERT_FALSE(report->notes.empty());
    EXPECT_THAT(report->notes.front().toStdString(), HasSubstr("took the place of Mail"));
    EXPECT_TRUE(status().toStandIn);
    const auto direct = run({});
    ASSERT_FALSE(direct);
    EXPECT_EQ(direct.error().kind, ErrorKind::Credential) << "without it the secret is needed";
}

TEST_F(StandIn, whatItTookIsNotDeliveredToTheAccount)
{
    expectDelivered(run(m_world.inboxUrl()), 3);
    qputenv("KEY", "real");
    account(m_world.inboxUrl(), "env:KEY");
    expectDelivered(run({}), 3);
    EXPECT_FALSE(status().toStandIn);
    expectDelivered(run({}), 0);
}

TEST_F(StandIn, cannotBeAdoptedForTheAccount)
{
    expectDelivered(run(m_world.inboxUrl()), 3);
    qputenv("KEY", "real");
    account(m_world.inboxUrl(), "env:KEY");
    expectDelivered(run({}, NewIdentity::Adopt), 3);
}

TEST_F(StandIn, atAnotherAddressBeginsAnewAndAsksNothing)
{
    expectDelivered(run(m_world.inboxUrl()), 3);
    expectDelivered(run(m_world.inboxUrl()), 0);
    expectDelivered(run(otherUrl()), 3);
}

TEST_F(StandIn, afterRealRunsLeavesWhatTheAccountHolds)
{
    qputenv("KEY", "real");
    account(m_world.inboxUrl(), "env:KEY");
    expectDelivered(run({}), 3);
    account("", "env:NOT_THERE");
    expectDelivered(run(m_world.inboxUrl()), 3);
    account(m_world.inboxUrl(), "env:KEY");
    expectDelivered(run({}), 0);
}

/// As the sample's, whose port may be taken.
TEST_F(StandIn, anAccountOnThisMachineIsTheSameAtAnotherPort)
{
    qputenv("KEY", "real");
    account(m_world.inboxUrl(), "env:KEY");
    expectDelivered(run({}), 3);
    expectDelivered(run(otherUrl()), 0);
    EXPECT_FALSE(status().toStandIn);
}

} // namespace headgate::service
