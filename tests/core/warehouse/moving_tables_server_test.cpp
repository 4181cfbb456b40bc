// SPDX-License-Identifier: GPL-3.0-or-later
// Tables that are altered, emptied or replaced while a query is about to read them, or reads them.
// What is promised: the rows as they were, or an error; never fewer rows, never nulls in their
// place.
#include "fakes/print_to.h"
#include "fakes/test_servers.h"

#include <cstdlib>
#include <future>
#include <gtest/gtest.h>
#include <libpq-fe.h>
#include <thread>

namespace headgate::warehouse {

namespace {

constexpr std::size_t rowsOfTheTable = 1000;

/// Whoever changes the tables, with a transaction of its own.
class Loader
{
public:
    Loader() : m_connection(PQconnectdb(std::getenv("HEADGATE_TEST_PG")))
    {
        EXPECT_EQ(PQstatus(m_connection), CONNECTION_OK) << PQerrorMessage(m_connection);
        run("set client_min_messages = warning; drop schema if exists moving cascade;"
            "create schema moving;"
            "create table moving.people as select i id, 'old' as name from generate_series(1,1000) "
            "i;"
            "create table moving.orders as select i id, i person from generate_series(1,1000) i;"
            "create view moving.names as select id, name from moving.people");
    }
    ~Loader() { PQfinish(m_connection); }
    Loader(const Loader&) = delete;
    Loader& operator=(const Loader&) = delete;

    void run(const std::string& sql) { EXPECT_EQ(stateOf(sql), "") << sql; }

    /// The SQLSTATE of its error; empty: it went well.
    std::string stateOf(const std::string& sql)
    {
        PGresult* result = PQexec(m_connection, sql.c_str());
        const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
        std::string text = state ? state : "";
        PQclear(result);
        return text;
    }

