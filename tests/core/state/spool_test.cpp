// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/spool.h"

#include "state/crc32c.h"
#include "store_fixture.h"

#include <filesystem>
#include <fstream>

namespace headgate::state {

namespace {

SpoolRecord sampleSpoolRecord(std::uint64_t seed, std::size_t payloadSize)
{
    SpoolRecord record;
    record.keyHash = hashOf(seed);
    record.keyText = "customer " + std::to_string(seed);
    record.match = data::Value(data::ValueKind::Text, "ann@example.org");
    record.previousMatch = data::Value(data::ValueKind::Integer, "17");
    record.payload = std::string(payloadSize, static_cast<char>('a' + seed % 26));
    record.requestValues = std::string("\0\1", 2);
    record.fingerprint = hashOf(seed + 1);
    record.matchHash = hashOf(seed + 2);
    record.leaves = "12345678";
    record.eventTime = data::Value(data::ValueKind::Timestamp, "2026-01-01T00:00:00");
    record.rows = "[{}]";
    record.category = 3;
    return record;
}

bool sameSpoolRecord(const SpoolRecord& a, const SpoolRecord& b)
{
    return a.keyHash == b.keyHash && a.keyText == b.keyText && a.match == b.match &&
           a.previousMatch == b.previousMatch && a.payload == b.payload &&
           a.requestValues == b.requestValues && a.fingerprint == b.fingerprint &&
           a.matchHash == b.matchHash && a.leaves == b.leaves && a.eventTime == b.eventTime &&
           a.rows == b.rows && a.category == b.category;
}

class SpoolTest : public testing::Test
{
protected:
    [[nodiscard]] std::string file() const
    {
        return m_temporary.path().toStdString() + "/plan.spool";
    }

    std::vector<std::uint64_t> write(const std::vector<SpoolRecord>& records)
    {
        const auto writer = valueOf(SpoolWriter::create(file()));
        std::vector<std::uint64_t> offsets;
        for (const SpoolRecord& record : records)
            offsets.push_back(valueOf(writer->append(record)));
        require(writer->sync());
        return offsets;
    }

    QTemporaryDir m_temporary;
};

TEST(Crc32c, TellsThePublishedValues)
{
    EXPECT_EQ(crc32c(""), 0U);
    EXPECT_EQ(crc32c("123456789"), 0xE3069283U);
    EXPECT_EQ(crc32c(std::string(32, '\0')), 0x8A9136AAU); // RFC 3720 B.4
    EXPECT_EQ(crc32c(std::string(32, '\xFF')), 0x62A8AB43U);
}

/// The definition, bit by bit.
std::uint32_t slowCrc(std::string_view bytes)
{
    std::uint32_t crc = 0xFFFFFFFF;
    for (const char byte : bytes) {
        crc ^= static_cast<unsigned char>(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = crc >> 1 ^ ((crc & 1) != 0 ? 0x82F63B78U : 0U);
    }
    return ~crc;
}

TEST(Crc32c, IsTheSameForEveryLengthAndAlignment)
{
    std::string bytes;
    for (unsigned i = 0; i < 100; ++i)
        bytes += static_cast<char>(i * 167 + 13);
    for (std::size_t from = 0; from < 8; ++from)
        for (std::size_t length = 0; from + length <= bytes.size(); ++length) {
            const std::string_view part = std::string_view(bytes).substr(from, length);
            EXPECT_EQ(crc32c(part), slowCrc(part)) << from << ", " << length;
        }
}

TEST_F(SpoolTest, RecordsComeBackFromTheirOffsets)
{
    std::vector<SpoolRecord> records;
    for (std::uint64_t seed = 0; seed < 400; ++seed)
        records.push_back(sampleSpoolRecord(seed, seed * 37));
    records.push_back(sampleSpoolRecord(1000, 3 << 20));
    records.emplace_back();
    const auto offsets = write(records);
    EXPECT_EQ(offsets.front(), SpoolReader::firstOffset);
    const auto reader = valueOf(SpoolReader::open(file()));
    for (const std::size_t at :
         {std::size_t(0), std::size_t(399), std::size_t(57), std::size_t(401)}) {
        const auto one = valueOf(reader->read(offsets[at], 1));
        ASSERT_EQ(one.size(), 1U);
        EXPECT_TRUE(sameSpoolRecord(one[0], records[at])) << at;
    }
    const auto all = valueOf(reader->read(offsets[0], static_cast<std::uint32_t>(records.size())));
    ASSERT_EQ(all.size(), records.size());
    for (std::size_t i = 0; i < all.size(); ++i)
        EXPECT_TRUE(sameSpoolRecord(all[i], records[i])) << i;
    EXPECT_EQ(codeOf(reader->read(offsets.back(), 2)), "spool.damaged");
}

TEST_F(SpoolTest, AReaderFollowsTheWriter)
{
    const auto writer = valueOf(SpoolWriter::create(file()));
    require(writer->sync());
    const auto reader = valueOf(SpoolReader::open(file()));
    SpoolRecord record;
    EXPECT_FALSE(valueOf(reader->next(SpoolReader::firstOffset, record)));
    const auto offset = valueOf(writer->append(sampleSpoolRecord(1, 10)));
    require(writer->sync());
    EXPECT_TRUE(sameSpoolRecord(valueOf(reader->read(offset, 1)).at(0), sampleSpoolRecord(1, 10)));
    const auto behind = valueOf(reader->next(offset, record));
    ASSERT_TRUE(behind);
    EXPECT_FALSE(valueOf(reader->next(*behind, record)));
}

TEST_F(SpoolTest, IsForItsOwnerAndNeverOverwritten)
{
    write({sampleSpoolRecord(1, 10)});
    EXPECT_EQ(std::filesystem::status(file()).permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    EXPECT_EQ(codeOf(SpoolWriter::create(file())), "state.io");
    const std::string link = file() + ".link";
    std::filesystem::create_symlink(file(), link);
    EXPECT_FALSE(SpoolReader::open(link));
    EXPECT_FALSE(SpoolReader::open(file() + ".missing"));
}

TEST_F(SpoolTest, EveryFlippedBitIsFound)
{
    write({sampleSpoolRecord(1, 40), sampleSpoolRecord(2, 40)});
    std::ifstream in(file(), std::ios::binary);
    const std::string whole((std::istreambuf_iterator<char>(in)), {});
    for (std::size_t at = 0; at < whole.size(); ++at) {
        std::string damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ (1 << (at % 8)));
        std::ofstream(file(), std::ios::binary) << damaged;
        const auto reader = SpoolReader::open(file());
        if (at < SpoolReader::firstOffset) {
            EXPECT_EQ(codeOf(reader), "spool.damaged") << at;
            continue;
        }
        ASSERT_TRUE(reader);
        const auto records = (*reader)->read(SpoolReader::firstOffset, 2);
        EXPECT_EQ(codeOf(records), "spool.damaged") << at;
    }
}

TEST_F(SpoolTest, EveryCutIsFound)
{
    write({sampleSpoolRecord(1, 40)});
    const auto size = std::filesystem::file_size(file());
    for (auto length = size - 1; length >= SpoolReader::firstOffset; --length) {
        std::filesystem::resize_file(file(), length);
        const auto reader = valueOf(SpoolReader::open(file()));
        EXPECT_EQ(codeOf(reader->read(SpoolReader::firstOffset, 1)), "spool.damaged") << length;
    }
    std::filesystem::resize_file(file(), 3);
    EXPECT_EQ(codeOf(SpoolReader::open(file())), "spool.damaged");
}

} // namespace

} // namespace headgate::state
