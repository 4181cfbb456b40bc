// SPDX-License-Identifier: GPL-3.0-or-later
// What the window shows of an edit before it is saved or sent: requests, what was sent last, and
// how much would go again.
#include "semantics/project_world.h"
#include "service/edit_cost.h"
#include "service/record_sample.h"

#include <QFile>
#include <algorithm>
#include <gmock/gmock.h>

namespace headgate::service {
namespace {

using fakes::ProjectWorld;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;
using testing::UnorderedElementsAreArray;

std::string people(int count)
{
    std::string sql = "delete from people;";
    for (int i = 1; i <= count; ++i) {
        const std::string n = std::to_string(i);
        sql += "insert into people values(" + n + ",'p" + n + "@example.com','Name" + n + "',1);";
    }
    return sql;
}

/// A project opened as the window does, and a sample of its one sync.
class EditsTest : public testing::Test
{
protected:
    void openProject()
    {
        auto opened = m_world->open();
        ASSERT_TRUE(opened) << opened.error().toString().toStdString();
        workspace = std::move(*opened);
        edited = workspace->project();
        auto read = workspace->sampleRecords(edited, "people", 1000, {});
        ASSERT_TRUE(read) << read.error().toString().toStdString();
        sample = std::move(*read);
    }
    void start(const std::string& connector, int count)
    {
        m_world = std::make_unique<ProjectWorld>(connector);
        m_world->sql(people(count));
        openProject();
    }
    [[nodiscard]] shape::Leaf& nameLeaf()
    {
        return edited.syncs.front().shape->root.children.front().leaf;
    }
    [[nodiscard]] std::size_t recordOf(const std::string& key) const
    {
        for (std::size_t i = 0; i < sample->records.size(); ++i)
            if (sample->records[i].keyText == key)
                return i;
        ADD_FAILURE() << key;
        return 0;
    }
    [[nodiscard]] RequestPreview preview(const std::string& key)
    {
        auto shown = workspace->previewRequests(edited, "people", sample, recordOf(key));
        if (!shown) {
            ADD_FAILURE() << shown.error().toString().toStdString();
            return {};
        }
        return *std::move(shown);
    }
    [[nodiscard]] LastSent last(const std::string& key)
    {
        auto found = workspace->lastSent(edited, "people", sample, recordOf(key));
        if (!found) {
            ADD_FAILURE() << found.error().toString().toStdString();
            return {};
        }
        return *std::move(found);
    }
    [[nodiscard]] EditCost cost()
    {
        auto counted = workspace->costOfEdit(edited, "people", sample, {});
        if (!counted) {
            ADD_FAILURE() << counted.error().toString().toStdString();
            return {};
        }
        return *counted;
    }
    [[nodiscard]] run::RunReport runAll(const ProjectWorld::Change& change = {})
    {
        auto report = m_world->run(change);
        if (!report) {
            ADD_FAILURE() << report.error().toString().toStdString();
            return {};
        }
        return *std::move(report);
    }
    [[nodiscard]] run::RunReport push(const std::string& key)
    {
        return runAll([&](RunRequest& request) {
            request.kind = run::RunKind::Push;
            request.keys = {key};
        });
    }

