// SPDX-License-Identifier: GPL-3.0-or-later
// What a run could not finish, and what may become of it. Each case was found by tests/simulation.
#include "fakes/run_world.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>

using namespace headgate;
using namespace headgate::fakes;
using plan::Category;
using run::Outcome;

namespace {

http::Answer cutOff(RunWorldFixture& world, const http::Request& request)
{
    static_cast<void>(world.saas.handle(request));
    return unanswered(request.body->size());
}

/// The server knows repeated keys, so the connector says that an append may be repeated.
void appendsWithKeys(RunWorldFixture& world)
{
    world.sync.mode = project::SyncMode::Append;
    world.destination.can.repeatable.push_back(connector::Operation::Append);
}

void mirrors(RunWorldFixture& world)
{
    world.sync.mode = project::SyncMode::Mirror;
    world.sync.deleteBehaviour = project::DeleteBehaviour::Delete;
}

/// One record is delivered, and has another match value now.
void rekeys(RunWorldFixture& world)
{
    mirrors(world);
    world.sync.gates.changedShare = 1;
    world.records = {record("k1", "old@example.com", R"({"v":1})")};
    ASSERT_EQ(world.run().exitCode, 0);
    world.records = {record("k1", "new@example.com", R"({"v":2})")};
}

bool isRemoval(const http::Request& request)
{
    return std::any_of(request.headers.begin(), request.headers.end(), [](const auto& header) {
        return header.name == "Operation" && header.value == "delete";
    });
}

} // namespace

TEST(Leftover, anAppendInDoubtIsNeverSentUnderAnotherKey)
{
    for (const bool killed : {false, true}) {
        RunWorldFixture world;
        appendsWithKeys(world);
        world.records = {record("k1", "{}")};
        world.http.setHandler([&](const http::Request& request) { return cutOff(world, request); });
        if (killed)
            world.killedWhen([&] { return !world.saas.deliveries.empty(); });
        else
            EXPECT_EQ(world.run().outcomes[Outcome::InDoubt], 1u);
        world.http.setHandler([&](const http::Request& r) { return world.saas.handle(r); });
        world.definition = "definition-2";
        EXPECT_EQ(world.run().planned[Category::Held], 1u) << killed;
        EXPECT_EQ(world.saas.appended.size(), 1u) << killed;
        EXPECT_EQ(world.known("k1").status, state::RecordStatus::AwaitingDecision) << killed;
    }
}

TEST(Leftover, anAppendInDoubtIsSettledUnderItsOwnKeyWhilePlansGoOn)
{
    RunWorldFixture world;
    appendsWithKeys(world);
    world.records = {record("k1", "{}")};
    world.http.setHandler([&](const http::Request& request) { return cutOff(world, request); });
    EXPECT_EQ(world.run().outcomes[Outcome::InDoubt], 1u);
    world.records.push_back(record("k2", "{}"));
    world.http.setHandler([&](const http::Request& request) {
        const bool first = request.body->find("k1@") != std::string::npos;
        return first ? cutOff(world, request) : world.saas.handle(request);
    });
    const run::RunReport second = world.run();
    EXPECT_EQ(second.planned[Category::Added], 1u) << "what is new does not wait";
    EXPECT_EQ(second.exitCode, 1) << "something is in doubt";
    world.http.setHandler([&](const http::Request& r) { return world.saas.handle(r); });
    EXPECT_EQ(world.run().resumed, 1u);
    EXPECT_TRUE(world.known("k1").delivered);
    EXPECT_EQ(world.saas.appended.size(), 2u);
}

/// More of them than are looked at in one go.
TEST(Leftover, allThatWasNotSentIsPlannedAnewWhileOneWaitsForItsAnswer)
{
    constexpr std::size_t count = 70;
    RunWorldFixture world;
    appendsWithKeys(world);
    world.destination.can.batchRecords = 1;
    for (std::size_t i = 0; i < count; ++i)
        world.records.push_back(record("k" + std::to_string(i), "{}"));
    const auto isFirst = [](const http::Request& request) {
        return request.body->find("k0@") != std::string::npos;
    };
    world.http.setHandler([&](const http::Request& request) {
        return isFirst(request) ? cutOff(world, request) : answered(200, R"(["busy"])");
    });
    const run::RunReport first = world.run();
    EXPECT_EQ(first.outcomes[Outcome::InDoubt], 1u);
    EXPECT_EQ(first.outcomes[Outcome::Pending], count - 1);

    const state::PlanId old = (*world.store().openPlan(world.state().id))->id;
    const auto isOfOldPlan = [&] { return (*world.store().openPlan(world.state().id))->id == old; };
    world.http.setHandler([&](const http::Request& request) {
        if (isFirst(request))
            return cutOff(world, request);
        return isOfOldPlan() ? answered(200, R"(["busy"])") : world.saas.handle(request);
    });
    EXPECT_EQ(world.run().outcomes[Outcome::Successful], count - 1);
    EXPECT_EQ(world.store().openBatches(old, 0, count)->size(), 1u) << "what waits, and no more";

    world.http.setHandler([&](const http::Request& r) { return world.saas.handle(r); });
    EXPECT_EQ(world.run().resumed, 1u);
    EXPECT_EQ(world.saas.appended.size(), count) << "nothing was appended twice";
    EXPECT_EQ(world.run().exitCode, 0);
}

