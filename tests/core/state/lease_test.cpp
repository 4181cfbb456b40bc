// SPDX-License-Identifier: GPL-3.0-or-later
#include "store_fixture.h"

namespace headgate::state {

namespace {

class LeaseTest : public StoreTest
{
protected:
    static constexpr Milliseconds minute{60'000};
};

TEST_F(LeaseTest, OneHolderAtATime)
{
    const auto other = valueOf(StateStore::open(folder(), m_clock, m_random));
    const Lease lease = valueOf(m_store->acquireLease("sync", minute));
    const auto refused = other->acquireLease("sync", minute);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Locked);
    EXPECT_EQ(refused.error().code, "state.lease.held");
    EXPECT_EQ(refused.error().detail.toStdString(), lease.holder);
    EXPECT_TRUE(other->acquireLease("another sync", minute));
    require(m_store->releaseLease(lease));
    EXPECT_EQ(valueOf(other->acquireLease("sync", minute)).epoch, lease.epoch + 1);
}

TEST_F(LeaseTest, AnExpiredLeaseIsTakenOverAndItsHolderSeesIt)
{
    Lease slow = valueOf(m_store->acquireLease("sync", minute));
    m_clock.advance(minute - Milliseconds(1));
    EXPECT_EQ(codeOf(m_store->acquireLease("sync", minute)), "state.lease.held");
    m_clock.advance(Milliseconds(1));
    const Lease quick = valueOf(m_store->acquireLease("sync", minute));
    EXPECT_EQ(quick.epoch, slow.epoch + 1);
    EXPECT_EQ(codeOf(m_store->renewLease(slow, minute)), "state.lease.lost");
    EXPECT_EQ(codeOf(m_store->releaseLease(slow)), "state.lease.lost");
    require(m_store->releaseLease(quick));
}

TEST_F(LeaseTest, RenewalMovesTheEnd)
{
    Lease lease = valueOf(m_store->acquireLease("sync", minute));
    m_clock.advance(minute * 2);
    require(m_store->renewLease(lease, minute)); // late, but nobody came
    EXPECT_EQ(lease.expires, m_clock.now() + minute);
    EXPECT_EQ(codeOf(m_store->acquireLease("sync", minute)), "state.lease.held");
}

TEST_F(LeaseTest, AJumpOfTheWallClockGivesNothingAway)
{
    static_cast<void>(valueOf(m_store->acquireLease("sync", minute)));
    m_clock.jump(std::chrono::hours(24));
    EXPECT_EQ(codeOf(m_store->acquireLease("sync", minute)), "state.lease.held");
    m_clock.jump(-std::chrono::hours(48));
    m_clock.advance(minute);
    EXPECT_TRUE(m_store->acquireLease("sync", minute));
}

TEST_F(LeaseTest, EpochsGrowOverReopening)
{
    const Lease first = valueOf(m_store->acquireLease("sync", minute));
    require(m_store->releaseLease(first));
    reopen();
    EXPECT_EQ(valueOf(m_store->acquireLease("sync", minute)).epoch, first.epoch + 1);
}

} // namespace

} // namespace headgate::state
