// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/row_set.h"

#include "fakes/print_to.h"
#include "ui/widgets/sample_rows.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <numeric>

namespace headgate::ui {
namespace {

using data::ValueKind;
using testing::ElementsAre;

std::shared_ptr<const RowSet> oneColumn(const std::vector<data::Value>& values)
{
    data::Schema schema;
    schema.columns = {{"c", ValueKind::Text, "", ""}};
    std::vector<data::RowBlock> blocks(1);
    blocks[0].reset(1);
    for (const data::Value& value : values)
        blocks[0].append(value.view());
    return std::make_shared<RowSet>(std::move(schema), std::move(blocks));
}

std::vector<std::uint32_t> ordered(const RowSet& rows, const RowQuery& query)
{
    return orderRows(rows, query, StopToken()).value();
}

TEST(RowSet, ReadsAcrossBlocks)
{
    for (const std::size_t block : {1u, 3u, 10u, 100u}) {
        const auto rows = sampleRows(10, block);
        ASSERT_EQ(rows->rowCount(), 10u);
        for (std::size_t row = 0; row < 10; ++row)
            EXPECT_EQ(rows->at(row, 0).text, std::to_string(10 - row));
    }
    EXPECT_EQ(RowSet().rowCount(), 0u);
}

TEST(OrderRows, SortsByValueNullsLastEqualOnesAsRead)
{
    const auto numbers = oneColumn({{ValueKind::Integer, "10"},
                                    {ValueKind::Null, ""},
                                    {ValueKind::Integer, "9"},
                                    {ValueKind::Integer, "-3"},
                                    {ValueKind::Integer, "10"},
                                    {ValueKind::Integer, "123456789012345678901234567890"},
                                    {ValueKind::Null, ""}});
    EXPECT_THAT(ordered(*numbers, {0, false, ""}), ElementsAre(3, 2, 0, 4, 5, 1, 6));
    EXPECT_THAT(ordered(*numbers, {0, true, ""}), ElementsAre(5, 0, 4, 2, 3, 1, 6));
    EXPECT_THAT(ordered(*numbers, {{}, false, ""}), ElementsAre(0, 1, 2, 3, 4, 5, 6));
}

TEST(OrderRows, WhatADoubleCannotTellApartIsSortedExactly)
{
    const auto numbers = oneColumn({{ValueKind::Decimal, "9007199254740993.5"},
                                    {ValueKind::Integer, "9007199254740993"},
                                    {ValueKind::Integer, "9007199254740992"},
                                    {ValueKind::Decimal, "0.10000000000000000001"},
                                    {ValueKind::Decimal, "0.1"},
                                    {ValueKind::Float, "1e300"}});
    EXPECT_THAT(ordered(*numbers, {0, false, ""}), ElementsAre(4, 3, 2, 1, 0, 5));
}

TEST(OrderRows, TextsWithTheSameBeginningAreSortedByTheirEnd)
{
    const auto texts = oneColumn({{ValueKind::Text, "customer-b"},
                                  {ValueKind::Text, "customer"},
                                  {ValueKind::Text, "customer-a"},
                                  {ValueKind::Text, ""},
                                  {ValueKind::Text, "z"},
                                  {ValueKind::Text, "\xc3\xa9"}});
    EXPECT_THAT(ordered(*texts, {0, false, ""}), ElementsAre(3, 1, 2, 0, 4, 5));
}

TEST(OrderRows, FiltersInAnyColumn)
{
    const auto texts = oneColumn({{ValueKind::Text, "Lamp"},
                                  {ValueKind::Text, "tent"},
                                  {ValueKind::Text, "clAMPs"},
                                  {ValueKind::Null, ""},
                                  {ValueKind::Text, "Zoë"}});
    EXPECT_THAT(ordered(*texts, {{}, false, "lamp"}), ElementsAre(0, 2));
    EXPECT_THAT(ordered(*texts, {{}, false, "LAMP"}), ElementsAre(0, 2));
    EXPECT_THAT(ordered(*texts, {{}, false, "oë"}), ElementsAre(4));
    EXPECT_THAT(ordered(*texts, {0, true, "lamp"}), ElementsAre(2, 0));
    EXPECT_TRUE(ordered(*texts, {{}, false, "nothing like it"}).empty());
}

TEST(OrderRows, ManyRowsAreSortedAsAFewAre)
{
    const auto rows = sampleRows(20000);
    for (const std::size_t column : {0u, 1u, 2u}) {
        for (const bool descending : {false, true}) {
            const auto numbers = ordered(*rows, {column, descending, ""});
            std::vector<std::uint32_t> expected(rows->rowCount());
            std::iota(expected.begin(), expected.end(), 0u);
            std::stable_sort(expected.begin(), expected.end(), [&](auto a, auto b) {
                const data::ValueView left = rows->at(a, column);
                const data::ValueView right = rows->at(b, column);
                if (left.isNull() != right.isNull())
                    return right.isNull();
                return descending ? compare(left, right) > 0 : compare(left, right) < 0;
            });
            EXPECT_EQ(numbers, expected) << column << descending;
        }
    }
}

TEST(OrderRows, AnswersNothingWhenStopped)
{
    const auto rows = sampleRows(50000);
    StopSource stop;
    stop.requestStop();
    EXPECT_FALSE(orderRows(*rows, {0, false, ""}, stop.token()).has_value());
    EXPECT_FALSE(orderRows(*rows, {{}, false, "name"}, stop.token()).has_value());
}

} // namespace
} // namespace headgate::ui