    std::unique_ptr<ProjectWorld> m_world;
    std::unique_ptr<Workspace> workspace;
    project::Project edited;
    std::shared_ptr<const RecordSample> sample;
};

shape::Function upper()
{
    shape::Function function;
    function.kind = shape::FunctionKind::Upper;
    return function;
}

std::string bytesOf(const std::string& path)
{
    QFile file(QString::fromStdString(path));
    EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << path;
    return file.readAll().toStdString();
}

} // namespace

TEST_F(EditsTest, theRequestShownIsTheOneThatIsSent)
{
    start("iterable", 3);
    const RequestPreview shown = preview("2");
    ASSERT_EQ(shown.requests.size(), 1U);
    const ShownRequest& request = shown.requests.front();
    EXPECT_EQ(request.method, "POST");
    EXPECT_THAT(request.url, StartsWith(m_world->inboxUrl()));
    EXPECT_THAT(request.body, HasSubstr("p2@example.com"));
    EXPECT_THAT(request.body, HasSubstr(R"("name":"Name2")"));
    EXPECT_THAT(request.curl, StartsWith("curl "));
    EXPECT_TRUE(m_world->arrived().empty()) << "nothing is sent for it";

    const run::RunReport report = push("2");
    ASSERT_EQ(report.exchanges.size(), 1U);
    EXPECT_EQ(report.exchanges.front().request, request.text);
}

TEST_F(EditsTest, theRequestOfAPlannedRecordIsTheOneThatIsSent)
{
    start("iterable", 20);
    m_world->sync(R"({"mode":"mirror","deleteBehaviour":"delete"})");
    openProject();
    ASSERT_EQ(runAll().outcomes[run::Outcome::Successful], 20U);
    m_world->sql("delete from people where id = 7");
    m_world->sql("update people set name = 'Zoë' where id = 2");
    const run::RunReport plan = runAll([](RunRequest& request) {
        request.kind = run::RunKind::DryRun;
        request.samples = 10;
    });
    ASSERT_EQ(plan.samples.size(), 2U);
    std::vector<std::string> shown;
    for (const plan::PlanSample& planned : plan.samples) {
        const auto preview = workspace->previewRequests("people", planned);
        ASSERT_TRUE(preview) << preview.error().toString().toStdString();
        ASSERT_EQ(preview->requests.size(), 1U);
        const ShownRequest& request = preview->requests.front();
        shown.push_back(request.method + ' ' + request.url + ' ' + request.body);
    }
    const std::uint64_t before = m_world->inbox().totals().requests;
    EXPECT_EQ(runAll().outcomes[run::Outcome::Successful], 2U);
    std::vector<std::string> sent;
    for (const inbox::ReceivedRequest& request : m_world->inbox().received(before)) {
        if (request.operation.empty())
            continue;
        const std::string origin = m_world->inboxUrl().substr(0, m_world->inboxUrl().find('/', 8));
        sent.push_back(request.method + ' ' + origin + request.target + ' ' + request.body);
    }
    EXPECT_THAT(shown, UnorderedElementsAreArray(sent));
    EXPECT_THAT(shown, Contains(HasSubstr("Zoë")));
    EXPECT_THAT(shown, Contains(StartsWith("DELETE ")));
}

TEST_F(EditsTest, noSecretIsNeededToShowARequest)
{
    start("webhook", 1);
    data::JsonNode hook =
        data::JsonNode::parse(R"({"id":"destinationaaaaa","name":"Mail","connector":"webhook"})");
    hook["fields"] = {{"url", m_world->inboxUrl() + "/hook"}, {"headers", "X-Plain: yes"}};
    hook["secrets"] = {{"token", "env:NOT_THERE"},
                       {"signingSecret", "env:NOT_THERE_EITHER"},
                       {"secretHeaders", "env:NOWHERE"}};
    m_world->write("destinations/mail.json", hook.dump());
    openProject();
    const RequestPreview shown = preview("1");
    ASSERT_EQ(shown.requests.size(), 1U);
    const ShownRequest& request = shown.requests.front();
    const auto header = [&](const std::string& name) {
        for (const auto& [known, value] : request.headers)
            if (known == name)
                return value;
        return std::string("(none)");
    };
    EXPECT_EQ(header("Authorization"), "•••");
    EXPECT_EQ(header("webhook-signature"), "•••");
    EXPECT_EQ(header("X-Plain"), "yes");
    for (const std::string& text : {request.text, request.curl, request.body, request.url})
        EXPECT_THAT(text, Not(HasSubstr("hgSecretStandIn")));
    EXPECT_THAT(request.text, HasSubstr("Authorization: •••"));
    const auto run = m_world->run();
    ASSERT_FALSE(run) << "a run does need them";
    EXPECT_EQ(run.error().kind, ErrorKind::Credential);
}

TEST_F(EditsTest, aSearchIsShownWithWhatFollowsIt)
{
    start("iterable", 1);
    m_world->write("connectors/intercom/spec.json",
                   bytesOf(HEADGATE_SOURCE_DIR "/tests/core/connector/paper/intercom/spec.json"));
    m_world->write("destinations/mail.json",
                   R"({"id":"destinationaaaaa","name":"Mail","connector":"intercom",
                       "secrets":{"token":"env:NOT_THERE"}})");
    m_world->sync(R"({"object":"contact"})");
    openProject();
    const RequestPreview shown = preview("1");
    ASSERT_EQ(shown.requests.size(), 3U);
    EXPECT_EQ(shown.requests[0].url, "https://api.intercom.io/contacts/search");
    EXPECT_EQ(shown.requests[0].body,
              R"({"query":{"field":"email","operator":"=","value":"p1@example.com"}})");
    EXPECT_EQ(shown.requests[1].method, "PUT");
    EXPECT_EQ(shown.requests[1].url, "https://api.intercom.io/contacts/ID-THAT-THE-SEARCH-FOUND");
    EXPECT_EQ(shown.requests[2].method, "POST");
    EXPECT_EQ(shown.requests[2].url, "https://api.intercom.io/contacts");
    for (const ShownRequest& request : shown.requests)
        EXPECT_FALSE(request.when.isEmpty());
}

