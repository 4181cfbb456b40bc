// SPDX-License-Identifier: GPL-3.0-or-later
#include "semantics/many_records.h"

#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::fakes;
using plan::Category;
using run::Outcome;

namespace {

run::RunReport cancelledAfter(RunWorldFixture& world, std::size_t steps, bool abandons)
{
    return world.runUntil([&](std::size_t step) {
        if (step == steps)
            world.stop.requestStop();
        if (step == steps && abandons)
            world.abandon.requestStop();
        return true;
    });
}

std::size_t started(RunWorldFixture& world, const std::string& directory)
{
    auto other = state::StateStore::open(directory + "/state", world.clock, world.random);
    if (!other)
        return 0;
    auto open = (*other)->openPlan(world.state().id);
    if (!open || !*open)
        return 0;
    std::size_t count = 0;
    auto rows = (*other)->openBatches((*open)->id, 0, 100);
    for (const state::BatchRow& row : *rows)
        count += row.status == state::BatchState::Started ? 1U : 0U;
    return count;
}

} // namespace

TEST(Rule15, anAppendIsMarkedStartedOnDiskBeforeItsFirstByte)
{
    RunWorldFixture world;
    world.sync.mode = project::SyncMode::Append;
    world.destination.can.rate.inFlight = 1;
    world.records = manyRecords(30);
    std::vector<std::size_t> seen;
    world.http.setHandler([&](const http::Request& request) {
        seen.push_back(started(world, world.directory()));
        return world.saas.handle(request);
    });
    EXPECT_EQ(world.run().outcomes[Outcome::Successful], 30u);
    ASSERT_EQ(seen.size(), 3u);
    for (const std::size_t marked : seen)
        EXPECT_GE(marked, 1u);
}

TEST(Rule15, outcomesOfABatchAreCommittedTogether)
{
    for (std::size_t steps = 1; steps < 40; ++steps) {
        RunWorldFixture world(steps);
        world.http.setDelay(Milliseconds(3));
        world.records = manyRecords(40);
        world.killedRun(steps);
        std::map<std::string, std::size_t> markedOfBatch;
        for (const FakeSaas::Delivery& delivery : world.saas.deliveries)
            for (const std::string& match : delivery.matches)
                markedOfBatch[delivery.idempotencyKey] +=
                    world.known(match.substr(0, match.find('@'))).delivered ? 1 : 0;
        for (const auto& [key, marked] : markedOfBatch)
            EXPECT_TRUE(marked == 0 || marked == 10) << marked << " after step " << steps;
    }
}

TEST(Rule15, batchesAreFrozenBeforeDelivery)
{
    RunWorldFixture world;
    world.records = manyRecords(35);
    world.http.overrideNext([](const http::Request&) { return answered(503); });
    EXPECT_EQ(world.run().outcomes[Outcome::Successful], 35u);
    for (const auto& [key, bodies] : world.saas.bodiesByKey)
        EXPECT_EQ(bodies.size(), 1u);
}

TEST(Rule16, onlyTheDestinationsUnderstoodAnswerMakesARecordSuccessful)
{
    for (const std::string& body :
         {std::string(), std::string("OK"), std::string("[]"), std::string(R"(["ok"])"),
          std::string(R"({"status":"success"})"), std::string(R"(["ok","ok","ok","ok")")}) {
        RunWorldFixture world;
        world.records = manyRecords(4);
        world.http.setHandler([&](const http::Request&) { return answered(200, body); });
        const run::RunReport report = world.run();
        EXPECT_EQ(report.outcomes[Outcome::Successful], 0u) << body;
        EXPECT_EQ(report.exitCode, 1) << body;
        for (int i = 0; i < 4; ++i)
            EXPECT_FALSE(world.known("k" + std::to_string(i)).delivered) << body;
    }
}

TEST(Rule16, whatCannotBeSaidPerRecordIsUnconfirmedAndCountedApart)
{
    RunWorldFixture world;
    world.destination.confirmsPerRecord = false;
    world.records = manyRecords(4);
    const run::RunReport report = world.run();
    EXPECT_EQ(report.outcomes[Outcome::Successful], 0u);
    EXPECT_EQ(report.outcomes[Outcome::Unconfirmed], 4u);
    EXPECT_TRUE(world.known("k1").delivered);
    EXPECT_TRUE(world.known("k1").unconfirmed);
    EXPECT_EQ(world.run().requests, 0u);
}

