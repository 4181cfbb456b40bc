// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "fakes/run_world.h"

#include <QDir>
#include <gtest/gtest.h>
#include <sqlite3.h>

using namespace headgate;
using namespace headgate::fakes;
using plan::Category;
using run::Outcome;

namespace {

std::vector<shape::ShapedRecord> manyRecords(int count, const std::string& payload = "{}")
{
    std::vector<shape::ShapedRecord> records;
    for (int i = 0; i < count; ++i)
        records.push_back(record("k" + std::to_string(i), payload));
    return records;
}

void dropTable(RunWorldFixture& world, const std::string& table)
{
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open((world.store().directory() + "/state.db").c_str(), &database),
              SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(database, ("DROP TABLE " + table).c_str(), nullptr, nullptr, nullptr),
              SQLITE_OK)
        << sqlite3_errmsg(database);
    EXPECT_EQ(sqlite3_close(database), SQLITE_OK);
}

} // namespace

TEST(SyncRun, deliversThenSendsNothingThenSendsWhatChanged)
{
    RunWorldFixture world;
    world.records = manyRecords(25);
    const run::RunReport first = world.run();
    EXPECT_EQ(first.exitCode, 0);
    EXPECT_EQ(first.planned[Category::Added], 25u);
    EXPECT_EQ(first.outcomes[Outcome::Successful], 25u);
    EXPECT_EQ(first.requests, 3u);
    EXPECT_EQ(world.saas.records.size(), 25u);

    const run::RunReport second = world.run();
    EXPECT_EQ(second.planned[Category::Unchanged], 25u);
    EXPECT_EQ(second.requests, 0u);

    world.records[7].payload = R"({"new":true})";
    const run::RunReport third = world.run();
    EXPECT_EQ(third.planned[Category::Changed], 1u);
    EXPECT_EQ(third.outcomes[Outcome::Successful], 1u);
    EXPECT_EQ(world.saas.records.at("k7@example.com"), R"({"new":true})");
    EXPECT_EQ(world.run().requests, 0u);
}

/// The cause of the speed of a run that finds nothing new.
TEST(SyncRun, whatIsUnchangedIsNotWrittenAnywhere)
{
    RunWorldFixture world;
    world.records = manyRecords(500);
    static_cast<void>(world.run());
    world.records[7].payload = R"({"new":true})";
    qint64 spooled = 0;
    const auto watch = [&](std::size_t) {
        const QDir folder(toQString(world.directory()));
        for (const QFileInfo& file : folder.entryInfoList({QStringLiteral("*.spool")}))
            spooled = std::max(spooled, file.size());
        return true;
    };
    const run::RunReport second = world.runUntil(watch);
    EXPECT_EQ(second.planned[Category::Unchanged], 499u);
    EXPECT_EQ(second.outcomes[Outcome::Successful], 1u);
    EXPECT_GT(spooled, 0);
    EXPECT_LT(spooled, 400) << "one record and the head of the file";
}

/// After a run that found nothing new the next one reads no record of the state; whatever changes
/// then is found all the same.
TEST(SyncRun, whatHappensAfterTwoRunsWithoutNewsIsFound)
{
    using Records = std::vector<shape::ShapedRecord>;
    const struct
    {
        const char* name;
        std::function<void(Records&)> change;
        Category category;
        std::uint64_t unchanged;
    } cases[] = {
        {"nothing", [](Records&) {}, Category::Unchanged, 40},
        {"changed", [](Records& all) { all[3].payload = "[]"; }, Category::Changed, 39},
        {"added", [](Records& all) { all.push_back(record("new", "{}")); }, Category::Added, 40},
        {"removed", [](Records& all) { all.pop_back(); }, Category::Removed, 39},
        {"repeated", [](Records& all) { all.push_back(all.front()); }, Category::Invalid, 39},
        {"invalid", [](Records& all) { all[3] = invalidRecord("k3"); }, Category::Invalid, 39},
        {"rekeyed", [](Records& all) { all[3] = record("k3", "m@x.example", "{}"); },
         Category::Rekeyed, 39},
    };
    for (const auto& each : cases) {
        SCOPED_TRACE(each.name);
        RunWorldFixture world;
        world.sync.mode = project::SyncMode::Mirror;
        world.sync.deleteBehaviour = project::DeleteBehaviour::Delete;
        world.records = manyRecords(40);
        for (int i = 0; i < 3; ++i)
            static_cast<void>(world.run());
        each.change(world.records);
        const run::RunReport report = world.run();
        EXPECT_EQ(report.error ? report.error->message : QString(), QString());
        EXPECT_EQ(report.planned[Category::Unchanged], each.unchanged);
        if (each.category != Category::Unchanged) {
            EXPECT_EQ(report.planned[each.category], 1u);
        }
        world.records = manyRecords(40);
        static_cast<void>(world.run());
        EXPECT_EQ(world.run().planned[Category::Unchanged], 40u);
        EXPECT_EQ(world.saas.records.size(), 40u);
    }
}

