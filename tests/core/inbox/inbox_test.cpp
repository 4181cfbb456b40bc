// SPDX-License-Identifier: GPL-3.0-or-later
#include "inbox/inbox.h"

#include "connector/spec_library.h"
#include "fakes/fake_clock.h"

#include <QFile>
#include <QTemporaryDir>
#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::inbox;

namespace {

struct Answered
{
    int status = 0;
    std::string body;
    Reply reply;
};

/// An inbox without sockets.
class Desk
{
public:
    explicit Desk(const std::string& connectorId, InboxOptions options = {})
        : m_inbox(connector::SpecLibrary::builtIn().find(connectorId), m_clock, std::move(options))
    {}

    Inbox* operator->() { return &m_inbox; }

    Answered send(const std::string& method, const std::string& target, const std::string& body,
                  std::vector<HttpHeader> headers = {})
    {
        headers.push_back({"Host", "127.0.0.1:8080"});
        headers.push_back({"Api-Key", "abcdef"});
        Answered answered;
        answered.reply = m_inbox.handle({method, target, headers, body, true});
        const std::string& bytes = answered.reply.bytes;
        if (bytes.size() > 12)
            answered.status = std::stoi(bytes.substr(9, 3));
        if (const std::size_t end = bytes.find("\r\n\r\n"); end != std::string::npos)
            answered.body = bytes.substr(end + 4);
        return answered;
    }

    Answered upsert(const std::string& users)
    {
        return send("POST", "/api/users/bulkUpdate",
                    R"({"users":[)" + users + R"(],"createNewFields":true})");
    }

private:
    fakes::FakeClock m_clock;
    Inbox m_inbox;
};

const std::string ann = R"({"email":"ann@x.org","dataFields":{"n":12345678901234567890.10}})";
const std::string ben = R"({"email":"ben@x.org","dataFields":{"n":2}})";

} // namespace

TEST(Inbox, answersBulkUpdatesAsIterableDoes)
{
    Desk desk("iterable");
    const Answered answered = desk.upsert(ann + ',' + ben);
    EXPECT_EQ(answered.status, 200);
    EXPECT_EQ(answered.body, R"({"successCount":2,"failCount":0})");
    const auto applied = desk->applied("user", "ann@x.org");
    ASSERT_TRUE(applied);
    EXPECT_EQ(applied->payload, R"({"n":12345678901234567890.10})");
    EXPECT_EQ(applied->writes, 1U);
    EXPECT_EQ(desk->totals().taken, 2U);
}

TEST(Inbox, namesFailedRecordsWhereTheSpecReadsThem)
{
    Desk desk("iterable");
    Misbehaviour failing;
    failing.trouble = Trouble::FailKeys;
    failing.keys = {"ben@x.org"};
    desk->misbehave(failing);
    EXPECT_EQ(
        desk.upsert(ann + ',' + ben).body,
        R"({"failedUpdates":{"invalidEmails":["ben@x.org"]},"successCount":1,"failCount":1})");
    EXPECT_FALSE(desk->applied("user", "ben@x.org"));
    desk->behave();
    failing.code = "conflictEmails";
    desk->misbehave(failing);
    EXPECT_EQ(
        desk.upsert(ben).body,
        R"({"failedUpdates":{"conflictEmails":["ben@x.org"]},"successCount":0,"failCount":1})");
    desk->behave();
    failing.keys = {"u1"};
    failing.code.clear();
    desk->misbehave(failing);
    EXPECT_EQ(desk.upsert(R"({"userId":"u1","dataFields":{}})").body,
              R"({"failedUpdates":{"invalidUserIds":["u1"]},"successCount":0,"failCount":1})");
}

TEST(Inbox, knowsItsOwnAccountAndTheFieldsItSaw)
{
    Desk desk("iterable");
    EXPECT_EQ(desk.send("GET", "/api/users/getFields", "").body,
              R"({"fields":{"email":"string","userId":"string"}})");
    desk.upsert(R"({"email":"a","dataFields":{"tags":[],"age":1,"ok":true}})");
    EXPECT_EQ(desk.send("GET", "/api/users/getFields", "").body,
              R"({"fields":{"age":"double","email":"string","ok":"boolean","tags":"nested",)"
              R"("userId":"string"}})");
}

