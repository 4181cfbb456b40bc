// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/print_to.h"
#include "fakes/test_servers.h"

#include <QTemporaryDir>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace headgate::warehouse {

namespace {

using data::Value;
using data::ValueKind;
using fakes::readAll;

std::unique_ptr<Source> openOdbc(const SourceOptions& options)
{
    auto source = Source::open(options, {});
    EXPECT_TRUE(source) << testing::PrintToString(source.error());
    return source ? std::move(*source) : nullptr;
}

} // namespace

TEST(OdbcSource, ReadsMariadbExactly)
{
    struct Case
    {
        const char* column;
        const char* literal;
        Value expected;
    };
    const Case cases[] = {
        {"bigint", "-9223372036854775808", {ValueKind::Integer, "-9223372036854775808"}},
        {"bigint unsigned", "18446744073709551615", {ValueKind::Integer, "18446744073709551615"}},
        {"tinyint", "-128", {ValueKind::Integer, "-128"}},
        {"decimal(38,10)",
         "1234567890123456789012345678.0123456789",
         {ValueKind::Decimal, "1234567890123456789012345678.0123456789"}},
        {"float", "0.1", {ValueKind::Float, "0.1"}},
        {"double", "1.7976931348623157e308", {ValueKind::Float, "1.7976931348623157e+308"}},
        {"bit(1)", "1", {ValueKind::Integer, "1"}},
        {"bit(64)", "18446744073709551615", {ValueKind::Integer, "18446744073709551615"}},
        {"year", "2024", {ValueKind::Integer, "2024"}},
        {"date", "'9999-12-31'", {ValueKind::Date, "9999-12-31"}},
        {"date", "'0000-00-00'", {ValueKind::Invalid, "date_range:0000-00-00"}},
        {"datetime(6)",
         "'2024-01-02 03:04:05.123456'",
         {ValueKind::Timestamp, "2024-01-02T03:04:05.123456"}},
        {"timestamp(3) null",
         "'2024-01-02 03:04:05.12'",
         {ValueKind::TimestampTz, "2024-01-02T01:04:05.12+00:00"}},
        {"time(6)", "'-838:59:59.000001'", {ValueKind::Time, "-838:59:59.000001"}},
        {"varchar(20)", "'Zoë 日本 🎁'", {ValueKind::Text, "Zoë 日本 🎁"}},
        {"varchar(20)", "''", {ValueKind::Text, ""}},
        {"varchar(20)", "null", {}},
        {"longtext",
         "repeat('ë', 70000)",
         {ValueKind::Text,
          [] {
              std::string text;
              for (int i = 0; i < 70000; ++i)
                  text += "ë";
              return text;
          }()}},
        {"varbinary(8)", "x'00ff10'", {ValueKind::Bytes, "AP8Q"}},
        {"blob", "x''", {ValueKind::Bytes, ""}},
        {"json", "'{\"a\": 1.10}'", {ValueKind::Text, "{\"a\": 1.10}"}},
        {"uuid",
         "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'",
         {ValueKind::Text, "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"}},
    };
    const auto source = openOdbc(fakes::odbcOptions("MariaDB Unicode"));
    ASSERT_TRUE(source);
    for (const Case& test : cases) {
        fakes::runOnMariadb(std::string("set sql_mode = '', time_zone = '+02:00';"
                                        "drop table if exists app.one_odbc;"
                                        "create table app.one_odbc (v ") +
                            test.column + "); insert into app.one_odbc values (" + test.literal +
                            ")");
        data::Schema schema;
        const auto rows = readAll(*source, "select v from app.one_odbc", {}, 0, &schema);
        ASSERT_TRUE(rows) << test.column << ": " << testing::PrintToString(rows.error());
        EXPECT_EQ(rows->front().front(), test.expected) << test.column << ' ' << test.literal;
        const ValueKind kind = rows->front().front().kind;
        if (kind != ValueKind::Null && kind != ValueKind::Invalid) {
            EXPECT_EQ(schema.columns.front().kind, kind) << test.column;
        }
    }
}