TEST(Rule17, aReceiptIsJournalledAndSettled)
{
    RunWorldFixture world;
    world.saas.takesJobs = true;
    world.saas.pollsUntilDone = 3;
    world.saas.refuses["k3@example.com"] = "bad_email";
    world.records = manyRecords(10);
    const run::RunReport report = world.run();
    EXPECT_EQ(report.outcomes[Outcome::Successful], 9u);
    EXPECT_EQ(report.outcomes[Outcome::Rejected], 1u);
    EXPECT_EQ(world.saas.deliveries.size(), 1u);
}

TEST(Rule17, aReceiptOfAKilledRunIsAskedForByTheNextOne)
{
    RunWorldFixture world;
    world.sync.mode = project::SyncMode::Append;
    world.saas.takesJobs = true;
    world.saas.pollsUntilDone = 1000;
    world.records = manyRecords(10);
    world.killedRun(60);
    ASSERT_EQ(world.saas.deliveries.size(), 1u);
    world.saas.pollsUntilDone = 1;
    const run::RunReport report = world.run();
    EXPECT_EQ(world.saas.deliveries.size(), 1u);
    EXPECT_EQ(world.saas.appended.size(), 10u);
    EXPECT_EQ(report.resumed, 10u);
    EXPECT_TRUE(world.known("k7").delivered);
}

TEST(Rule18, anUnansweredRepeatableBatchGoesAgainWithTheSameBytesAndKey)
{
    RunWorldFixture world;
    world.records = manyRecords(10);
    world.http.overrideNext(
        [&](const http::Request& request) { return appliedWithoutAnswer(world.saas, request); });
    EXPECT_EQ(world.run().outcomes[Outcome::Successful], 10u);
    ASSERT_EQ(world.saas.deliveries.size(), 2u);
    EXPECT_EQ(world.saas.deliveries[0].idempotencyKey, world.saas.deliveries[1].idempotencyKey);
    EXPECT_EQ(world.saas.deliveries[0].body, world.saas.deliveries[1].body);
}

TEST(Rule18, anUnansweredAppendFollowsThePolicy)
{
    struct Case
    {
        project::InDoubtPolicy policy;
        std::size_t copies;
        std::uint64_t inDoubt;
        state::RecordStatus status;
    };
    for (const Case& c :
         {Case{project::InDoubtPolicy::Ask, 5, 5, state::RecordStatus::AwaitingDecision},
          Case{project::InDoubtPolicy::Skip, 5, 5, state::RecordStatus::SkippedAlways},
          Case{project::InDoubtPolicy::Resend, 5, 0, state::RecordStatus::Settled}}) {
        RunWorldFixture world;
        world.sync.mode = project::SyncMode::Append;
        world.sync.onInDoubt = c.policy;
        world.records = manyRecords(5);
        world.http.overrideNext([&](const http::Request& request) {
            return appliedWithoutAnswer(world.saas, request);
        });
        const run::RunReport report = world.run();
        EXPECT_EQ(report.outcomes[Outcome::InDoubt], c.inDoubt) << name(c.policy);
        EXPECT_EQ(world.known("k1").status, c.status) << name(c.policy);
        static_cast<void>(world.run());
        EXPECT_EQ(world.saas.appended.size(), c.copies) << name(c.policy);
        EXPECT_EQ(world.saas.deliveries.size(), c.inDoubt == 0 ? 2u : 1u) << name(c.policy);
    }
}

TEST(Rule19, onlyAnAtomicRefusalWithTheRightStatusIsHalved)
{
    for (const int status : {400, 413, 422, 404, 405, 409})
        for (const bool atomic : {true, false}) {
            RunWorldFixture world;
            world.records = manyRecords(10);
            world.saas.poison = {"k4@example.com"};
            world.saas.poisonStatus = status;
            world.destination.atomicRefusal = atomic;
            const run::RunReport report = world.run();
            const bool halves = atomic && (status == 400 || status == 413 || status == 422);
            EXPECT_EQ(report.outcomes[Outcome::Successful], halves ? 9u : 0u)
                << status << ' ' << atomic;
            EXPECT_EQ(report.outcomes[Outcome::Rejected], halves ? 1u : 10u)
                << status << ' ' << atomic;
            for (const auto& [key, bodies] : world.saas.bodiesByKey)
                EXPECT_EQ(bodies.size(), 1u) << "one body per key";
        }
}

