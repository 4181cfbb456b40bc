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

std::unique_ptr<Source> openPostgres(const SourceOptions& options = fakes::postgresOptions())
{
    auto source = Source::open(options, {});
    EXPECT_TRUE(source) << testing::PrintToString(source.error());
    return source ? std::move(*source) : nullptr;
}

struct PostgresTypeCase
{
    const char* sql;
    Value expected;
    const char* type;
};

} // namespace

TEST(PostgresSource, ReadsEveryTypeExactly)
{
    fakes::runOnPostgres("drop schema if exists types cascade; create schema types;"
                         "create type types.mood as enum ('sad', 'happy');"
                         "create domain types.price as numeric(10,2) check (value >= 0);"
                         "create domain types.prices as types.price[];"
                         "create type types.pair as (a int, b text)");
    const PostgresTypeCase cases[] = {
        {"9223372036854775807::bigint", {ValueKind::Integer, "9223372036854775807"}, "bigint"},
        {"(-9223372036854775808)::bigint", {ValueKind::Integer, "-9223372036854775808"}, "bigint"},
        {"(-32768)::smallint", {ValueKind::Integer, "-32768"}, "smallint"},
        {"2147483647", {ValueKind::Integer, "2147483647"}, "integer"},
        {"1234567890123456789012345678.0123456789::numeric(38,10)",
         {ValueKind::Decimal, "1234567890123456789012345678.0123456789"},
         "numeric(38,10)"},
        {"0.1000::numeric", {ValueKind::Decimal, "0.1000"}, "numeric"},
        {"'NaN'::numeric", {ValueKind::Invalid, "nan"}, "numeric"},
        {"'-Infinity'::numeric", {ValueKind::Invalid, "infinity"}, "numeric"},
        {"0.1::float8", {ValueKind::Float, "0.1"}, "double precision"},
        {"1e300::float8", {ValueKind::Float, "1e+300"}, "double precision"},
        {"0.1::float4", {ValueKind::Float, "0.1"}, "real"},
        {"'-0'::float8", {ValueKind::Float, "-0"}, "double precision"},
        {"'NaN'::float8", {ValueKind::Invalid, "nan"}, "double precision"},
        {"'Infinity'::float4", {ValueKind::Invalid, "infinity"}, "real"},
        {"true", {ValueKind::Bool, "true"}, "boolean"},
        {"'Zoë 日本 🎁'::text", {ValueKind::Text, "Zoë 日本 🎁"}, "text"},
        {"''::varchar(5)", {ValueKind::Text, ""}, "character varying(5)"},
        {"null::text", {}, "text"},
        {"'ab'::char(4)", {ValueKind::Text, "ab  "}, "character(4)"},
        {"'2024-01-02 03:04:05.123456+02'::timestamptz",
         {ValueKind::TimestampTz, "2024-01-02T01:04:05.123456+00:00"},
         "timestamp with time zone"},
        {"'2024-01-02 03:04:05.1'::timestamp(3)",
         {ValueKind::Timestamp, "2024-01-02T03:04:05.1"},
         "timestamp(3) without time zone"},
        {"'infinity'::timestamptz",
         {ValueKind::Invalid, "date_range:infinity"},
         "timestamp with time zone"},
        {"'0044-03-15 BC'::timestamp",
         {ValueKind::Invalid, "date_range:0044-03-15 00:00:00 BC"},
         "timestamp without time zone"},
        {"'294276-01-01'::timestamp",
         {ValueKind::Invalid, "date_range:294276-01-01 00:00:00"},
         "timestamp without time zone"},
        {"'9999-12-31'::date", {ValueKind::Date, "9999-12-31"}, "date"},
        {"'0001-01-01'::date", {ValueKind::Date, "0001-01-01"}, "date"},
        {"'0001-01-01 BC'::date", {ValueKind::Invalid, "date_range:0001-01-01 BC"}, "date"},
        {"'10000-01-01'::date", {ValueKind::Invalid, "date_range:10000-01-01"}, "date"},
        {"'23:59:59.5'::time", {ValueKind::Time, "23:59:59.5"}, "time without time zone"},
        {"'23:59:59.5+02'::timetz", {ValueKind::Text, "23:59:59.5+02"}, "time with time zone"},
        {"'{\"b\": 1.10, \"a\": [1, 2]}'::json",
         {ValueKind::Json, "{\"b\":1.10,\"a\":[1,2]}"},
         "json"},
        {"'{\"a\": 12345678901234567890.10}'::jsonb",
         {ValueKind::Json, "{\"a\":12345678901234567890.10}"},
         "jsonb"},
        {"'\\x00ff10'::bytea", {ValueKind::Bytes, "AP8Q"}, "bytea"},
        {"'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'::uuid",
         {ValueKind::Uuid, "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"},
         "uuid"},
        {"'1 year 2 mons 3 days 04:05:06.7'::interval",
         {ValueKind::Text, "P1Y2M3DT4H5M6.7S"},
         "interval"},
        {"'10.0.0.1'::inet", {ValueKind::Text, "10.0.0.1"}, "inet"},
        {"'10.0.0.0/8'::cidr", {ValueKind::Text, "10.0.0.0/8"}, "cidr"},
        {"'[1,5)'::int4range", {ValueKind::Text, "[1,5)"}, "int4range"},
        {"b'101'", {ValueKind::Text, "101"}, "bit"},
        {"'happy'::types.mood", {ValueKind::Text, "happy"}, "types.mood"},
        {"12.5::types.price", {ValueKind::Decimal, "12.50"}, "numeric(10,2)"},
        {"'(1,\"a b\")'::types.pair", {ValueKind::Text, "(1,\"a b\")"}, "types.pair"},
        {"array[1,null,3]", {ValueKind::Json, "[1,null,3]"}, "integer[]"},
        {"array[[1.5,2.50],[3,4]]::numeric[]",
         {ValueKind::Json, "[[1.5,2.50],[3,4]]"},
         "numeric[]"},
        {"array['a,b', 'c\"d', null, 'NULL', '']",
         {ValueKind::Json, R"(["a,b","c\"d",null,"NULL",""])"},
         "text[]"},
        {"array['happy','sad']::types.mood[]",
         {ValueKind::Json, "[\"happy\",\"sad\"]"},
         "types.mood[]"},
        {"array[1,2.25]::types.price[]", {ValueKind::Json, "[1.00,2.25]"}, "types.price[]"},
        {"array[1]::types.prices", {ValueKind::Json, "[1.00]"}, "types.price[]"},
        {"array['(1,x)']::types.pair[]", {ValueKind::Json, "[\"(1,x)\"]"}, "types.pair[]"},
        {"array['{\"a\": 1}']::jsonb[]", {ValueKind::Json, "[{\"a\":1}]"}, "jsonb[]"},
        {"'{}'::text[]", {ValueKind::Json, "[]"}, "text[]"},
        {"'[0:1]={1,2}'::int[]", {ValueKind::Json, "[1,2]"}, "integer[]"},
        {"'{(1,2),(0,0);(3,4),(0,0)}'::box[]",
         {ValueKind::Json, "[\"(1,2),(0,0)\",\"(3,4),(0,0)\"]"},
         "box[]"},
        {"array['1.5','NaN']::float8[]", {ValueKind::Invalid, "nan"}, "double precision[]"},
        {"26::oid", {ValueKind::Text, "26"}, "oid"},
        {"'12.5'::money", {ValueKind::Text, "$12.50"}, "money"},
    };
    for (const bool native : {true, false}) {
        const auto source = openPostgres(native ? fakes::postgresOptions()
                                                : fakes::odbcOptions("PostgreSQL Unicode"));
        ASSERT_TRUE(source);
        for (const PostgresTypeCase& test : cases) {
            data::Schema schema;
            const auto rows = readAll(*source, std::string("select ") + test.sql, {}, 0, &schema);
            ASSERT_TRUE(rows) << test.sql << ": " << testing::PrintToString(rows.error());
            EXPECT_EQ(rows->front().front(), test.expected) << test.sql << " native " << native;
            if (native) {
                EXPECT_EQ(schema.columns.front().nativeType, test.type) << test.sql;
            }
            const ValueKind kind = rows->front().front().kind;
            if (kind != ValueKind::Null && kind != ValueKind::Invalid) {
                EXPECT_EQ(schema.columns.front().kind, kind) << test.sql << " native " << native;
            }
        }
    }
}

