// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/value_text.h"

#include "base/hash.h"
#include "data/json_text.h"
#include "fakes/fake_random.h"
#include "fakes/print_to.h"
#include "warehouse/date_text.h"

#include <QLocale>
#include <cmath>
#include <cstring>
#include <gtest/gtest.h>

namespace headgate::warehouse {

namespace {

using data::Value;
using data::ValueKind;

template <typename Append, typename... Arguments>
Value made(Append append, Arguments... arguments)
{
    std::string out = "before ";
    const ValueKind kind = append(out, arguments...);
    EXPECT_TRUE(out.starts_with("before "));
    return {kind, out.substr(7)};
}

struct TextCase
{
    std::string text;
    Value expected;
};

} // namespace

TEST(ValueText, TidiesNumbersAndRefusesTheRest)
{
    const TextCase decimals[] = {
        {"0", {ValueKind::Decimal, "0"}},
        {"-12.3400", {ValueKind::Decimal, "-12.3400"}},
        {"+5", {ValueKind::Decimal, "5"}},
        {".5", {ValueKind::Decimal, "0.5"}},
        {"-.50", {ValueKind::Decimal, "-0.50"}},
        {"5.", {ValueKind::Decimal, "5"}},
        {"007", {ValueKind::Decimal, "7"}},
        {"  42 ", {ValueKind::Decimal, "42"}},
        {"12345678901234567890123456789012345678.0123456789",
         {ValueKind::Decimal, "12345678901234567890123456789012345678.0123456789"}},
        {"1E3", {ValueKind::Float, "1E3"}},
        {".5e-3", {ValueKind::Float, "0.5e-3"}},
        {"NaN", {ValueKind::Invalid, "nan"}},
        {"-Infinity", {ValueKind::Invalid, "infinity"}},
        {"inf", {ValueKind::Invalid, "infinity"}},
        {"", {ValueKind::Invalid, "number"}},
        {".", {ValueKind::Invalid, "number:."}},
        {"1,5", {ValueKind::Invalid, "number:1,5"}},
        {"0x1F", {ValueKind::Invalid, "number:0x1F"}},
        {"1 2", {ValueKind::Invalid, "number:1 2"}},
    };
    for (const TextCase& test : decimals)
        EXPECT_EQ(made(appendDecimal, std::string_view(test.text)), test.expected) << test.text;
    const TextCase integers[] = {
        {"18446744073709551615", {ValueKind::Integer, "18446744073709551615"}},
        {"-9223372036854775808", {ValueKind::Integer, "-9223372036854775808"}},
        {"-0", {ValueKind::Integer, "0"}},
        {"+7", {ValueKind::Integer, "7"}},
        {"7.0", {ValueKind::Decimal, "7.0"}},
        {"x", {ValueKind::Invalid, "number:x"}},
    };
    for (const TextCase& test : integers)
        EXPECT_EQ(made(appendInteger, std::string_view(test.text)), test.expected) << test.text;
}

TEST(ValueText, WritesFloatsShortestAsPostgresDoes)
{
    const std::pair<double, const char*> doubles[] = {
        {0.0, "0"},
        {-0.0, "-0"},
        {1.0, "1"},
        {0.1, "0.1"},
        {-2.5, "-2.5"},
        {100.0, "100"},
        {123456.789, "123456.789"},
        {1e14, "100000000000000"},
        {123456789012345.0, "123456789012345"},
        {1e15, "1e+15"},
        {1234567890123456.0, "1.234567890123456e+15"},
        {0.0001, "0.0001"},
        {0.00001, "1e-05"},
        {1.5e-7, "1.5e-07"},
        {5e-324, "5e-324"},
        {1.7976931348623157e308, "1.7976931348623157e+308"},
        {0.30000000000000004, "0.30000000000000004"},
    };
    for (const auto& [value, text] : doubles)
        EXPECT_EQ(made([](std::string& out, double d) { return appendFloat(out, d); }, value),
                  Value(ValueKind::Float, text));
    const std::pair<float, const char*> floats[] = {
        {0.1F, "0.1"},   {3.14159F, "3.14159"},          {123456.0F, "123456"},
        {1e6F, "1e+06"}, {16777216.0F, "1.6777216e+07"}, {1e-5F, "1e-05"},
    };
    for (const auto& [value, text] : floats)
        EXPECT_EQ(made([](std::string& out, float f) { return appendFloat(out, f); }, value),
                  Value(ValueKind::Float, text));
    const double nan = std::nan("");
    EXPECT_EQ(made([](std::string& out, double d) { return appendFloat(out, d); }, nan),
              Value(ValueKind::Invalid, "nan"));
    EXPECT_EQ(made([](std::string& out, double d) { return appendFloat(out, d); }, -INFINITY),
              Value(ValueKind::Invalid, "infinity"));
}

TEST(ValueText, FloatsOfAnyBitsReadBackAndAreJsonNumbers)
{
    fakes::FakeRandom random(1);
    for (int i = 0; i < 100'000; ++i) {
        const std::uint64_t bits = random.next();
        double value = 0;
        std::memcpy(&value, &bits, sizeof value);
        if (!std::isfinite(value))
            continue;
        std::string text;
        ASSERT_EQ(appendFloat(text, value), ValueKind::Float);
        ASSERT_TRUE(data::isJsonNumber(text)) << text;
        ASSERT_EQ(QLocale::c().toDouble(QString::fromStdString(text)), value) << text;
    }
}

TEST(ValueText, SaysWhereTextStopsBeingUtf8)
{
    const TextCase cases[] = {
        {"", {ValueKind::Text, ""}},
        {"plain text of more than eight bytes",
         {ValueKind::Text, "plain text of more than eight bytes"}},
        {"Zoë 日本 🎁", {ValueKind::Text, "Zoë 日本 🎁"}},
        {std::string("nul \0 inside", 12), {ValueKind::Text, std::string("nul \0 inside", 12)}},
        {"bad \xff", {ValueKind::Invalid, "utf8:4"}},
        {"more than eight bytes \xC3", {ValueKind::Invalid, "utf8:22"}},
        {"\xED\xA0\x80", {ValueKind::Invalid, "utf8:0"}},
    };
    for (const TextCase& test : cases)
        EXPECT_EQ(made(appendText, std::string_view(test.text)), test.expected) << test.text;
}

TEST(ValueText, ReadsUuidsJsonAndBytes)
{
    EXPECT_EQ(made(appendUuid, std::string_view("0A1B2C3D-4E5F-6071-8293-A4B5C6D7E8F9")),
              Value(ValueKind::Uuid, "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"));
    EXPECT_EQ(made(appendUuid, std::string_view("no uuid")), Value(ValueKind::Text, "no uuid"));
    EXPECT_EQ(made(appendJson, std::string_view(" { \"a\" : [ 1.10 , \"x y\" ] } ")),
              Value(ValueKind::Json, "{\"a\":[1.10,\"x y\"]}"));
    EXPECT_EQ(made(appendJson, std::string_view("{\"a\":1,\"a\":2}")),
              Value(ValueKind::Invalid, "json"));
    fakes::FakeRandom random(2);
    for (std::size_t size = 0; size < 50; ++size) {
        std::string bytes;
        for (std::size_t i = 0; i < size; ++i)
            bytes += static_cast<char>(random.next());
        EXPECT_EQ(made(appendBytes, std::string_view(bytes)),
                  Value(ValueKind::Bytes, toBase64(bytes)));
    }
}

TEST(DateText, ReadsWhatServersAndFilesWrite)
{
    struct Case
    {
        std::string text;
        ZoneRule rule;
        Value expected;
    };
    const auto naive = ValueKind::Timestamp;
    const auto zoned = ValueKind::TimestampTz;
    const Case cases[] = {
        {"2024-01-02 03:04:05", ZoneRule::Naive, {naive, "2024-01-02T03:04:05"}},
        {"2024-01-02T03:04:05.120000", ZoneRule::Naive, {naive, "2024-01-02T03:04:05.12"}},
        {"2024-01-02 03:04:05.000", ZoneRule::Naive, {naive, "2024-01-02T03:04:05"}},
        {"2024-01-02 03:04:05.123456789",
         ZoneRule::Naive,
         {naive, "2024-01-02T03:04:05.123456789"}},
        {"2024-01-02 03:04", ZoneRule::Naive, {naive, "2024-01-02T03:04:00"}},
        {"2024-01-02", ZoneRule::Naive, {naive, "2024-01-02T00:00:00"}},
        {"2024-01-02 03:04:05", ZoneRule::Utc, {zoned, "2024-01-02T03:04:05+00:00"}},
        {"2024-01-02 03:04:05+00", ZoneRule::Utc, {zoned, "2024-01-02T03:04:05+00:00"}},
        {"2024-01-02T03:04:05Z", ZoneRule::AsWritten, {zoned, "2024-01-02T03:04:05+00:00"}},
        {"2024-01-01 00:30:00.5 +02:00", ZoneRule::Utc, {zoned, "2023-12-31T22:30:00.5+00:00"}},
        {"2024-02-29 23:30:00 -0130", ZoneRule::Utc, {zoned, "2024-03-01T01:00:00+00:00"}},
        {"1900-01-01 00:00:00+00:19:32", ZoneRule::Utc, {zoned, "1899-12-31T23:40:28+00:00"}},
        {"2024-01-02 03:04:05+02", ZoneRule::Naive, {naive, "2024-01-02T03:04:05"}},
        {"9999-12-31 23:59:59.999999", ZoneRule::Naive, {naive, "9999-12-31T23:59:59.999999"}},
        {"9999-12-31 23:59:59-01", ZoneRule::Utc, {ValueKind::Invalid, "date_range"}},
        {"0001-01-01 00:00:00", ZoneRule::Naive, {naive, "0001-01-01T00:00:00"}},
        {"0001-01-01 00:00:00+01", ZoneRule::Utc, {ValueKind::Invalid, "date_range"}},
        {"10000-01-01 00:00:00",
         ZoneRule::Naive,
         {ValueKind::Invalid, "date_range:10000-01-01 00:00:00"}},
        {"0000-00-00 00:00:00",
         ZoneRule::Naive,
         {ValueKind::Invalid, "date_range:0000-00-00 00:00:00"}},
        {"2023-02-29 00:00:00",
         ZoneRule::Naive,
         {ValueKind::Invalid, "date_range:2023-02-29 00:00:00"}},
        {"2024-01-02 24:00:00",
         ZoneRule::Naive,
         {ValueKind::Invalid, "date_range:2024-01-02 24:00:00"}},
        {"2024-01-02 03:04:05 Mars",
         ZoneRule::Naive,
         {ValueKind::Invalid, "date_range:2024-01-02 03:04:05 Mars"}},
        {"infinity", ZoneRule::Utc, {ValueKind::Invalid, "date_range:infinity"}},
        {"", ZoneRule::Utc, {ValueKind::Invalid, "date_range"}},
    };
    for (const Case& test : cases)
        EXPECT_EQ(made(appendTimestampText, std::string_view(test.text), test.rule), test.expected)
            << test.text;
}

TEST(DateText, ReadsDatesAndTimes)
{
    EXPECT_EQ(made(appendDateText, std::string_view("2024-02-29")),
              Value(ValueKind::Date, "2024-02-29"));
    EXPECT_EQ(made(appendDateText, std::string_view("0044-03-15 BC")),
              Value(ValueKind::Invalid, "date_range:0044-03-15 BC"));
    const TextCase times[] = {
        {"12:34:56", {ValueKind::Time, "12:34:56"}},
        {"12:34:56.500000", {ValueKind::Time, "12:34:56.5"}},
        {"-838:59:59.000000", {ValueKind::Time, "-838:59:59"}},
        {"1:02:03", {ValueKind::Time, "01:02:03"}},
        {"12:34", {ValueKind::Time, "12:34:00"}},
        {"noon", {ValueKind::Text, "noon"}},
        {"12:34:56+02", {ValueKind::Text, "12:34:56+02"}},
    };
    for (const TextCase& test : times)
        EXPECT_EQ(made(appendTimeText, std::string_view(test.text)), test.expected) << test.text;
}

} // namespace headgate::warehouse