TEST(Inbox, deletesByThePath)
{
    Desk desk("iterable");
    desk.upsert(R"({"email":"a+b@x.org","dataFields":{}},{"userId":"u/1","dataFields":{}})");
    EXPECT_EQ(desk.send("DELETE", "/api/users/a%2Bb%40x.org", "").status, 200);
    EXPECT_EQ(desk.send("DELETE", "/api/users/byUserId/u%2F1", "").status, 200);
    EXPECT_TRUE(desk->appliedRecords("user").empty());
    EXPECT_EQ(desk.send("DELETE", "/api/users/gone%40x.org", "").status, 200);
}

TEST(Inbox, refusesWhatTheDestinationWould)
{
    InboxOptions options;
    Desk desk("iterable", options);
    EXPECT_EQ(desk.send("POST", "/api/nothing", "{}").status, 404);
    EXPECT_EQ(desk.send("POST", "/api/users/bulkUpdate", "{").status, 400);
    EXPECT_EQ(desk.send("POST", "/api/users/bulkUpdate", R"({"users":{}})").status, 400);
    std::string users;
    for (int i = 0; i < 1001; ++i)
        users += (i ? "," : "") + ann;
    EXPECT_EQ(desk.upsert(users).status, 400);
    EXPECT_EQ(
        desk.upsert(R"({"email":"a","dataFields":{"x":")" + std::string(4'000'000, 'x') + R"("}})")
            .status,
        413);
    EXPECT_EQ(desk->totals().taken, 0U);

    fakes::FakeClock clock;
    Inbox bare(connector::SpecLibrary::builtIn().find("iterable"), clock);
    const Reply reply = bare.handle(
        {"POST", "/api/users/bulkUpdate", {{"Host", "127.0.0.1"}}, R"({"users":[]})", true});
    EXPECT_NE(reply.bytes.find(" 401 "), std::string::npos);
}

TEST(Inbox, credentialsAreKeptMasked)
{
    Desk desk("iterable");
    desk.send("POST", "/api/users/bulkUpdate?api_key=abcdef&x=1", R"({"users":[]})",
              {{"Authorization", "Bearer abcdef"}, {"Idempotency-Key", "k1"}});
    const auto received = desk->received();
    ASSERT_EQ(received.size(), 1U);
    EXPECT_EQ(received[0].target, "/api/users/bulkUpdate?api_key=****&x=1");
    for (const HttpHeader& header : received[0].headers)
        EXPECT_EQ(header.value.find("abcdef"), std::string::npos) << header.name;
    EXPECT_EQ(toJson(received[0]).find("abcdef"), std::string::npos);
    EXPECT_NE(toJson(received[0]).find(R"(["Authorization","Bearer ****"])"), std::string::npos);
}

TEST(Inbox, aKnownIdempotencyKeyIsAnsweredButNotAppliedAgain)
{
    InboxOptions options;
    options.standIn.object = "record";
    options.standIn.operation = connector::Operation::Append;
    Desk desk("webhook", options);
    const std::vector<HttpHeader> key = {{"Idempotency-Key", "k1"}};
    const Answered first = desk.send("POST", "/hook", R"({"id":1})", key);
    EXPECT_EQ(first.status, 200);
    EXPECT_EQ(desk.send("POST", "/hook", R"({"id":1})", key).body, first.body);
    EXPECT_EQ(desk->appended("record").size(), 1U);
    EXPECT_EQ(desk->totals().replayed, 1U);
    EXPECT_EQ(desk.send("POST", "/hook", R"({"id":2})", key).status, 409);
    EXPECT_EQ(desk->totals().keyConflicts, 1U);
    EXPECT_EQ(desk.send("POST", "/hook", R"({"id":1})").status, 200);
    ASSERT_EQ(desk->appended("record").size(), 2U);
    EXPECT_EQ(desk->appended("record")[0].idempotencyKey, "k1");
}