    /// Until somebody stands in line for a lock.
    void waitForAWaiter()
    {
        const char* waiters = "select 1 from pg_locks where not granted and locktype = 'relation'";
        for (int i = 0; i < 3000; ++i) {
            PGresult* result = PQexec(m_connection, waiters);
            const bool found = PQntuples(result) > 0;
            PQclear(result);
            if (found)
                return;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        FAIL() << "nobody waits";
    }

private:
    PGconn* m_connection;
};

std::unique_ptr<Source> openShop()
{
    auto source = Source::open(fakes::postgresOptions(), {});
    EXPECT_TRUE(source) << testing::PrintToString(source.error());
    return source ? std::move(*source) : nullptr;
}

struct Change
{
    const char* name;
    const char* sql;
    bool changesContent; ///< so that an older snapshot cannot see it
};

const Change changes[] = {
    {"swapped by renaming",
     "create table moving.next as select i id, 'new' as name from generate_series(1,1000) i;"
     "alter table moving.people rename to previous; alter table moving.next rename to people",
     true},
    {"dropped and made again",
     "drop table moving.people cascade;"
     "create table moving.people as select i id, 'new' as name from generate_series(1,1000) i",
     true},
    {"emptied and filled",
     "truncate moving.people; insert into moving.people select i, 'new' from "
     "generate_series(1,1000) i",
     true},
    {"with a column of another type",
     "drop view moving.names; alter table moving.people alter column id type bigint", true},
    {"with a column more", "alter table moving.people add column extra text default 'x'", false},
};

} // namespace

TEST(MovingTables, WhoeverWaitedForAReplacedTableIsToldSo)
{
    for (const Change& change : changes)
        for (const char* query : {"select id, name from moving.people",
                                  "select o.id, p.name from moving.orders o "
                                  "left join moving.people p on p.id = o.person"}) {
            SCOPED_TRACE(std::string(change.name) + ": " + query);
            Loader loader;
            const auto source = openShop();
            ASSERT_TRUE(source->beginSnapshot());
            loader.run(std::string("begin;") + change.sql);
            auto reading =
                std::async(std::launch::async, [&] { return fakes::readAll(*source, query); });
            loader.waitForAWaiter();
            loader.run("commit");
            const auto rows = reading.get();
            if (change.changesContent) {
                ASSERT_FALSE(rows) << rows->size() << " rows";
                EXPECT_EQ(rows.error().code, "source.query.changed");
                EXPECT_EQ(rows.error().kind, ErrorKind::Source);
                EXPECT_NE(rows.error().message.indexOf(QStringLiteral("moving.people")), -1);
            } else {
                ASSERT_TRUE(rows) << testing::PrintToString(rows.error());
                EXPECT_EQ(rows->size(), rowsOfTheTable);
            }
            ASSERT_TRUE(source->endSnapshot());
            const auto again = fakes::readAll(*source, query);
            ASSERT_TRUE(again) << testing::PrintToString(again.error());
            EXPECT_EQ(again->size(), rowsOfTheTable);
            EXPECT_FALSE(again->front().back().isNull());
        }
}

/// A related model is read after the main one, from the same snapshot.
TEST(MovingTables, ATableReplacedBetweenTwoReadsOfASnapshotIsAnError)
{
    for (const Change& change : changes) {
        SCOPED_TRACE(change.name);
        Loader loader;
        const auto source = openShop();
        ASSERT_TRUE(source->beginSnapshot());
        ASSERT_TRUE(fakes::readAll(*source, "select id from moving.orders"));
        loader.run(std::string("begin;") + change.sql + "; commit");
        const auto rows = fakes::readAll(*source, "select id, name from moving.people");
        if (change.changesContent) {
            ASSERT_FALSE(rows) << rows->size() << " rows";
            EXPECT_EQ(rows.error().code, "source.query.changed");
        } else {
            ASSERT_TRUE(rows) << testing::PrintToString(rows.error());
            EXPECT_EQ(rows->size(), rowsOfTheTable);
        }
        EXPECT_TRUE(fakes::readAll(*source, "select id from moving.orders"))
            << "the snapshot stays usable";
        EXPECT_TRUE(source->endSnapshot());
    }
}

/// Who alters a table waits until it has been read.
TEST(MovingTables, NothingIsDroppedOrReplacedInTheMiddleOfARead)
{
    const char* changesInTheMiddle[] = {
        "alter table moving.people drop column name cascade",
        "alter table moving.people rename column name to title",
        "alter table moving.people rename to others",
        "truncate moving.people",
        "drop table moving.people cascade",
        "create or replace view moving.names as select id, 'x'::text as name from moving.people",
    };
    for (const char* change : changesInTheMiddle) {
        SCOPED_TRACE(change);
        Loader loader;
        loader.run("insert into moving.people select i, repeat('x', 1000) "
                   "from generate_series(1001, 50000) i");
        loader.run("set lock_timeout = '100ms'");
        const auto source = openShop();
        auto stream = source->query("select id, name from moving.names", {}, 0);
        ASSERT_TRUE(stream) << testing::PrintToString(stream.error());
        data::RowBlock block;
        auto step = (*stream)->read(block);
        ASSERT_TRUE(step) << testing::PrintToString(step.error());
        EXPECT_EQ(*step, data::ReadStep::More) << "it is in the middle";
        std::size_t count = block.rowCount();
        EXPECT_EQ(loader.stateOf(change), "55P03");
        while (*step == data::ReadStep::More) {
            step = (*stream)->read(block);
            ASSERT_TRUE(step) << testing::PrintToString(step.error());
            count += block.rowCount();
        }
        EXPECT_EQ(count, 50000u);
        stream->reset();
        loader.run(change);
    }
}

TEST(MovingTables, AColumnThatIsGoneIsNamed)
{
    Loader loader;
    const auto source = openShop();
    ASSERT_TRUE(source->beginSnapshot());
    ASSERT_TRUE(fakes::readAll(*source, "select id from moving.orders"));
    loader.run("alter table moving.people drop column name cascade");
    const auto rows = fakes::readAll(*source, "select id, name from moving.people");
    ASSERT_FALSE(rows);
    EXPECT_EQ(rows.error().code, "source.query.name");
    EXPECT_NE(rows.error().message.indexOf(QStringLiteral("name")), -1);
    EXPECT_TRUE(source->endSnapshot());
}

TEST(MovingTables, MariadbItselfRefusesATableReplacedBetweenTwoReads)
{
    const std::vector<std::string> cases[] = {
        {"create table moving_next as select seq id from seq_1_to_1000",
         "rename table moving to moving_previous, moving_next to moving"},
        {"truncate moving", "insert into moving select seq from seq_1_to_1000"},
        {"drop table moving", "create table moving as select seq id from seq_1_to_1000"}};
    for (const std::vector<std::string>& change : cases) {
        SCOPED_TRACE(change.back());
        fakes::runOnMariadb("drop table if exists moving, moving_next, moving_previous");
        fakes::runOnMariadb("create table moving as select seq id from seq_1_to_1000");
        const auto source = Source::open(fakes::mariadbOptions(), {});
        ASSERT_TRUE(source) << testing::PrintToString(source.error());
        ASSERT_TRUE((*source)->beginSnapshot());
        ASSERT_TRUE(fakes::readAll(**source, "select 1"));
        for (const std::string& statement : change)
            fakes::runOnMariadb(statement);
        const auto rows = fakes::readAll(**source, "select id from moving");
        ASSERT_FALSE(rows) << rows->size() << " rows";
        EXPECT_EQ(rows.error().kind, ErrorKind::Source);
    }
}

} // namespace headgate::warehouse
