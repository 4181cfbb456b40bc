// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/postgres_copy_row.h"

#include "fakes/print_to.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace headgate::warehouse {

namespace {

using data::Value;
using data::ValueKind;

using CopyCells = std::vector<std::optional<std::string>>;

/// As CopyAttributeOutText() and CopyOneRowTo() of PostgreSQL's copyto.c write a row.
std::string copyLine(const CopyCells& cells)
{
    constexpr std::string_view special = "\b\f\n\r\t\v\\";
    constexpr std::string_view letters = "bfnrtv\\";
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        line += i > 0 ? "\t" : "";
        if (!cells[i]) {
            line += "\\N";
            continue;
        }
        for (const char c : *cells[i]) {
            const std::size_t at = special.find(c);
            if (at == std::string_view::npos)
                line += c;
            else
                line += {'\\', letters[at]};
        }
    }
    return line + '\n';
}

/// Nothing where the line is refused; then no part of a row is left either.
std::optional<CopyCells> readLine(std::string_view line, std::size_t columns)
{
    const std::vector<PostgresType> types(columns);
    data::RowBlock block;
    block.reset(columns);
    PostgresCopyRow row;
    if (!row.append(line, types, block))
        return std::nullopt;
    EXPECT_EQ(block.rowCount(), 1u);
    CopyCells cells;
    for (std::size_t i = 0; i < columns; ++i) {
        const data::ValueView cell = block.at(0, i);
        cells.push_back(cell.isNull() ? std::nullopt : std::optional<std::string>(cell.text));
    }
    return cells;
}

} // namespace

TEST(PostgresCopyRow, TellsNullFromEmptyAndFromItsOwnMark)
{
    const CopyCells cells{"", std::nullopt, "\\N", "N", "\\", "\\.", ""};
    EXPECT_EQ(copyLine(cells), "\t\\N\t\\\\N\tN\t\\\\\t\\\\.\t\n");
    EXPECT_EQ(readLine(copyLine(cells), cells.size()), cells);
    EXPECT_EQ(readLine("\n", 1), CopyCells{""});
    EXPECT_EQ(readLine("\\N\n", 1), CopyCells{std::nullopt});
}

TEST(PostgresCopyRow, EveryByteComesBack)
{
    for (int code = 1; code < 128; ++code) {
        const std::string c(1, static_cast<char>(code));
        for (const std::string& text : {c, "a" + c, c + "b", c + c, "a" + c + "b"}) {
            const CopyCells cells{text, "x", text};
            EXPECT_EQ(readLine(copyLine(cells), 3), cells) << code;
        }
    }
}

TEST(PostgresCopyRow, RefusesWhatIsNoRow)
{
    for (const std::string_view line :
         {"", "a\tb", "a\n", "a\tb\tc\n", "a\tb\n\n", "a\nb\tc\n", "a\t\\x\n", "a\t\\\n",
          "a\t\\101\n", "a\\N\tb\n", "\\Na\tb\n", "a\tb\\"})
        EXPECT_EQ(readLine(line, 2), std::nullopt) << line;
}

TEST(PostgresCopyRow, ReadsCellsByTheirTypes)
{
    PostgresTypes known;
    const std::vector<PostgresType> types{known.find(16), known.find(20), known.find(17),
                                          known.find(1009), known.find(1184)};
    data::RowBlock block;
    block.reset(types.size());
    PostgresCopyRow row;
    ASSERT_TRUE(
        row.append("t\t-5\t\\\\x00ff\t{\"a\\tb\",NULL}\t2024-01-02 03:04:05+00\n", types, block));
    ASSERT_TRUE(row.append("\\N\t\\N\t\\N\t\\N\t\\N\n", types, block));
    EXPECT_EQ(Value(block.at(0, 0)), Value(ValueKind::Bool, "true"));
    EXPECT_EQ(Value(block.at(0, 1)), Value(ValueKind::Integer, "-5"));
    EXPECT_EQ(Value(block.at(0, 2)), Value(ValueKind::Bytes, "AP8="));
    EXPECT_EQ(Value(block.at(0, 3)), Value(ValueKind::Json, "[\"a\\tb\",null]"));
    EXPECT_EQ(Value(block.at(0, 4)), Value(ValueKind::TimestampTz, "2024-01-02T03:04:05+00:00"));
    for (std::size_t i = 0; i < types.size(); ++i)
        EXPECT_TRUE(block.at(1, i).isNull()) << i;
}

RC_GTEST_PROP(PostgresCopyRow, AnyRowComesBack, ())
{
    const auto text = rc::gen::container<std::string>(
        rc::gen::element('a', 'N', 'n', 't', '.', ' ', '\\', '\t', '\n', '\r', '\b', '\f', '\v'));
    const auto drawn = *rc::gen::nonEmpty(
        rc::gen::container<std::vector<rc::Maybe<std::string>>>(rc::gen::maybe(text)));
    CopyCells cells;
    for (const rc::Maybe<std::string>& cell : drawn)
        cells.push_back(cell ? std::optional<std::string>(*cell) : std::nullopt);
    RC_ASSERT(readLine(copyLine(cells), cells.size()) == cells);
}

/// Bytes from anywhere: refused or read, never read past.
RC_GTEST_PROP(PostgresCopyRow, AnyBytesAreRefusedOrRead, ())
{
    const auto line =
        *rc::gen::container<std::string>(rc::gen::element('a', 'N', '\\', '\t', '\n', '\xff'));
    const auto columns = *rc::gen::inRange<std::size_t>(1, 4);
    const auto cells = readLine(line, columns);
    RC_ASSERT(!cells || cells->size() == columns);
}

} // namespace headgate::warehouse
