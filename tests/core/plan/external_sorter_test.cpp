// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/external_sorter.h"

#include "plan/batch_items.h"

#include <QTemporaryDir>
#include <algorithm>
#include <array>
#include <gtest/gtest.h>

using namespace headgate::plan;

namespace {

/// The prefix says little: most of the order is in what follows.
struct Prefixed
{
    std::uint64_t high;
    std::uint64_t low;
    std::array<char, 40> rest; ///< makes moving it dear

    [[nodiscard]] std::uint64_t sortPrefix() const { return high; }
    bool operator<(const Prefixed& other) const
    {
        return high != other.high ? high < other.high : low < other.low;
    }
};

using Pairs = std::vector<std::pair<std::uint64_t, std::uint64_t>>;

Pairs readAll(ExternalSorter<Prefixed>& sorter)
{
    Pairs pairs;
    while (true) {
        const auto next = sorter.next();
        EXPECT_TRUE(next);
        if (!next || !*next)
            return pairs;
        EXPECT_EQ((**next).rest[0], static_cast<char>((**next).low));
        pairs.emplace_back((**next).high, (**next).low);
    }
}

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

TEST(ExternalSorter, sortsByPrefixAndRestAndBeginsAnew)
{
    for (const std::size_t memory : {std::size_t(1) << 20, std::size_t(1) << 12})
        for (const std::uint64_t count : {0U, 1U, 2U, 5000U}) {
            const QTemporaryDir directory;
            ExternalSorter<Prefixed> sorter(directory.path().toStdString(), memory);
            Pairs expected;
            for (std::uint64_t i = 0; i < count; ++i) {
                Prefixed entry{i * 7919 % 13, i * 104729 % 10007, {}};
                entry.rest[0] = static_cast<char>(entry.low);
                expected.emplace_back(entry.high, entry.low);
                ASSERT_TRUE(sorter.add(entry));
            }
            std::sort(expected.begin(), expected.end());
            ASSERT_TRUE(sorter.finish());
            EXPECT_EQ(readAll(sorter), expected) << count;
            ASSERT_TRUE(sorter.rewind());
            EXPECT_EQ(readAll(sorter), expected) << count;
        }
}

/// Wherever in the prefix the bits lie that differ.
TEST(SortEntries, sortsWhateverThePrefixesAre)
{
    struct Case
    {
        const char* name;
        std::uint64_t (*prefixOf)(std::uint64_t);
    };
    const Case cases[] = {
        {"all over", [](std::uint64_t i) { return i * 0x9E37'79B9'7F4A'7C15; }},
        {"sorted", [](std::uint64_t i) { return i; }},
        {"turned", [](std::uint64_t i) { return ~i; }},
        {"all one", [](std::uint64_t) { return std::uint64_t(7); }},
        {"in the last bits", [](std::uint64_t i) { return i * 104729 % 10007; }},
        {"in the first bits", [](std::uint64_t i) { return (i * 104729 % 10007) << 50; }},
        {"in the first and the last bit", [](std::uint64_t i) { return i << 63 | i % 3; }},
        {"in runs", [](std::uint64_t i) { return (i % 1000) << 40 | i / 1000; }}};
    for (const Case& each : cases)
        for (const std::uint64_t count : {0, 1, 2, 1023, 1024, 20'000}) {
            std::vector<Prefixed> entries;
            Pairs expected;
            for (std::uint64_t i = 0; i < count; ++i) {
                entries.push_back({each.prefixOf(i), i * 7919 % 9973, {}});
                expected.emplace_back(entries.back().high, entries.back().low);
            }
            std::sort(expected.begin(), expected.end());
            sortEntries(entries);
            Pairs found;
            for (const Prefixed& entry : entries)
                found.emplace_back(entry.high, entry.low);
            EXPECT_EQ(found, expected) << each.name << ", " << count;
        }
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
    const std::vector<BatchItem> items = {
        {0, Category::Added, 0, false, false, false},
        {1, Category::Rekeyed, 1, true, false, true},
        {0x0123456789ABCDEF, Category::Removed, 9, true, true, true}};
    EXPECT_EQ(unpackItems(packItems(items)), items);
    EXPECT_TRUE(unpackItems("not a whole item").empty());
}
