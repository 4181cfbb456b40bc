// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/text_table.h"

#include "fakes/print_to.h"

#include <gtest/gtest.h>

using namespace headgate::cli;

TEST(CliTextTable, alignsTextLeftAndNumbersRight)
{
    TextTable table({QStringLiteral("name"), QStringLiteral("n"), QStringLiteral("note")});
    table.addRow({QStringLiteral("a"), QStringLiteral("5"), QStringLiteral("x")});
    table.addRow({QStringLiteral("longer"), QStringLiteral("1000"), QString()});
    EXPECT_EQ(table.text(0), QStringLiteral("name       n  note\n"
                                            "a          5  x\n"
                                            "longer  1000\n"));
}

TEST(CliTextTable, onlyTheLastColumnIsCut)
{
    TextTable table({QStringLiteral("k"), QStringLiteral("v")});
    table.addRow({QStringLiteral("key"), QStringLiteral("0123456789abcdef")});
    EXPECT_EQ(table.text(15), QString::fromUtf8("k    v\nkey  012345678…\n"));
}

TEST(CliTextTable, wideCharactersTakeTwoColumns)
{
    EXPECT_EQ(displayWidth(QString::fromUtf8("日本")), 4);
    EXPECT_EQ(displayWidth(QString::fromUtf8("🙂")), 2);
    EXPECT_EQ(displayWidth(QString::fromUtf8("e\u0301")), 1);
    TextTable table({QStringLiteral("a"), QStringLiteral("b")});
    table.addRow({QString::fromUtf8("日本"), QStringLiteral("x")});
    table.addRow({QStringLiteral("abcd"), QStringLiteral("y")});
    EXPECT_EQ(table.text(0), QString::fromUtf8("a     b\n日本  x\nabcd  y\n"));
}

TEST(CliTextTable, foreignTextCannotDriveTheTerminal)
{
    TextTable table({QStringLiteral("a")});
    table.addRow({QStringLiteral("\x1b[31m\n")});
    EXPECT_EQ(table.text(0), QStringLiteral("a\n\\x1b[31m\\n\n"));
}