/// Whether the plan spooled it, or knows it from what was accepted. Where no payload is kept, only
/// the hash of a key is known of what is read as it was delivered.
TEST(SyncRun, aRepeatedKeyIsNamedAsPeopleKnowIt)
{
    for (const bool storesPayloads : {true, false})
        for (const int runsBefore : {0, 1, 3}) {
            SCOPED_TRACE(std::to_string(runsBefore) + (storesPayloads ? "" : ", no payloads"));
            RunWorldFixture world;
            world.sync.history.storePayloads = storesPayloads;
            world.sync.gates.invalidShare = 1;
            world.records = manyRecords(40);
            for (int i = 0; i < runsBefore; ++i)
                ASSERT_EQ(world.run().exitCode, 0);
            world.records.push_back(world.records[7]);
            const run::RunReport report = world.run();
            ASSERT_EQ(report.invalid.size(), 1u);
            EXPECT_EQ(report.invalid[0].code, "record.key.duplicate");
            const bool isKept = storesPayloads || runsBefore == 0;
            EXPECT_EQ(report.invalid[0].example, isKept ? "k7" : world.known("k7").keyHash.hex());
        }
}

/// The other record was away while its match value was given to this one, and comes back.
TEST(SyncRun, aMatchValueIsFoundSharedAlsoAfterRunsWithoutNews)
{
    RunWorldFixture world;
    world.sync.gates.invalidShare = 1;
    const shape::ShapedRecord away = record("away", "shared@example.com", "{}");
    const shape::ShapedRecord heir = record("heir", "shared@example.com", "{}");
    const shape::ShapedRecord other = record("other", "{}");
    for (const std::vector<shape::ShapedRecord>& rows :
         {std::vector{away, other}, {heir, other}, {heir, other}, {heir, other}}) {
        world.records = rows;
        EXPECT_EQ(world.run().exitCode, 0);
    }
    world.records = {away, heir, other};
    const run::RunReport report = world.run();
    EXPECT_EQ(report.planned[Category::Invalid], 2u);
    EXPECT_EQ(report.planned[Category::Unchanged], 1u);
}

TEST(SyncRun, theReportSaysWhatTheSourcesCannotDo)
{
    RunWorldFixture world;
    world.records = manyRecords(3);
    const QString note = QStringLiteral("buffers whole results by itself");
    const auto noted = [&](run::SyncRunOptions& options) {
        options.sourceNotes = [&] { return std::vector<QString>{note}; };
    };
    EXPECT_EQ(world.run(run::RunKind::DryRun, noted).notes, std::vector<QString>{note});
    EXPECT_EQ(world.run(run::RunKind::Run, noted).notes, std::vector<QString>{note});
    EXPECT_TRUE(world.run().notes.empty());
}

