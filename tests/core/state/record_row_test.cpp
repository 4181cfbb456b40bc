// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/record_row.h"

#include "store_fixture.h"

#include <map>
#include <random>

namespace headgate::state {

namespace {

/// What is read of a row whose digest fits this body.
std::optional<KnownRecord> readBack(const KnownRecord& record, const std::string& body)
{
    RecordRow row;
    row.keyHash = record.keyHash;
    row.flags = recordFlags(record);
    row.status = static_cast<std::uint8_t>(record.status);
    row.body = body;
    row.digest = recordDigest(row.keyHash, row.flags, row.status, row.body);
    KnownRecord into = fullRecord(99);
    return readRecord(row, into) ? std::optional(into) : std::nullopt;
}

std::string bodyOf(const KnownRecord& record)
{
    std::string body;
    appendBody(body, record);
    return body;
}

TEST(RecordRowTest, WhatWasPackedIsReadBack)
{
    KnownRecord named = plainRecord(3);
    named.keyText = std::string(70'000, 'k');
    named.accepted = UINT64_MAX;
    KnownRecord old = fullRecord(4);
    old.retryAt = WallTime(Milliseconds(-1));
    old.attempts = UINT32_MAX;
    for (const KnownRecord& record : {KnownRecord(), plainRecord(1), fullRecord(2), named, old}) {
        const auto read = readBack(record, bodyOf(record));
        ASSERT_TRUE(read);
        EXPECT_TRUE(same(*read, record));
        EXPECT_EQ(read->accepted, record.accepted);
    }
}

TEST(RecordRowTest, ABodyThatIsCutOrTooLongIsDamage)
{
    KnownRecord record = fullRecord(1);
    record.accepted = 77;
    const std::string body = bodyOf(record);
    for (std::size_t size = 0; size < body.size(); ++size)
        EXPECT_FALSE(readBack(record, body.substr(0, size))) << size;
    EXPECT_FALSE(readBack(record, body + '\0'));
}

TEST(RecordRowTest, ABodyOfAnotherVersionIsDamage)
{
    const KnownRecord record = plainRecord(1);
    std::string body = bodyOf(record);
    body[0] = 2;
    EXPECT_FALSE(readBack(record, body));
}

TEST(RecordRowTest, NoByteOfABodyMakesItCrash)
{
    const KnownRecord record = fullRecord(1);
    const std::string body = bodyOf(record);
    for (std::size_t at = 0; at < body.size(); ++at)
        for (const int value : {0, 1, 0x7F, 0x80, 0xFF}) {
            std::string changed = body;
            changed[at] = static_cast<char>(value);
            const auto read = readBack(record, changed);
            EXPECT_TRUE(!read || changed == body || !same(*read, record));
        }
}

TEST(RecordRowTest, RowsFollowOneAnotherInABlock)
{
    std::string block;
    std::vector<KnownRecord> records = {KnownRecord(), plainRecord(1), fullRecord(2)};
    records[1].keyText = std::string(70'000, 'k');
    for (const KnownRecord& record : records) {
        const RecordRow row = appendRow(block, record);
        EXPECT_EQ(row.bytes, std::string_view(block).substr(block.size() - row.bytes.size()));
    }
    RowReader rows(block);
    for (const KnownRecord& record : records) {
        KnownRecord into = fullRecord(99);
        ASSERT_TRUE(rows.row());
        EXPECT_TRUE(readRecord(*rows.row(), into));
        EXPECT_TRUE(same(into, record));
        rows.advance();
    }
    EXPECT_FALSE(rows.row());
    EXPECT_FALSE(rows.isDamaged());
}

TEST(RecordRowTest, ABlockThatIsCutIsDamage)
{
    std::string block;
    static_cast<void>(appendRow(block, plainRecord(1)));
    const std::size_t one = block.size();
    static_cast<void>(appendRow(block, fullRecord(2)));
    for (std::size_t size = 0; size <= block.size(); ++size) {
        RowReader rows(std::string_view(block).substr(0, size));
        std::size_t whole = 0;
        for (; rows.row(); rows.advance())
            ++whole;
        EXPECT_EQ(whole, size < one ? 0U : size < block.size() ? 1U : 2U) << size;
        EXPECT_EQ(rows.isDamaged(), size != 0 && size != one && size != block.size()) << size;
    }
}

TEST(RecordRowTest, NoByteOfABlockMakesItCrash)
{
    std::string block;
    for (const std::uint64_t seed : {1U, 2U, 3U})
        static_cast<void>(appendRow(block, fullRecord(seed)));
    for (std::size_t at = 0; at < block.size(); ++at)
        for (const int value : {0, 1, 0x7F, 0x80, 0xFF}) {
            std::string changed = block;
            changed[at] = static_cast<char>(value);
            bool isSound = true;
            RowReader rows(changed);
            for (KnownRecord into; rows.row(); rows.advance())
                isSound = readRecord(*rows.row(), into) && isSound;
            EXPECT_TRUE(!isSound || rows.isDamaged() || changed == block) << at;
        }
}

class ManyChangesTest : public StoreTest
{};

TEST_F(ManyChangesTest, OldAndNewOnesTogetherSayWhatAModelSays)
{
    const StateId id = valueOf(m_store->create(sampleIdentity())).id;
    std::map<Hash128, KnownRecord> model;
    for (const std::uint64_t step : {3U, 1U, 2U}) {
        std::vector<RecordChange> changes;
        for (std::uint64_t seed = 0; seed < 10'000; seed += step) {
            changes.push_back(replacing(plainRecord(seed)));
            changes.back().record.accepted = seed * step;
            if (seed % 50 == 0)
                changes.push_back({{}, ChangeKind::Erase});
            if (seed % 50 == 0)
                changes.back().record.keyHash = hashOf(seed);
            if (seed % 100 == 0)
                changes.push_back(replacing(fullRecord(seed)));
        }
        require(m_store->apply(id, changes));
        for (const RecordChange& change : changes)
            if (change.kind == ChangeKind::Erase)
                model.erase(change.record.keyHash);
            else
                model[change.record.keyHash] = change.record;
    }
    const auto records = scanAll(*m_store, id);
    ASSERT_EQ(records.size(), model.size());
    auto expected = model.begin();
    for (const KnownRecord& record : records) {
        ASSERT_TRUE(same(record, expected->second));
        ASSERT_EQ(record.accepted, expected->second.accepted);
        ++expected;
    }
    EXPECT_EQ(valueOf(m_store->recordCounts(id))["known"], model.size());
    EXPECT_TRUE(valueOf(m_store->verify()).empty());
}

/// Blocks that are split, emptied, begun before the first one, and larger than a page.
TEST_F(ManyChangesTest, AnyChangesInAnyOrderSayWhatAModelSays)
{
    const StateId id = valueOf(m_store->create(sampleIdentity())).id;
    const StateId other = valueOf(m_store->create(sampleIdentity("other"))).id;
    require(m_store->apply(other, std::vector{replacing(fullRecord(1)), replacing(fullRecord(2))}));
    std::map<Hash128, KnownRecord> model;
    std::mt19937_64 dice(7);
    for (int round = 0; round < 60; ++round) {
        std::map<Hash128, RecordChange> changes;
        for (std::uint64_t i = dice() % (round % 5 == 0 ? 900 : 20); i > 0; --i) {
            KnownRecord record = plainRecord(dice() % 700);
            RecordChange change;
            switch (dice() % 4) {
            case 0:
                change.kind = ChangeKind::Erase;
                break;
            case 1:
                record.status = RecordStatus::Rejected;
                break;
            case 2:
                record.keyText = std::string(dice() % 9000, 'k');
                break;
            default:
                break;
            }
            change.record = record;
            changes[record.keyHash] = change;
        }
        std::vector<RecordChange> list;
        for (const auto& [key, change] : changes) {
            list.push_back(change);
            if (change.kind == ChangeKind::Erase)
                model.erase(key);
            else
                model[key] = change.record;
        }
        require(m_store->apply(id, list));
        const auto records = scanAll(*m_store, id);
        ASSERT_EQ(records.size(), model.size());
        auto expected = model.begin();
        std::uint64_t rejected = 0;
        for (const KnownRecord& record : records) {
            ASSERT_TRUE(same(record, expected->second));
            rejected += record.status == RecordStatus::Rejected ? 1U : 0U;
            ++expected;
        }
        EXPECT_EQ(valueOf(m_store->recordCounts(id))["rejected"], rejected);
        EXPECT_EQ(valueOf(m_store->outstanding(id, 1000)).size(), rejected);
        for (std::uint64_t seed = 0; seed < 700; seed += 50)
            EXPECT_EQ(valueOf(m_store->record(id, hashOf(seed))).has_value(),
                      model.contains(hashOf(seed)));
    }
    EXPECT_EQ(scanAll(*m_store, other).size(), 2U);
    EXPECT_TRUE(valueOf(m_store->verify()).empty());
}

} // namespace

} // namespace headgate::state
