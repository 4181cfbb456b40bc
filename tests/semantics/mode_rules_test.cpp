// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/mode_table.h"
#include "semantics/many_records.h"
#include "semantics/project_world.h"

#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::fakes;
using plan::Category;
using run::Outcome;

namespace {

void useCursor(ProjectWorld& world, const std::string& mode)
{
    world.model(R"({"cursor":{"column":"changed"}})");
    world.write("models/people.sql",
                "select id, email, name, changed from people where :since is null or "
                "changed >= :since\n");
    world.sync(R"({"mode":")" + mode + R"(","gates":{"invalidShare":1}})");
}

} // namespace

TEST(Rule11, theTableDecidesEveryCell)
{
    using plan::Situation;
    using project::SyncMode;
    plan::ModeOptions options;
    options.deleteBehaviour = project::DeleteBehaviour::Delete;
    const auto operation = [&](SyncMode mode, Situation situation) {
        options.mode = mode;
        const auto decision = plan::decide(options, situation, false);
        return std::string(decision.operation ? connector::name(*decision.operation) : "-");
    };
    struct Row
    {
        SyncMode mode;
        const char* added;
        const char* changed;
        const char* removed;
        const char* unchanged;
        const char* rejected;
    };
    for (const Row& row : {Row{SyncMode::Upsert, "upsert", "upsert", "-", "-", "upsert"},
                           Row{SyncMode::Update, "update", "update", "-", "-", "update"},
                           Row{SyncMode::Insert, "insert", "-", "-", "-", "insert"},
                           Row{SyncMode::Mirror, "upsert", "upsert", "delete", "-", "upsert"},
                           Row{SyncMode::Replace, "replace", "replace", "-", "replace", "replace"},
                           Row{SyncMode::Append, "append", "-", "-", "-", "append"},
                           Row{SyncMode::Delete, "delete", "-", "-", "-", "delete"}}) {
        EXPECT_EQ(operation(row.mode, Situation::New), row.added) << name(row.mode);
        EXPECT_EQ(operation(row.mode, Situation::Readded), row.added) << name(row.mode);
        EXPECT_EQ(operation(row.mode, Situation::Changed), row.changed) << name(row.mode);
        EXPECT_EQ(operation(row.mode, Situation::Removed), row.removed) << name(row.mode);
        EXPECT_EQ(operation(row.mode, Situation::Unchanged), row.unchanged) << name(row.mode);
        EXPECT_EQ(operation(row.mode, Situation::RetryDue), row.rejected) << name(row.mode);
        EXPECT_EQ(operation(row.mode, Situation::Invalid), "-") << name(row.mode);
        EXPECT_EQ(operation(row.mode, Situation::AwaitingDecision), "-") << name(row.mode);
    }
}

TEST(Rule11, aNullKeyBlocksTheRemovalsOfThatRun)
{
    RunWorldFixture world;
    mirror(world);
    world.sync.gates.invalidShare = 1;
    world.records = manyRecords(30);
    static_cast<void>(world.run());
    world.records.resize(28);
    shape::ShapedRecord keyless;
    keyless.problems.push_back({"record.key.null", QStringLiteral("NULL"), {}, {}, 1});
    world.records.push_back(keyless);
    EXPECT_EQ(world.run().planned[Category::Removed], 0u);
    world.records.pop_back();
    EXPECT_EQ(world.run().planned[Category::Removed], 2u);
}

TEST(Rule11, invalidFilteredAndSkippedRecordsArePresent)
{
    RunWorldFixture world;
    mirror(world);
    world.sync.gates.invalidShare = 1;
    world.records = manyRecords(30);
    static_cast<void>(world.run());
    world.records[1] = invalidRecord("k1");
    world.records[2].filtered = true;
    const run::RunReport report = world.run();
    EXPECT_EQ(report.planned[Category::Removed], 0u);
    EXPECT_EQ(world.saas.records.size(), 30u);
}

TEST(Rule11, updateOfAnAbsentOneIsTriedAgainAndInsertOfAnExistingOneIsSettled)
{
    for (const auto mode : {project::SyncMode::Update, project::SyncMode::Insert}) {
        RunWorldFixture world;
        world.sync.mode = mode;
        if (mode == project::SyncMode::Insert)
            world.saas.records["k1@example.com"] = "{}";
        world.records = {record("k1", "{}")};
        EXPECT_EQ(world.run().outcomes[Outcome::Skipped], 1u) << name(mode);
        EXPECT_EQ(world.run().requests, mode == project::SyncMode::Update ? 1u : 0u) << name(mode);
    }
}

TEST(Rule11, deletingWhatIsGoneIsSuccessful)
{
    RunWorldFixture world;
    mirror(world);
    world.records = manyRecords(30);
    static_cast<void>(world.run());
    world.records.pop_back();
    world.http.overrideNext([](const http::Request&) { return answered(200, R"(["absent"])"); });
    EXPECT_EQ(world.run().outcomes[Outcome::Successful], 1u);
    EXPECT_FALSE(world.known("k29").delivered);
}