TEST_F(EditsTest, whatIsNotSentHasNoRequest)
{
    start("iterable", 2);
    m_world->sql("update people set email = null where id = 1");
    edited.syncs.front().filter.parts.resize(1);
    edited.syncs.front().filter.parts.front().op = shape::ConditionOperator::Equal;
    edited.syncs.front().filter.parts.front().column = "id";
    edited.syncs.front().filter.parts.front().value = 1;
    const RequestPreview filtered = preview("2");
    EXPECT_THAT(filtered.requests, IsEmpty());
    ASSERT_EQ(filtered.notes.size(), 1U);
    EXPECT_TRUE(filtered.notes.front().contains(QLatin1String("filter")));

    m_world->write("destinations/mail.json", R"({"id":"destinationaaaaa","name":"Mail",
        "connector":"files","fields":{"folder":"out","format":"jsonl"}})");
    m_world->sync(R"({"mode":"append"})");
    openProject();
    const RequestPreview file = preview("2");
    EXPECT_THAT(file.requests, IsEmpty());
    ASSERT_EQ(file.notes.size(), 1U);
    EXPECT_TRUE(file.notes.front().contains(QLatin1String("HTTP")));
    EXPECT_FALSE(QFile::exists(QString::fromStdString(m_world->project() + "/out")));
}

TEST_F(EditsTest, aTestedRowShowsRequestAndAnswer)
{
    start("iterable", 3);
    const run::RunReport report = push("3");
    EXPECT_EQ(report.outcomes[run::Outcome::Successful], 1U);
    ASSERT_EQ(report.exchanges.size(), 1U);
    const run::ShownExchange& exchange = report.exchanges.front();
    EXPECT_EQ(exchange.status, 200);
    EXPECT_THAT(exchange.request, StartsWith("POST http"));
    EXPECT_THAT(exchange.request, HasSubstr(R"("name":"Name3")"));
    EXPECT_THAT(exchange.request, HasSubstr("•••"));
    EXPECT_THAT(exchange.request, Not(HasSubstr("secret\n")));
    EXPECT_THAT(exchange.answer, StartsWith("HTTP 200\n"));
    EXPECT_THAT(exchange.answer, HasSubstr("successCount"));

    const auto rows = workspace->records(report.run, {}, "3", 10);
    ASSERT_TRUE(rows);
    ASSERT_EQ(rows->size(), 1U);
    EXPECT_EQ(rows->front().request, exchange.request);
    EXPECT_THAT(exchange.answer, HasSubstr("\n\n" + rows->front().answer));
    EXPECT_THAT(runAll().exchanges, IsEmpty()) << "only what is pushed";
}

TEST_F(EditsTest, aTestedRowIsShownWhereNothingIsKept)
{
    start("iterable", 1);
    m_world->sync(R"({"history":{"storePayloads":false}})");
    const run::RunReport report = push("1");
    ASSERT_EQ(report.exchanges.size(), 1U);
    EXPECT_THAT(report.exchanges.front().request, HasSubstr("Name1"));
    EXPECT_FALSE(run::toJson(report).contains("exchanges"));
    const auto rows = workspace->records(report.run, {}, "1", 10);
    ASSERT_TRUE(rows);
    ASSERT_EQ(rows->size(), 1U);
    EXPECT_EQ(rows->front().request, "");
    EXPECT_EQ(rows->front().answer, "");
}

