// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/fake_clock.h"
#include "fakes/fake_random.h"
#include "service/settler_thread.h"

#include <QTemporaryDir>
#include <gtest/gtest.h>

namespace headgate::service {

namespace {

struct Stored
{
    QTemporaryDir folder;
    fakes::FakeClock clock;
    fakes::FakeRandom random{1};
    std::unique_ptr<state::StateStore> store;
    state::StateInfo state;
    state::Lease lease;
    std::uint64_t nextBatch = 0;

    Stored()
    {
        auto opened = state::StateStore::open(folder.path().toStdString(), clock, random);
        EXPECT_TRUE(opened) << opened.error().toString().toStdString();
        store = std::move(*opened);
        auto created = store->create({"p", "t", "s", "account", "object", "id"});
        auto held = store->acquireLease("sync", std::chrono::seconds(60));
        EXPECT_TRUE(created && held);
        state = *created;
        lease = *held;
        state::PlanRow plan;
        plan.id = "plan";
        plan.state = state.id;
        EXPECT_TRUE(store->savePlan(plan, batches()));
    }

    static std::vector<state::BatchRow> batches()
    {
        std::vector<state::BatchRow> rows(32);
        for (std::uint64_t i = 0; i < rows.size(); ++i) {
            rows[i].plan = "plan";
            rows[i].number = i;
            rows[i].operation = "upsert";
            rows[i].idempotencyKey = "key " + std::to_string(i);
        }
        return rows;
    }

    /// One batch of records whose key hashes begin with `first` and what follows it.
    [[nodiscard]] run::SettlementGroup groupOf(std::uint8_t first, int count)
    {
        state::Settlement settlement;
        settlement.plan = "plan";
        settlement.batch = nextBatch++;
        for (int i = 0; i < count; ++i) {
            state::RecordChange change;
            change.record.keyHash.bytes[0] = static_cast<std::uint8_t>(first + i);
            change.record.delivered = true;
            settlement.records.push_back(std::move(change));
        }
        run::SettlementGroup group{state.id, lease, {}};
        group.settlements.push_back(std::move(settlement));
        return group;
    }
};

} // namespace

TEST(SettlerThread, commitsOneGroupAfterTheOther)
{
    Stored stored;
    SettlerThread settler(*stored.store);
    EXPECT_TRUE(settler.isIdle());
    for (std::uint8_t i = 0; i < 20; ++i)
        ASSERT_TRUE(settler.start(stored.groupOf(static_cast<std::uint8_t>(10 * i), 10)));
    ASSERT_TRUE(settler.finish());
    EXPECT_TRUE(settler.isIdle());
    EXPECT_EQ(stored.store->recordCounts(stored.state.id).value()["delivered"], 200U);
}

TEST(SettlerThread, commitsWhatIsUnderWayBeforeItEnds)
{
    Stored stored;
    {
        SettlerThread settler(*stored.store);
        ASSERT_TRUE(settler.start(stored.groupOf(0, 100)));
    }
    EXPECT_EQ(stored.store->recordCounts(stored.state.id).value()["delivered"], 100U);
}

TEST(SettlerThread, tellsALostLeaseOnceAndCommitsNothingOfThatGroup)
{
    Stored stored;
    SettlerThread settler(*stored.store);
    ASSERT_TRUE(stored.store->releaseLease(stored.lease));
    ASSERT_TRUE(settler.start(stored.groupOf(0, 10)));
    const auto lost = settler.finish();
    ASSERT_FALSE(lost);
    EXPECT_EQ(lost.error().code, "state.lease.lost");
    EXPECT_TRUE(settler.finish());
    EXPECT_EQ(stored.store->recordCounts(stored.state.id).value()["known"], 0U);
}

TEST(SettlerThread, theErrorOfTheGroupBeforeKeepsTheNextOneOut)
{
    Stored stored;
    SettlerThread settler(*stored.store);
    run::SettlementGroup late = stored.groupOf(0, 10);
    late.lease.epoch += 1;
    ASSERT_TRUE(settler.start(std::move(late)));
    EXPECT_FALSE(settler.start(stored.groupOf(50, 10)));
    EXPECT_TRUE(settler.finish());
    EXPECT_EQ(stored.store->recordCounts(stored.state.id).value()["known"], 0U);
}

} // namespace headgate::service