TEST(SyncRun, aRejectedRecordIsNeverMarkedAndGoesAgain)
{
    RunWorldFixture world;
    world.records = manyRecords(30);
    world.saas.refuses["k3@example.com"] = "bad_email";
    const run::RunReport first = world.run();
    EXPECT_EQ(first.exitCode, 1);
    EXPECT_EQ(first.outcomes[Outcome::Rejected], 1u);
    ASSERT_EQ(first.rejections.size(), 1u);
    EXPECT_EQ(first.rejections[0].code, "bad_email");
    EXPECT_EQ(first.rejections[0].example, "k3");
    EXPECT_FALSE(world.known("k3").delivered);

    world.saas.refuses.clear();
    const run::RunReport second = world.run();
    EXPECT_EQ(second.planned[Category::Retried], 1u);
    EXPECT_EQ(second.outcomes[Outcome::Successful], 1u);
    EXPECT_TRUE(world.known("k3").delivered);
}

/// The second refusal brings the first pause.
TEST(SyncRun, aRunThatLeavesARefusedRecordInItsPauseIsNoSuccess)
{
    RunWorldFixture world;
    world.records = manyRecords(30);
    world.saas.refuses["k3@example.com"] = "bad_email";
    while (world.run().outcomes[Outcome::Rejected] > 0)
        EXPECT_FALSE(world.known("k3").delivered);
    const std::size_t requests = world.http.log().size();
    const run::RunReport paused = world.run();
    EXPECT_EQ(world.http.log().size(), requests) << "it waits";
    EXPECT_EQ(paused.planned[Category::Held], 1u);
    EXPECT_EQ(paused.paused, 1u);
    EXPECT_EQ(paused.parked, 0u);
    EXPECT_EQ(paused.exitCode, 1);
    EXPECT_EQ(world.run(run::RunKind::DryRun).paused, 1u);

    world.saas.refuses.clear();
    world.clock.advance(*world.known("k3").retryAt - world.clock.now());
    const run::RunReport last = world.run();
    EXPECT_EQ(last.paused, 0u);
    EXPECT_EQ(last.exitCode, 0);
}

TEST(SyncRun, anAtomicRefusalIsHalvedDownToTheCulprit)
{
    RunWorldFixture world;
    world.records = manyRecords(10);
    world.saas.poison = {"k4@example.com"};
    const run::RunReport report = world.run();
    EXPECT_EQ(report.outcomes[Outcome::Successful], 9u);
    EXPECT_EQ(report.outcomes[Outcome::Rejected], 1u);
    EXPECT_LE(report.requests, 1u + 2 * 4);
    for (const auto& entry : world.saas.bodiesByKey)
        EXPECT_EQ(entry.second.size(), 1u) << "one body per idempotency key";
}

TEST(SyncRun, anUnansweredRepeatableBatchGoesAgainUnderTheSameKey)
{
    RunWorldFixture world;
    world.records = manyRecords(10);
    world.http.overrideNext([&](const http::Request& request) {
        static_cast<void>(world.saas.handle(request));
        http::Answer broken;
        broken.transport = http::Transport::Broken;
        broken.bytesTaken = request.body->size();
        return broken;
    });
    const run::RunReport report = world.run();
    EXPECT_EQ(report.outcomes[Outcome::Successful], 10u);
    ASSERT_EQ(world.saas.deliveries.size(), 2u);
    EXPECT_EQ(world.saas.deliveries[0].idempotencyKey, world.saas.deliveries[1].idempotencyKey);
    EXPECT_EQ(world.saas.deliveries[0].body, world.saas.deliveries[1].body);
}

TEST(SyncRun, anUnansweredAppendWaitsForADecision)
{
    RunWorldFixture world;
    world.sync.mode = project::SyncMode::Append;
    world.records = manyRecords(5);
    world.http.overrideNext([&](const http::Request& request) {
        static_cast<void>(world.saas.handle(request));
        http::Answer broken;
        broken.transport = http::Transport::Broken;
        broken.bytesTaken = request.body->size();
        return broken;
    });
    const run::RunReport first = world.run();
    EXPECT_EQ(first.outcomes[Outcome::InDoubt], 5u);
    EXPECT_EQ(first.exitCode, 1);
    EXPECT_EQ(world.known("k1").status, state::RecordStatus::AwaitingDecision);
    const run::RunReport second = world.run();
    EXPECT_EQ(second.planned[Category::Held], 5u);
    EXPECT_EQ(second.exitCode, 1) << "they are in doubt until somebody has decided";
    EXPECT_EQ(second.inDoubt, 5u);
    EXPECT_EQ(world.saas.appended.size(), 5u);
}

