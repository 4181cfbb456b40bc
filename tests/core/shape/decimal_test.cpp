// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/decimal.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

using namespace headgate::shape;

namespace {

std::string sumOf(const std::vector<std::string>& numbers)
{
    DecimalSum sum;
    for (const std::string& number : numbers)
        EXPECT_TRUE(sum.add(number)) << number;
    return sum.text();
}

struct RoundingCase
{
    const char* number;
    int decimals;
    Rounding rounding;
    const char* expected;
};

} // namespace

TEST(Decimal, sumsKeepTheLargestScale)
{
    EXPECT_EQ(sumOf({}), "0");
    EXPECT_EQ(sumOf({"0.10", "0.2"}), "0.30");
    EXPECT_EQ(sumOf({"1.50", "-1.50"}), "0.00");
    EXPECT_EQ(sumOf({"-0.1", "0.05"}), "-0.05");
    EXPECT_EQ(sumOf({"1e3", "1e-3"}), "1000.001");
    EXPECT_EQ(sumOf({"1e400", "1"}), '1' + std::string(399, '0') + '1');
    EXPECT_EQ(sumOf({"-1", "99999999999999999999"}), "99999999999999999998");
    EXPECT_EQ(sumOf({"9223372036854775807", "9223372036854775807", "2"}), "18446744073709551616");
    EXPECT_EQ(sumOf({"0.000000001", "0.0000000001"}), "0.0000000011");
    EXPECT_EQ(sumOf({"123456789012345678901234567890.5", "-123456789012345678901234567890.25"}),
              "0.25");
}

TEST(Decimal, exponentsOutOfRangeAreRefused)
{
    DecimalSum sum;
    EXPECT_FALSE(sum.add("1e401"));
    EXPECT_FALSE(sum.add("1e99999999999999999999"));
    EXPECT_FALSE(plainNumber("1e-401"));
    EXPECT_EQ(sum.text(), "0");
}

TEST(Decimal, sumsOfIntegersAgreeWithTheMachine)
{
    EXPECT_TRUE(rc::check("sum of integers", [](const std::vector<std::int32_t>& terms) {
        DecimalSum sum;
        std::int64_t expected = 0;
        for (const std::int32_t term : terms) {
            RC_ASSERT(sum.add(std::to_string(term)));
            expected += term;
        }
        RC_ASSERT(sum.text() == std::to_string(expected));
    }));
}

TEST(Decimal, sumsDoNotDependOnOrder)
{
    EXPECT_TRUE(rc::check(
        "sum in another order", [](const std::vector<std::pair<std::int64_t, int>>& terms) {
            std::vector<std::string> numbers;
            for (const auto& [mantissa, exponent] : terms)
                numbers.push_back(std::to_string(mantissa) + 'e' + std::to_string(exponent % 60));
            const std::string forward = sumOf(numbers);
            std::reverse(numbers.begin(), numbers.end());
            RC_ASSERT(sumOf(numbers) == forward);
            // Twice the sum less the sum is the sum.
            DecimalSum again;
            for (const std::string& number : numbers)
                RC_ASSERT(again.add(number));
            for (const std::string& number : numbers)
                RC_ASSERT(again.add(number));
            RC_ASSERT(again.add(forward.starts_with('-') ? forward.substr(1) : '-' + forward));
            RC_ASSERT(plainNumber(again.text()) == plainNumber(forward));
        }));
}

TEST(Decimal, rounds)
{
    const RoundingCase cases[] = {
        {"2.345", 2, Rounding::HalfUp, "2.35"},    {"-2.345", 2, Rounding::HalfUp, "-2.35"},
        {"2.345", 2, Rounding::HalfEven, "2.34"},  {"2.355", 2, Rounding::HalfEven, "2.36"},
        {"2.3451", 2, Rounding::HalfEven, "2.35"}, {"2.349", 2, Rounding::Down, "2.34"},
        {"0.5", 0, Rounding::HalfUp, "1"},         {"0.5", 0, Rounding::HalfEven, "0"},
        {"1.5", 0, Rounding::HalfEven, "2"},       {"-0.4", 0, Rounding::HalfUp, "0"},
        {"9.999", 2, Rounding::HalfUp, "10.00"},   {"99.9", 0, Rounding::HalfUp, "100"},
        {"7", 2, Rounding::HalfUp, "7.00"},        {"1.5e2", 1, Rounding::HalfUp, "150.0"},
        {"5e-3", 2, Rounding::HalfUp, "0.01"},
    };
    for (const RoundingCase& c : cases)
        EXPECT_EQ(roundedNumber(c.number, c.decimals, c.rounding), c.expected)
            << c.number << ' ' << c.decimals;
}

TEST(Decimal, writesPlainAndWhole)
{
    EXPECT_EQ(plainNumber("1.50e1"), "15.0");
    EXPECT_EQ(plainNumber("-12e-3"), "-0.012");
    EXPECT_EQ(plainNumber("-0.0"), "0.0");
    EXPECT_EQ(integerNumber("5.00"), "5");
    EXPECT_EQ(integerNumber("-5e2"), "-500");
    EXPECT_EQ(integerNumber("5.5"), std::nullopt);
    EXPECT_EQ(integerNumber("0.0"), "0");
}

TEST(Decimal, groupsDigits)
{
    Format format;
    format.grouping = "\xE2\x80\xAF";
    format.decimalPoint = ",";
    EXPECT_EQ(formattedNumber("1234567.5", format), "1\xE2\x80\xAF"
                                                    "234\xE2\x80\xAF"
                                                    "567,5");
    EXPECT_EQ(formattedNumber("-999", format), "-999");
    format.decimals = 0;
    EXPECT_EQ(formattedNumber("-999.5", format), "-1\xE2\x80\xAF"
                                                 "000");
}
