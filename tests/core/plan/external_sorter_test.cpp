// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/external_sorter.h"

#include "plan/batch_items.h"

#include <QTemporaryDir>
#include <gtest/gtest.h>

using namespace headgate::plan;

namespace {

std::vector<std::uint64_t> sorted(std::size_t memory, std::uint64_t count)
{
    const QTemporaryDir directory;
    ExternalSorter<std::uint64_t> sorter(directory.path().toStdString(), memory);
    for (std::uint64_t i = 0; i < count; ++i)
        EXPECT_TRUE(sorter.add(i * 7919 % 10007));
    EXPECT_TRUE(sorter.finish());
    std::vector<std::uint64_t> values;
    while (true) {
        const auto next = sorter.next();
        EXPECT_TRUE(next);
        if (!next || !*next)
            return values;
        values.push_back(**next);
    }
}

} // namespace

TEST(ExternalSorter, sortsAlikeInMemoryAndOnDisk)
{
    const std::vector<std::uint64_t> inMemory = sorted(1 << 20, 20'000);
    ASSERT_EQ(inMemory.size(), 20'000u);
    EXPECT_TRUE(std::is_sorted(inMemory.begin(), inMemory.end()));
    EXPECT_EQ(sorted(1024, 20'000), inMemory);
    EXPECT_TRUE(sorted(1024, 0).empty());
}

TEST(ExternalSorter, saysWhenThereIsNoRoom)
{
    ExternalSorter<std::uint64_t> sorter("/nonexistent/folder", 128);
    headgate::Result<void> added;
    for (int i = 0; i < 100 && added; ++i)
        added = sorter.add(1);
    ASSERT_FALSE(added);
    EXPECT_EQ(added.error().code, "spool.disk");
}

TEST(BatchItems, packAndUnpack)
{
    const std::vector<BatchItem> items = {{0, Category::Added, 0, false, false},
                                          {0x0123456789ABCDEF, Category::Removed, 9, true, true}};
    EXPECT_EQ(unpackItems(packItems(items)), items);
    EXPECT_TRUE(unpackItems("not a whole item").empty());
}