TEST(SyncRun, killedAtAnyStepLosesNothingAndMarksNothingUnacknowledged)
{
    for (std::size_t steps = 1; steps < 60; ++steps) {
        RunWorldFixture world(steps);
        world.http.setDelay(Milliseconds(10));
        world.records = manyRecords(35);
        world.killedRun(steps);
        for (int i = 0; i < 35; ++i) {
            const std::string key = "k" + std::to_string(i);
            if (world.known(key).delivered) {
                EXPECT_TRUE(world.saas.records.contains(key + "@example.com"))
                    << key << " marked but not applied, killed after step " << steps;
            }
        }
        const run::RunReport after = world.run();
        EXPECT_EQ(after.exitCode, 0) << "killed after step " << steps;
        EXPECT_EQ(world.saas.records.size(), 35u) << "killed after step " << steps;
        for (const auto& entry : world.saas.bodiesByKey)
            EXPECT_EQ(entry.second.size(), 1u);
        EXPECT_EQ(world.run().requests, 0u);
    }
}

TEST(SyncRun, tooManyRequestsAreWaitedOutAndUseNoAttempt)
{
    RunWorldFixture world;
    world.records = manyRecords(10);
    for (int i = 0; i < 8; ++i)
        world.http.overrideNext([](const http::Request&) {
            http::Answer answer;
            answer.transport = http::Transport::Complete;
            answer.status = 429;
            answer.headers = {{"Retry-After", "30", false}};
            return answer;
        });
    const WallTime begin = world.clock.now();
    const run::RunReport report = world.run();
    EXPECT_EQ(report.outcomes[Outcome::Successful], 10u);
    EXPECT_GE(world.clock.now() - begin, std::chrono::seconds(8 * 30));
    EXPECT_EQ(world.ledger.pauses.size(), 8u);
}

/// Each call is a transaction: one per request would take longer than the request.
TEST(SyncRun, theLedgerIsAskedForManyRequestsAtOnce)
{
    for (const std::uint32_t inFlight : {1U, 4U, 8U}) {
        RunWorldFixture world;
        world.destination.can.batchRecords = 1;
        world.destination.can.rate.inFlight = inFlight;
        world.records = manyRecords(400);
        const run::RunReport report = world.run();
        EXPECT_EQ(report.requests, 400u);
        EXPECT_LT(world.ledger.calls, 60u) << inFlight;
    }
}

TEST(SyncRun, recordsThatAreAllToBeRetriedGoAgainAFewTimesAndAfterPauses)
{
    RunWorldFixture world;
    world.destination.can.batchRecords = 5;
    world.records = manyRecords(5);
    world.http.setHandler([](const http::Request&) {
        return answered(200, R"(["busy","busy","busy","busy","busy"])");
    });
    const WallTime begin = world.clock.now();
    const run::RunReport report = world.run();
    EXPECT_EQ(report.outcomes[Outcome::Pending], 5u);
    EXPECT_EQ(report.requests, http::attemptLimit);
    EXPECT_GT(world.clock.now() - begin, std::chrono::seconds(1));
    world.http.setHandler([&](const http::Request& request) { return world.saas.handle(request); });
    EXPECT_EQ(world.run().exitCode, 0);
    EXPECT_EQ(world.saas.records.size(), 5u);
}

TEST(SyncRun, anInterruptedReadIsNeverAShortResult)
{
    RunWorldFixture world;
    world.sync.mode = project::SyncMode::Mirror;
    world.sync.deleteBehaviour = project::DeleteBehaviour::Delete;
    world.records = manyRecords(30);
    EXPECT_EQ(world.run().exitCode, 0);
    world.records.resize(3);
    world.readFailure = Error{
        ErrorKind::Source, "source.cut", QStringLiteral("The connection was lost."), {}, {}, {}};
    const run::RunReport report = world.run();
    EXPECT_EQ(report.exitCode, 3);
    EXPECT_EQ(world.saas.records.size(), 30u);
}