TEST_F(EditsTest, whatWasSentLastIsCompared)
{
    start("iterable", 2);
    EXPECT_FALSE(last("1").known);
    EXPECT_FALSE(last("1").statement.isEmpty());
    static_cast<void>(runAll());
    const LastSent same = last("1");
    ASSERT_TRUE(same.known);
    EXPECT_TRUE(same.known->delivered);
    EXPECT_TRUE(same.isSame);
    EXPECT_EQ(same.payload, R"({"name":"Name1"})");
    nameLeaf().functions = {upper()};
    const LastSent changed = last("1");
    EXPECT_FALSE(changed.isSame);
    EXPECT_EQ(changed.payload, R"({"name":"Name1"})");
    EXPECT_NE(changed.statement, same.statement);
    EXPECT_FALSE(changed.lastTried) << "successes of a run are in its log";
}

TEST_F(EditsTest, aPayloadThatIsNotKeptIsToldByItsFingerprint)
{
    start("iterable", 1);
    m_world->sync(R"({"history":{"storePayloads":false}})");
    static_cast<void>(runAll());
    const LastSent same = last("1");
    ASSERT_TRUE(same.known);
    EXPECT_FALSE(same.payload);
    EXPECT_TRUE(same.isSame);
    EXPECT_TRUE(same.statement.contains(QLatin1String("fingerprint")));
    nameLeaf().functions = {upper()};
    const LastSent changed = last("1");
    EXPECT_FALSE(changed.isSame);
    EXPECT_NE(changed.statement, same.statement);
}

TEST_F(EditsTest, aPushedRowIsTheLastThatWasTried)
{
    start("iterable", 1);
    const run::RunReport report = push("1");
    const LastSent found = last("1");
    ASSERT_TRUE(found.lastTried);
    EXPECT_EQ(found.lastTried->run, report.run);
    EXPECT_EQ(found.lastTried->outcome, "successful");
    EXPECT_EQ(found.lastTried->request, report.exchanges.at(0).request);
}

TEST_F(EditsTest, anEditCostsWhatItChanges)
{
    start("iterable", 30);
    static_cast<void>(runAll());
    EditCost none = cost();
    EXPECT_EQ(none.sampled, 30U);
    EXPECT_EQ(none.changed, 0U);
    EXPECT_EQ(none.of, 30U);
    EXPECT_EQ(none.estimatedRecords, 0U);
    EXPECT_EQ(none.estimatedRequests, 0U);
    EXPECT_TRUE(none.isExact);
    EXPECT_FALSE(none.startsAnew);

    edited.syncs.front().name = "Another name";
    edited.syncs.front().gates.changedShare = 0.1;
    edited.syncs.front().batch.records = 7;
    EXPECT_EQ(cost().changed, 0U) << "no part of a fingerprint";

    shape::Function two;
    two.kind = shape::FunctionKind::Case;
    two.cases = {{"Name2", "Deux"}, {"Name3", "Trois"}};
    nameLeaf().functions = {two};
    EditCost some = cost();
    EXPECT_EQ(some.changed, 2U);
    EXPECT_EQ(some.anyway, 0U);
    EXPECT_EQ(some.estimatedRecords, 2U);
    EXPECT_EQ(some.estimatedRequests, 1U);
    EXPECT_EQ(some.estimatedSeconds, 0.0);

    nameLeaf().functions = {upper()};
    const EditCost all = cost();
    EXPECT_EQ(all.changed, 30U);
    EXPECT_EQ(all.estimatedRecords, 30U);
    EXPECT_EQ(all.estimatedRequests, 5U) << "seven a request";
    ASSERT_TRUE(all.estimatedSeconds);
    EXPECT_NEAR(*all.estimatedSeconds, 4 / 5.0 * 1.05, 1e-9) << "five requests a second";

    // What the count says is what a run does.
    m_world->sync(R"({"shape":{"kind":"object","fields":[{"name":"name","kind":"column",
                      "column":"name","functions":["upper"]}]}})");
    EXPECT_EQ(runAll([](RunRequest& request) {
                  request.kind = run::RunKind::DryRun;
              }).planned[plan::Category::Changed],
              30U);
}

