// SPDX-License-Identifier: GPL-3.0-or-later
// What other programs of this kind have been found to get wrong.
#include "semantics/many_records.h"
#include "semantics/project_world.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::fakes;
using plan::Category;
using run::Outcome;

namespace {

/// Records of every delivery, in order of arrival.
std::vector<data::JsonNode> deliveredTo(ProjectWorld& world)
{
    std::vector<data::JsonNode> records;
    for (const inbox::ReceivedRequest& request : world.inbox().received()) {
        if (request.operation.empty())
            continue;
        const data::JsonNode body = *data::parseJson(request.body);
        for (const data::JsonNode& record : body["records"])
            records.push_back(record);
    }
    return records;
}

std::string bodies(ProjectWorld& world)
{
    std::string all;
    for (const inbox::ReceivedRequest& request : world.inbox().received())
        all += request.body;
    return all;
}

} // namespace

TEST(DefectsOfOthers, aRejectedRecordIsMarkedAsUnchangedAndSkippedForEver)
{
    ProjectWorld world;
    world.sql("insert into people values(1,'a@x.example','Ann',1),(2,'b@x.example','Bob',1)");
    world.inbox().misbehave(
        *inbox::misbehaviourFromJson(R"({"trouble":"failKeys","keys":["b@x.example"]})"));
    const auto first = world.run();
    ASSERT_TRUE(first);
    EXPECT_EQ(first->exitCode, 1);
    ASSERT_EQ(first->rejections.size(), 1u);
    EXPECT_EQ(first->rejections[0].example, "2");
    world.inbox().behave();
    const auto second = world.run();
    ASSERT_TRUE(second);
    EXPECT_EQ(second->planned[Category::Retried], 1u);
    EXPECT_EQ(second->outcomes[Outcome::Successful], 1u);
}

TEST(DefectsOfOthers, aDecisionTakenDuringARunLosesWhatTheRunRefuses)
{
    ProjectWorld world;
    world.sql("insert into people values(1,'a@x.example','Ann',1)");
    world.inbox().misbehave(
        *inbox::misbehaviourFromJson(R"({"trouble":"failKeys","keys":["a@x.example"]})"));
    ASSERT_TRUE(world.run());
    world.inbox().behave();
    world.inbox().misbehave(
        *inbox::misbehaviourFromJson(R"({"trouble":"failKeys","keys":["b@x.example"]})"));
    world.sql("insert into people values(2,'b@x.example','Bob',1)");
    const auto person = world.open();
    const auto workspace = world.open();
    ASSERT_TRUE(person && workspace);
    service::RunRequest request;
    request.sync = "people";
    const auto run = (*workspace)->prepare(request);
    ASSERT_TRUE(run);
    std::size_t turnedAway = 0;
    while ((*run)->step()) {
        const auto decided = (*person)->resolve("people", {}, service::Resolution::SkipAlways);
        ASSERT_FALSE(decided);
        EXPECT_EQ(decided.error().code, "state.lease.held");
        ++turnedAway;
    }
    EXPECT_GT(turnedAway, 0u);
    EXPECT_EQ((*run)->report().outcomes[Outcome::Successful], 1u);

    const auto listed = (*person)->outstanding("people", 10);
    ASSERT_TRUE(listed);
    ASSERT_EQ(listed->size(), 1u);
    EXPECT_EQ(listed->front().keyText, "2");
    EXPECT_EQ((*person)->resolve("people", "2", service::Resolution::SkipAlways), 1u);
}

TEST(DefectsOfOthers, theCountsOfARunDoNotAddUp)
{
    RunWorldFixture world;
    world.sync.gates.invalidShare = 1;
    world.records = manyRecords(60);
    world.records[1] = invalidRecord("k1");
    world.records[2].filtered = true;
    world.records[4] = record("k4", "k5@example.com", "{}");
    world.saas.refuses["k6@example.com"] = "bad";
    world.saas.busyOnce = {"k7@example.com"};
    world.saas.poison = {"k8@example.com"};
    const run::RunReport report = world.run();
    EXPECT_TRUE(report.addsUp());
    EXPECT_EQ(report.planned.read, 60u);
    EXPECT_EQ(report.planned[Category::Invalid], 3u);
    EXPECT_EQ(report.planned[Category::Filtered], 1u);
    EXPECT_EQ(report.outcomes[Outcome::Rejected], 2u);
    EXPECT_EQ(report.outcomes[Outcome::Successful], 54u);
    EXPECT_EQ(world.saas.records.size(), 54u);
}

TEST(DefectsOfOthers, aParentIsSplitAtTheEdgeOfABatch)
{
    ProjectWorld world("webhook");
    world.model(R"({"rowKey":["id"]})");
    world.sync(R"({"recordKey":["email"],"shape":{"kind":"object","fields":[
        {"name":"email","kind":"column","column":"email"},
        {"name":"names","kind":"list","form":"values","element":[{"kind":"column","column":"name"}]}]}})");
    std::string rows;
    for (int i = 0; i < 2500; ++i)
        rows += (i > 0 ? ",(" : "(") + std::to_string(i) + ",'p" + std::to_string(i % 25) +
                "@x.example','n" + std::to_string(i) + "',1)";
    world.sql("insert into people values" + rows);
    const auto report = world.run();
    ASSERT_TRUE(report);
    EXPECT_EQ(report->outcomes[Outcome::Unconfirmed] + report->outcomes[Outcome::Successful], 25u);
    const auto records = deliveredTo(world);
    ASSERT_EQ(records.size(), 25u);
    std::set<std::string> parents;
    for (const data::JsonNode& record : records) {
        EXPECT_EQ(record["names"].size(), 100u);
        EXPECT_TRUE(parents.insert(record["email"].get<std::string>()).second) << "sent twice";
    }
}

