// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/column_profile.h"

#include "ui/model/few_rows.h"

#include <gtest/gtest.h>

namespace headgate::ui {
namespace {

using data::ValueKind;

TEST(ColumnProfile, CountsWhatAColumnHolds)
{
    const auto rows = fewRows({{"n", ValueKind::Decimal}, {"t", ValueKind::Text}},
                              {{"10", "b"}, {"9.5", "a"}, {{}, "b"}, {"10", {}}, {"-3", "ä"}});
    const auto profiles = profileColumns(*rows, {});
    ASSERT_TRUE(profiles);
    const ColumnProfile& number = profiles->at(0);
    EXPECT_EQ(number.rows, 5U);
    EXPECT_EQ(number.nulls, 1U);
    EXPECT_EQ(number.distinct, 3U);
    EXPECT_EQ(number.smallest.text, "-3");
    EXPECT_EQ(number.largest.text, "10");
    ASSERT_EQ(number.frequent.size(), 1U);
    EXPECT_EQ(number.frequent[0].value.text, "10");
    EXPECT_EQ(number.frequent[0].count, 2U);
    const ColumnProfile& text = profiles->at(1);
    EXPECT_EQ(text.smallest.text, "a");
    EXPECT_EQ(text.largest.text, "ä");
    EXPECT_EQ(text.frequent.at(0).value.text, "b");
}

TEST(ColumnProfile, NamesTheMostFrequentFirstAndFiveAtMost)
{
    std::vector<FewCells> cells;
    for (int value = 0; value < 8; ++value)
        for (int times = 0; times <= value; ++times)
            cells.push_back({std::to_string(value)});
    const auto profiles = profileColumns(*fewRows({{"n", ValueKind::Integer}}, cells), {});
    ASSERT_TRUE(profiles);
    const auto& frequent = profiles->at(0).frequent;
    ASSERT_EQ(frequent.size(), ColumnProfile::mostFrequent);
    EXPECT_EQ(frequent[0].value.text, "7");
    EXPECT_EQ(frequent[0].count, 8U);
    EXPECT_EQ(frequent[4].value.text, "3");
}

TEST(ColumnProfile, JsonHasNoOrderAndNothingHasNothing)
{
    const auto json = profileColumns(
        *fewRows({{"j", ValueKind::Json}, {"x", ValueKind::Text}}, {{"{}", {}}, {"[]", {}}}), {});
    ASSERT_TRUE(json);
    EXPECT_TRUE(json->at(0).smallest.isNull());
    EXPECT_EQ(json->at(0).distinct, 2U);
    EXPECT_EQ(json->at(1).nulls, 2U);
    EXPECT_EQ(json->at(1).distinct, 0U);
    const auto none = profileColumns(*fewRows({{"a", ValueKind::Text}}, {}), {});
    ASSERT_TRUE(none);
    EXPECT_EQ(none->at(0).rows, 0U);
}

TEST(ColumnProfile, AStopIsHeard)
{
    StopSource stop;
    stop.requestStop();
    EXPECT_FALSE(profileColumns(*fewRows({{"a", ValueKind::Text}}, {{"x"}}), stop.token()));
}

} // namespace
} // namespace headgate::ui