/// COPY takes no parameters: a statement with some is read row by row.
TEST(PostgresSource, CopyAndRowByRowReadAlike)
{
    const auto source = openPostgres();
    ASSERT_TRUE(source);
    const std::string sql =
        R"(select i, E'a\tb\\c\nd\re\b\f\x0b"' || i as text, case i % 3 when 0 then null when 1 then )"
        R"('' else '\N' end as mark, array[E'x\ty', null, '\'] as list, E'\\x005c09'::bytea as raw )"
        R"(from generate_series(1, 3000) i)";
    const auto copied = readAll(*source, sql + " -- to the end");
    ASSERT_TRUE(copied) << testing::PrintToString(copied.error());
    ASSERT_EQ(copied->size(), 3000u);
    EXPECT_EQ(copied->at(0).at(1), Value(ValueKind::Text, "a\tb\\c\nd\re\b\f\v\"1"));
    EXPECT_EQ(copied->at(0).at(2), Value(ValueKind::Text, ""));
    EXPECT_EQ(copied->at(1).at(2), Value(ValueKind::Text, "\\N"));
    EXPECT_TRUE(copied->at(2).at(2).isNull());
    const auto rowByRow =
        readAll(*source, sql + " where :any = :any", {{"any", Value(ValueKind::Text, "x")}});
    ASSERT_TRUE(rowByRow) << testing::PrintToString(rowByRow.error());
    EXPECT_EQ(*copied, *rowByRow);
}

