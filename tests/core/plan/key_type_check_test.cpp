// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/key_type_check.h"

#include "data/canonical_key.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace headgate::plan {

namespace {

using data::ValueKind;
using data::ValueView;
using testing::Contains;
using testing::Not;

std::string keyOf(std::initializer_list<ValueView> values)
{
    return *data::canonicalKey({values.begin(), values.size()});
}

struct Retyped
{
    const char* name;
    ValueView before;
    ValueView now;
};

void PrintTo(const Retyped& retyped, std::ostream* out)
{
    *out << retyped.name;
}

class RetypedKey : public testing::TestWithParam<Retyped>
{};

} // namespace

TEST_P(RetypedKey, isFoundFromTheOtherType)
{
    const auto& [name, before, now] = GetParam();
    EXPECT_THAT(retypedKeys(keyOf({now})), Contains(keyOf({before})));
    const ValueView other{ValueKind::Text, "north"};
    EXPECT_THAT(retypedKeys(keyOf({other, now})), Contains(keyOf({other, before})));
    EXPECT_THAT(retypedKeys(keyOf({now, other})), Contains(keyOf({before, other})));
}

INSTANTIATE_TEST_SUITE_P(
    Types, RetypedKey,
    testing::Values(
        Retyped{"integerToText", {ValueKind::Integer, "7"}, {ValueKind::Text, "7"}},
        Retyped{"textToInteger", {ValueKind::Text, "7"}, {ValueKind::Integer, "7"}},
        Retyped{"decimalToText", {ValueKind::Decimal, "7.50"}, {ValueKind::Text, "7.50"}},
        Retyped{"dateToText", {ValueKind::Date, "2026-02-03"}, {ValueKind::Text, "2026-02-03"}},
        Retyped{"textToDate", {ValueKind::Text, "2026-02-03"}, {ValueKind::Date, "2026-02-03"}},
        Retyped{"timestampToText",
                {ValueKind::Timestamp, "2026-02-03T04:05:06.7"},
                {ValueKind::Text, "2026-02-03 04:05:06.7"}},
        Retyped{"textToTimestamp",
                {ValueKind::Text, "2026-02-03 04:05:06"},
                {ValueKind::Timestamp, "2026-02-03T04:05:06"}},
        Retyped{"timestampToOneWithAZone",
                {ValueKind::Timestamp, "2026-02-03T04:05:06"},
                {ValueKind::TimestampTz, "2026-02-03T04:05:06+00:00"}},
        Retyped{"oneWithAZoneToTimestamp",
                {ValueKind::TimestampTz, "2026-02-03T04:05:06+00:00"},
                {ValueKind::Timestamp, "2026-02-03T04:05:06"}}),
    testing::PrintToStringParamName());

/// One width of a number is as good as another, and no key is its own other form.
TEST(RetypedKeys, AreOtherKeys)
{
    const std::string number = keyOf({{ValueKind::Integer, "7"}});
    EXPECT_EQ(number, keyOf({{ValueKind::Decimal, "7.00"}}));
    EXPECT_EQ(number, keyOf({{ValueKind::Float, "7.0"}}));
    for (const ValueView value : {ValueView{ValueKind::Integer, "7"},
                                  {ValueKind::Text, "ann"},
                                  {ValueKind::Text, ""},
                                  {ValueKind::Bytes, "AA=="}})
        EXPECT_THAT(retypedKeys(keyOf({value})), Not(Contains(keyOf({value}))));
}

} // namespace headgate::plan
