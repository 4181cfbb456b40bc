// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/sqlite_rate_ledger.h"

#include "store_fixture.h"
#include "worker.h"

#include <filesystem>
#include <fstream>
#include <sqlite3.h>

namespace headgate::state {

namespace {

class RateLedgerTest : public testing::Test
{
protected:
    [[nodiscard]] std::string file() const
    {
        return m_temporary.path().toStdString() + "/ledger/requests.db";
    }
    std::unique_ptr<SqliteRateLedger> open()
    {
        return valueOf(SqliteRateLedger::open(file(), m_clock));
    }

    static http::RateLimits limitsOf(double perSecond, std::uint32_t inFlight)
    {
        http::RateLimits limits;
        limits.perSecond = perSecond;
        limits.inFlight = inFlight;
        return limits;
    }

    QTemporaryDir m_temporary;
    fakes::FakeClock m_clock;
};

TEST_F(RateLedgerTest, ALimitIsSharedByAllWhoOpenTheFile)
{
    const auto first = open();
    const auto second = open();
    const http::RateLimits limits = limitsOf(10, 0);
    EXPECT_EQ(valueOf(first->acquire("account", limits, 7)).requests, 7U);
    EXPECT_EQ(valueOf(second->acquire("account", limits, 7)).requests, 3U);
    const http::RateGrant none = valueOf(first->acquire("account", limits, 1));
    EXPECT_EQ(none.requests, 0U);
    ASSERT_TRUE(none.notBefore);
    EXPECT_EQ(valueOf(first->acquire("another account", limits, 7)).requests, 7U);
    m_clock.advance(*none.notBefore - m_clock.now());
    EXPECT_GT(valueOf(second->acquire("account", limits, 7)).requests, 0U);
}

TEST_F(RateLedgerTest, SlotsInFlightComeBack)
{
    const auto ledger = open();
    const http::RateLimits limits = limitsOf(0, 4);
    EXPECT_EQ(valueOf(ledger->acquire("account", limits, 9)).requests, 4U);
    EXPECT_EQ(valueOf(ledger->acquire("account", limits, 1)).requests, 0U);
    require(ledger->release("account", 3));
    EXPECT_EQ(valueOf(open()->acquire("account", limits, 9)).requests, 3U);
    require(ledger->release("account", 99));
    EXPECT_EQ(valueOf(ledger->acquire("account", limits, 9)).requests, 4U);
    require(ledger->release("never seen", 1));
}

TEST_F(RateLedgerTest, APauseHoldsEverybody)
{
    const auto ledger = open();
    const WallTime until = m_clock.now() + std::chrono::minutes(5);
    require(ledger->pause("account", until));
    const auto other = open();
    const http::RateGrant grant = valueOf(other->acquire("account", limitsOf(10, 0), 1));
    EXPECT_EQ(grant.requests, 0U);
    EXPECT_EQ(grant.notBefore, until);
    EXPECT_EQ(valueOf(other->acquire("another", limitsOf(10, 0), 1)).requests, 1U);
    m_clock.advance(std::chrono::minutes(5));
    EXPECT_EQ(valueOf(other->acquire("account", limitsOf(10, 0), 1)).requests, 1U);
}

TEST_F(RateLedgerTest, ProcessesTogetherStayWithinTheLimit)
{
    static_cast<void>(open());
    std::vector<std::unique_ptr<Worker>> workers;
    for (int i = 0; i < 3; ++i)
        workers.push_back(
            std::make_unique<Worker>(std::vector<std::string>{"spend", file(), "50", "0"}));
    int taken = 0;
    for (const auto& worker : workers)
        taken += std::stoi("0" + worker->line());
    EXPECT_EQ(taken, 50);
}

TEST_F(RateLedgerTest, SlotsOfAKilledProcessAreFreeAtOnce)
{
    Worker worker({"spend", file(), "0", "8"});
    ASSERT_EQ(worker.line(), "8");
    const auto ledger = open();
    EXPECT_EQ(valueOf(ledger->acquire("account", limitsOf(0, 8), 8)).requests, 0U);
    worker.kill();
    EXPECT_EQ(valueOf(ledger->acquire("account", limitsOf(0, 8), 8)).requests, 8U);
}

TEST_F(RateLedgerTest, SlotsOfAnUnknownProcessAreLeasedForTwoMinutes)
{
    const auto ledger = open();
    const http::RateLimits limits = limitsOf(0, 4);
    EXPECT_EQ(valueOf(ledger->acquire("account", limits, 4)).requests, 4U);
    sqlite3* connection = nullptr;
    ASSERT_EQ(sqlite3_open(file().c_str(), &connection), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(connection, "UPDATE holders SET host = 'elsewhere'", nullptr, nullptr,
                           nullptr),
              SQLITE_OK);
    EXPECT_EQ(sqlite3_close(connection), SQLITE_OK);
    m_clock.advance(SqliteRateLedger::slotLease - Milliseconds(1));
    EXPECT_EQ(valueOf(ledger->acquire("account", limits, 4)).requests, 0U);
    m_clock.advance(Milliseconds(1));
    EXPECT_EQ(valueOf(ledger->acquire("account", limits, 4)).requests, 4U);
    m_clock.advance(SqliteRateLedger::lostSlotLease - Milliseconds(1));
    EXPECT_EQ(valueOf(ledger->acquire("account", limits, 4)).requests, 0U) << "still at work";
    m_clock.advance(Milliseconds(1));
    EXPECT_EQ(valueOf(ledger->acquire("account", limits, 4)).requests, 4U) << "lost count";
}

TEST_F(RateLedgerTest, ADamagedFileIsSaid)
{
    static_cast<void>(open());
    for (const char* suffix : {"-wal", "-shm"})
        std::filesystem::remove(file() + suffix);
    std::ofstream(file()) << "not a database, but long enough to be looked at: 0123456789 "
                             "0123456789 0123456789 0123456789 0123456789";
    EXPECT_EQ(codeOf(SqliteRateLedger::open(file(), m_clock)), "ledger.corrupt");
    std::filesystem::remove(file());
    EXPECT_TRUE(SqliteRateLedger::open(file(), m_clock));
}

TEST_F(RateLedgerTest, UnreadableCountersAreSaid)
{
    const auto ledger = open();
    static_cast<void>(valueOf(ledger->acquire("account", limitsOf(1, 0), 1)));
    sqlite3* connection = nullptr;
    ASSERT_EQ(sqlite3_open(file().c_str(), &connection), SQLITE_OK);
    EXPECT_EQ(
        sqlite3_exec(connection, "UPDATE accounts SET counters = 'x'", nullptr, nullptr, nullptr),
        SQLITE_OK);
    EXPECT_EQ(sqlite3_close(connection), SQLITE_OK);
    EXPECT_EQ(codeOf(ledger->acquire("account", limitsOf(1, 0), 1)), "ledger.corrupt");
}

} // namespace

} // namespace headgate::state
