// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/print_to.h"
#include "fakes/test_servers.h"

#include <QTemporaryDir>
#include <atomic>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <thread>

namespace headgate::warehouse {

namespace {

using data::Value;
using data::ValueKind;
using fakes::readAll;

class SqliteSource : public testing::Test
{
protected:
    std::string path(const std::string& name = "a b%?#.db") const
    {
        return m_folder.filePath(QString::fromStdString(name)).toStdString();
    }
    void run(const std::string& sql) const { fakes::runOnSqlite(path(), sql); }
    std::unique_ptr<Source> open() const
    {
        auto source = Source::open(fakes::sqliteOptions(path()), {});
        EXPECT_TRUE(source) << testing::PrintToString(source.error());
        return source ? std::move(*source) : nullptr;
    }

    QTemporaryDir m_folder;
};

std::string codeOf(const Result<fakes::Rows>& rows)
{
    return rows ? "no error" : rows.error().code;
}

constexpr const char* endless =
    "with recursive n(i) as (select 1 union all select i + 1 from n) select i from n";

} // namespace

TEST_F(SqliteSource, TheStoredClassOfAValueDecides)
{
    run("create table t (i integer, r real, n numeric, s text, b blob, f boolean, j json, "
        "d date, ts datetime, w timestamp);"
        "insert into t values (9223372036854775807, 0.1, 12345678901234567890123, 'Zoë', x'00ff', "
        "1, ' { \"a\" : 1.10 } ', '2024-01-02', '2024-01-02 03:04:05.120', "
        "'2024-01-02T03:04:05+02:00');"
        "insert into t values (-9223372036854775808, 1e300, 5, '', x'', 0, '{', 'soon', "
        "1704164645, "
        "null);"
        "insert into t values ('text in it', 9e999, 1.50, null, 'text', 2, 7, '', '', x'01')");
    const auto source = open();
    const auto rows = readAll(*source, "select * from t");
    ASSERT_TRUE(rows) << testing::PrintToString(rows.error());
    const fakes::Rows expected = {
        {{ValueKind::Integer, "9223372036854775807"},
         {ValueKind::Float, "0.1"},
         {ValueKind::Float, "1.2345678901234568e+22"},
         {ValueKind::Text, "Zoë"},
         {ValueKind::Bytes, "AP8="},
         {ValueKind::Bool, "true"},
         {ValueKind::Json, "{\"a\":1.10}"},
         {ValueKind::Date, "2024-01-02"},
         {ValueKind::Timestamp, "2024-01-02T03:04:05.12"},
         {ValueKind::TimestampTz, "2024-01-02T01:04:05+00:00"}},
        {{ValueKind::Integer, "-9223372036854775808"},
         {ValueKind::Float, "1e+300"},
         {ValueKind::Integer, "5"},
         {ValueKind::Text, ""},
         {ValueKind::Bytes, ""},
         {ValueKind::Bool, "false"},
         {ValueKind::Invalid, "json"},
         {ValueKind::Text, "soon"},
         {ValueKind::Integer, "1704164645"},
         {}},
        {{ValueKind::Text, "text in it"},
         {ValueKind::Invalid, "infinity"},
         {ValueKind::Float, "1.5"},
         {},
         {ValueKind::Text, "text"},
         {ValueKind::Integer, "2"},
         {ValueKind::Integer, "7"},
         {ValueKind::Text, ""},
         {ValueKind::Text, ""},
         {ValueKind::Bytes, "AQ=="}},
    };
    EXPECT_EQ(*rows, expected);
}

TEST_F(SqliteSource, InvalidUtf8IsFoundAndNamesRepeatByPosition)
{
    run("create table t (a)");
    const auto source = open();
    data::Schema schema;
    const auto rows =
        readAll(*source, "select cast(x'61ff' as text) as a, 1 as a, 2 as \"\"", {}, 0, &schema);
    ASSERT_TRUE(rows) << testing::PrintToString(rows.error());
    EXPECT_EQ(rows->front().front(), Value(ValueKind::Invalid, "utf8:1"));
    EXPECT_THAT(schema.addressableNames(), testing::ElementsAre("a:1", "a:2", ":3"));
}

TEST_F(SqliteSource, BrowsesTablesViewsAndColumns)
{
    run("create table \"my table\" (id integer primary key, price decimal(10,2), g int as (id * "
        "2));"
        "create view v as select id from \"my table\"");
    const auto source = open();
    const auto schemas = source->schemas();
    ASSERT_TRUE(schemas) << testing::PrintToString(schemas.error());
    ASSERT_EQ(schemas->size(), 1U);
    EXPECT_EQ(schemas->front().name, "main");
    const auto tables = source->tables("main");
    ASSERT_TRUE(tables) << testing::PrintToString(tables.error());
    ASSERT_EQ(tables->size(), 2U);
    EXPECT_EQ(tables->at(0).name, "my table");
    EXPECT_EQ(tables->at(0).kind, "table");
    EXPECT_EQ(tables->at(1).kind, "view");
    const auto columns = source->columns(tables->at(0));
    ASSERT_TRUE(columns) << testing::PrintToString(columns.error());
    ASSERT_EQ(columns->columns.size(), 3U);
    EXPECT_EQ(columns->columns.at(1).name, "price");
    EXPECT_EQ(columns->columns.at(1).nativeType, "decimal(10,2)");
    EXPECT_EQ(columns->columns.at(1).kind, ValueKind::Decimal);
}

TEST_F(SqliteSource, TellsThePrimaryKeyInItsOrder)
{
    run("create table one (id integer primary key, a);"
        "create table two (a, b, c, primary key (c, a)) without rowid;"
        "create table none (a);"
        "create view v as select id from one");
    const auto source = open();
    const std::pair<std::string, std::vector<std::string>> cases[] = {
        {"one", {"id"}}, {"two", {"c", "a"}}, {"none", {}}, {"v", {}}};
    for (const auto& [table, expected] : cases) {
        const auto key = source->primaryKey({"main", table, "table", ""});
        ASSERT_TRUE(key) << testing::PrintToString(key.error());
        EXPECT_EQ(*key, expected) << table;
    }
}

TEST_F(SqliteSource, RefusesWhateverIsNoQuery)
{
    run("create table t (a); insert into t values (1)");
    const auto source = open();
    const std::pair<std::string, std::string> cases[] = {
        {"delete from t", "source.statement.noquery"},
        {"select 1; delete from t", "source.statement.several"},
        {"attach 'x.db' as x", "source.statement.noquery"},
        {"pragma query_only = 0", "source.statement.noquery"},
        {"with x as (select 1) delete from t", "source.query.readonly"},
        {"with x as (select 1) insert into t select * from x", "source.query.readonly"},
        {"select load_extension('x')", "source.query.readonly"},
        {"selec 1", "source.statement.noquery"},
        {"select 1 +", "source.query.syntax"},
        {"select * frm t", "source.query.syntax"},
        {"select a from nothere", "source.query.name"},
        {"select b from t", "source.query.name"},
        {"select :a", "source.parameter.missing"},
        {"select ?", "source.statement.marker"},
        {"", "source.statement.empty"},
    };
    for (const auto& [sql, code] : cases)
        EXPECT_EQ(codeOf(readAll(*source, sql)), code) << sql;
    const auto rows = readAll(*source, "select count(*) from t");
    ASSERT_TRUE(rows);
    EXPECT_EQ(rows->front().front().text, "1");
}

TEST_F(SqliteSource, NamesThePlaceOfAMistake)
{
    run("create table t (a)");
    const auto source = open();
    const auto rows =
        readAll(*source, "select :p,\n  nothere from t", {{"p", Value(ValueKind::Integer, "1")}});
    ASSERT_FALSE(rows);
    EXPECT_TRUE(rows.error().message.contains(QStringLiteral("line 2, column 3")))
        << rows.error().message.toStdString();
}

TEST_F(SqliteSource, BindsParametersOfEveryKind)
{
    run("create table t (id integer, at text); insert into t values (1, '2024-01-02 03:04:05'),"
        "(2, '2024-01-02T03:04:05'), (3, '2024-01-02 03:04:04')");
    const auto source = open();
    const auto ids = [&](const std::string& sql, const Value& value) {
        const auto rows = readAll(*source, sql, {{"p", value}});
        EXPECT_TRUE(rows) << testing::PrintToString(rows.error());
        std::string found;
        for (const auto& row : rows.value_or(fakes::Rows{}))
            found += row.front().text;
        return found;
    };
    EXPECT_EQ(ids("select id from t where id >= :p order by id", {ValueKind::Integer, "2"}), "23");
    EXPECT_EQ(ids("select id from t where id >= :p order by id", {ValueKind::Decimal, "2.5"}), "3");
    EXPECT_EQ(ids("select id from t where at >= :p order by id",
                  {ValueKind::Timestamp, "2024-01-02T03:04:05"}),
              "12");
    EXPECT_EQ(ids("select typeof(:p)", {ValueKind::Text, "'; drop table t; --"}), "text");
    EXPECT_EQ(ids("select :p", {ValueKind::Text, "'; drop table t; --"}), "'; drop table t; --");
    EXPECT_EQ(ids("select typeof(:p)", {}), "null");
    EXPECT_EQ(ids("select typeof(:p)", {ValueKind::Float, "1e3"}), "real");
    EXPECT_EQ(ids("select :p", {ValueKind::Bool, "true"}), "1");
}

TEST_F(SqliteSource, StopsAtTheRowLimit)
{
    run("create table t (a)");
    const auto source = open();
    for (const std::uint64_t limit : {1U, 2U, 1024U, 1025U}) {
        const auto rows = readAll(*source, endless, {}, limit);
        ASSERT_TRUE(rows) << testing::PrintToString(rows.error());
        EXPECT_EQ(rows->size(), limit);
        EXPECT_EQ(rows->back().front().text, std::to_string(limit));
    }
}

TEST_F(SqliteSource, ASnapshotSeesOneState)
{
    run("pragma journal_mode = wal; create table t (a); insert into t values (1)");
    const auto source = open();
    ASSERT_TRUE(source->beginSnapshot());
    run("insert into t values (2)");
    EXPECT_EQ(readAll(*source, "select count(*) from t")->front().front().text, "1");
    EXPECT_EQ(codeOf(readAll(*source, "select nothere from t")), "source.query.name");
    EXPECT_EQ(readAll(*source, "select count(*) from t")->front().front().text, "1");
    ASSERT_TRUE(source->endSnapshot());
    EXPECT_EQ(readAll(*source, "select count(*) from t")->front().front().text, "2");
}

TEST_F(SqliteSource, CancelEndsAReadAndLeavesTheSourceUsable)
{
    run("create table t (a)");
    const auto source = open();
    auto stream = source->query(endless, {}, 0);
    ASSERT_TRUE(stream);
    data::RowBlock block;
    ASSERT_TRUE((*stream)->read(block));
    std::thread canceller([&] { source->cancel(); });
    Result<data::ReadStep> step = data::ReadStep::More;
    while (step)
        step = (*stream)->read(block);
    canceller.join();
    EXPECT_EQ(step.error().kind, ErrorKind::Cancelled);
    EXPECT_EQ((*stream)->read(block).error().kind, ErrorKind::Cancelled);
    stream->reset();
    EXPECT_TRUE(readAll(*source, "select 1"));
    source->cancel();
    EXPECT_TRUE(readAll(*source, "select 1"));
}

TEST_F(SqliteSource, AStatementThatRunsTooLongIsAnError)
{
    run("create table t (a)");
    auto options = fakes::sqliteOptions(path());
    options.statementTimeout = std::chrono::seconds(1);
    const auto source = Source::open(options, {});
    ASSERT_TRUE(source);
    EXPECT_EQ(codeOf(readAll(**source, "with recursive n(i) as (select 1 union all select i + 1 "
                                       "from n) select count(*) from n")),
              "source.query.timeout");
}

TEST_F(SqliteSource, OneStreamAtATime)
{
    run("create table t (a)");
    const auto source = open();
    auto stream = source->query(endless, {}, 0);
    ASSERT_TRUE(stream);
    EXPECT_EQ(codeOf(readAll(*source, "select 1")), "source.stream.open");
    stream->reset();
    EXPECT_TRUE(readAll(*source, "select 1"));
}

TEST_F(SqliteSource, SaysWhatCannotBeOpened)
{
    const auto codeFor = [&](const std::string& file) {
        const auto source = Source::open(fakes::sqliteOptions(file), {});
        return source ? std::string() : source.error().code;
    };
    EXPECT_EQ(codeFor(path("absent.db")), "source.connect.database");
    EXPECT_FALSE(QFile::exists(QString::fromStdString(path("absent.db"))));
    QFile file(QString::fromStdString(path("no.db")));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    ASSERT_EQ(file.write(QByteArray(5000, 'x')), 5000);
    file.close();
    EXPECT_EQ(codeFor(path("no.db")), "source.connect.database");
}

TEST_F(SqliteSource, FindsFilesFromTheProjectsFolder)
{
    run("create table t (a)");
    auto options = fakes::sqliteOptions("a b%?#.db");
    options.baseDirectory = m_folder.path().toStdString();
    EXPECT_TRUE(Source::open(options, {}));
}

TEST_F(SqliteSource, ReportsWhatItIs)
{
    run("create table t (a)");
    const auto source = open();
    const auto report = source->test();
    ASSERT_TRUE(report) << testing::PrintToString(report.error());
    EXPECT_TRUE(report->readOnly);
    EXPECT_TRUE(report->streams);
    EXPECT_TRUE(report->server.starts_with("SQLite 3."));
    EXPECT_FALSE(report->caveats.empty());
}

} // namespace headgate::warehouse