TEST(Rule19, aSplitSurvivesAKillAtAnyStep)
{
    for (std::size_t steps = 10; steps < 40; ++steps) {
        RunWorldFixture world(steps);
        world.records = manyRecords(10);
        world.saas.poison = {"k4@example.com"};
        world.killedRun(steps);
        static_cast<void>(world.run());
        EXPECT_EQ(world.saas.records.size(), 9u) << steps;
        EXPECT_FALSE(world.known("k4").delivered) << steps;
        for (const auto& [key, bodies] : world.saas.bodiesByKey)
            EXPECT_EQ(bodies.size(), 1u) << steps;
    }
}

TEST(Rule19, tooLargeABodyLowersTheBatchSize)
{
    RunWorldFixture world;
    world.destination.can.rate.inFlight = 1;
    world.records = manyRecords(80);
    world.saas.largestBody = 5 * 70; // about five records
    const run::RunReport report = world.run();
    EXPECT_EQ(report.outcomes[Outcome::Successful], 80u);
    std::size_t tooLarge = 0;
    for (const FakeSaas::Delivery& delivery : world.saas.deliveries)
        tooLarge += delivery.body.size() > world.saas.largestBody ? 1U : 0U;
    EXPECT_LE(tooLarge, 2u) << "only the first is tried at full size";
}

TEST(Rule20, twentyRefusalsWithOneCodeEndTheRun)
{
    RunWorldFixture world;
    world.destination.can.rate.inFlight = 1;
    world.records = manyRecords(100);
    for (int i = 0; i < 100; ++i)
        world.saas.refuses["k" + std::to_string(i) + "@example.com"] = "no_such_list";
    const run::RunReport report = world.run();
    EXPECT_EQ(report.exitCode, 4);
    EXPECT_EQ(report.outcomes[Outcome::Rejected], 20u);
    EXPECT_EQ(report.outcomes[Outcome::Pending], 80u);
    world.saas.refuses.clear();
    static_cast<void>(world.run());
    EXPECT_EQ(world.saas.records.size(), 100u);
}

TEST(Rule20, anAcceptedOneAmongTheFirstKeepsTheRunGoing)
{
    RunWorldFixture world;
    world.destination.can.rate.inFlight = 1;
    world.records = manyRecords(100);
    for (int i = 0; i < 40; ++i)
        world.saas.refuses["k" + std::to_string(i) + "@example.com"] = i == 0 ? "other" : "code";
    const run::RunReport report = world.run();
    EXPECT_EQ(report.outcomes[Outcome::Successful], 60u);
    EXPECT_EQ(report.outcomes[Outcome::Rejected], 40u);
}

TEST(Rule20, aRejectedRecordGoesAgainWithGrowingPausesAndIsParkedAfterTenRuns)
{
    RunWorldFixture world;
    world.records = manyRecords(10);
    world.saas.refuses["k3@example.com"] = "bad_email";
    static_cast<void>(world.run());
    std::size_t sent = 1;
    Milliseconds longest{0};
    Milliseconds waited{0};
    for (int hour = 0; hour < 24 * 30; ++hour) {
        world.clock.advance(std::chrono::hours(1));
        waited += std::chrono::hours(1);
        const run::RunReport report = world.run();
        if (report.requests == 0)
            continue;
        ++sent;
        longest = std::max(longest, waited);
        waited = {};
    }
    EXPECT_EQ(sent, 10u);
    EXPECT_GE(longest, std::chrono::hours(20));
    EXPECT_EQ(world.known("k3").status, state::RecordStatus::Parked);
    EXPECT_EQ(world.run().planned[Category::Held], 1u);

    world.records[3].payload = R"({"corrected":true})";
    world.saas.refuses.clear();
    EXPECT_EQ(world.run().outcomes[Outcome::Successful], 1u) << "at once when the payload changes";
}