TEST(DefectsOfOthers, theFirstRecordIsSentInPlaceOfTheOthers)
{
    ProjectWorld world("webhook");
    world.sql("insert into people values(1,'a@x.example','Ann',1),(2,'b@x.example','Bob',1),"
              "(3,'c@x.example','Cid',1)");
    ASSERT_TRUE(world.run());
    std::set<std::string> names;
    for (const data::JsonNode& record : deliveredTo(world))
        names.insert(record["name"].get<std::string>());
    EXPECT_THAT(names, testing::ElementsAre("Ann", "Bob", "Cid"));
}

TEST(DefectsOfOthers, apostrophesAreDoubledAndNumbersRounded)
{
    ProjectWorld world("webhook");
    world.write("models/people.sql",
                "select id, email, name, 9007199254740993 as big, "
                "'1884518522.1684267241' as exact, '01' as code from people\n");
    world.sync(R"({"shape":{"kind":"object","fields":[
        {"name":"name","kind":"column","column":"name"},
        {"name":"big","kind":"column","column":"big"},
        {"name":"exact","kind":"column","column":"exact","type":"number"},
        {"name":"code","kind":"column","column":"code"}]}})");
    world.sql("insert into people values(1,'o@x.example','O''Brien \"the\" <b>',1)");
    const auto report = world.run();
    ASSERT_TRUE(report) << report.error().toString().toStdString();
    EXPECT_THAT(bodies(world),
                testing::HasSubstr(R"({"name":"O'Brien \"the\" <b>","big":9007199254740993,)"
                                   R"("exact":1884518522.1684267241,"code":"01"})"));
}

TEST(DefectsOfOthers, aHeaderIsCutAtItsSecondColon)
{
    ProjectWorld world("webhook");
    world.sql("insert into people values(1,'a@x.example','Ann',1)");
    ASSERT_TRUE(world.run());
    bool found = false;
    for (const inbox::ReceivedRequest& request : world.inbox().received())
        for (const inbox::HttpHeader& header : request.headers)
            if (header.name == "X-Window" || header.name == "x-window") {
                EXPECT_EQ(header.value, "12:30:45 to 13:00");
                found = true;
            }
    EXPECT_TRUE(found);
}

TEST(DefectsOfOthers, anEmptySourceDeletesEverything)
{
    RunWorldFixture world;
    mirror(world);
    world.records = manyRecords(10);
    static_cast<void>(world.run());
    world.records.clear();
    EXPECT_EQ(world.run().exitCode, 7);
    EXPECT_EQ(world.saas.records.size(), 10u);
}

TEST(DefectsOfOthers, aDeletedRecordThatIsBackIsNotSent)
{
    RunWorldFixture world;
    mirror(world);
    world.records = manyRecords(10);
    static_cast<void>(world.run());
    const shape::ShapedRecord last = world.records.back();
    world.records.pop_back();
    static_cast<void>(world.run());
    EXPECT_FALSE(world.saas.records.contains("k9@example.com"));
    world.records.push_back(last);
    EXPECT_EQ(world.run().planned[Category::Added], 1u);
    EXPECT_TRUE(world.saas.records.contains("k9@example.com"));
}

TEST(DefectsOfOthers, aKeyThatTheDestinationReformatsIsSweptAsGone)
{
    RunWorldFixture world;
    mirror(world);
    world.records = {record("1", "Ann@Example.com", "{}"), record("2", "BOB@example.com", "{}")};
    static_cast<void>(world.run());
    world.records[0] = record("1", "ann@example.com", "{}");
    const run::RunReport report = world.run();
    EXPECT_EQ(report.planned[Category::Unchanged], 2u);
    EXPECT_EQ(world.saas.records.size(), 2u);
}

TEST(DefectsOfOthers, aTimeoutAfterTheServerCommittedSendsTwice)
{
    RunWorldFixture world;
    world.sync.mode = project::SyncMode::Append;
    world.records = manyRecords(10);
    world.http.overrideNext(
        [&](const http::Request& request) { return appliedWithoutAnswer(world.saas, request); });
    static_cast<void>(world.run());
    static_cast<void>(world.run());
    EXPECT_EQ(world.saas.appended.size(), 10u);
}

TEST(DefectsOfOthers, theRowOnTheCursorsBoundaryIsSentInEveryRun)
{
    ProjectWorld world;
    world.model(R"({"cursor":{"column":"changed"}})");
    world.write("models/people.sql",
                "select id, email, name, '2026-01-01T00:00:00.123456' as changed from people "
                "where :since is null or '2026-01-01T00:00:00.123456' >= :since\n");
    world.sql("insert into people values(1,'a@x.example','Ann',1)");
    ASSERT_TRUE(world.run());
    const auto again = world.run();
    ASSERT_TRUE(again);
    EXPECT_EQ(again->planned.read, 1u);
    EXPECT_EQ(again->planned[Category::Unchanged], 1u);
    EXPECT_EQ(world.inbox().totals().deliveries, 1u);
}