TEST(OdbcSource, SaysWhichDriverBuffersWholeResults)
{
    const auto buffers = [](const Result<SourceReport>& report) {
        EXPECT_TRUE(report) << testing::PrintToString(report.error());
        bool said = false;
        for (const QString& caveat : report->caveats)
            said = said || caveat.contains(QStringLiteral("buffers whole results by itself"));
        EXPECT_EQ(said, !report->streams);
        return said;
    };
    EXPECT_TRUE(buffers(openOdbc(fakes::odbcOptions("MariaDB Unicode"))->test()));
    EXPECT_FALSE(buffers(openOdbc(fakes::odbcOptions("PostgreSQL Unicode"))->test()));
    EXPECT_FALSE(buffers(openOdbc(fakes::mariadbOptions())->test()));
}

TEST(OdbcSource, TakesPasswordsWithTheSignsOfConnectionStrings)
{
    const std::string password = "a;b=c{d}e%41+f'g\" h}";
    fakes::runOnPostgres("drop role if exists odd; create role odd login password "
                         "'a;b=c{d}e%41+f''g\" h}'");
    auto postgres = fakes::odbcOptions("PostgreSQL Unicode");
    postgres.fields["user"] = "odd";
    postgres.secrets["password"] = secrets::Secret(password);
    EXPECT_TRUE(readAll(*openOdbc(postgres), "select 1"));
    fakes::runOnMariadb("create or replace user odd@'%' identified by "
                        "'a;b=c{d}e%41+f''g\" h}'; grant select on app.* to odd@'%'");
    auto mariadb = fakes::odbcOptions("MariaDB Unicode");
    mariadb.fields["user"] = "odd";
    mariadb.secrets["password"] = secrets::Secret(password);
    EXPECT_TRUE(readAll(*openOdbc(mariadb), "select 1"));
}

TEST(OdbcSource, ReadsSqliteThroughADriverThatNobodyTuned)
{
    QTemporaryDir folder;
    const std::string file = folder.filePath(QStringLiteral("shop.db")).toStdString();
    fakes::runOnSqlite(file, "create table sold (id integer, price decimal(10,2), name text, "
                             "raw blob); insert into sold values (9223372036854775807, 1.5, "
                             "'Zoë 日本 🎁', x'00ff10'), (2, null, '', null)");
    fakes::useTestDrivers();
    SourceOptions options;
    options.warehouse = "odbc";
    options.fields = {{"driver", "SQLite3"}, {"database", file}};
    const auto source = openOdbc(options);
    ASSERT_TRUE(source);
    const auto rows = readAll(*source,
                              "select id, name, raw from sold where id >= :least order "
                              "by id desc",
                              {{"least", Value(ValueKind::Integer, "2")}});
    ASSERT_TRUE(rows) << testing::PrintToString(rows.error());
    const fakes::Rows expected = {{{ValueKind::Integer, "9223372036854775807"},
                                   {ValueKind::Text, "Zoë 日本 🎁"},
                                   {ValueKind::Bytes, "AP8Q"}},
                                  {{ValueKind::Integer, "2"}, {ValueKind::Text, ""}, {}}};
    EXPECT_EQ(*rows, expected);
    const auto schemas = source->schemas();
    ASSERT_TRUE(schemas) << testing::PrintToString(schemas.error());
    ASSERT_EQ(schemas->size(), 1U);
    const auto tables = source->tables(schemas->front().name);
    ASSERT_TRUE(tables) << testing::PrintToString(tables.error());
    ASSERT_EQ(tables->size(), 1U);
    EXPECT_EQ(tables->front().name, "sold");
    const auto columns = source->columns(tables->front());
    ASSERT_TRUE(columns) << testing::PrintToString(columns.error());
    EXPECT_EQ(columns->columns.size(), 4U);
    const auto written = readAll(*source, "with x as (select 1) select * from x");
    EXPECT_TRUE(written);
    EXPECT_FALSE(readAll(*source, "select nothere from sold"));
}

} // namespace headgate::warehouse