TEST(Rule21, tooManyRequestsAreWaitedOutAndUseUpNoAttempt)
{
    RunWorldFixture world;
    world.records = manyRecords(10);
    for (int i = 0; i < 8; ++i)
        world.http.overrideNext([](const http::Request&) {
            return answered(429, {}, {{"Retry-After", "30", false}});
        });
    const WallTime begin = world.clock.now();
    const run::RunReport report = world.run();
    EXPECT_EQ(report.outcomes[Outcome::Successful], 10u);
    EXPECT_GE(world.clock.now() - begin, std::chrono::seconds(8 * 30));
}

TEST(Rule21, aWaitBeyondFifteenMinutesEndsTheRunAndSaysWhenItResumes)
{
    RunWorldFixture world;
    world.records = manyRecords(10);
    world.http.overrideNext([](const http::Request&) {
        return answered(429, {}, {{"Retry-After", "901", false}});
    });
    const run::RunReport report = world.run();
    EXPECT_EQ(report.exitCode, 4);
    EXPECT_EQ(report.outcomes[Outcome::Pending], 10u);
    ASSERT_TRUE(report.resumesAt);
    EXPECT_GE(*report.resumesAt, world.clock.now() + std::chrono::minutes(14));
    EXPECT_EQ(world.run().resumed, 10u);
}

TEST(Rule21, fifteenMinutesOfTooManyRequestsEndTheRun)
{
    RunWorldFixture world;
    world.records = manyRecords(10);
    world.http.setHandler([](const http::Request&) {
        return answered(429, {}, {{"Retry-After", "10", false}});
    });
    const WallTime begin = world.clock.now();
    const run::RunReport report = world.run();
    EXPECT_EQ(report.exitCode, 4);
    EXPECT_EQ(report.outcomes[Outcome::Pending], 10u);
    EXPECT_GE(world.clock.now() - begin, std::chrono::minutes(15));
    EXPECT_LE(world.clock.now() - begin, std::chrono::minutes(17));
}

TEST(Rule21, fiveAttemptsThenPendingAndTheBreakerEndsARunAgainstADeadServer)
{
    RunWorldFixture world;
    world.records = manyRecords(100);
    world.http.setHandler([](const http::Request&) { return answered(503); });
    const run::RunReport report = world.run();
    EXPECT_EQ(report.outcomes[Outcome::Pending], 100u);
    EXPECT_EQ(report.exitCode, 4);
    EXPECT_LE(report.requests, 20u);
}

TEST(Rule22, theUnsentRestIsDeliveredIfNothingChanged)
{
    RunWorldFixture world;
    world.http.setDelay(Milliseconds(10));
    world.records = manyRecords(60);
    world.killedWhen([&] { return world.saas.deliveries.size() >= 2; });
    const std::size_t before = world.saas.records.size();
    ASSERT_LT(before, 60u);
    world.readFailure = Error{ErrorKind::Source, "source.cut", {}, {}, {}, {}};
    const run::RunReport report = world.run();
    EXPECT_EQ(report.exitCode, 3) << "the rest of the plan went out before reading";
    EXPECT_EQ(world.saas.records.size(), 60u);
}

TEST(Rule22, aChangedDefinitionOrAnOldPlanIsPlannedAnew)
{
    struct Case
    {
        const char* what;
        bool redefine;
        std::chrono::hours age;
        bool delivers;
    };
    for (const Case& c : {Case{"nothing changed", false, std::chrono::hours(23), true},
                          Case{"redefined", true, std::chrono::hours(0), false},
                          Case{"a day old", false, std::chrono::hours(25), false}}) {
        RunWorldFixture world;
        world.http.setDelay(Milliseconds(10));
        world.records = manyRecords(60, R"({"v":1})");
        world.killedWhen([&] { return world.saas.deliveries.size() >= 2; });
        world.clock.advance(c.age);
        if (c.redefine)
            world.definition = "definition-2";
        world.readFailure = Error{ErrorKind::Source, "source.cut", {}, {}, {}, {}};
        static_cast<void>(world.run());
        EXPECT_EQ(world.saas.records.size() == 60u, c.delivers) << c.what;
        world.readFailure.reset();
        static_cast<void>(world.run());
        EXPECT_EQ(world.saas.records.size(), 60u) << c.what;
    }
}

