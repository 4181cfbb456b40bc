// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/record_row.h"

#include "state/changed_rows.h"
#include "state/database_form.h"
#include "store_fixture.h"

#include <map>

namespace headgate::state {

namespace {

class RecordRowTest : public testing::Test
{
protected:
    RecordRowTest()
    {
        const std::string file = m_temporary.filePath(QStringLiteral("rows.db")).toStdString();
        EXPECT_EQ(codeOf(createDatabase(file, stateForm())), "");
        m_database = valueOf(openDatabase(file, stateForm()));
    }

    /// What is read of a row whose digest fits this body.
    std::optional<KnownRecord> readBack(const KnownRecord& record, const std::string& body)
    {
        const std::uint8_t flags = recordFlags(record);
        const auto status = static_cast<std::uint8_t>(record.status);
        Statement row = m_database->prepare("SELECT ?, ?, ?, ?, ?");
        row.bind(Blob{record.keyHash.view()}, flags, status,
                 static_cast<std::int64_t>(recordDigest(record.keyHash, flags, status, body)),
                 Blob{body});
        KnownRecord into = fullRecord(99);
        EXPECT_TRUE(valueOf(row.step()));
        return readRecord(row, into) ? std::optional(into) : std::nullopt;
    }

    QTemporaryDir m_temporary;
    std::unique_ptr<Database> m_database;
};

std::string bodyOf(const KnownRecord& record)
{
    std::string body;
    appendBody(body, record);
    return body;
}

TEST_F(RecordRowTest, WhatWasPackedIsReadBack)
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

TEST_F(RecordRowTest, ABodyThatIsCutOrTooLongIsDamage)
{
    KnownRecord record = fullRecord(1);
    record.accepted = 77;
    const std::string body = bodyOf(record);
    for (std::size_t size = 0; size < body.size(); ++size)
        EXPECT_FALSE(readBack(record, body.substr(0, size))) << size;
    EXPECT_FALSE(readBack(record, body + '\0'));
}

TEST_F(RecordRowTest, ABodyOfAnotherVersionIsDamage)
{
    const KnownRecord record = plainRecord(1);
    std::string body = bodyOf(record);
    body[0] = 2;
    EXPECT_FALSE(readBack(record, body));
}

TEST_F(RecordRowTest, NoByteOfABodyMakesItCrash)
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

TEST_F(RecordRowTest, ChangedRowsAreReadInTheOrderOfAdding)
{
    ChangedRows rows;
    for (const std::uint64_t seed : {5U, 3U, 9U})
        rows.add(fullRecord(seed));
    const Pointer pointer{&rows, ChangedRows::pointerType};
    Statement read = m_database->prepare("SELECT key_hash, body, rowid FROM changed_rows(?)");
    const auto keyAndBody = [](const Statement& row) {
        return std::pair(row.hash(0), row.text(1));
    };
    const auto all = valueOf(read.bind(pointer).all(keyAndBody));
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[1], std::pair(hashOf(3), bodyOf(fullRecord(3))));
    rows.skip(2);
    const auto rest = valueOf(read.bind(pointer).all(keyAndBody));
    ASSERT_EQ(rest.size(), 1U);
    EXPECT_EQ(rest[0], std::pair(hashOf(9), bodyOf(fullRecord(9))));
    rows.clear();
    EXPECT_TRUE(valueOf(read.bind(pointer).all(keyAndBody)).empty());
}

TEST_F(RecordRowTest, ChangedRowsAreNotReadFromAnythingElse)
{
    const ChangedRows rows;
    EXPECT_FALSE(m_database->prepare("SELECT * FROM changed_rows").run());
    EXPECT_FALSE(m_database->prepare("SELECT * FROM changed_rows(?)").bind(17).run());
    EXPECT_FALSE(
        m_database->prepare("SELECT * FROM changed_rows(?)").bind(Pointer{&rows, "other"}).run());
    EXPECT_FALSE(m_database->execute("CREATE VIEW seen AS SELECT * FROM changed_rows(1);"
                                     "SELECT * FROM seen"));
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

} // namespace

} // namespace headgate::state