TEST(Rule12, theCursorReadsTheNewsOnly)
{
    ProjectWorld world;
    useCursor(world, "upsert");
    world.sql("insert into people values(1,'a@x.example','Ann',10),(2,'b@x.example','Bob',20)");
    EXPECT_EQ(world.run()->planned.read, 2u);
    world.sql("insert into people values(3,'c@x.example','Cid',30)");
    const auto second = world.run();
    EXPECT_EQ(second->planned.read, 2u) << "inclusive: the newest known row and the news";
    EXPECT_EQ(second->outcomes[Outcome::Successful], 1u);
    world.sql("insert into people values(4,'d@x.example','Dan',5)");
    EXPECT_EQ(world.run()->planned[Category::Added], 0u) << "older than the cursor";
}

TEST(Rule12, whatIsHeldGoesAgainWithoutTheCursor)
{
    ProjectWorld world;
    useCursor(world, "upsert");
    world.sql("insert into people values(1,'a@x.example','Ann',10),(2,null,'Bob',10),"
              "(3,'refused@x.example','Cid',10),(4,'d@x.example','Dan',20)");
    world.inbox().misbehave(
        *inbox::misbehaviourFromJson(R"({"trouble":"failKeys","keys":["refused@x.example"]})"));
    const auto first = world.run();
    ASSERT_TRUE(first);
    EXPECT_EQ(first->outcomes[Outcome::Successful], 2u);
    EXPECT_EQ(first->outcomes[Outcome::Rejected], 1u);
    EXPECT_EQ(first->planned[Category::Invalid], 1u);

    world.inbox().behave();
    world.sql("update people set email = 'b@x.example' where id = 2");
    const auto second = world.run();
    ASSERT_TRUE(second);
    EXPECT_EQ(second->outcomes[Outcome::Successful], 2u) << "though neither is newer";
    EXPECT_EQ(world.arrived().size(), 4u);
    EXPECT_EQ(world.run()->planned.read, 1u) << "nothing is held any more";
}

TEST(Rule12, aRunThatReadsAllMovesTheCursorAndHoldsWhatItPasses)
{
    const std::pair<const char*, std::function<void(service::RunRequest&)>> runs[] = {
        {"first", [](service::RunRequest&) {}},
        {"full", [](service::RunRequest& request) { request.full = true; }},
        {"retry", [](service::RunRequest& request) { request.kind = run::RunKind::Retry; }},
        {"baseline", [](service::RunRequest& request) { request.kind = run::RunKind::Baseline; }}};
    for (const auto& [name, readAll] : runs) {
        SCOPED_TRACE(name);
        ProjectWorld world;
        useCursor(world, "upsert");
        world.sql("insert into people values(1,'a@x.example','Ann',10)");
        ASSERT_TRUE(world.run());
        world.sql("insert into people values(2,null,'Bob',20),(3,'c@x.example','Cid',30)");
        const auto all = world.run(readAll);
        ASSERT_TRUE(all);
        EXPECT_EQ(all->planned[Category::Invalid], 1u);
        world.sql("insert into people values(4,'d@x.example','Dan',25)");
        EXPECT_EQ(world.run()->planned[Category::Added], 0u) << "older than the cursor";
        world.sql("update people set email = 'b@x.example' where id = 2");
        EXPECT_EQ(world.run()->outcomes[Outcome::Successful], 1u) << "though it is not newer";
        EXPECT_TRUE(world.arrived().contains("b@x.example"));
    }
}

TEST(Rule12, aHeldRecordThatLeftTheWarehouseIsLetGo)
{
    ProjectWorld world;
    useCursor(world, "upsert");
    world.sql("insert into people values(1,'a@x.example','Ann',10),(2,null,'Bob',10)");
    ASSERT_TRUE(world.run());
    EXPECT_EQ((*world.open())->outstanding("people", 10)->size(), 1u);
    world.sql("delete from people where id = 2");
    ASSERT_TRUE(world.run());
    EXPECT_EQ((*world.open())->outstanding("people", 10)->size(), 0u);
}

TEST(Rule12, aFailedRunDoesNotMoveTheCursor)
{
    ProjectWorld world;
    useCursor(world, "upsert");
    world.sql("insert into people values(1,'a@x.example','Ann',10)");
    ASSERT_TRUE(world.run());
    world.sql("insert into people values(2,'b@x.example','Bob',20)");
    world.inbox().misbehave(*inbox::misbehaviourFromJson(R"({"trouble":"status","status":401})"));
    const auto failed = world.run();
    ASSERT_TRUE(failed);
    EXPECT_EQ(failed->outcomes[Outcome::Successful], 0u);
    world.inbox().behave();
    ASSERT_TRUE(world.run());
    EXPECT_EQ(world.arrived().size(), 2u);
}