TEST(Rule22, aPlanWithRemovalsIsStaleAfterAnHour)
{
    for (const int minutes : {50, 70}) {
        RunWorldFixture world;
        mirror(world);
        world.records = manyRecords(300);
        static_cast<void>(world.run());
        world.records.resize(200);
        const run::RunReport stopped = world.run();
        ASSERT_EQ(stopped.exitCode, 7);
        world.clock.advance(std::chrono::minutes(minutes));
        const run::RunReport confirmed =
            world.run(run::RunKind::Run,
                      [&](run::SyncRunOptions& options) { options.confirm = stopped.plan; });
        EXPECT_EQ(world.saas.records.size(), minutes < 60 ? 200u : 300u);
        EXPECT_EQ(confirmed.exitCode, minutes < 60 ? 0 : 7);
    }
}

TEST(Rule23, aSecondRunOfTheSameSyncIsTurnedAway)
{
    RunWorldFixture world;
    auto other = state::StateStore::open(world.directory() + "/state", world.clock, world.random);
    ASSERT_TRUE(other);
    const auto lease = (*other)->acquireLease("sync/" + world.sync.id, std::chrono::minutes(1));
    ASSERT_TRUE(lease);
    world.records = manyRecords(3);
    const run::RunReport report = world.run();
    EXPECT_EQ(report.exitCode, 6);
    EXPECT_EQ(report.requests, 0u);
}

TEST(Rule23, aSleeperThatOutlivedItsLeaseSendsNothingFurther)
{
    RunWorldFixture world;
    world.http.setDelay(Milliseconds(10));
    world.destination.can.rate.inFlight = 1;
    world.records = manyRecords(100);
    std::unique_ptr<state::StateStore> other;
    std::size_t atTakeOver = 0;
    const run::RunReport report = world.runUntil([&](std::size_t) {
        if (other || world.saas.deliveries.size() < 3)
            return true;
        world.clock.advance(std::chrono::minutes(5));
        auto opened =
            state::StateStore::open(world.directory() + "/state", world.clock, world.random);
        EXPECT_TRUE(opened);
        other = std::move(*opened);
        EXPECT_TRUE(other->acquireLease("sync/" + world.sync.id, std::chrono::minutes(10)));
        atTakeOver = world.saas.deliveries.size();
        return true;
    });
    EXPECT_EQ(report.exitCode, 6);
    EXPECT_EQ(world.saas.deliveries.size(), atTakeOver);
}

TEST(Rule23, theFirstCancelWaitsForWhatIsInFlightAndTheRunCanBeResumed)
{
    RunWorldFixture world;
    world.http.setDelay(std::chrono::seconds(5));
    world.records = manyRecords(100);
    const run::RunReport report = cancelledAfter(world, 25, false);
    EXPECT_EQ(report.exitCode, 130);
    EXPECT_EQ(report.outcomes[Outcome::InDoubt], 0u);
    EXPECT_EQ(report.outcomes[Outcome::Successful], world.saas.records.size());
    EXPECT_GT(report.outcomes[Outcome::Pending], 0u);
    world.stop = StopSource();
    EXPECT_EQ(world.run().exitCode, 0);
    EXPECT_EQ(world.saas.records.size(), 100u);
}

TEST(Rule23, theFirstCancelWaitsThirtySecondsAtMost)
{
    RunWorldFixture world;
    world.http.setDelay(std::chrono::seconds(300));
    world.records = manyRecords(10);
    const WallTime begin = world.clock.now();
    const run::RunReport report = cancelledAfter(world, 25, false);
    EXPECT_EQ(report.outcomes[Outcome::InDoubt], 10u);
    EXPECT_LE(world.clock.now() - begin, std::chrono::seconds(40));
}

TEST(Rule23, theSecondCancelLeavesWhatIsInFlightInDoubt)
{
    RunWorldFixture world;
    world.http.setDelay(std::chrono::seconds(5));
    world.records = manyRecords(100);
    const run::RunReport report = cancelledAfter(world, 25, true);
    EXPECT_GT(report.outcomes[Outcome::InDoubt], 0u);
    EXPECT_EQ(report.outcomes[Outcome::Successful], 0u);
    world.stop = StopSource();
    world.abandon = StopSource();
    EXPECT_EQ(world.run().exitCode, 0);
    EXPECT_EQ(world.saas.records.size(), 100u);
    for (const auto& [key, bodies] : world.saas.bodiesByKey)
        EXPECT_EQ(bodies.size(), 1u);
}