TEST(Inbox, tellsTheShapesOfAWebhookApart)
{
    Desk desk("webhook");
    desk.send("PUT", "/a", R"({"id":1})");
    desk.send("POST", "/a", R"({"records":[{"id":1},{"id":2}]})");
    desk.send("POST", "/a", R"({"operation":"delete","key":"7","match":7,"record":null})");
    desk.send("PATCH", "/a", R"({"operation":"upsert","key":"7","match":"m","record":{"id":3}})");
    const auto received = desk->received();
    ASSERT_EQ(received.size(), 4U);
    const std::vector<std::pair<std::string, std::string>> expected = {
        {"record", "upsert"}, {"batch", "upsert"}, {"event", "delete"}, {"event", "upsert"}};
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_EQ(received[i].object, expected[i].first) << i;
        EXPECT_EQ(received[i].operation, expected[i].second) << i;
    }
    EXPECT_EQ(desk->appended("batch").size(), 2U);
    ASSERT_TRUE(desk->applied("event", "m"));
    EXPECT_EQ(desk->applied("event", "m")->payload, R"({"id":3})");
}

TEST(Inbox, matchesOnAMemberOfThePayloadIfTold)
{
    InboxOptions options;
    options.standIn.matchField = "id";
    Desk desk("webhook", options);
    desk.send("POST", "/a", R"({"id":41,"x":1})");
    desk.send("POST", "/a", R"({"id":41,"x":2})");
    ASSERT_TRUE(desk->applied("record", "41"));
    EXPECT_EQ(desk->applied("record", "41")->payload, R"({"id":41,"x":2})");
    EXPECT_EQ(desk->applied("record", "41")->writes, 2U);
    Misbehaviour failing;
    failing.trouble = Trouble::FailKeys;
    failing.keys = {"42"};
    desk->misbehave(failing);
    EXPECT_EQ(desk.send("POST", "/a", R"({"records":[{"id":42},{"id":43}]})").status, 400);
    EXPECT_FALSE(desk->applied("batch", "43"));
}

TEST(Inbox, misbehavioursAreUsedUp)
{
    Desk desk("iterable");
    Misbehaviour trouble;
    trouble.trouble = Trouble::Status;
    trouble.status = 503;
    trouble.skip = 1;
    trouble.times = 2;
    desk->misbehave(trouble);
    EXPECT_EQ(desk.send("GET", "/api/users/getFields", "").status, 200);
    std::vector<int> statuses;
    for (int i = 0; i < 5; ++i)
        statuses.push_back(desk.upsert(ann).status);
    EXPECT_EQ(statuses, (std::vector<int>{200, 503, 503, 200, 200}));
    EXPECT_EQ(desk->applied("user", "ann@x.org")->writes, 3U);
    EXPECT_TRUE(desk->misbehaviours().empty());
}

TEST(Inbox, eachMisbehaviour)
{
    struct Case
    {
        const char* json;
        int status;
        bool applied;
        const char* body;
    };
    const std::string good = R"({"successCount":1,"failCount":0})";
    const Case cases[] = {
        {R"({"trouble":"delay","delay":70})", 200, true, good.c_str()},
        {R"({"trouble":"status","status":500})", 500, false, nullptr},
        {R"({"trouble":"status","status":500,"applied":true})", 500, true, nullptr},
        {R"({"trouble":"cut"})", 0, false, ""},
        {R"({"trouble":"cut","applied":true})", 0, true, ""},
        {R"({"trouble":"cutAnswer","bytes":20})", 200, true, ""},
        {R"({"trouble":"wrongJson"})", 200, true, R"({"successCount":1"\)"},
        {R"({"trouble":"html"})", 200, true, nullptr},
        {R"({"trouble":"emptyAnswer"})", 200, true, ""},
        {R"({"trouble":"drip","bytes":5,"delay":3})", 200, true, good.c_str()},
    };
    for (const Case& c : cases) {
        Desk desk("iterable");
        desk->misbehave(misbehaviourFromJson(c.json).value());
        const Answered answered = desk.upsert(ann);
        EXPECT_EQ(answered.status, c.status) << c.json;
        EXPECT_EQ(desk->applied("user", "ann@x.org").has_value(), c.applied) << c.json;
        if (c.body) {
            EXPECT_EQ(answered.body, c.body) << c.json;
        }
        ASSERT_EQ(desk->received().size(), 1U);
        EXPECT_EQ(c.json, R"({"trouble":")" + desk->received()[0].trouble + '"' +
                              std::string(c.json).substr(13 + desk->received()[0].trouble.size()));
    }
    Desk desk("iterable");
    desk->misbehave(misbehaviourFromJson(R"({"trouble":"delay","delay":70})").value());
    desk->misbehave(misbehaviourFromJson(R"({"trouble":"drip","bytes":5,"delay":3})").value());
    const Reply reply = desk.upsert(ann).reply;
    EXPECT_EQ(reply.delay, Milliseconds(70));
    EXPECT_EQ(reply.piece, 5U);
    EXPECT_EQ(reply.pause, Milliseconds(3));
}

