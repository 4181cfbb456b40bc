// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/value.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <vector>

using namespace headgate::data;

TEST(Value, numbersCompareExactly)
{
    // Each is greater than the one before it.
    const std::vector<std::string> ascending = {"-1e400",
                                                "-9223372036854775808",
                                                "-2",
                                                "-1.5",
                                                "-0.1",
                                                "0",
                                                "1e-400",
                                                "0.1",
                                                "0.10000000001",
                                                "1",
                                                "9007199254740992",
                                                "9007199254740993",
                                                "9223372036854775807",
                                                "1e30",
                                                "1e400"};
    for (std::size_t i = 0; i < ascending.size(); ++i)
        for (std::size_t j = 0; j < ascending.size(); ++j)
            EXPECT_EQ(compareNumbers(ascending[i], ascending[j]) == (i <=> j), true)
                << ascending[i] << " and " << ascending[j];
    EXPECT_TRUE(std::is_eq(compareNumbers("1.50", "15e-1")));
    EXPECT_TRUE(std::is_eq(compareNumbers("-0.0", "0")));
}

TEST(Value, normalisedNumbers)
{
    const std::pair<const char*, const char*> cases[] = {
        {"1.50", "1.5"},       {"15e-1", "1.5"},
        {"-0.0", "0"},         {"100", "100"},
        {"1e2", "100"},        {"0.0010", "0.001"},
        {"-12.340", "-12.34"}, {"12345678901234567890.000", "12345678901234567890"},
        {"1e500", "1e500"},    {"12e-500", "1.2e-499"}};
    for (const auto& [input, expected] : cases)
        EXPECT_EQ(normalisedNumber(input), expected) << input;
}

TEST(Value, nullsComeLastAndTextGoesByCodePoint)
{
    EXPECT_TRUE(std::is_lt(compare({ValueKind::Text, "z"}, {ValueKind::Null, ""})));
    EXPECT_TRUE(std::is_lt(compare({ValueKind::Text, "Z"}, {ValueKind::Text, "a"})));
    EXPECT_TRUE(std::is_lt(compare({ValueKind::Text, "z"}, {ValueKind::Text, "ä"})));
    EXPECT_TRUE(std::is_lt(compare({ValueKind::Text, "\uFFFD"}, {ValueKind::Text, "😀"})));
}

TEST(Value, equalNumbersAreOrderedByTheirBytes)
{
    EXPECT_TRUE(std::is_neq(compare({ValueKind::Decimal, "1.0"}, {ValueKind::Integer, "1"})));
    EXPECT_TRUE(std::is_lt(compare({ValueKind::Integer, "2"}, {ValueKind::Decimal, "10.0"})));
}

TEST(Value, timesCompareAcrossSignsAndWidths)
{
    const std::vector<std::string> ascending = {"-838:59:59", "-12:00:00",  "-11:59:59.5",
                                                "00:00:00",   "00:00:00.1", "23:59:59",
                                                "838:59:59"};
    for (std::size_t i = 0; i + 1 < ascending.size(); ++i)
        EXPECT_TRUE(std::is_lt(
            compare({ValueKind::Time, ascending[i]}, {ValueKind::Time, ascending[i + 1]})))
            << ascending[i];
}
