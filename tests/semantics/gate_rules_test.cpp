// SPDX-License-Identifier: GPL-3.0-or-later
#include "semantics/many_records.h"

#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::fakes;
using plan::Category;
using run::Outcome;

namespace {

std::string stopOf(const run::RunReport& report)
{
    return report.stops.empty() ? std::string() : report.stops.front().code;
}

} // namespace

TEST(Rule24, removalsStopARunAboveTenPercentWhereThatIsAtLeastTwenty)
{
    struct Case
    {
        int before;
        int after;
        const char* stop;
    };
    for (const Case& c : {Case{300, 270, ""}, Case{300, 269, "gate.removed"}, Case{100, 81, ""},
                          Case{100, 80, "gate.removed"}, Case{30, 15, ""}}) {
        RunWorldFixture world;
        mirror(world);
        world.records = manyRecords(c.before);
        static_cast<void>(world.run());
        world.records.resize(static_cast<std::size_t>(c.after));
        EXPECT_EQ(stopOf(world.run()), c.stop) << c.before << " to " << c.after;
    }
}

TEST(Rule24, removalsOfADayCountTogether)
{
    RunWorldFixture world;
    mirror(world);
    world.records = manyRecords(300);
    static_cast<void>(world.run());
    world.records.resize(280);
    EXPECT_EQ(stopOf(world.run()), "");
    world.clock.advance(std::chrono::hours(1));
    world.records.resize(260);
    EXPECT_EQ(stopOf(world.run()), "gate.removed_day");
    world.clock.advance(std::chrono::hours(24));
    EXPECT_EQ(stopOf(world.run()), "");
}

TEST(Rule24, changesStopARunAboveHalfButNotAFirstOrDeclaredOne)
{
    for (const int changed : {15, 16}) {
        RunWorldFixture world;
        world.records = manyRecords(30);
        EXPECT_EQ(stopOf(world.run()), "");
        for (int i = 0; i < changed; ++i)
            world.records[static_cast<std::size_t>(i)].payload = R"({"v":2})";
        EXPECT_EQ(stopOf(world.run()), changed > 15 ? "gate.changed" : "");
    }
}

TEST(Rule24, emptyAfterNonEmptyAndTooManyInvalidStopARun)
{
    RunWorldFixture world;
    world.records = manyRecords(20);
    static_cast<void>(world.run());
    world.records[0] = invalidRecord("k0");
    EXPECT_EQ(stopOf(world.run()), "") << "5 % of 20";
    world.records[1] = invalidRecord("k1");
    EXPECT_EQ(stopOf(world.run()), "gate.invalid");
    world.records.clear();
    EXPECT_EQ(stopOf(world.run()), "gate.empty");
}

TEST(Rule24, aStoppedRunKeepsItsPlanAndConfirmReleasesExactlyThatOne)
{
    RunWorldFixture world;
    mirror(world);
    world.records = manyRecords(300);
    static_cast<void>(world.run());
    world.records.resize(200);
    const run::RunReport stopped = world.run();
    EXPECT_EQ(stopped.exitCode, 7);
    EXPECT_EQ(stopped.requests, 0u);
    const auto confirm = [&](const std::string& plan) {
        return world.run(run::RunKind::Run,
                         [&](run::SyncRunOptions& options) { options.confirm = plan; });
    };
    EXPECT_EQ(confirm("00000000-0000-4000-8000-000000000000").exitCode, 2);
    EXPECT_EQ(world.saas.records.size(), 300u);
    EXPECT_EQ(confirm(stopped.plan).outcomes[Outcome::Successful], 100u);
    EXPECT_EQ(world.saas.records.size(), 200u);
}

TEST(Rule24, aPayloadOverTheConnectorsLimitIsAnInvalidRecord)
{
    RunWorldFixture world;
    world.sync.gates.invalidShare = 1;
    world.destination.can.recordBytes = 100;
    world.records = manyRecords(3);
    world.records[1].payload = "\"" + std::string(99, 'x') + "\"";
    const run::RunReport report = world.run();
    EXPECT_EQ(report.planned[Category::Invalid], 1u);
    ASSERT_EQ(report.invalid.size(), 1u);
    EXPECT_EQ(report.invalid[0].code, "record.size");
    EXPECT_EQ(report.outcomes[Outcome::Successful], 2u);
}