TEST(SyncRun, mirrorRemovesWithinTheGateAndStopsBeyond)
{
    RunWorldFixture world;
    world.sync.mode = project::SyncMode::Mirror;
    world.sync.deleteBehaviour = project::DeleteBehaviour::Delete;
    world.records = manyRecords(300);
    EXPECT_EQ(world.run().exitCode, 0);
    world.records.resize(290);
    const run::RunReport few = world.run();
    EXPECT_EQ(few.planned[Category::Removed], 10u);
    EXPECT_EQ(few.outcomes[Outcome::Successful], 10u);
    EXPECT_EQ(world.saas.records.size(), 290u);

    world.records.resize(200);
    const run::RunReport many = world.run();
    EXPECT_EQ(many.exitCode, 7);
    EXPECT_EQ(world.saas.records.size(), 290u);
    const run::RunReport confirmed = world.run(
        run::RunKind::Run, [&](run::SyncRunOptions& options) { options.confirm = many.plan; });
    EXPECT_EQ(confirmed.exitCode, 0) << confirmed.error.value_or(Error()).code;
    EXPECT_EQ(world.saas.records.size(), 200u);
}

TEST(SyncRun, aRekeyedRecordIsAddedBeforeItsOldOneIsRemoved)
{
    RunWorldFixture world;
    world.sync.mode = project::SyncMode::Mirror;
    world.sync.deleteBehaviour = project::DeleteBehaviour::Delete;
    world.records = manyRecords(10);
    EXPECT_EQ(world.run().exitCode, 0);
    world.saas.deliveries.clear();
    world.records[2] = record("k2", "moved@example.com", "{}");
    const run::RunReport report = world.run();
    EXPECT_EQ(report.planned[Category::Rekeyed], 1u);
    EXPECT_EQ(report.outcomes[Outcome::Successful], 1u);
    ASSERT_EQ(world.saas.deliveries.size(), 2u);
    EXPECT_EQ(world.saas.deliveries[0].operation, "upsert");
    EXPECT_EQ(world.saas.deliveries[1].operation, "delete");
    EXPECT_FALSE(world.saas.records.contains("k2@example.com"));
    EXPECT_TRUE(world.saas.records.contains("moved@example.com"));
    EXPECT_EQ(world.run().requests, 0u);
}

TEST(SyncRun, twoRecordsThatSwapTheirMatchValuesBothSurvive)
{
    RunWorldFixture world;
    world.sync.mode = project::SyncMode::Mirror;
    world.sync.deleteBehaviour = project::DeleteBehaviour::Delete;
    world.records = {record("a", "x@example.com", R"({"n":"a"})"),
                     record("b", "y@example.com", R"({"n":"b"})"),
                     record("c", "c@example.com", "{}"), record("d", "d@example.com", "{}"),
                     record("e", "e@example.com", "{}")};
    EXPECT_EQ(world.run().exitCode, 0);
    world.records[0] = record("a", "y@example.com", R"({"n":"a"})");
    world.records[1] = record("b", "x@example.com", R"({"n":"b"})");
    EXPECT_EQ(world.run().exitCode, 0);
    EXPECT_EQ(world.saas.records.at("y@example.com"), R"({"n":"a"})");
    EXPECT_EQ(world.saas.records.at("x@example.com"), R"({"n":"b"})");
    EXPECT_EQ(world.run().requests, 0u);
}

TEST(SyncRun, aRunWhoseEndCannotBeStoredHasFailed)
{
    for (const char* table : {"record_blocks", "history"}) {
        SCOPED_TRACE(table);
        RunWorldFixture world;
        world.records = manyRecords(5);
        const run::RunReport report = world.runUntil([&](std::size_t step) {
            if (step == 1)
                dropTable(world, table);
            return true;
        });
        EXPECT_EQ(report.exitCode, exitCode(ErrorKind::State));
        EXPECT_EQ(report.state, state::RunState::Failed);
        EXPECT_TRUE(report.error);
    }
}
