// SPDX-License-Identifier: GPL-3.0-or-later
#include "faulty_vfs.h"
#include "store_fixture.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <sstream>

namespace headgate::state {

namespace {

/// Everything that a run depends on, as text.
std::string contentsOf(StateStore& store)
{
    std::ostringstream out;
    for (const StateInfo& info : valueOf(store.allStates())) {
        out << info.identity.syncId << ' ' << info.delivered << ' ' << info.cursor << '\n';
        for (const KnownRecord& record : scanAll(store, info.id))
            out << record.keyHash.hex() << ' ' << record.delivered << ' ' << name(record.status)
                << ' ' << record.fingerprint.hex() << '\n';
    }
    if (const auto plan = valueOf(store.plan("plan"))) {
        out << "plan " << static_cast<int>(plan->status) << '\n';
        for (const BatchRow& batch : valueOf(store.openBatches("plan", 0, 100)))
            out << "batch " << batch.number << ' ' << static_cast<int>(batch.status) << '\n';
    }
    for (const RunRow& run : valueOf(store.runs("sync", 10))) {
        out << "run " << name(run.status);
        for (const auto& [outcome, count] : run.counts)
            out << ' ' << outcome << '=' << count;
        out << " history=" << valueOf(store.history(run.id, "", {}, 1000)).size() << '\n';
    }
    return out.str();
}

/// A first run in steps that each are one transaction.
class Scenario
{
public:
    using Step = std::function<Result<void>(StateStore&)>;

    Scenario()
    {
        m_steps = {
            [this](StateStore& store) { return create(store); },
            [this](StateStore& store) { return baseline(store); },
            [this](StateStore& store) { return store.beginRun(sampleRun("run", m_id)); },
            [this](StateStore& store) { return plan(store); },
            [this](StateStore& store) { return lease(store); },
            [](StateStore& store) {
                return store.markStarted("plan", std::vector<std::uint64_t>{1, 2});
            },
            [this](StateStore& store) { return settle(store, 1); },
            [this](StateStore& store) { return settle(store, 2); },
            [](StateStore& store) { return store.setPlanState("plan", PlanState::Finished); },
            [this](StateStore& store) { return finish(store); }};
    }

    [[nodiscard]] const std::vector<Step>& steps() const { return m_steps; }

private:
    Result<void> create(StateStore& store)
    {
        const auto info = store.create(sampleIdentity());
        if (!info)
            return Failure(info.error());
        m_id = info->id;
        return {};
    }

    Result<void> baseline(StateStore& store)
    {
        std::vector<RecordChange> changes;
        for (std::uint64_t seed = 0; seed < 30; ++seed)
            changes.push_back(replacing(fullRecord(seed)));
        return store.apply(m_id, changes);
    }

    Result<void> plan(StateStore& store)
    {
        PlanRow row;
        row.id = "plan";
        row.state = m_id;
        row.run = "run";
        row.status = PlanState::Ready;
        return store.savePlan(row, std::vector{sampleBatch("plan", 1), sampleBatch("plan", 2)});
    }

    Result<void> lease(StateStore& store)
    {
        auto held = store.acquireLease("sync", Milliseconds(60'000));
        if (!held)
            return propagate(std::move(held));
        m_lease = *held;
        return {};
    }

    Result<void> settle(StateStore& store, std::uint64_t batch)
    {
        Settlement settlement;
        settlement.plan = "plan";
        settlement.batch = batch;
        for (std::uint64_t seed = batch * 1000; seed < batch * 1000 + 15; ++seed) {
            settlement.records.push_back(replacing(plainRecord(seed)));
            settlement.history.push_back(sampleHistory("run", seed, "successful"));
        }
        settlement.counts = {{"successful", 15}};
        return store.settle(m_id, m_lease, std::vector{settlement});
    }

    Result<void> finish(StateStore& store)
    {
        RunRow run = sampleRun("run", m_id);
        run.status = RunState::Succeeded;
        return store.finishRun(run);
    }

    std::vector<Step> m_steps;
    StateId m_id = 0;
    Lease m_lease;
};

struct FaultMode
{
    const char* name;
    FaultKind kind;
    bool persistent;
};

class StateFaultTest : public testing::TestWithParam<FaultMode>
{
protected:
    /// A folder of its own for each round.
    std::string freshFolder()
    {
        const std::string folder = m_temporary.path().toStdString() + "/state";
        std::filesystem::remove_all(folder);
        return folder;
    }

    Result<std::unique_ptr<StateStore>> open(const std::string& folder)
    {
        return StateStore::open(folder, m_clock, m_random);
    }

    QTemporaryDir m_temporary;
    fakes::FakeClock m_clock;
    fakes::FakeRandom m_random{7};
    FaultyVfs m_vfs;
};

TEST_P(StateFaultTest, EveryFailedOperationLeavesTheStateBeforeOrAfterAStep)
{
    // What the state holds after each step of a run without faults.
    std::vector<std::string> after;
    {
        const auto store = valueOf(open(freshFolder()));
        after.push_back(contentsOf(*store));
        Scenario scenario;
        for (const Scenario::Step& step : scenario.steps()) {
            require(step(*store));
            after.push_back(contentsOf(*store));
        }
    }
    bool reachedEnd = false;
    for (std::uint64_t operation = 1; !reachedEnd; ++operation) {
        SCOPED_TRACE(operation);
        const std::string folder = freshFolder();
        m_vfs.failAt(operation, GetParam().kind, GetParam().persistent);
        std::size_t done = 0;
        bool opened = false;
        {
            const auto store = open(folder);
            opened = store.has_value();
            Scenario scenario;
            while (opened && done < scenario.steps().size()) {
                const auto result = scenario.steps()[done](**store);
                if (!result) {
                    EXPECT_EQ(result.error().kind, ErrorKind::State) << result.error().code;
                    break;
                }
                ++done;
            }
        }
        reachedEnd = !m_vfs.hasFailed();
        m_vfs.heal();
        const auto store = open(folder);
        ASSERT_TRUE(store) << store.error().code << ' ' << store.error().detail.toStdString();
        const std::string contents = contentsOf(**store);
        const std::size_t next = std::min(done + 1, after.size() - 1);
        EXPECT_TRUE(contents == after[done] || contents == after[next])
            << "after step " << done << ":\n"
            << contents;
        for (const QString& finding : valueOf((*store)->verify()))
            EXPECT_TRUE(finding.contains(QStringLiteral("interrupted"))) << finding.toStdString();
        ASSERT_LT(operation, 2000U);
    }
}

INSTANTIATE_TEST_SUITE_P(Modes, StateFaultTest,
                         testing::Values(FaultMode{"FullOnce", FaultKind::DiskFull, false},
                                         FaultMode{"FullForGood", FaultKind::DiskFull, true},
                                         FaultMode{"ErrorOnce", FaultKind::InputOutput, false},
                                         FaultMode{"ErrorForGood", FaultKind::InputOutput, true}),
                         [](const auto& mode) { return std::string(mode.param.name); });

} // namespace

} // namespace headgate::state
