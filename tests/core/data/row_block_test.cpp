// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/row_block.h"

#include "fakes/print_to.h"

#include <gtest/gtest.h>

using namespace headgate::data;

TEST(RowBlock, holdsCellsInOrder)
{
    RowBlock block;
    block.reset(2);
    block.append(ValueKind::Integer, "1");
    block.appendNull();
    block.append(ValueKind::Text, "");
    block.append(ValueKind::Text, "x");
    ASSERT_EQ(block.rowCount(), 2u);
    EXPECT_EQ(block.at(0, 0), (ValueView{ValueKind::Integer, "1"}));
    EXPECT_TRUE(block.at(0, 1).isNull());
    EXPECT_EQ(block.at(1, 0), (ValueView{ValueKind::Text, ""}));
    EXPECT_EQ(block.at(1, 1), (ValueView{ValueKind::Text, "x"}));
}

TEST(RowBlock, dropsAPartialRow)
{
    RowBlock block;
    block.reset(2);
    block.append(ValueKind::Text, "a");
    block.append(ValueKind::Text, "b");
    block.append(ValueKind::Text, "half");
    block.discardPartialRow();
    EXPECT_EQ(block.rowCount(), 1u);
    EXPECT_EQ(block.byteCount(), 2u);
    block.append(ValueKind::Text, "c");
    block.append(ValueKind::Text, "d");
    EXPECT_EQ(block.at(1, 0).text, "c");
}

TEST(RowBlock, isFullByRowsOrBytes)
{
    RowBlock rows;
    rows.reset(1);
    for (std::size_t i = 0; i < RowBlock::targetRows; ++i)
        rows.append(ValueKind::Text, "");
    EXPECT_TRUE(rows.isFull());
    RowBlock bytes;
    bytes.reset(1);
    EXPECT_FALSE(bytes.isFull());
    bytes.append(ValueKind::Text, std::string(RowBlock::targetBytes, 'x'));
    EXPECT_TRUE(bytes.isFull());
}

TEST(RowBlock, withoutColumnsIsNeverFull)
{
    RowBlock none;
    none.reset(0);
    EXPECT_FALSE(none.isFull());
    EXPECT_EQ(none.rowCount(), 0u);
}
