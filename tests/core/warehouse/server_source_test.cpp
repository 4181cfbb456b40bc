// SPDX-License-Identifier: GPL-3.0-or-later
// What every driver of a server promises, on each of them.
#include "fakes/print_to.h"
#include "fakes/test_servers.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <atomic>
#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <thread>

namespace headgate::warehouse {

namespace {

using data::Value;
using data::ValueKind;
using fakes::readAll;

struct Server
{
    std::string name;
    std::function<SourceOptions()> options;
    std::function<void(const std::string&)> run; ///< writes
    std::string schema;                          ///< where run() creates tables
    std::string numbers;                ///< SELECT of n from 1 to COUNT, streamed by the server
    std::string sleep;                  ///< SELECT that takes 60 s before its first row
    std::string slow;                   ///< SELECT of rows that take a while each
    std::string session;                ///< SELECT of what names the connection at the server
    std::string kill;                   ///< ends the connection SESSION
    std::string cancel;                 ///< cancels what SESSION runs
    std::uint64_t endless = 10'000'000; ///< rows that are never read to their end
    bool tellsComments = true;
    std::vector<std::string> prepareWriters; ///< makes what `writers` call
    std::vector<std::string> writers;        ///< queries by their words, which write
    std::vector<std::string> unlockers{};    ///< queries that ask for a session that may write
};

std::string withCount(std::string sql, std::uint64_t count)
{
    sql.replace(sql.find("COUNT"), 5, std::to_string(count));
    return sql;
}

Server postgres()
{
    return {"postgresql",
            fakes::postgresOptions,
            fakes::runOnPostgres,
            "public",
            "select n, repeat('x', 100) as t from (select generate_series(1, COUNT) as n) s",
            "select pg_sleep(60)",
            "select n, pg_sleep(0.001) as t from (select generate_series(1, 1000000) as n) s",
            "select pg_backend_pid()",
            "select pg_terminate_backend(SESSION)",
            "select pg_cancel_backend(SESSION)",
            10'000'000,
            true,
            {"drop sequence if exists counted; create sequence counted",
             "create or replace function writes() returns int language plpgsql volatile as "
             "'begin insert into guarded values (7); return 7; end'"},
            {"select nextval('counted')", "select setval('counted', 9)", "select writes()",
             "select w from (select writes() as w) x where w > 0"},
            {"select set_config('default_transaction_read_only', 'off', false)",
             "select set_config('transaction_read_only', 'off', false)"}};
}

Server mariadb()
{
    return {"mariadb",
            fakes::mariadbOptions,
            fakes::runOnMariadb,
            "app",
            "select seq as n, repeat('x', 100) as t from seq_1_to_COUNT",
            "select sleep(60) from seq_1_to_2",
            "select seq as n, repeat('x', 100) as t from seq_1_to_10000000",
            "select connection_id()",
            "kill SESSION",
            "kill query SESSION",
            10'000'000,
            true,
            {"drop sequence if exists counted; create sequence counted",
             "drop function if exists writes",
             "create function writes() returns int modifies sql data "
             "begin insert into guarded values (7); return 7; end"},
            {"select nextval(counted)", "select setval(counted, 9)", "select writes()",
             "select w from (select writes() as w) x where w > 0"}};
}

Server postgresOdbc()
{
    Server server = postgres();
    server.name = "psqlodbc";
    server.options = [] { return fakes::odbcOptions("PostgreSQL Unicode"); };
    server.tellsComments = false;
    return server;
}

/// The driver fetches the whole result before the first row.
Server mariadbOdbc()
{
    Server server = mariadb();
    server.name = "maodbc";
    server.options = [] { return fakes::odbcOptions("MariaDB Unicode"); };
    server.endless = 50'000;
    return server;
}

class ServerSource : public testing::TestWithParam<Server>
{
protected:
    const Server& server() const { return GetParam(); }
    std::unique_ptr<Source> open() const { return open(server().options()); }
    static std::unique_ptr<Source> open(const SourceOptions& options)
    {
        auto source = Source::open(options, {});
        EXPECT_TRUE(source) << testing::PrintToString(source.error());
        return source ? std::move(*source) : nullptr;
    }
    std::string numbers(std::uint64_t count) const { return withCount(server().numbers, count); }
    std::string endless() const { return numbers(server().endless); }
    std::string sessionOf(Source& source) const
    {
        const auto rows = readAll(source, server().session);
        EXPECT_TRUE(rows) << testing::PrintToString(rows.error());
        return rows ? rows->front().front().text : std::string();
    }
    void onSession(std::string how, const std::string& session) const
    {
        how.replace(how.find("SESSION"), 7, session);
        server().run(how);
    }
};

/// Drivers that have not read all rows when the first one is there.
class StreamingSource : public ServerSource
{};

std::string codeOf(const Result<fakes::Rows>& rows)
{
    return rows ? "no error" : rows.error().code;
}

std::string openCode(const SourceOptions& options)
{
    const auto source = Source::open(options, {});
    if (source)
        return "no error";
    EXPECT_FALSE(source.error().message.isEmpty());
    return source.error().code;
}

int closedPort()
{
    QTcpServer server;
    EXPECT_TRUE(server.listen(QHostAddress::LocalHost));
    return server.serverPort();
}

} // namespace

TEST_P(ServerSource, ReadsEveryRowInBlocks)
{
    const auto source = open();
    ASSERT_TRUE(source);
    for (const std::uint64_t count : {0U, 1U, 1023U, 1024U, 1025U, 5000U}) {
        const auto rows = readAll(*source, count == 0 ? "select 1 as n, 'x' as t from (" +
                                                            numbers(1) + ") x where n = 2"
                                                      : numbers(count));
        ASSERT_TRUE(rows) << testing::PrintToString(rows.error());
        ASSERT_EQ(rows->size(), count);
        for (std::size_t i = 0; i < rows->size(); ++i)
            ASSERT_EQ(rows->at(i).front(), Value(ValueKind::Integer, std::to_string(i + 1)));
    }
}

TEST_P(ServerSource, ReportsServerReadOnlyAndCaveats)
{
    const auto source = open();
    const auto report = source->test();
    ASSERT_TRUE(report) << testing::PrintToString(report.error());
    EXPECT_TRUE(report->readOnly);
    EXPECT_FALSE(report->server.empty());
    EXPECT_FALSE(report->caveats.empty());
}

TEST_P(ServerSource, RefusesWritesAndSeveralStatements)
{
    server().run("drop table if exists guarded");
    server().run("create table guarded (a int)");
    server().run("insert into guarded values (1)");
    const auto source = open();
    const std::pair<std::string, std::string> cases[] = {
        {"insert into guarded values (2)", "source.statement.noquery"},
        {"update guarded set a = 3", "source.statement.noquery"},
        {"drop table guarded", "source.statement.noquery"},
        {"commit", "source.statement.noquery"},
        {"set session transaction read write", "source.statement.noquery"},
        {"select 1; insert into guarded values (2)", "source.statement.several"},
        {"select 1; ; select 2", "source.statement.several"},
    };
    for (const auto& [sql, code] : cases)
        EXPECT_EQ(codeOf(readAll(*source, sql)), code) << sql;
    const auto rows = readAll(*source, "select count(*), sum(a) from guarded");
    ASSERT_TRUE(rows);
    EXPECT_EQ(rows->front()[0].text + ',' + rows->front()[1].text, "1,1");
}

TEST_P(ServerSource, TheServerRefusesQueriesThatWrite)
{
    server().run("drop table if exists guarded");
    server().run("create table guarded (a int)");
    server().run("insert into guarded values (1)");
    for (const std::string& sql : server().prepareWriters)
        server().run(sql);
    const auto source = open();
    const auto refusesThem = [&] {
        for (const std::string& sql : server().writers)
            EXPECT_EQ(codeOf(readAll(*source, sql)), "source.query.readonly") << sql;
    };
    refusesThem();
    for (const std::string& sql : server().unlockers)
        static_cast<void>(readAll(*source, sql));
    refusesThem();
    ASSERT_TRUE(source->beginSnapshot());
    refusesThem();
    ASSERT_TRUE(source->endSnapshot());
    const auto rows = readAll(*source, "select count(*), sum(a) from guarded");
    ASSERT_TRUE(rows) << testing::PrintToString(rows.error());
    EXPECT_EQ(rows->front()[0].text + ',' + rows->front()[1].text, "1,1");
    for (const std::string& sql : server().writers)
        server().run(sql);
}

TEST_P(ServerSource, NamesWhatIsWrongWithTheSql)
{
    const auto source = open();
    EXPECT_EQ(codeOf(readAll(*source, "select * frm x")), "source.query.syntax");
    EXPECT_EQ(codeOf(readAll(*source, "select * from nothere_at_all")), "source.query.name");
    EXPECT_EQ(codeOf(readAll(*source, "select nothere from (" + numbers(1) + ") x")),
              "source.query.name");
    const auto rows = readAll(*source, "select * from nothere_at_all");
    EXPECT_TRUE(rows.error().message.contains(QStringLiteral("nothere_at_all")));
    EXPECT_FALSE(rows.error().detail.isEmpty());
    EXPECT_TRUE(readAll(*source, "select 1"));
}

TEST_P(ServerSource, BindsParameters)
{
    server().run("drop table if exists bound");
    server().run(
        "create table bound (id bigint, t varchar(50), at timestamp(6), d decimal(30,10))");
    server().run("insert into bound values (9007199254740993, 'it''s', "
                 "'2024-01-02 03:04:05.123456', 12345678901234567890.0000000001),"
                 "(9007199254740992, 'other', '2024-01-02 03:04:05.123455', 0.5)");
    const auto source = open();
    const auto ids = [&](const std::string& where, const Value& value) {
        const auto rows = readAll(*source, "select id from bound where " + where + " order by id",
                                  {{"p", value}, {"unused", Value(ValueKind::Text, "x")}});
        EXPECT_TRUE(rows) << testing::PrintToString(rows.error());
        std::string found;
        for (const auto& row : rows.value_or(fakes::Rows{}))
            found += (found.empty() ? "" : ",") + row.front().text;
        return found;
    };
    EXPECT_EQ(ids("id = :p", {ValueKind::Integer, "9007199254740993"}), "9007199254740993");
    EXPECT_EQ(ids("t = :p", {ValueKind::Text, "it's"}), "9007199254740993");
    EXPECT_EQ(ids("t = :p", {ValueKind::Text, "' or 1=1 --"}), "");
    EXPECT_EQ(ids("at >= :p", {ValueKind::Timestamp, "2024-01-02T03:04:05.123456"}),
              "9007199254740993");
    EXPECT_EQ(ids("d = :p", {ValueKind::Decimal, "12345678901234567890.0000000001"}),
              "9007199254740993");
    EXPECT_EQ(ids("id = :p or id = :p", {}), "");
    EXPECT_EQ(codeOf(readAll(*source, "select :nobody")), "source.parameter.missing");
}

TEST_P(ServerSource, StopsAtTheRowLimitAndGoesOn)
{
    const auto source = open();
    for (const std::uint64_t limit : {1U, 2U, 1024U, 1025U}) {
        const auto rows = readAll(*source, endless(), {}, limit);
        ASSERT_TRUE(rows) << testing::PrintToString(rows.error());
        EXPECT_EQ(rows->size(), limit);
    }
    const auto all = readAll(*source, numbers(2000));
    ASSERT_TRUE(all) << testing::PrintToString(all.error());
    EXPECT_EQ(all->size(), 2000U);
    EXPECT_EQ(readAll(*source, "select 1 as a, 2 as a", {}, 5)->size(), 1U);
}

TEST_P(ServerSource, AnAbandonedStreamLeavesTheSourceUsable)
{
    const auto source = open();
    for (int i = 0; i < 3; ++i) {
        auto stream = source->query(endless(), {}, 0);
        ASSERT_TRUE(stream) << testing::PrintToString(stream.error());
        data::RowBlock block;
        ASSERT_TRUE((*stream)->read(block));
        EXPECT_EQ(codeOf(readAll(*source, "select 1")), "source.stream.open");
    }
    EXPECT_TRUE(readAll(*source, "select 1"));
}

TEST_P(ServerSource, ASnapshotSeesOneStateAndOutlivesMistakes)
{
    server().run("drop table if exists seen");
    server().run("create table seen (a int)");
    server().run("insert into seen values (1)");
    const auto source = open();
    const auto count = [&] {
        const auto rows = readAll(*source, "select count(*) from seen");
        EXPECT_TRUE(rows) << testing::PrintToString(rows.error());
        return rows ? rows->front().front().text : std::string();
    };
    ASSERT_TRUE(source->beginSnapshot());
    EXPECT_EQ(source->beginSnapshot().error().code, "source.snapshot.open");
    EXPECT_EQ(count(), "1");
    server().run("insert into seen values (2)");
    EXPECT_EQ(count(), "1");
    EXPECT_EQ(codeOf(readAll(*source, "select nothere from seen")), "source.query.name");
    EXPECT_EQ(count(), "1");
    {
        auto stream = source->query(endless(), {}, 0);
        ASSERT_TRUE(stream);
        data::RowBlock block;
        ASSERT_TRUE((*stream)->read(block));
    }
    EXPECT_EQ(count(), "1");
    ASSERT_TRUE(source->endSnapshot());
    EXPECT_EQ(count(), "2");
    EXPECT_TRUE(source->endSnapshot());
}

TEST_P(ServerSource, CancelEndsAQueryThatHasNoRowYet)
{
    const auto source = open();
    std::thread canceller([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
        source->cancel();
    });
    const auto rows = readAll(*source, server().sleep);
    canceller.join();
    ASSERT_FALSE(rows);
    EXPECT_EQ(rows.error().kind, ErrorKind::Cancelled) << testing::PrintToString(rows.error());
    EXPECT_TRUE(readAll(*source, "select 1"));
}

TEST_P(ServerSource, CancelEndsAStreamAndLeavesTheSourceUsable)
{
    const auto source = open();
    for (int round = 0; round < 5; ++round) {
        auto stream = source->query(endless(), {}, 0);
        ASSERT_TRUE(stream) << testing::PrintToString(stream.error());
        data::RowBlock block;
        ASSERT_TRUE((*stream)->read(block));
        std::thread canceller([&] { source->cancel(); });
        Result<data::ReadStep> step = data::ReadStep::More;
        while (step && *step == data::ReadStep::More)
            step = (*stream)->read(block);
        canceller.join();
        ASSERT_FALSE(step);
        EXPECT_EQ(step.error().kind, ErrorKind::Cancelled) << testing::PrintToString(step.error());
        EXPECT_FALSE((*stream)->read(block));
        stream->reset();
        const auto after = readAll(*source, "select 1");
        EXPECT_TRUE(after) << testing::PrintToString(after.error());
    }
}

TEST_P(ServerSource, ACancelWithNothingRunningIsForgotten)
{
    const auto source = open();
    source->cancel();
    EXPECT_TRUE(readAll(*source, "select 1"));
}

TEST_P(StreamingSource, AConnectionKilledInAStreamIsAnError)
{
    for (const int blocks : {1, 3, 20}) {
        const auto source = open();
        const std::string session = sessionOf(*source);
        auto stream = source->query(endless(), {}, 0);
        ASSERT_TRUE(stream) << testing::PrintToString(stream.error());
        data::RowBlock block;
        for (int i = 0; i < blocks; ++i)
            ASSERT_TRUE((*stream)->read(block));
        onSession(server().kill, session);
        Result<data::ReadStep> step = data::ReadStep::More;
        while (step && *step == data::ReadStep::More)
            step = (*stream)->read(block);
        ASSERT_FALSE(step);
        EXPECT_EQ(step.error().kind, ErrorKind::Source);
        EXPECT_EQ(step.error().code, "source.connection.lost")
            << testing::PrintToString(step.error());
        EXPECT_EQ(block.rowCount(), 0U);
        stream->reset();
        EXPECT_EQ(codeOf(readAll(*source, "select 1")), "source.connection.lost");
    }
}

TEST_P(StreamingSource, AQueryCancelledAtTheServerIsAnError)
{
    const auto source = open();
    const std::string session = sessionOf(*source);
    auto stream = source->query(server().slow, {}, 0);
    ASSERT_TRUE(stream) << testing::PrintToString(stream.error());
    data::RowBlock block;
    ASSERT_TRUE((*stream)->read(block));
    // A driver that fetches by a cursor has nothing running between two fetches.
    std::atomic<bool> done = false;
    std::thread somebody([&] {
        while (!done)
            onSession(server().cancel, session);
    });
    Result<data::ReadStep> step = data::ReadStep::More;
    while (step && *step == data::ReadStep::More)
        step = (*stream)->read(block);
    done = true;
    somebody.join();
    ASSERT_FALSE(step);
    EXPECT_EQ(step.error().code, "source.query.ended") << testing::PrintToString(step.error());
    stream->reset();
    EXPECT_TRUE(readAll(*source, "select 1"));
}

TEST_P(ServerSource, AStatementThatRunsTooLongIsAnError)
{
    auto options = server().options();
    options.statementTimeout = std::chrono::seconds(1);
    const auto source = open(options);
    EXPECT_EQ(codeOf(readAll(*source, server().sleep)), "source.query.timeout");
    EXPECT_TRUE(readAll(*source, "select 1"));
}

TEST_P(ServerSource, SaysWhyThereIsNoConnection)
{
    auto options = server().options();
    options.connectTimeout = std::chrono::seconds(2);
    auto changed = [&](const std::string& field, const std::string& value) {
        auto copy = options;
        copy.fields[field] = value;
        return copy;
    };
    EXPECT_EQ(openCode(changed("port", std::to_string(closedPort()))), "source.connect.refused");
    EXPECT_EQ(openCode(changed("database", "nothere")), "source.connect.database");
    EXPECT_EQ(openCode(changed("user", "nobody")), "source.connect.auth");
    EXPECT_EQ(openCode(changed("host", "no-such-host.invalid")), "source.connect.host");
    auto wrong = options;
    wrong.secrets["password"] = secrets::Secret("wrong password");
    const auto refused = Source::open(wrong, {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "source.connect.auth");
    EXPECT_FALSE(refused.error().message.contains(QStringLiteral("wrong password")));
    QTcpServer silent;
    ASSERT_TRUE(silent.listen(QHostAddress::LocalHost));
    EXPECT_EQ(openCode(changed("port", std::to_string(silent.serverPort()))),
              "source.connect.timeout");
}

TEST_P(ServerSource, AStopEndsConnecting)
{
    QTcpServer silent;
    ASSERT_TRUE(silent.listen(QHostAddress::LocalHost));
    auto options = server().options();
    options.fields["port"] = std::to_string(silent.serverPort());
    options.connectTimeout = std::chrono::seconds(600);
    StopSource stop;
    std::thread stopper([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        stop.requestStop();
    });
    const auto source = Source::open(options, stop.token());
    stopper.join();
    ASSERT_FALSE(source);
    EXPECT_EQ(source.error().kind, ErrorKind::Cancelled);
}

TEST_P(ServerSource, BrowsesSchemasTablesAndColumns)
{
    server().run("drop view if exists browsed_view");
    server().run("drop table if exists browsed");
    server().run(server().schema == "app"
                     ? "create table browsed (id bigint, price decimal(10,2) comment 'in euros') "
                       "comment 'what is sold'"
                     : "create table browsed (id bigint, price decimal(10,2));"
                       "comment on table browsed is 'what is sold';"
                       "comment on column browsed.price is 'in euros'");
    server().run("create view browsed_view as select id from browsed");
    const auto source = open();
    const auto schemas = source->schemas();
    ASSERT_TRUE(schemas) << testing::PrintToString(schemas.error());
    std::vector<std::string> names;
    for (const SchemaInfo& schema : *schemas)
        names.push_back(schema.name);
    EXPECT_THAT(names, testing::Contains(server().schema));
    const auto tables = source->tables(server().schema);
    ASSERT_TRUE(tables) << testing::PrintToString(tables.error());
    std::map<std::string, TableInfo> found;
    for (const TableInfo& table : *tables)
        found.emplace(table.name, table);
    ASSERT_TRUE(found.contains("browsed") && found.contains("browsed_view"));
    EXPECT_EQ(found["browsed"].kind, "table");
    EXPECT_EQ(found["browsed"].comment, server().tellsComments ? "what is sold" : "");
    EXPECT_EQ(found["browsed_view"].kind, "view");
    EXPECT_EQ(found["browsed_view"].comment, "");
    const auto columns = source->columns(found["browsed"]);
    ASSERT_TRUE(columns) << testing::PrintToString(columns.error());
    ASSERT_EQ(columns->columns.size(), 2U);
    EXPECT_EQ(columns->columns[1].name, "price");
    EXPECT_EQ(columns->columns[1].kind, ValueKind::Decimal);
    EXPECT_EQ(columns->columns[1].comment, server().tellsComments ? "in euros" : "");
    EXPECT_THAT(columns->columns[1].nativeType, testing::EndsWith("(10,2)"));
}

TEST_P(ServerSource, TellsThePrimaryKeyInItsOrder)
{
    server().run("drop table if exists keyed; drop table if exists keyless;"
                 "create table keyed (a int, b int, c int, primary key (c, a));"
                 "create table keyless (a int)");
    const auto source = open();
    const std::pair<std::string, std::vector<std::string>> cases[] = {{"keyed", {"c", "a"}},
                                                                      {"keyless", {}}};
    for (const auto& [table, expected] : cases) {
        const auto key = source->primaryKey({server().schema, table, "table", ""});
        ASSERT_TRUE(key) << testing::PrintToString(key.error());
        // MariaDB's ODBC driver numbers the columns as in the table.
        if (server().name == "maodbc")
            EXPECT_THAT(*key, testing::UnorderedElementsAreArray(expected)) << table;
        else
            EXPECT_EQ(*key, expected) << table;
    }
}

TEST_P(ServerSource, KeepsRepeatedAndEmptyColumnNamesByPosition)
{
    const auto source = open();
    data::Schema schema;
    ASSERT_TRUE(readAll(*source, "select 1 as a, 2 as b, 3 as a", {}, 0, &schema));
    EXPECT_THAT(schema.addressableNames(), testing::ElementsAre("a:1", "b", "a:3"));
}

TEST_P(ServerSource, ManyColumnsAndALargeCellArriveWhole)
{
    const auto source = open();
    std::string sql = "select 0 as c0";
    for (int i = 1; i < 1000; ++i)
        sql += ", " + std::to_string(i) + " as c" + std::to_string(i);
    const auto wide = readAll(*source, sql);
    ASSERT_TRUE(wide) << testing::PrintToString(wide.error());
    ASSERT_EQ(wide->front().size(), 1000U);
    EXPECT_EQ(wide->front().back().text, "999");
    const auto large = readAll(*source, "select repeat('x', 10000000), 1");
    ASSERT_TRUE(large) << testing::PrintToString(large.error());
    EXPECT_EQ(large->front().front().text, std::string(10'000'000, 'x'));
    EXPECT_EQ(large->front().back().text, "1");
}

INSTANTIATE_TEST_SUITE_P(Servers, ServerSource,
                         testing::Values(postgres(), mariadb(), postgresOdbc(), mariadbOdbc()),
                         [](const auto& instance) { return instance.param.name; });
INSTANTIATE_TEST_SUITE_P(Servers, StreamingSource,
                         testing::Values(postgres(), mariadb(), postgresOdbc()),
                         [](const auto& instance) { return instance.param.name; });

} // namespace headgate::warehouse