TEST(Inbox, isSteeredOverHttpButNotByWebPages)
{
    Desk desk("iterable");
    const HttpHeader control{"X-Headgate-Inbox", "control"};
    const std::string place = "/.headgate/misbehaviours";
    const std::string cut = R"({"trouble":"cut","times":1})";
    EXPECT_EQ(desk.send("POST", place, cut).status, 403);
    EXPECT_EQ(desk.send("POST", place, cut, {control, {"Origin", "https://x.org"}}).status, 403);
    EXPECT_EQ(desk.send("POST", place, "{}", {control}).status, 400);
    EXPECT_EQ(desk.send("POST", place, cut, {control}).status, 204);
    EXPECT_EQ(desk.send("GET", place, "", {control}).body, cut + '\n');
    EXPECT_TRUE(desk.upsert(ann).reply.close);
    EXPECT_EQ(desk.upsert(ann).status, 200);
    EXPECT_EQ(desk.send("GET", "/.headgate/totals", "", {control}).body,
              R"({"requests":2,"deliveries":1,"taken":1,"refused":0,"replayed":0,)"
              R"("keyConflicts":0,"dropped":0})");
    EXPECT_EQ(desk.send("GET", "/.headgate/applied?object=user", "", {control})
                  .body.find(R"({"records":{"ann@x.org":{"payload":{"n":)"),
              0U);
    const std::string lines = desk.send("GET", "/.headgate/requests?after=1", "", {control}).body;
    EXPECT_EQ(lines.find(R"({"number":2,)"), 0U) << lines;
    EXPECT_EQ(desk.send("DELETE", "/.headgate/requests", "", {control}).status, 204);
    EXPECT_EQ(desk->totals().requests, 0U);
    fakes::FakeClock clock;
    EXPECT_EQ(desk.send("GET", "/.headgate/unknown", "", {control}).status, 404);

    Inbox rebound(connector::SpecLibrary::builtIn().find("iterable"), clock);
    const Reply reply =
        rebound.handle({"GET", "/api/users/getFields", {{"Host", "evil.example"}}, "", true});
    EXPECT_NE(reply.bytes.find(" 403 "), std::string::npos);
}

TEST(Inbox, everyRequestIsWrittenToAFileOfItsOwner)
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("inbox.jsonl")).toStdString();
    Desk desk("iterable");
    ASSERT_TRUE(desk->writeTo(path));
    desk.upsert(ann);
    desk.send("POST", "/api/users/bulkUpdate", "\xFF");
    QFile file(QString::fromStdString(path));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_EQ(file.permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteOther), 0);
    const QByteArrayList lines = file.readAll().trimmed().split('\n');
    ASSERT_EQ(lines.size(), 2);
    EXPECT_TRUE(lines[0].contains(
        R"("body":{"users":[{"email":"ann@x.org","dataFields":{"n":12345678901234567890.10}}],)"));
    EXPECT_TRUE(lines[1].contains(R"("bodyBase64":"/w==")"));
    EXPECT_FALSE(desk->writeTo("/nonexistent/inbox.jsonl"));
}

TEST(Inbox, memoryIsBounded)
{
    InboxOptions options;
    options.keepRequests = 3;
    Desk desk("iterable", options);
    for (int i = 0; i < 5; ++i)
        desk.upsert(ann);
    ASSERT_EQ(desk->received().size(), 3U);
    EXPECT_EQ(desk->received().front().number, 3U);
    EXPECT_EQ(desk->received(4).size(), 1U);
    EXPECT_EQ(desk->received(5).size(), 0U);
    EXPECT_EQ(desk->totals().dropped, 2U);
}
