// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/inbox_fixture.h"
#include "fakes/raw_client.h"

#include <gtest/gtest.h>
#include <random>

using namespace headgate;
using namespace headgate::inbox;
using fakes::InboxFixture;
using fakes::RawAnswer;
using fakes::RawClient;

namespace {

const std::vector<std::string> key = {"Api-Key: x"};
const std::string users = R"({"users":[{"email":"ann@x.org","dataFields":{}}]})";
constexpr const char* bulk = "/api/users/bulkUpdate";

} // namespace

TEST(InboxServer, answersManyRequestsOnOneConnection)
{
    InboxFixture fixture("iterable");
    RawClient client(fixture.port());
    for (int i = 0; i < 20; ++i)
        EXPECT_EQ(client.post(bulk, users, key).status, 200);
    EXPECT_EQ(fixture.inbox().applied("user", "ann@x.org")->writes, 20U);
    EXPECT_EQ(client.get("/api/users/getFields", key).status, 200);
}

TEST(InboxServer, anotherPortIsTheSameAccount)
{
    InboxFixture one("iterable");
    InboxFixture two("iterable");
    EXPECT_NE(one.url(), two.url());
    EXPECT_EQ(RawClient(one.port()).get("/api/users/getFields", key).body,
              RawClient(two.port()).get("/api/users/getFields", key).body);
}

TEST(InboxServer, aPortInUseIsSaid)
{
    InboxFixture fixture("iterable");
    const auto second = InboxThread::start(fixture.inbox(), fixture.port());
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, "inbox.listen");
}

TEST(InboxServer, sendsContinueOnlyWhenAsked)
{
    InboxFixture fixture("iterable");
    RawClient client(fixture.port());
    client.send("POST /api/users/bulkUpdate HTTP/1.1\r\nHost: localhost\r\nApi-Key: x\r\n"
                "Expect: 100-continue\r\nContent-Length: " +
                std::to_string(users.size()) + "\r\n\r\n");
    EXPECT_EQ(client.answer().status, 100);
    client.send(users);
    EXPECT_EQ(client.answer().status, 200);
}

TEST(InboxServer, answersPipelinedRequestsInOrder)
{
    InboxFixture fixture("iterable");
    fixture.inbox().misbehave(
        misbehaviourFromJson(R"({"trouble":"delay","delay":30,"times":1})").value());
    RawClient client(fixture.port());
    const std::string head = "POST /api/users/bulkUpdate HTTP/1.1\r\nHost: localhost\r\n"
                             "Api-Key: x\r\nContent-Length: ";
    client.send(head + std::to_string(users.size()) + "\r\n\r\n" + users + head + "1\r\n\r\n{");
    EXPECT_EQ(client.answer().status, 200);
    EXPECT_EQ(client.answer().status, 400);
}

TEST(InboxServer, cutsTheConnectionBeforeOrAfterTaking)
{
    for (const bool applied : {false, true}) {
        InboxFixture fixture("iterable");
        Misbehaviour cut;
        cut.trouble = Trouble::Cut;
        cut.applied = applied;
        cut.times = 1;
        fixture.inbox().misbehave(cut);
        RawClient client(fixture.port());
        const RawAnswer answer = client.post(bulk, users, key);
        EXPECT_EQ(answer.status, 0);
        EXPECT_EQ(answer.head, "");
        EXPECT_TRUE(client.closed());
        EXPECT_EQ(fixture.inbox().applied("user", "ann@x.org").has_value(), applied);
        EXPECT_EQ(RawClient(fixture.port()).post(bulk, users, key).status, 200);
    }
}

TEST(InboxServer, cutsTheAnswerAfterSoManyBytes)
{
    InboxFixture fixture("iterable");
    for (const std::size_t bytes : {std::size_t(1), std::size_t(30), std::size_t(100'000)}) {
        Misbehaviour cut;
        cut.trouble = Trouble::CutAnswer;
        cut.bytes = bytes;
        cut.times = 1;
        fixture.inbox().misbehave(cut);
        RawClient client(fixture.port());
        const RawAnswer answer = client.post(bulk, users, key);
        EXPECT_EQ(answer.status, 0);
        if (bytes < 100) {
            EXPECT_EQ(answer.head.size(), bytes);
        } else {
            EXPECT_EQ(answer.body, R"({"successCount":1,"failCount":0)");
        }
        EXPECT_TRUE(client.closed());
    }
}

TEST(InboxServer, dripsWholeAnswers)
{
    InboxFixture fixture("iterable");
    fixture.inbox().misbehave(
        misbehaviourFromJson(R"({"trouble":"drip","bytes":40,"delay":1})").value());
    RawClient client(fixture.port());
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(client.post(bulk, users, key).body, R"({"successCount":1,"failCount":0})");
}

TEST(InboxServer, closesWhenAskedTo)
{
    InboxFixture fixture("iterable");
    RawClient client(fixture.port());
    EXPECT_EQ(client.post(bulk, users, {"Api-Key: x", "Connection: close"}).status, 200);
    EXPECT_TRUE(client.closed());
}

TEST(InboxServer, answersWhatIsNoRequestAndCloses)
{
    InboxFixture fixture("iterable");
    RawClient client(fixture.port());
    client.send("GET / HTTP/1.1\r\nHost : x\r\n\r\n");
    EXPECT_EQ(client.answer().status, 400);
    EXPECT_TRUE(client.closed());
}

TEST(InboxServer, stopsWithConnectionsOpen)
{
    std::unique_ptr<RawClient> client;
    {
        InboxFixture fixture("iterable");
        client = std::make_unique<RawClient>(fixture.port());
        client->send("POST /api/users/bulkUpdate HTTP/1.1\r\nHost: localhost\r\nContent-Le");
    }
    EXPECT_TRUE(client->closed());
}

TEST(InboxServer, survivesRandomBytes)
{
    InboxFixture fixture("iterable");
    std::mt19937_64 random(7);
    const std::string good = "POST /api/users/bulkUpdate HTTP/1.1\r\nHost: localhost\r\n"
                             "Api-Key: x\r\nContent-Length: " +
                             std::to_string(users.size()) + "\r\n\r\n" + users;
    for (int round = 0; round < 300; ++round) {
        std::string bytes = good;
        for (std::size_t change = random() % 4; change > 0; --change)
            bytes[random() % bytes.size()] = static_cast<char>(random());
        bytes.resize(random() % (bytes.size() + 1));
        RawClient client(fixture.port());
        client.send(bytes);
    }
    EXPECT_EQ(RawClient(fixture.port()).post(bulk, users, key).status, 200);
}
