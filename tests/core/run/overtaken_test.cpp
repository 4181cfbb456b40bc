// SPDX-License-Identifier: GPL-3.0-or-later
// A process that stands still (a laptop asleep, a signal, a query that hangs) for longer than its
// lease lasts, while another one makes a whole run. Whatever the sleeper does when it goes on, it
// changes nothing of what the other one left.
#include "fakes/run_world.h"

#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::fakes;

namespace {

struct Seen
{
    std::map<std::string, std::string> records;
    std::vector<std::pair<std::string, std::string>> appended;
    std::map<std::string, std::uint64_t> known;
    std::string cursor;
    std::optional<state::PlanId> openPlan;
    bool operator==(const Seen&) const = default;
};

class Sleeper
{
public:
    explicit Sleeper(project::SyncMode mode)
    {
        m_world.sync.mode = mode;
        m_world.sync.deleteBehaviour = project::DeleteBehaviour::Delete;
        m_world.sync.gates.changedShare = 1;
        m_world.http.setDelay(Milliseconds(10));
        setRows("old");
        EXPECT_EQ(m_world.run().exitCode, 0);
        setRows("read by the sleeper");
    }

    /// False if it ends before so many steps.
    bool runOvertakenAfter(std::size_t steps)
    {
        bool overtaken = false;
        m_report = m_world.runUntil([&](std::size_t step) {
            if (step == steps)
                overtake();
            overtaken = overtaken || step == steps;
            return true;
        });
        return overtaken;
    }

    /// The count of what is related asks the warehouse: between the last look at the lease and the
    /// plan that is stored.
    void runOvertakenBeforeItStoresItsPlan()
    {
        m_report = m_world.runUntil([](std::size_t) { return true; },
                                    [this](run::SyncRunOptions& options) {
                                        options.relatedCounts = [this] {
                                            overtake();
                                            return std::vector<plan::RelatedCount>();
                                        };
                                    });
    }

    void checkEnd()
    {
        EXPECT_EQ(m_report.error.value_or(Error()).code, "state.lease.lost");
        EXPECT_EQ(m_report.exitCode, exitCode(ErrorKind::Locked));
        EXPECT_EQ(seen(), m_left);
        const auto runs = m_world.store().runs(m_world.sync.id, 10);
        ASSERT_EQ(runs->size(), 3u);
        EXPECT_EQ((*runs)[0].status, m_other.state);
        EXPECT_EQ((*runs)[1].status, state::RunState::Interrupted);
        EXPECT_EQ(*m_world.store().verify(), std::vector<QString>());
        const run::RunReport next = m_world.run();
        EXPECT_FALSE(next.error) << next.error->code;
        EXPECT_EQ(next.requests, 0u);
    }

private:
    void setRows(const std::string& version)
    {
        // What was appended once is never appended again: each version is of new records.
        const bool appends = m_world.sync.mode == project::SyncMode::Append;
        m_world.records.clear();
        for (int i = 0; i < 35; ++i) {
            const std::string key = "k" + std::to_string(i) + (appends ? version : "");
            m_world.records.push_back(record(key, R"({"v":")" + version + R"("})"));
        }
    }

    /// The warehouse does not stand still either.
    void overtake()
    {
        setRows("read by the other");
        m_other = m_world.runOfAnother();
        EXPECT_FALSE(m_other.error) << m_other.error->code;
        m_left = seen();
    }

    Seen seen()
    {
        const state::StateInfo state = m_world.state();
        const auto plan = m_world.store().openPlan(state.id);
        return {m_world.saas.records, m_world.saas.appended,
                *m_world.store().recordCounts(state.id), state.cursor,
                *plan ? std::optional((*plan)->id) : std::nullopt};
    }

    RunWorldFixture m_world;
    run::RunReport m_report;
    run::RunReport m_other;
    Seen m_left;
};

class Overtaken : public testing::TestWithParam<project::SyncMode>
{};

} // namespace

TEST_P(Overtaken, afterAnyStepChangesNothingMore)
{
    for (std::size_t steps = 1;; ++steps) {
        SCOPED_TRACE(steps);
        Sleeper sleeper(GetParam());
        if (!sleeper.runOvertakenAfter(steps)) {
            EXPECT_GT(steps, 10u);
            return;
        }
        sleeper.checkEnd();
    }
}

TEST_P(Overtaken, beforeItsPlanIsStoredStoresNone)
{
    Sleeper sleeper(GetParam());
    sleeper.runOvertakenBeforeItStoresItsPlan();
    sleeper.checkEnd();
}

/// Another one made the first run after this one had looked at the state.
TEST(OvertakenBeforeItsLease, aRunSeesWhatIsKnownByThen)
{
    RunWorldFixture world;
    world.sync.mode = project::SyncMode::Mirror;
    world.sync.deleteBehaviour = project::DeleteBehaviour::Delete;
    const run::RunReport late =
        world.runUntil([](std::size_t) { return true; },
                       [&](run::SyncRunOptions&) {
                           for (int i = 0; i < 30; ++i)
                               world.records.push_back(record("k" + std::to_string(i), "{}"));
                           EXPECT_EQ(world.runOfAnother().exitCode, 0);
                           world.records.clear();
                       });
    EXPECT_EQ(late.exitCode, exitCode(ErrorKind::Gate)) << "the source became empty";
    EXPECT_EQ(world.saas.records.size(), 30u);
}

INSTANTIATE_TEST_SUITE_P(Modes, Overtaken,
                         testing::Values(project::SyncMode::Upsert, project::SyncMode::Append,
                                         project::SyncMode::Mirror),
                         [](const testing::TestParamInfo<project::SyncMode>& chosen) {
                             return std::string(project::name(chosen.param));
                         });
