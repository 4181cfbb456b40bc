// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/printable_text.h"

#include "fakes/print_to.h"

#include <gtest/gtest.h>

using namespace headgate::cli;

TEST(CliPrintableText, controlsAndReorderingBecomeVisible)
{
    const struct
    {
        const char* text;
        const char* expected;
    } cases[] = {
        {"plain", "plain"},
        {"\x1b[2Jgone", "\\x1b[2Jgone"},
        {"a\nb\tc\rd", "a\\nb\\tc\\x0dd"},
        {"bell\a", "bell\\x07"},
        {"\x7f", "\\x7f"},
        {"\u009b31m", "\\x9b31m"},
        {"a\u202eb", "a\\u202eb"},
        {"\u2066x\u2069", "\\u2066x\\u2069"},
        {"Ünïcödé 日本 🙂", "Ünïcödé 日本 🙂"},
    };
    for (const auto& [text, expected] : cases)
        EXPECT_EQ(printable(std::string_view(text)), QString::fromUtf8(expected)) << expected;
}

TEST(CliPrintableText, longTextIsCutBetweenCharacters)
{
    const QString cut = printable(std::string_view("🙂🙂🙂🙂"), 5);
    EXPECT_EQ(cut, QString::fromUtf8("🙂🙂…"));
    EXPECT_EQ(printable(std::string_view("12345"), 5), QStringLiteral("12345"));
    EXPECT_EQ(printable(std::string_view("123456"), 5), QString::fromUtf8("1234…"));
    EXPECT_EQ(printable(std::string_view("123456"), 0), QStringLiteral("123456"));
}

TEST(CliPrintableText, linesStayWhereTheyAreWanted)
{
    EXPECT_EQ(printableLines(QStringLiteral("a\n\tb\x1b")), QStringLiteral("a\n\tb\\x1b"));
}