TEST(Leftover, nothingOlderGoesOutOverWhatIsNewer)
{
    RunWorldFixture world;
    world.records = {record("k1", R"({"v":1})")};
    world.http.setHandler([](const http::Request&) { return unanswered(0); });
    EXPECT_EQ(world.run().outcomes[Outcome::Pending], 1u);
    world.records = {record("k1", R"({"v":2})")};
    std::vector<std::string> sent;
    int refusals = 5;
    world.http.setHandler([&](const http::Request& request) {
        if (refusals-- > 0)
            return unanswered(0);
        sent.push_back(*request.body);
        return world.saas.handle(request);
    });
    world.clock.advance(std::chrono::minutes(5));
    static_cast<void>(world.run());
    static_cast<void>(world.run());
    EXPECT_EQ(world.saas.records.at("k1@example.com"), R"({"v":2})");
    ASSERT_EQ(sent.size(), 1u);
}

TEST(Leftover, aRefusedReKeyingKeepsTheOldRecord)
{
    RunWorldFixture world;
    mirrors(world);
    world.sync.gates.changedShare = 1;
    world.records = {record("k1", "old@example.com", "{}")};
    EXPECT_EQ(world.run().exitCode, 0);
    world.records = {record("k1", "new@example.com", "{}")};
    world.saas.refuses["new@example.com"] = "bad_email";
    EXPECT_EQ(world.run().outcomes[Outcome::Rejected], 1u);
    EXPECT_TRUE(world.saas.records.contains("old@example.com"));
    EXPECT_EQ(world.known("k1").status, state::RecordStatus::Rejected);
    world.saas.refuses.clear();
    EXPECT_EQ(world.run().outcomes[Outcome::Successful], 1u);
    EXPECT_FALSE(world.saas.records.contains("old@example.com"));
    EXPECT_TRUE(world.saas.records.contains("new@example.com"));
}

TEST(Leftover, aRefusedReKeyingIsParkedAfterTenRuns)
{
    RunWorldFixture world;
    mirrors(world);
    world.sync.gates.changedShare = 1;
    world.records = {record("k1", "old@example.com", "{}")};
    static_cast<void>(world.run());
    world.records = {record("k1", "new@example.com", "{}")};
    world.saas.refuses["new@example.com"] = "bad_email";
    for (int i = 0; i < 10; ++i) {
        EXPECT_EQ(world.run().outcomes[Outcome::Rejected], 1u) << i;
        world.clock.advance(std::chrono::hours(25));
    }
    EXPECT_EQ(world.known("k1").status, state::RecordStatus::Parked);
    EXPECT_EQ(world.run().planned[Category::Held], 1u);
}

TEST(Leftover, aReKeyingIsDoneOnlyWhenTheOldRecordIsGone)
{
    const struct
    {
        const char* name;
        std::function<http::Answer(const http::Request&)> answer; ///< to the removal
        Outcome outcome;
        state::RecordStatus status;
    } cases[] = {
        {"refused, record by record", [](const auto&) { return answered(200, R"(["protected"])"); },
         Outcome::Rejected, state::RecordStatus::Rejected},
        {"refused as a whole", [](const auto&) { return answered(422, "{}"); }, Outcome::Rejected,
         state::RecordStatus::Rejected},
        {"not taken", [](const auto&) { return answered(503, "{}"); }, Outcome::Pending,
         state::RecordStatus::Settled},
        {"not answered", [](const http::Request& r) { return unanswered(r.body->size()); },
         Outcome::InDoubt, state::RecordStatus::InDoubt},
    };
    for (const auto& each : cases) {
        SCOPED_TRACE(each.name);
        RunWorldFixture world;
        rekeys(world);
        world.http.setHandler([&](const http::Request& request) {
            return isRemoval(request) ? each.answer(request) : world.saas.handle(request);
        });
        const run::RunReport report = world.run();
        EXPECT_EQ(report.planned[Category::Rekeyed], 1u);
        EXPECT_EQ(report.outcomes[each.outcome], 1u);
        EXPECT_EQ(report.outcomes.sum(), 1u);
        EXPECT_EQ(report.exitCode, 1);
        EXPECT_EQ(report.state, state::RunState::Partial);
        EXPECT_EQ(world.known("k1").status, each.status);
        EXPECT_TRUE(world.saas.records.contains("old@example.com"));
        EXPECT_TRUE(world.saas.records.contains("new@example.com"));

        world.http.setHandler([&](const http::Request& r) { return world.saas.handle(r); });
        EXPECT_EQ(world.run().exitCode, 0);
        EXPECT_FALSE(world.saas.records.contains("old@example.com"));
        EXPECT_EQ(world.known("k1").status, state::RecordStatus::Settled);
        EXPECT_EQ(world.run().requests, 0u);
    }
}