TEST_F(EditsTest, whatChangedInTheWarehouseIsToldApart)
{
    start("iterable", 10);
    static_cast<void>(runAll());
    m_world->sql("update people set name = 'Other' where id <= 4;"
                 "insert into people values(11,'new@example.com','New',1)");
    openProject();
    nameLeaf().functions = {upper()};
    const EditCost found = cost();
    EXPECT_EQ(found.sampled, 10U) << "what is new goes for the first time";
    EXPECT_EQ(found.changed, 10U);
    EXPECT_EQ(found.anyway, 4U);
    EXPECT_EQ(found.estimatedRecords, 10U);
}

TEST_F(EditsTest, aSampleIsScaledUp)
{
    start("iterable", 40);
    static_cast<void>(runAll());
    auto part = std::make_shared<RecordSample>(*sample);
    part->records.resize(8);
    part->complete = false;
    sample = part;
    shape::Function some;
    some.kind = shape::FunctionKind::Case;
    some.cases = {{"Name1", "a"}, {"Name2", "b"}};
    nameLeaf().functions = {some};
    const EditCost found = cost();
    EXPECT_FALSE(found.isExact);
    EXPECT_EQ(found.sampled, 8U);
    EXPECT_EQ(found.changed, 2U);
    EXPECT_EQ(found.of, 40U);
    EXPECT_EQ(found.estimatedRecords, 10U);
}

TEST_F(EditsTest, anotherMatchValueIsAChange)
{
    start("iterable", 5);
    static_cast<void>(runAll());
    edited.syncs.front().matching.column = "name";
    EXPECT_EQ(cost().changed, 5U);
    m_world->sql("update people set name = 'Ann' where id <= 2");
    openProject();
    edited.syncs.front().matching.column = "name";
    const EditCost shared = cost();
    EXPECT_EQ(shared.invalid, 2U) << "two records with one match value";
    EXPECT_EQ(shared.changed, 3U);
}

TEST_F(EditsTest, appendSendsNothingAgain)
{
    start("webhook", 5);
    m_world->sync(R"({"mode":"append","matching":null})");
    openProject();
    static_cast<void>(runAll());
    openProject();
    nameLeaf().functions = {upper()};
    const EditCost found = cost();
    EXPECT_EQ(found.sampled, 5U);
    EXPECT_EQ(found.changed, 0U);
}

TEST_F(EditsTest, anotherObjectStartsAnew)
{
    start("webhook", 5);
    static_cast<void>(runAll());
    edited.syncs.front().object = "record";
    const EditCost found = cost();
    EXPECT_TRUE(found.startsAnew);
    EXPECT_EQ(found.sampled, 5U);
    EXPECT_EQ(found.changed, 5U);
    EXPECT_EQ(found.of, 5U);
    EXPECT_EQ(found.estimatedRequests, 5U) << "a record a request";
}

TEST_F(EditsTest, countingIsCancelled)
{
    start("iterable", 5);
    StopSource stop;
    stop.requestStop();
    const auto counted = workspace->costOfEdit(edited, "people", sample, stop.token());
    ASSERT_FALSE(counted);
    EXPECT_EQ(counted.error().kind, ErrorKind::Cancelled);
}

TEST(SecondsOf, areThoseOfTheTightestLimit)
{
    http::RateLimits limits;
    EXPECT_FALSE(secondsOf(limits, 100));
    limits.perSecond = 10;
    EXPECT_EQ(secondsOf(limits, 0), 0.0);
    EXPECT_NEAR(*secondsOf(limits, 101), 10.5, 1e-9);
    limits.perMinute = 100;
    EXPECT_NEAR(*secondsOf(limits, 100), 9.9 * 1.05, 1e-9) << "within the first minute";
    EXPECT_NEAR(*secondsOf(limits, 1001), 10 * 60 * 1.05, 1e-9);
    limits.perDay = 1000;
    EXPECT_NEAR(*secondsOf(limits, 2500), 2 * 86'400 * 1.05, 1e-9);
}

} // namespace headgate::service
