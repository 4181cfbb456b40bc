// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/process_identity.h"
#include "store_fixture.h"
#include "worker.h"

#include <QCoreApplication>
#include <memory>

namespace headgate::state {

namespace {

/// With the real clock, which the worker reads too.
class TwoProcessesTest : public testing::Test
{
protected:
    TwoProcessesTest() : m_store(valueOf(StateStore::open(folder(), m_clock, m_random))) {}
    [[nodiscard]] std::string folder() const { return m_temporary.path().toStdString() + "/state"; }

    QTemporaryDir m_temporary;
    SystemClock m_clock;
    SystemRandom m_random;
    std::unique_ptr<StateStore> m_store;
};

TEST_F(TwoProcessesTest, ALivingHolderIsNamedAndADeadOneIsReplacedAtOnce)
{
    constexpr Milliseconds hour{3'600'000};
    Worker worker({"hold", folder(), "sync"});
    ASSERT_EQ(worker.line(), "held 1");
    const auto refused = m_store->acquireLease("sync", hour);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "state.lease.held");
    EXPECT_EQ(exitCode(refused.error().kind), 6);
    worker.kill();
    EXPECT_EQ(valueOf(m_store->acquireLease("sync", hour)).epoch, 2U);

    Worker late({"hold", folder(), "sync"});
    EXPECT_EQ(late.line(), "state.lease.held");
    EXPECT_EQ(late.exitCode(), 6);
}

TEST_F(TwoProcessesTest, ARunOfAKilledProcessWasInterrupted)
{
    Worker worker({"hold", folder(), "sync"});
    ASSERT_EQ(worker.line(), "held 1");
    RunRow run = sampleRun("run", 0);
    run.lease = "sync";
    run.leaseEpoch = 1;
    require(m_store->beginRun(run));
    EXPECT_TRUE(valueOf(m_store->markInterrupted("sync")).empty());
    EXPECT_TRUE(valueOf(m_store->verify()).empty());
    worker.kill();
    EXPECT_EQ(valueOf(m_store->verify()).size(), 1U);
    EXPECT_EQ(valueOf(m_store->markInterrupted("sync")).size(), 1U);
    EXPECT_TRUE(valueOf(m_store->verify()).empty());
}

TEST_F(TwoProcessesTest, OfThoseWhoStartTogetherOneGetsTheLease)
{
    for (int round = 0; round < 5; ++round) {
        const std::string name = "sync " + std::to_string(round);
        std::vector<std::unique_ptr<Worker>> workers;
        for (int i = 0; i < 4; ++i)
            workers.push_back(
                std::make_unique<Worker>(std::vector<std::string>{"hold", folder(), name}));
        int held = 0;
        int refused = 0;
        for (const auto& worker : workers) {
            const std::string line = worker->line();
            held += line == "held 1" ? 1 : 0;
            refused += line == "state.lease.held" ? 1 : 0;
        }
        EXPECT_EQ(held, 1);
        EXPECT_EQ(refused, 3);
    }
}

TEST_F(TwoProcessesTest, TheFirstStartMayBeMadeByManyAtOnce)
{
    const std::string fresh = m_temporary.path().toStdString() + "/fresh";
    std::vector<std::unique_ptr<Worker>> workers;
    for (int i = 0; i < 4; ++i)
        workers.push_back(std::make_unique<Worker>(
            std::vector<std::string>{"hold", fresh, "sync " + std::to_string(i)}));
    for (const auto& worker : workers)
        EXPECT_EQ(worker->line(), "held 1");
    EXPECT_TRUE(valueOf(valueOf(StateStore::open(fresh, m_clock, m_random))->verify()).empty());
}

TEST_F(TwoProcessesTest, TwoAreNeverAtWorkAtOnce)
{
    const std::string mark = m_temporary.path().toStdString() + "/mark";
    std::vector<std::unique_ptr<Worker>> workers;
    for (int i = 0; i < 3; ++i)
        workers.push_back(std::make_unique<Worker>(
            std::vector<std::string>{"contend", folder(), "sync", "20", mark}));
    for (const auto& worker : workers) {
        EXPECT_EQ(worker->line(), "done");
        EXPECT_EQ(worker->exitCode(), 0);
    }
}

TEST(ProcessIdentity, TellsTheLivingFromTheDead)
{
    const ProcessIdentity self = ProcessIdentity::current();
    EXPECT_EQ(self.liveness(), Liveness::Alive);
    EXPECT_EQ(self.pid, QCoreApplication::applicationPid());
    ProcessIdentity other = self;
    other.start += "0";
    EXPECT_EQ(other.liveness(), Liveness::Dead) << "the id was given to another process";
    other = self;
    other.boot = "an earlier boot";
    EXPECT_EQ(other.liveness(), Liveness::Dead);
    EXPECT_FALSE(self.sameBoot(other));
    other = self;
    other.host += "2";
    EXPECT_EQ(other.liveness(), Liveness::Unknown);
    other = self;
    other.space += "2";
    EXPECT_EQ(other.liveness(), Liveness::Unknown);
    other = self;
    other.start.clear();
    EXPECT_EQ(other.liveness(), Liveness::Unknown);
    EXPECT_TRUE(self.sameBoot(self));
}

} // namespace

} // namespace headgate::state