TEST(Leftover, aRefusedRemovalOfAnOldMatchValueIsNamedWithItsReason)
{
    RunWorldFixture world;
    rekeys(world);
    world.saas.refuses["old@example.com"] = "protected";
    const run::RunReport report = world.run();
    ASSERT_EQ(report.rejections.size(), 1u);
    EXPECT_EQ(report.rejections[0].code, "protected");
    EXPECT_EQ(report.rejections[0].example, "k1");
    EXPECT_EQ(report.rejections[0].count, 1u);
    EXPECT_NE(report.rejections[0].message.find("old match value was not removed"),
              std::string::npos)
        << report.rejections[0].message;
    EXPECT_EQ(world.known("k1").code, "protected");
    EXPECT_EQ(world.known("k1").message, report.rejections[0].message);
}

TEST(Leftover, aRefusedRemovalOfAnOldMatchValueIsParkedAfterTenRuns)
{
    RunWorldFixture world;
    rekeys(world);
    world.saas.refuses["old@example.com"] = "protected";
    for (int i = 0; i < 10; ++i) {
        EXPECT_EQ(world.run().outcomes[Outcome::Rejected], 1u) << i;
        world.clock.advance(std::chrono::hours(25));
    }
    EXPECT_EQ(world.known("k1").status, state::RecordStatus::Parked);
    const run::RunReport report = world.run();
    EXPECT_EQ(report.planned[Category::Held], 1u);
    EXPECT_EQ(report.exitCode, 1);
}

/// The destination holds it under both values, and only one of them is the row's.
TEST(Leftover, whatBecomesOfARecordWhoseOldMatchValueRemainsLeavesNoOther)
{
    using Records = std::vector<shape::ShapedRecord>;
    const struct
    {
        const char* name;
        Records rows;
        std::set<std::string> matches;
    } cases[] = {
        {"the row is as it was",
         {record("k1", "new@example.com", R"({"v":2})")},
         {"new@example.com"}},
        {"the row is gone", {}, {}},
        {"back to the old value",
         {record("k1", "old@example.com", R"({"v":3})")},
         {"old@example.com"}},
        {"a third value", {record("k1", "third@example.com", R"({"v":3})")}, {"third@example.com"}},
        {"the old value is another row's",
         {record("k1", "new@example.com", R"({"v":2})"), record("k2", "old@example.com", "{}")},
         {"new@example.com", "old@example.com"}},
        {"so is the new one",
         {record("k2", "old@example.com", "{}"), record("k3", "new@example.com", "{}")},
         {"new@example.com", "old@example.com"}},
    };
    for (const auto& each : cases)
        for (const bool answered : {true, false}) {
            SCOPED_TRACE(std::string(each.name) + (answered ? "" : ", the new one in doubt"));
            RunWorldFixture world;
            rekeys(world);
            world.sync.gates.removedShare = 1;
            world.records.push_back(record("other", "{}"));
            world.saas.refuses["old@example.com"] = "protected";
            if (!answered)
                world.http.setHandler([&](const http::Request& r) { return cutOff(world, r); });
            EXPECT_EQ(world.run().exitCode, 1);
            world.saas.refuses.clear();
            world.http.setHandler([&](const http::Request& r) { return world.saas.handle(r); });
            world.definition = "definition-2";
            world.records = each.rows;
            world.records.push_back(record("other", "{}"));
            int runs = 0;
            while (world.run().exitCode != 0 && ++runs < 4)
                world.clock.advance(std::chrono::hours(25));
            EXPECT_LT(runs, 4);
            EXPECT_EQ(world.run().requests, 0u);
            std::set<std::string> found;
            for (const auto& entry : world.saas.records)
                found.insert(entry.first);
            std::set<std::string> expected = each.matches;
            expected.insert("other@example.com");
            EXPECT_EQ(found, expected);
        }
}