TEST(Rule12, modesThatNeedTheWholeModelTakeNoCursor)
{
    for (const char* mode : {"mirror", "replace"}) {
        ProjectWorld world;
        useCursor(world, mode);
        const auto refused = world.run();
        ASSERT_FALSE(refused) << mode;
        EXPECT_TRUE(refused.error().message.contains(QStringLiteral("project.cursor.mode")))
            << refused.error().toString().toStdString();
    }
}

TEST(Rule13, aDryRunMovesNothing)
{
    RunWorldFixture world;
    world.records = manyRecords(10);
    for (shape::ShapedRecord& record : world.records)
        record.cursor = {data::ValueKind::Integer, "10"};
    const run::RunReport report = world.run(
        run::RunKind::DryRun, [](run::SyncRunOptions& options) { options.movesCursor = true; });
    EXPECT_EQ(report.planned[Category::Added], 10u);
    EXPECT_EQ(world.http.log().size(), 0u);
    EXPECT_EQ(world.store().recordCounts(world.state().id)->at("known"), 0u);
    EXPECT_TRUE(world.store().runs(world.sync.id, 10)->empty());
    EXPECT_FALSE(*world.store().openPlan(world.state().id));
    EXPECT_EQ(world.state().cursor, "");
}

TEST(Rule13, aLimitReallySendsRecordsAndNeverInfersRemovals)
{
    RunWorldFixture world;
    mirror(world);
    world.records = manyRecords(30);
    static_cast<void>(world.run());
    world.records.erase(world.records.begin());
    world.records[0].payload = R"({"v":2})";
    const run::RunReport report =
        world.run(run::RunKind::Limit, [](run::SyncRunOptions& options) { options.limit = 50; });
    EXPECT_EQ(report.outcomes[Outcome::Successful], 1u);
    EXPECT_EQ(report.planned[Category::Removed], 0u);
    EXPECT_EQ(world.saas.records.size(), 30u);
    EXPECT_TRUE(world.known("k1").delivered);
}

TEST(Rule13, anAdHocPushTakesTheLockAndRecordsOutcomes)
{
    RunWorldFixture world;
    world.records = manyRecords(30);
    const run::RunReport report = world.run(run::RunKind::Push, [&](run::SyncRunOptions& options) {
        options.onlyKeys =
            std::set<Hash128>{keyedHash(world.store().hashKey(), world.records[3].key)};
    });
    EXPECT_EQ(report.outcomes[Outcome::Successful], 1u);
    EXPECT_TRUE(world.known("k3").delivered);
    const auto history = world.store().history(report.run, "successful", {}, 10);
    ASSERT_TRUE(history);
    ASSERT_EQ(history->size(), 1u) << "every ad hoc record is kept";
    auto lease = world.store().acquireLease("sync/" + world.sync.id, std::chrono::minutes(1));
    ASSERT_TRUE(lease);
    EXPECT_EQ(
        world.run(run::RunKind::Limit, [](run::SyncRunOptions& options) { options.limit = 1; })
            .exitCode,
        6);
}

TEST(Rule13, anAdHocRunDoesNotMoveTheCursor)
{
    RunWorldFixture world;
    world.records = manyRecords(3);
    for (shape::ShapedRecord& record : world.records)
        record.cursor = {data::ValueKind::Integer, "10"};
    static_cast<void>(world.run(run::RunKind::Limit, [](run::SyncRunOptions& options) {
        options.limit = 50;
        options.movesCursor = true;
    }));
    EXPECT_EQ(world.state().cursor, "");
    static_cast<void>(world.run(run::RunKind::Run,
                                [](run::SyncRunOptions& options) { options.movesCursor = true; }));
    EXPECT_EQ(world.state().cursor, "10");
}

TEST(Rule14, aBaselineMarksAsDeliveredWithoutSending)
{
    RunWorldFixture world;
    world.records = manyRecords(30);
    const run::RunReport report = world.run(run::RunKind::Baseline);
    EXPECT_EQ(report.requests, 0u);
    EXPECT_EQ(world.http.log().size(), 0u);
    EXPECT_EQ(world.run().planned[Category::Unchanged], 30u);
    world.records[4].payload = R"({"v":2})";
    EXPECT_EQ(world.run().outcomes[Outcome::Successful], 1u);
}

TEST(Rule14, aFullResyncShowsBeforehandHowManyGoAgain)
{
    RunWorldFixture world;
    world.records = manyRecords(30);
    static_cast<void>(world.run());
    const auto full = [](run::SyncRunOptions& options) { options.resendAll = true; };
    EXPECT_EQ(world.run(run::RunKind::DryRun, full).planned[Category::Changed], 30u);
    const run::RunReport report = world.run(run::RunKind::Run, full);
    EXPECT_EQ(report.exitCode, 0) << "declared, so no gate stops it";
    EXPECT_EQ(report.outcomes[Outcome::Successful], 30u);
}
