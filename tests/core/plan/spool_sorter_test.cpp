// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/spool_sorter.h"

#include <QTemporaryDir>
#include <algorithm>
#include <gtest/gtest.h>

using namespace headgate;
using plan::KeyEntry;
using plan::SpoolSorter;

namespace {

struct Spooled
{
    std::vector<KeyEntry> entries; ///< in the order of being placed
    bool byKey = false;
};

class SpoolSorterTest : public testing::Test
{
public:
    [[nodiscard]] static state::SpoolRecord frame(int number, std::size_t size)
    {
        state::SpoolRecord record;
        record.keyHash = fastHash(std::to_string(number));
        record.keyText = std::to_string(number);
        record.payload = std::string(size, static_cast<char>('a' + number % 26));
        return record;
    }

    /// Spools so many frames, and reads each back where its entry says.
    Spooled spool(bool sorts, int count, std::size_t size)
    {
        Spooled spooled;
        const auto writer = state::SpoolWriter::create(path());
        EXPECT_TRUE(writer);
        SpoolSorter sorter(**writer, sorts, [&](const KeyEntry& entry) {
            spooled.entries.push_back(entry);
            return Result<void>();
        });
        for (int i = 0; i < count; ++i) {
            KeyEntry entry;
            entry.size = static_cast<std::uint32_t>(i);
            const state::SpoolRecord record = frame(i, size);
            entry.keyHash = record.keyHash;
            EXPECT_TRUE(sorter.add(record, entry));
        }
        EXPECT_TRUE(sorter.finish());
        EXPECT_EQ(sorter.unplaced(), 0u);
        spooled.byKey = sorter.isReadableByKey();
        expectReadable(spooled, size);
        return spooled;
    }

private:
    [[nodiscard]] std::string path() const
    {
        return m_folder.filePath(QStringLiteral("frames.spool")).toStdString();
    }

    void expectReadable(const Spooled& spooled, std::size_t size)
    {
        std::vector<KeyEntry> entries = spooled.entries;
        if (spooled.byKey)
            std::sort(entries.begin(), entries.end());
        const auto reader = state::SpoolReader::open(path());
        ASSERT_TRUE(reader);
        for (const KeyEntry& entry : entries) {
            const auto read = (*reader)->read(entry.offset, 1);
            ASSERT_TRUE(read);
            const state::SpoolRecord expected = frame(static_cast<int>(entry.size), size);
            ASSERT_EQ(read->front().keyText, expected.keyText);
            ASSERT_EQ(read->front().payload, expected.payload);
        }
    }

    QTemporaryDir m_folder;
};

bool isInOrderOfComing(const Spooled& spooled)
{
    return std::is_sorted(spooled.entries.begin(), spooled.entries.end(),
                          [](const KeyEntry& a, const KeyEntry& b) { return a.size < b.size; });
}

/// How often the keys begin anew in the order of the file.
int piecesOf(const Spooled& spooled)
{
    int pieces = 1;
    for (std::size_t i = 1; i < spooled.entries.size(); ++i)
        pieces += spooled.entries[i].keyHash < spooled.entries[i - 1].keyHash ? 1 : 0;
    return pieces;
}

} // namespace

TEST_F(SpoolSorterTest, fewFramesStayInTheOrderInWhichTheyCame)
{
    const Spooled spooled = spool(true, 2000, 200);
    EXPECT_EQ(spooled.entries.size(), 2000u);
    EXPECT_FALSE(spooled.byKey);
    EXPECT_TRUE(isInOrderOfComing(spooled));
}

TEST_F(SpoolSorterTest, manyAreSorted)
{
    const Spooled spooled = spool(true, 10'000, 200);
    EXPECT_EQ(spooled.entries.size(), 10'000u);
    EXPECT_TRUE(spooled.byKey);
    EXPECT_EQ(piecesOf(spooled), 1);
}

TEST_F(SpoolSorterTest, asManyAtATimeAsMemoryHolds)
{
    const Spooled spooled = spool(true, 20'000, 2000);
    EXPECT_EQ(spooled.entries.size(), 20'000u);
    EXPECT_TRUE(spooled.byKey);
    EXPECT_GT(piecesOf(spooled), 2);
    EXPECT_LT(piecesOf(spooled), 10);
}

TEST_F(SpoolSorterTest, whereTheOrderMattersItStays)
{
    const Spooled spooled = spool(false, 10'000, 200);
    EXPECT_FALSE(spooled.byKey);
    EXPECT_TRUE(isInOrderOfComing(spooled));
}

TEST_F(SpoolSorterTest, largeFramesAreWrittenAtOnce)
{
    const Spooled spooled = spool(true, 20, std::size_t(1) << 20);
    EXPECT_EQ(spooled.entries.size(), 20u);
    EXPECT_TRUE(isInOrderOfComing(spooled));
}