/// The first write may have been applied, the second one was refused.
TEST(Leftover, whatWasInDoubtIsNotForgottenWhenItsNextMatchValueIsRefused)
{
    for (const bool rowGoes : {false, true})
        for (const bool payloadChanges : {false, true}) {
            SCOPED_TRACE(std::string(rowGoes ? "the row goes" : "the row stays") +
                         (payloadChanges ? ", changed" : ""));
            RunWorldFixture world;
            mirrors(world);
            world.sync.gates.changedShare = 1;
            world.sync.gates.removedShare = 1;
            world.records = {record("k1", "first@example.com", "{}"), record("other", "{}")};
            world.http.setHandler([&](const http::Request& r) { return cutOff(world, r); });
            EXPECT_EQ(world.run().outcomes[Outcome::InDoubt], 2u);
            world.http.setHandler([&](const http::Request& r) { return world.saas.handle(r); });
            world.definition = "definition-2";
            world.records[0] = record("k1", "second@example.com", "{}");
            world.saas.refuses["second@example.com"] = "bad_email";
            EXPECT_EQ(world.run().outcomes[Outcome::Rejected], 1u);
            world.saas.refuses.clear();
            if (payloadChanges)
                world.records[0] = record("k1", "second@example.com", R"({"v":2})");
            if (rowGoes)
                world.records.erase(world.records.begin());
            EXPECT_EQ(world.run().exitCode, 0);
            EXPECT_FALSE(world.saas.records.contains("first@example.com"));
            EXPECT_EQ(world.saas.records.contains("second@example.com"), !rowGoes);
            EXPECT_EQ(world.run().requests, 0u);
        }
}

/// What the plan shows as the payload before is what the destination took last.
TEST(Leftover, aReKeyedRecordKeepsItsLastAcceptedPayload)
{
    RunWorldFixture world;
    rekeys(world);
    EXPECT_EQ(world.run().exitCode, 0);
    const std::uint64_t reference = world.known("k1").accepted;
    ASSERT_NE(reference, 0u);
    const auto accepted = world.store().accepted(reference);
    ASSERT_TRUE(accepted);
    ASSERT_TRUE(*accepted);
    EXPECT_EQ((*accepted)->payload, R"({"v":2})");
}

TEST(Leftover, aBaselineOfAReKeyedRecordLeavesNothingToSend)
{
    RunWorldFixture world;
    rekeys(world);
    const run::RunReport report = world.run(run::RunKind::Baseline);
    EXPECT_EQ(report.outcomes[Outcome::Skipped], 1u);
    EXPECT_EQ(report.requests, 0u);
    const run::RunReport next = world.run();
    EXPECT_EQ(next.planned[Category::Unchanged], 1u);
    EXPECT_EQ(next.requests, 0u);
}

TEST(Leftover, whatMayHaveBeenCreatedIsRemovedWithItsRow)
{
    RunWorldFixture world;
    mirrors(world);
    world.records = {record("k1", "{}"), record("k2", "{}")};
    world.http.setHandler([&](const http::Request& request) { return cutOff(world, request); });
    EXPECT_EQ(world.run().outcomes[Outcome::InDoubt], 2u);
    world.http.setHandler([&](const http::Request& r) { return world.saas.handle(r); });
    world.definition = "definition-2";
    world.records.pop_back();
    const run::RunReport report = world.run();
    EXPECT_EQ(report.planned[Category::Removed], 1u);
    EXPECT_TRUE(world.saas.records.contains("k1@example.com"));
    EXPECT_FALSE(world.saas.records.contains("k2@example.com"));
}

TEST(Leftover, aRemovalOfADestinationThatConfirmsNothingLeavesAWholeState)
{
    RunWorldFixture world;
    mirrors(world);
    world.destination.confirmsPerRecord = false;
    world.records = {record("k1", "{}"), record("k2", "{}")};
    static_cast<void>(world.run());
    world.records.pop_back();
    EXPECT_EQ(world.run().planned[Category::Removed], 1u);
    const auto findings = world.store().verify();
    ASSERT_TRUE(findings);
    EXPECT_TRUE(findings->empty());
}

TEST(Leftover, aPushedRecordMayNotTakeTheMatchValueOfAnother)
{
    RunWorldFixture world;
    world.records = {record("k1", "one@example.com", "{}"), record("k2", "two@example.com", "{}")};
    static_cast<void>(world.run());
    world.records[0] = record("k1", "two@example.com", "{}");
    const run::RunReport report = world.run(run::RunKind::Push, [&](run::SyncRunOptions& options) {
        options.onlyKeys = {world.known("k1").keyHash};
    });
    EXPECT_EQ(report.planned[Category::Invalid], 1u);
    EXPECT_EQ(report.requests, 0u);
}
