// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/postgres_value.h"

#include "data/json_text.h"
#include "fakes/print_to.h"
#include "warehouse/postgres_error.h"
#include "warehouse/postgres_type.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace headgate::warehouse {

namespace {

using data::Value;
using data::ValueKind;

Value array(std::string_view text, PostgresDecode element = decodePostgresText,
            char delimiter = ',')
{
    std::string out;
    const ValueKind kind = decodePostgresArray(out, text, element, delimiter);
    return {kind, out};
}

/// A text array as PostgreSQL prints it, quoting wherever it may.
void print(std::string& out, const std::vector<rc::Maybe<std::string>>& items)
{
    out += '{';
    for (std::size_t i = 0; i < items.size(); ++i) {
        out += i > 0 ? "," : "";
        if (!items[i]) {
            out += "NULL";
            continue;
        }
        out += '"';
        for (const char c : *items[i]) {
            if (c == '"' || c == '\\')
                out += '\\';
            out += c;
        }
        out += '"';
    }
    out += '}';
}

std::string asJson(const std::vector<rc::Maybe<std::string>>& items)
{
    std::string json = "[";
    for (std::size_t i = 0; i < items.size(); ++i) {
        json += i > 0 ? "," : "";
        if (items[i])
            data::appendJsonString(json, *items[i]);
        else
            json += "null";
    }
    return json + ']';
}

} // namespace

TEST(PostgresArray, ReadsElementsDimensionsNullsAndQuotes)
{
    struct Case
    {
        std::string text;
        PostgresDecode element;
        std::string json;
    };
    const Case cases[] = {
        {"{}", decodePostgresText, "[]"},
        {"{1,-2,NULL}", decodePostgresInteger, "[1,-2,null]"},
        {"{{1,2},{3,4}}", decodePostgresInteger, "[[1,2],[3,4]]"},
        {"{{{a}},{{\"b c\"}}}", decodePostgresText, "[[[\"a\"]],[[\"b c\"]]]"},
        {"[0:1]={7,8}", decodePostgresInteger, "[7,8]"},
        {"[-1:0][2:3]={{1,2},{3,4}}", decodePostgresInteger, "[[1,2],[3,4]]"},
        {R"({"a,b","c\"d","e\\f",NULL,"NULL",""})", decodePostgresText,
         R"(["a,b","c\"d","e\\f",null,"NULL",""])"},
        {"{t,f,NULL}", decodePostgresBool, "[true,false,null]"},
        {"{1.50,0.00}", decodePostgresDecimal, "[1.50,0.00]"},
        {R"({"{\"a\": 1.10}",NULL,null})", decodePostgresJson, R"([{"a":1.10},null,null])"},
        {"{\"2024-01-02 03:04:05.1+00\"}", decodePostgresTimestampTz,
         "[\"2024-01-02T03:04:05.1+00:00\"]"},
        {"{\"\\\\x00ff\"}", decodePostgresBytes, "[\"AP8=\"]"},
    };
    for (const Case& test : cases)
        EXPECT_EQ(array(test.text, test.element), Value(ValueKind::Json, test.json)) << test.text;
    EXPECT_EQ(array("{(1,2);(3,4)}", decodePostgresText, ';'),
              Value(ValueKind::Json, "[\"(1,2)\",\"(3,4)\"]"));
}

TEST(PostgresArray, IsInvalidForTheReasonOfAnElement)
{
    EXPECT_EQ(array("{1.5,NaN}", decodePostgresFloat), Value(ValueKind::Invalid, "nan"));
    EXPECT_EQ(array("{1.5,-Infinity}", decodePostgresDecimal),
              Value(ValueKind::Invalid, "infinity"));
    EXPECT_EQ(array("{infinity}", decodePostgresDate),
              Value(ValueKind::Invalid, "date_range:infinity"));
}

TEST(PostgresArray, RefusesWhatIsNoArray)
{
    for (const char* text : {"", "{", "}", "{1", "{1,}", "{,1}", "{\"a}", "{a\\", "{{1},2", "1",
                             "{1}x", "[0:1]{1}", "{\"a\"b}"})
        EXPECT_EQ(array(text), Value(ValueKind::Invalid, "unsupported:array")) << text;
    EXPECT_EQ(array(std::string(100, '{') + std::string(100, '}')).kind, ValueKind::Invalid);
}

RC_GTEST_PROP(PostgresArrayProperty, EveryTextArrayComesBackAsItsJson,
              (const std::vector<rc::Maybe<std::string>>& drawn))
{
    auto items = drawn;
    for (auto& item : items)
        if (item)
            std::erase_if(*item, [](char c) { return c == '\0' || (c & 0x80) != 0; });
    std::string text;
    print(text, items);
    RC_ASSERT(array(text) == Value(ValueKind::Json, asJson(items)));
}

RC_GTEST_PROP(PostgresArrayProperty, NoTextMakesItFail, (const std::string& text))
{
    const Value value = array('{' + text, decodePostgresInteger);
    RC_ASSERT(value.kind == ValueKind::Json || value.text == "unsupported:array");
}

