// SPDX-License-Identifier: GPL-3.0-or-later
// Chosen records: what is said before, what is sent, and what is said of keys that no record has.
#include "semantics/project_world.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace headgate::service {
namespace {

using fakes::ProjectWorld;
using plan::Category;
using run::Outcome;
using run::RunKind;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class PushTest : public testing::Test
{
protected:
    PushTest()
    {
        m_world.sql("insert into people values(1,'p1@example.com','Name1',1),"
                    "(2,'p2@example.com','Name2',1),(3,'p3@example.com','Name3',1)");
    }
    run::RunReport run(RunKind kind, const std::vector<std::string>& keys)
    {
        auto report = m_world.run([&](RunRequest& request) {
            request.kind = kind;
            request.keys = keys;
        });
        EXPECT_TRUE(report) << (report ? "" : report.error().toString().toStdString());
        return report ? *std::move(report) : run::RunReport();
    }

    ProjectWorld m_world;
};

TEST_F(PushTest, sendsWhatIsChosenThoughItHasNotChanged)
{
    EXPECT_EQ(run(RunKind::Run, {}).outcomes[Outcome::Successful], 3U);
    EXPECT_EQ(run(RunKind::Run, {}).planned.sent(), 0U);
    const run::RunReport report = run(RunKind::Push, {"2"});
    EXPECT_EQ(report.outcomes[Outcome::Successful], 1U);
    ASSERT_EQ(report.exchanges.size(), 1U);
    EXPECT_THAT(report.exchanges[0].request, HasSubstr("p2@example.com"));
    EXPECT_EQ(run(RunKind::Run, {}).planned.sent(), 0U) << "the next run is as before";
}

TEST_F(PushTest, namesTheKeysThatNoRecordHas)
{
    const run::RunReport report = run(RunKind::Push, {"9", "2", "x y", "3.0"});
    EXPECT_THAT(report.absentKeys, ElementsAre("9", "x y"));
    EXPECT_EQ(report.outcomes[Outcome::Successful], 2U) << "3.0 is the number 3";
    EXPECT_EQ(report.exitCode, 0);
    EXPECT_EQ(run::toJson(report)["absent_keys"].dump(), R"(["9","x y"])");
}

TEST_F(PushTest, whatTheFilterLeavesOutIsThere)
{
    m_world.sync(R"({"filter":[{"column":"id","op":"<","value":3}]})");
    const run::RunReport report = run(RunKind::Push, {"3"});
    EXPECT_THAT(report.absentKeys, IsEmpty());
    EXPECT_EQ(report.planned[Category::Filtered], 1U);
    EXPECT_EQ(report.planned.sent(), 0U);
}

TEST_F(PushTest, aDryRunOfKeysSaysWhatAPushWouldSendAndMovesNothing)
{
    m_world.sync(R"({"mode":"mirror","deleteBehaviour":"delete"})");
    EXPECT_EQ(run(RunKind::Run, {}).outcomes[Outcome::Successful], 3U);
    m_world.sql("insert into people values(4,'p4@example.com','Name4',2)");
    const run::RunReport report = run(RunKind::DryRun, {"1", "4", "7"});
    EXPECT_EQ(report.planned.sent(), 2U);
    EXPECT_EQ(report.planned[Category::Added], 1U);
    EXPECT_EQ(report.planned[Category::Changed], 1U) << "it goes again";
    EXPECT_EQ(report.planned[Category::Removed], 0U) << "what is not chosen is not gone";
    EXPECT_THAT(report.absentKeys, ElementsAre("7"));
    ASSERT_EQ(report.samples.size(), 2U);
    EXPECT_EQ(m_world.arrived().size(), 3U);
    EXPECT_EQ(run(RunKind::Run, {}).planned.sent(), 1U);
}

TEST_F(PushTest, olderRecordsThanTheCursorAreFound)
{
    m_world.model(R"({"cursor":{"column":"changed"}})");
    m_world.write(
        "models/people.sql",
        "select id, email, name, changed from people where :since is null or changed > :since\n");
    EXPECT_EQ(run(RunKind::Run, {}).outcomes[Outcome::Successful], 3U);
    EXPECT_EQ(run(RunKind::DryRun, {"1"}).planned.sent(), 1U);
    EXPECT_EQ(run(RunKind::Push, {"1"}).outcomes[Outcome::Successful], 1U);
}

struct CompositeCase
{
    const char* name;
    const char* key;
    bool found;
};

class CompositePush : public PushTest, public testing::WithParamInterface<CompositeCase>
{};

TEST_P(CompositePush, isFoundAsItIsTyped)
{
    m_world.sql("delete from people; insert into people values(7,'a@example.com','2026-01-02',1)");
    m_world.sync(R"({"recordKey":["id","name"]})");
    const run::RunReport report = run(RunKind::DryRun, {GetParam().key});
    EXPECT_EQ(report.planned.sent(), GetParam().found ? 1U : 0U);
    EXPECT_EQ(report.absentKeys.empty(), GetParam().found);
}

INSTANTIATE_TEST_SUITE_P(
    Keys, CompositePush,
    testing::Values(CompositeCase{"asShown", R"([7,"2026-01-02"])", true},
                    CompositeCase{"allTexts", R"(["7","2026-01-02"])", true},
                    CompositeCase{"anotherWayOfWriting", R"([ 7.0 , "2026-01-02" ])", true},
                    CompositeCase{"swapped", R"(["2026-01-02","7"])", false},
                    CompositeCase{"onePart", R"(["7"])", false},
                    CompositeCase{"threeParts", R"([7,"2026-01-02",1])", false},
                    CompositeCase{"noArray", "7", false},
                    CompositeCase{"damaged", R"([7,"2026)", false}),
    [](const auto& each) { return std::string(each.param.name); });

} // namespace
} // namespace headgate::service
