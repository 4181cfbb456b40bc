// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/print_to.h"
#include "fakes/test_servers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace headgate::warehouse {

namespace {

using data::Value;
using data::ValueKind;
using fakes::readAll;

std::unique_ptr<Source> openMysql(const std::string& warehouse)
{
    auto options = fakes::mariadbOptions();
    options.warehouse = warehouse;
    auto source = Source::open(options, {});
    EXPECT_TRUE(source) << testing::PrintToString(source.error());
    return source ? std::move(*source) : nullptr;
}

struct TypeCase
{
    const char* column;
    const char* literal;
    Value expected;
    const char* type;
};

} // namespace

TEST(MysqlSource, ReadsEveryTypeExactly)
{
    const TypeCase cases[] = {
        {"bigint", "9223372036854775807", {ValueKind::Integer, "9223372036854775807"}, "bigint"},
        {"bigint unsigned",
         "18446744073709551615",
         {ValueKind::Integer, "18446744073709551615"},
         "bigint unsigned"},
        {"tinyint", "-128", {ValueKind::Integer, "-128"}, "tinyint"},
        {"boolean", "true", {ValueKind::Integer, "1"}, "tinyint"},
        {"smallint unsigned zerofill", "7", {ValueKind::Integer, "7"}, "smallint unsigned"},
        {"mediumint", "-8388608", {ValueKind::Integer, "-8388608"}, "mediumint"},
        {"int unsigned", "4294967295", {ValueKind::Integer, "4294967295"}, "int unsigned"},
        {"decimal(38,10)",
         "1234567890123456789012345678.0123456789",
         {ValueKind::Decimal, "1234567890123456789012345678.0123456789"},
         "decimal(38,10)"},
        {"decimal(5,2) unsigned", "0.10", {ValueKind::Decimal, "0.10"}, "decimal(5,2)"},
        {"decimal(20,0)",
         "-12345678901234567890",
         {ValueKind::Decimal, "-12345678901234567890"},
         "decimal(20,0)"},
        {"float", "0.1", {ValueKind::Float, "0.1"}, "float"},
        {"float", "16777217", {ValueKind::Float, "1.6777216e+07"}, "float"},
        {"double", "0.1", {ValueKind::Float, "0.1"}, "double"},
        {"double",
         "1.7976931348623157e308",
         {ValueKind::Float, "1.7976931348623157e+308"},
         "double"},
        {"bit(8)", "b'10000001'", {ValueKind::Integer, "129"}, "bit(8)"},
        {"bit(64)",
         "18446744073709551615",
         {ValueKind::Integer, "18446744073709551615"},
         "bit(64)"},
        {"year", "2024", {ValueKind::Integer, "2024"}, "year"},
        {"date", "'2024-02-29'", {ValueKind::Date, "2024-02-29"}, "date"},
        {"date", "'0000-00-00'", {ValueKind::Invalid, "date_range:0000-00-00"}, "date"},
        {"date", "'2024-02-00'", {ValueKind::Invalid, "date_range:2024-02-00"}, "date"},
        {"datetime(6)",
         "'2024-01-02 03:04:05.123400'",
         {ValueKind::Timestamp, "2024-01-02T03:04:05.1234"},
         "datetime(6)"},
        {"datetime",
         "'9999-12-31 23:59:59'",
         {ValueKind::Timestamp, "9999-12-31T23:59:59"},
         "datetime"},
        {"datetime",
         "'0000-00-00 00:00:00'",
         {ValueKind::Invalid, "date_range:0000-00-00"},
         "datetime"},
        {"timestamp(3) null",
         "'2024-01-02 03:04:05.12'",
         {ValueKind::TimestampTz, "2024-01-02T01:04:05.12+00:00"},
         "timestamp(3)"},
        {"time(6)", "'-838:59:59.000001'", {ValueKind::Time, "-838:59:59.000001"}, "time(6)"},
        {"time", "'-00:00:01'", {ValueKind::Time, "-00:00:01"}, "time"},
        {"time", "'34:00:00'", {ValueKind::Time, "34:00:00"}, "time"},
        {"time", "'00:00:00'", {ValueKind::Time, "00:00:00"}, "time"},
        {"varchar(20)", "'Zoë 日本 🎁'", {ValueKind::Text, "Zoë 日本 🎁"}, "varchar(20)"},
        {"varchar(20) character set latin1", "'Zoë'", {ValueKind::Text, "Zoë"}, "varchar(20)"},
        {"varchar(20)", "''", {ValueKind::Text, ""}, "varchar(20)"},
        {"varchar(20)", "null", {}, "varchar(20)"},
        {"char(4)", "'ab'", {ValueKind::Text, "ab"}, "char(4)"},
        {"longtext", "repeat('x', 70000)", {ValueKind::Text, std::string(70000, 'x')}, "text"},
        {"enum('a','b')", "'b'", {ValueKind::Text, "b"}, "enum"},
        {"set('a','b')", "'a,b'", {ValueKind::Text, "a,b"}, "set"},
        {"varbinary(8)", "x'00ff10'", {ValueKind::Bytes, "AP8Q"}, "varbinary(8)"},
        {"binary(3)", "x'00ff'", {ValueKind::Bytes, "AP8A"}, "binary(3)"},
        {"blob", "x''", {ValueKind::Bytes, ""}, "blob"},
        {"json",
         "'{\"b\": 1.10, \"a\": [1, 2]}'",
         {ValueKind::Json, "{\"b\":1.10,\"a\":[1,2]}"},
         "json"},
        {"uuid",
         "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'",
         {ValueKind::Uuid, "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"},
         "uuid"},
        {"inet6",
         "'2001:db8::ff00:42:8329'",
         {ValueKind::Text, "2001:db8::ff00:42:8329"},
         "char(39)"},
        {"point",
         "point(1, 2)",
         {ValueKind::Bytes, "AAAAAAEBAAAAAAAAAAAA8D8AAAAAAAAAQA=="},
         "geometry"},
    };
    for (const char* warehouse : {"mariadb", "mysql"}) {
        const auto source = openMysql(warehouse);
        ASSERT_TRUE(source);
        for (const TypeCase& test : cases) {
            fakes::runOnMariadb(std::string("set sql_mode = '', time_zone = '+02:00';"
                                            "drop table if exists app.one_value;"
                                            "create table app.one_value (v ") +
                                test.column + "); insert into app.one_value values (" +
                                test.literal + ")");
            data::Schema schema;
            const auto rows = readAll(*source, "select v from app.one_value", {}, 0, &schema);
            ASSERT_TRUE(rows) << test.column << ": " << testing::PrintToString(rows.error());
            EXPECT_EQ(rows->front().front(), test.expected) << test.column << ' ' << test.literal;
            EXPECT_EQ(schema.columns.front().nativeType, test.type) << test.column;
            const ValueKind kind = rows->front().front().kind;
            if (kind != ValueKind::Null && kind != ValueKind::Invalid) {
                EXPECT_EQ(schema.columns.front().kind, kind) << test.column;
            }
        }
    }
}

} // namespace headgate::warehouse
