// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/row_key_check.h"

#include "fakes/print_to.h"
#include "ui/model/few_rows.h"

#include <gtest/gtest.h>

namespace headgate::ui {
namespace {

using data::ValueKind;

const std::vector<FewColumn> columns{{"id", ValueKind::Integer}, {"part", ValueKind::Text}};

TEST(RowKeyCheckOfRows, FindsWhatRepeats)
{
    const auto rows = fewRows(
        columns,
        {{"1", "a"}, {"7", "x"}, {"7", "x"}, {"1", "b"}, {"7", "x"}, {"1", "b"}, {{}, "a"}});
    const auto check = checkRowKey(*rows, {"id", "part"}, {});
    ASSERT_TRUE(check);
    EXPECT_EQ(check->rows, 7U);
    EXPECT_EQ(check->withoutKey, 1U);
    EXPECT_EQ(check->repeatedKeys, 2U);
    EXPECT_EQ(check->repeatingRows, 5U);
    ASSERT_EQ(check->examples.size(), 2U);
    EXPECT_EQ(check->examples[0].rows, 3U);
    EXPECT_EQ(check->examples[0].key[0].text, "7");
    const KeySentence said = keySentence(*check, KeyScope::Fetched);
    EXPECT_EQ(said.tone, Tone::Error);
    EXPECT_EQ(said.sentence,
              QStringLiteral("Repeats: 5 rows of the first 7 rows share a key with another. "
                             "1 of the first 7 rows have no key: NULL is in it."));
    EXPECT_EQ(said.detail, QStringLiteral("3 rows share (7, x)\n2 rows share (1, b)"));
}

TEST(RowKeyCheckOfRows, TellsTextsApartThatRunTogether)
{
    const auto rows = fewRows(columns, {{"1", "11"}, {"11", "1"}, {"1", "1:1"}});
    const auto check = checkRowKey(*rows, {"id", "part"}, {});
    ASSERT_TRUE(check);
    EXPECT_EQ(check->repeatedKeys, 0U);
    EXPECT_EQ(keySentence(*check, KeyScope::Fetched).sentence,
              QStringLiteral("Unique in the first 3 rows."));
    EXPECT_EQ(keySentence(*check, KeyScope::Warehouse).sentence,
              QStringLiteral("Unique in all 3 rows."));
    EXPECT_EQ(keySentence(*check, KeyScope::FetchedAll).tone, Tone::Success);
}

TEST(RowKeyCheckOfRows, ProposesTheColumnThatTellsRowsApart)
{
    const std::vector<FewColumn> named{{"price", ValueKind::Decimal},
                                       {"customer_id", ValueKind::Integer},
                                       {"view_id", ValueKind::Integer}};
    struct Case
    {
        const char* what;
        std::vector<FewCells> rows;
        std::string proposed;
    };
    const Case cases[] = {
        {"a name of a key before others", {{"1.5", "7", "1"}, {"2.5", "7", "2"}}, "view_id"},
        {"any other that is unique", {{"1.5", "7", "1"}, {"2.5", "7", "1"}}, "price"},
        {"none with a null", {{{}, "7", "1"}, {"2.5", "7", "1"}}, ""},
        {"none that repeats", {{"1.5", "7", "1"}, {"1.5", "7", "1"}}, ""},
        {"no rows", {}, ""}};
    for (const Case& each : cases)
        EXPECT_EQ(uniqueColumn(*fewRows(named, each.rows), {}), each.proposed) << each.what;
}

TEST(RowKeyCheckOfRows, NoRowsProveNothing)
{
    const auto check = checkRowKey(*fewRows(columns, {}), {"id"}, {});
    ASSERT_TRUE(check);
    EXPECT_EQ(keySentence(*check, KeyScope::FetchedAll).tone, Tone::Neutral);
}

} // namespace
} // namespace headgate::ui
