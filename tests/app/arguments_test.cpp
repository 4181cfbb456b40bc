// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/arguments.h"

#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::cli;

TEST(CliArguments, numbersAreWholeAndWithinTheirLimits)
{
    const struct
    {
        const char* text;
        std::optional<std::uint64_t> expected;
    } cases[] = {{"1", 1},
                 {"1000", 1000},
                 {"0", {}},
                 {"1001", {}},
                 {"-1", {}},
                 {"+1", {}},
                 {"1.0", {}},
                 {"1e3", {}},
                 {"0x10", {}},
                 {" 1", {}},
                 {"1 ", {}},
                 {"one", {}},
                 {"18446744073709551616", {}},
                 {"٣", {}}};
    for (const auto& [text, expected] : cases) {
        Arguments arguments;
        arguments.addOption("limit", text);
        const auto number = arguments.number("limit", 1, 1000);
        EXPECT_EQ(number.has_value(), expected.has_value()) << text;
        if (number) {
            EXPECT_EQ(*number, expected) << text;
        } else {
            EXPECT_EQ(number.error().code, "usage.value.number") << text;
        }
    }
}

TEST(CliArguments, anAbsentNumberIsNone)
{
    const auto number = Arguments().number("limit", 1, 1000);
    ASSERT_TRUE(number.has_value());
    EXPECT_FALSE(number->has_value());
}

TEST(CliArguments, sharesAreFractionsOrPercents)
{
    const struct
    {
        const char* text;
        std::optional<double> expected;
    } cases[] = {{"0", 0.0},    {"1", 1.0},   {"0.05", 0.05}, {"5%", 0.05},      {"2.5%", 0.025},
                 {"100%", 1.0}, {"1.01", {}}, {"101%", {}},   {"-1", {}},        {"", {}},
                 {"%", {}},     {"0.", {}},   {".5", 0.5},    {"0.1234567", {}}, {"5 %", {}},
                 {"0,05", {}},  {"nan", {}}};
    for (const auto& [text, expected] : cases) {
        Arguments arguments;
        arguments.addOption("tolerate", text);
        const auto share = arguments.share("tolerate");
        ASSERT_EQ(share.has_value(), expected.has_value()) << text;
        if (share) {
            EXPECT_DOUBLE_EQ(**share, *expected) << text;
        }
    }
}