TEST(PostgresValue, ReadsEachKindOfText)
{
    struct Case
    {
        PostgresDecode decode;
        std::string text;
        Value expected;
    };
    const Case cases[] = {
        {decodePostgresBool, "t", {ValueKind::Bool, "true"}},
        {decodePostgresDecimal, "-0.0000000001", {ValueKind::Decimal, "-0.0000000001"}},
        {decodePostgresDecimal, "NaN", {ValueKind::Invalid, "nan"}},
        {decodePostgresFloat, "1e+20", {ValueKind::Float, "1e+20"}},
        {decodePostgresFloat, "-Infinity", {ValueKind::Invalid, "infinity"}},
        {decodePostgresBytes, "\\x", {ValueKind::Bytes, ""}},
        {decodePostgresBytes, "\\xdeadBEEF", {ValueKind::Bytes, "3q2+7w=="}},
        {decodePostgresBytes, "\\xabc", {ValueKind::Invalid, "unsupported:bytea"}},
        {decodePostgresBytes, "\\\\000", {ValueKind::Invalid, "unsupported:bytea"}},
        {decodePostgresDate, "2024-01-02", {ValueKind::Date, "2024-01-02"}},
        {decodePostgresDate, "10000-01-01", {ValueKind::Invalid, "date_range:10000-01-01"}},
        {decodePostgresDate, "0044-03-15 BC", {ValueKind::Invalid, "date_range:0044-03-15 BC"}},
        {decodePostgresDate, "-infinity", {ValueKind::Invalid, "date_range:-infinity"}},
        {decodePostgresTimestamp,
         "2024-01-02 03:04:05.1",
         {ValueKind::Timestamp, "2024-01-02T03:04:05.1"}},
        {decodePostgresTimestamp, "infinity", {ValueKind::Invalid, "date_range:infinity"}},
        {decodePostgresTimestampTz,
         "2024-01-02 03:04:05+00",
         {ValueKind::TimestampTz, "2024-01-02T03:04:05+00:00"}},
        {decodePostgresTimestampTz,
         "2024-01-02 03:04:05+05:30",
         {ValueKind::TimestampTz, "2024-01-01T21:34:05+00:00"}},
        {decodePostgresTimestampTz,
         "0044-03-15 00:00:00+00 BC",
         {ValueKind::Invalid, "date_range:0044-03-15 00:00:00+00 BC"}},
        {decodePostgresTimestampTz, "infinity", {ValueKind::Invalid, "date_range:infinity"}},
        {decodePostgresTime, "24:00:00", {ValueKind::Time, "24:00:00"}},
    };
    for (const Case& test : cases) {
        std::string out;
        const ValueKind kind = test.decode(out, test.text);
        EXPECT_EQ(Value(kind, out), test.expected) << test.text;
    }
}

TEST(PostgresTypes, FollowsDomainsAndArraysToWhatTheyHold)
{
    PostgresTypes types;
    EXPECT_THAT(types.unknown({20, 1016, 90001, 90001, 90002}), testing::ElementsAre(90001, 90002));
    types.learn({90001, 90003, 0, ',', "shop.price"});
    types.learn({90002, 0, 90001, ',', "shop.price[]"});
    EXPECT_THAT(types.missing(), testing::ElementsAre(90003));
    types.learn({90003, 1700, 0, ',', "shop.amount"});
    EXPECT_TRUE(types.missing().empty());
    EXPECT_EQ(types.find(90001).kind, ValueKind::Decimal);
    EXPECT_EQ(types.find(90001).name, "shop.price");
    EXPECT_EQ(types.find(90002).kind, ValueKind::Json);
    EXPECT_TRUE(types.find(90002).isArray);
    EXPECT_EQ(types.find(90002).decode, decodePostgresDecimal);
    EXPECT_EQ(types.find(4711).kind, ValueKind::Text);
    EXPECT_EQ(types.find(1231).name, "numeric[]");
}

TEST(PostgresTypes, ATypeThatRefersToItselfIsText)
{
    PostgresTypes types;
    types.learn({90001, 90001, 0, ',', "odd"});
    types.learn({90002, 0, 90002, ',', "odder"});
    EXPECT_EQ(types.find(90001).kind, ValueKind::Text);
    EXPECT_EQ(types.find(90002).kind, ValueKind::Text);
}

TEST(PostgresTypes, NamesModifiers)
{
    EXPECT_EQ(postgresTypeName(1700, "numeric", (38 << 16 | 10) + 4), "numeric(38,10)");
    EXPECT_EQ(postgresTypeName(1700, "numeric", (3 << 16 | 0x7FE) + 4), "numeric(3,-2)");
    EXPECT_EQ(postgresTypeName(1043, "character varying", 24), "character varying(20)");
    EXPECT_EQ(postgresTypeName(1184, "timestamp with time zone", 3), "timestamp(3) with time zone");
    EXPECT_EQ(postgresTypeName(25, "text", -1), "text");
}

TEST(PostgresErrors, ReadsTheStateOutOfAVerboseText)
{
    EXPECT_EQ(postgresConnectState("connection to server at \"127.0.0.1\", port 5432 failed: FATAL:"
                                   "  28P01: password authentication failed for user \"a\"\n"),
              "28P01");
    EXPECT_EQ(postgresConnectState("could not translate host name \"x\" to address: :  No\n"), "");
    EXPECT_EQ(postgresConnectState("SCHWERWIEGEND:  3D000: Datenbank fehlt"), "3D000");
}

TEST(PostgresErrors, TellsFaultsApart)
{
    const std::pair<const char*, StatementFault> faults[] = {
        {"42601", StatementFault::Syntax},      {"42P01", StatementFault::UnknownName},
        {"42703", StatementFault::UnknownName}, {"42501", StatementFault::Permission},
        {"25006", StatementFault::ReadOnly},    {"22012", StatementFault::Value},
        {"57014", StatementFault::Ended},       {"57P01", StatementFault::Lost},
        {"08006", StatementFault::Lost},        {"", StatementFault::Lost},
        {"40001", StatementFault::Busy},        {"53200", StatementFault::Resources},
        {"XX000", StatementFault::Other},
    };
    for (const auto& [state, fault] : faults)
        EXPECT_EQ(postgresStatementFault(state, false), fault) << state;
    EXPECT_EQ(postgresStatementFault("57014", true), StatementFault::Timeout);
}

} // namespace headgate::warehouse