TEST(PostgresSource, AReadThatIsCutIsAnErrorEitherWay)
{
    const std::string sql = "select i, repeat('x', 200) from generate_series(1, 10000000) i";
    for (const bool copies : {true, false}) {
        const auto source = openPostgres();
        ASSERT_TRUE(source);
        const auto session = readAll(*source, "select pg_backend_pid()");
        ASSERT_TRUE(session);
        auto stream = copies ? source->query(sql, {}, 0)
                             : source->query(sql + " where :any = :any",
                                             {{"any", Value(ValueKind::Text, "x")}}, 0);
        ASSERT_TRUE(stream) << testing::PrintToString(stream.error());
        data::RowBlock block;
        ASSERT_TRUE((*stream)->read(block));
        fakes::runOnPostgres("select pg_terminate_backend(" + session->front().front().text + ")");
        Result<data::ReadStep> step = data::ReadStep::More;
        while (step && *step == data::ReadStep::More)
            step = (*stream)->read(block);
        ASSERT_FALSE(step) << copies;
        EXPECT_EQ(step.error().code, "source.connection.lost") << copies;
    }
}

/// Division by zero in the last row: nothing of the read may look complete.
TEST(PostgresSource, AnErrorBehindTheFirstRowsEndsEitherRead)
{
    const auto source = openPostgres();
    ASSERT_TRUE(source);
    const std::string sql = "select i, 1 / (200000 - i) from generate_series(1, 200000) i";
    const auto copied = readAll(*source, sql);
    ASSERT_FALSE(copied);
    EXPECT_EQ(copied.error().code, "source.query.value");
    const auto rowByRow =
        readAll(*source, sql + " where :any = :any", {{"any", Value(ValueKind::Text, "x")}});
    ASSERT_FALSE(rowByRow);
    EXPECT_EQ(rowByRow.error().code, "source.query.value");
    EXPECT_TRUE(readAll(*source, "select 1"));
}

/// A SELECT may call set_config() for the whole session, which other queries read in after it.
TEST(PostgresSource, WhatAQuerySetsEndsWithIt)
{
    const struct
    {
        const char* setting;
        const char* value;
    } cases[] = {{"search_path", "pg_temp"},
                 {"role", "pg_monitor"},
                 {"session_authorization", "pg_monitor"},
                 {"default_transaction_read_only", "off"},
                 {"default_transaction_isolation", "read committed"},
                 {"row_security", "off"},
                 {"statement_timeout", "12345s"},
                 {"lock_timeout", "12345s"},
                 {"TimeZone", "Asia/Kathmandu"},
                 {"DateStyle", "German, DMY"},
                 {"IntervalStyle", "postgres_verbose"},
                 {"extra_float_digits", "-15"},
                 {"bytea_output", "escape"},
                 {"xmlbinary", "hex"},
                 {"lc_monetary", "POSIX"},
                 {"client_encoding", "LATIN1"},
                 {"standard_conforming_strings", "off"},
                 {"transform_null_equals", "on"},
                 {"array_nulls", "off"}};
    const auto source = openPostgres();
    ASSERT_TRUE(source);
    for (const bool inSnapshot : {false, true}) {
        if (inSnapshot) {
            ASSERT_TRUE(source->beginSnapshot());
        }
        for (const bool copies : {true, false})
            for (const auto& each : cases) {
                SCOPED_TRACE(std::string(each.setting) + (copies ? ", COPY" : "") +
                             (inSnapshot ? ", in a snapshot" : ""));
                const std::string name = std::string("'") + each.setting + "'";
                const std::string reads = "select current_setting(" + name + ")";
                const auto before = readAll(*source, reads);
                ASSERT_TRUE(before) << testing::PrintToString(before.error());
                const std::string sets =
                    "select set_config(" + name + ", '" + each.value + "', false)";
                const auto set = copies ? readAll(*source, sets)
                                        : readAll(*source, sets + " where :any = :any",
                                                  {{"any", Value(ValueKind::Text, "x")}});
                ASSERT_TRUE(set) << testing::PrintToString(set.error());
                EXPECT_NE(*set, *before) << "it was set";
                const auto after = readAll(*source, reads);
                ASSERT_TRUE(after) << testing::PrintToString(after.error());
                EXPECT_EQ(*after, *before);
            }
    }
    ASSERT_TRUE(source->endSnapshot());
}

} // namespace headgate::warehouse
