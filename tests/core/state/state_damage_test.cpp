// SPDX-License-Identifier: GPL-3.0-or-later
#include "store_fixture.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sqlite3.h>

namespace headgate::state {

namespace {

std::string bytesOf(const std::string& file)
{
    std::ifstream in(file, std::ios::binary);
    return {(std::istreambuf_iterator<char>(in)), {}};
}

void writeBytes(const std::string& file, const std::string& bytes)
{
    std::ofstream(file, std::ios::binary) << bytes;
}

class StateDamageTest : public StoreTest
{
protected:
    StateDamageTest()
    {
        const StateId id = valueOf(m_store->create(sampleIdentity())).id;
        std::vector<RecordChange> changes;
        for (std::uint64_t seed = 0; seed < 300; ++seed)
            changes.push_back(replacing(seed % 5 == 0 ? fullRecord(seed) : plainRecord(seed)));
        require(m_store->apply(id, changes));
        m_records = scanAll(*m_store, id);
        m_store.reset(); // the last one to leave moves the log into the database
        m_bytes = bytesOf(database());
    }

    [[nodiscard]] std::string database() const { return path("state.db"); }

    Result<std::unique_ptr<StateStore>> open()
    {
        return StateStore::open(folder(), m_clock, m_random);
    }

    /// What a run would do first. An error, or all that was ever stored.
    Result<void> readEverything()
    {
        const auto store = open();
        if (!store)
            return Failure(store.error());
        const auto states = (*store)->statesOf("project", "production", "sync");
        if (!states)
            return Failure(states.error());
        EXPECT_EQ(states->size(), 1U);
        if (states->size() != 1)
            return {};
        const auto scan = (*store)->scan(states->front().id);
        if (!scan)
            return Failure(scan.error());
        KnownRecord record;
        for (const KnownRecord& expected : m_records) {
            const auto more = (*scan)->next(record);
            if (!more)
                return Failure(more.error());
            EXPECT_TRUE(*more && same(record, expected));
        }
        const auto more = (*scan)->next(record);
        if (!more)
            return Failure(more.error());
        EXPECT_FALSE(*more);
        return {};
    }

    void expectSafe(const std::string& damaged)
    {
        for (const char* suffix : {"-wal", "-shm"})
            std::filesystem::remove(database() + suffix);
        writeBytes(database(), damaged);
        const auto read = readEverything();
        if (read)
            return;
        EXPECT_EQ(read.error().kind, ErrorKind::State);
        const std::set<std::string> codes = {"state.corrupt", "state.too_new", "state.io",
                                             "state.sql", "state.network_filesystem"};
        EXPECT_TRUE(codes.contains(read.error().code)) << read.error().code;
        ++m_found;
    }

    std::vector<KnownRecord> m_records;
    std::string m_bytes;
    int m_found = 0;
};

TEST_F(StateDamageTest, ACutIsNeverTakenForAnEmptyState)
{
    std::set<std::size_t> lengths = {0, 1, 15, 16, 17, 99, 100, 101, 511, 512, 4095};
    for (std::size_t length = 4096; length < m_bytes.size(); length += 4096)
        lengths.insert({length, length - 1, length + 1});
    for (const std::size_t length : lengths) {
        SCOPED_TRACE(length);
        const int before = m_found;
        expectSafe(m_bytes.substr(0, length));
        EXPECT_EQ(m_found, before + 1);
    }
}

TEST_F(StateDamageTest, AFlippedBitIsNeverTakenForNews)
{
    constexpr int rounds = 600;
    for (int round = 0; round < rounds; ++round) {
        const std::size_t at = m_random.next() % m_bytes.size();
        SCOPED_TRACE(at);
        std::string damaged = m_bytes;
        damaged[at] = static_cast<char>(damaged[at] ^ (1 << (m_random.next() % 8)));
        expectSafe(damaged);
        ASSERT_FALSE(HasFailure());
    }
    EXPECT_GT(m_found, rounds / 4);
}

TEST_F(StateDamageTest, AnOverwrittenPageIsNeverTakenForNews)
{
    for (std::size_t page = 0; page < m_bytes.size(); page += 4096)
        for (const char filling : {'\0', '\xFF', 'x'}) {
            SCOPED_TRACE(page);
            std::string damaged = m_bytes;
            std::fill_n(damaged.begin() + static_cast<std::ptrdiff_t>(page), 4096, filling);
            expectSafe(damaged);
            ASSERT_FALSE(HasFailure());
        }
}

TEST_F(StateDamageTest, ADatabaseThatIsGoneIsMissed)
{
    std::filesystem::remove(database());
    EXPECT_EQ(codeOf(open()), "state.corrupt");
    EXPECT_FALSE(std::filesystem::exists(database()));
}

TEST_F(StateDamageTest, ADatabaseOfAnotherFolderIsRefused)
{
    const std::string other = m_temporary.path().toStdString() + "/other";
    static_cast<void>(valueOf(StateStore::open(other, m_clock, m_random)));
    std::filesystem::copy_file(other + "/state.db", database(),
                               std::filesystem::copy_options::overwrite_existing);
    EXPECT_EQ(codeOf(open()), "state.corrupt");
}

TEST_F(StateDamageTest, AForeignLogIsIgnored)
{
    writeBytes(database() + "-wal", std::string(100'000, 'w'));
    require(readEverything());
}

struct HeaderCase
{
    const char* statement;
    const char* code;
};

class StateHeaderTest : public StateDamageTest, public testing::WithParamInterface<HeaderCase>
{};

TEST_P(StateHeaderTest, IsRefusedPolitely)
{
    sqlite3* connection = nullptr;
    ASSERT_EQ(sqlite3_open(database().c_str(), &connection), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(connection, GetParam().statement, nullptr, nullptr, nullptr), SQLITE_OK);
    EXPECT_EQ(sqlite3_close(connection), SQLITE_OK);
    const auto opened = open();
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, GetParam().code);
    EXPECT_EQ(exitCode(opened.error().kind), 8);
}

INSTANTIATE_TEST_SUITE_P(Headers, StateHeaderTest,
                         testing::Values(HeaderCase{"PRAGMA user_version=99", "state.too_new"},
                                         HeaderCase{"PRAGMA user_version=0", "state.corrupt"},
                                         HeaderCase{"PRAGMA user_version=-1", "state.corrupt"},
                                         HeaderCase{"PRAGMA application_id=1", "state.corrupt"},
                                         HeaderCase{"DELETE FROM meta", "state.corrupt"},
                                         HeaderCase{
                                             "UPDATE meta SET value=x'00' WHERE name='hash_key'",
                                             "state.corrupt"}));

TEST_F(StateDamageTest, LostRowsAreMissed)
{
    const auto changed = [&](const char* statement) {
        sqlite3* connection = nullptr;
        EXPECT_EQ(sqlite3_open(database().c_str(), &connection), SQLITE_OK);
        EXPECT_EQ(sqlite3_exec(connection, statement, nullptr, nullptr, nullptr), SQLITE_OK);
        EXPECT_EQ(sqlite3_close(connection), SQLITE_OK);
        const auto read = readEverything();
        writeBytes(database(), m_bytes);
        return codeOf(read);
    };
    EXPECT_EQ(changed("DELETE FROM record_blocks WHERE first > x'80'"), "state.corrupt");
    EXPECT_EQ(changed("DELETE FROM record_blocks"), "state.corrupt");
    for (const char* part : {"1, 20", "1, length(body) - 1", "2", "1, 0"})
        EXPECT_EQ(
            changed((std::string("UPDATE record_blocks SET body = substr(body, ") + part + ")")
                        .c_str()),
            "state.corrupt")
            << part;
    // key hash, flags, status, digest, length, body
    for (const char* place : {"1", "17", "18", "19", "27", "31", "40"})
        EXPECT_EQ(changed((std::string("UPDATE record_blocks SET body = CAST(substr(body, 1, ") +
                           place + " - 1) || x'9a' || substr(body, " + place + " + 1) AS BLOB)")
                              .c_str()),
                  "state.corrupt")
            << place;
    EXPECT_EQ(changed("UPDATE record_blocks SET first = x'FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF' "
                      "WHERE first = (SELECT max(first) FROM record_blocks)"),
              "state.corrupt");
    EXPECT_EQ(changed("DELETE FROM states"), "state.corrupt");
    EXPECT_EQ(changed("UPDATE states SET sync = 'renamed'"), "state.corrupt");
    EXPECT_EQ(changed("SELECT 1"), "");
}

TEST_F(StateDamageTest, SettingAsideKeepsTheOldFilesAndStartsAnew)
{
    writeBytes(database(), "broken");
    writeBytes(database() + "-wal", "log");
    EXPECT_EQ(codeOf(open()), "state.corrupt");
    const std::string old = valueOf(StateStore::setAside(folder(), m_clock));
    EXPECT_EQ(old, valueOf(Result<std::string>(std::filesystem::canonical(folder()).string() +
                                               "/state.db.corrupt-20260101T000000Z")));
    EXPECT_EQ(bytesOf(old), "broken");
    EXPECT_EQ(bytesOf(old + "-wal"), "log");
    const auto fresh = valueOf(open());
    EXPECT_TRUE(valueOf(fresh->allStates()).empty());
}

TEST_F(StateDamageTest, SettingAsideAVanishedDatabaseStartsAnew)
{
    std::filesystem::remove(database());
    static_cast<void>(valueOf(StateStore::setAside(folder(), m_clock)));
    EXPECT_TRUE(valueOf(valueOf(open())->allStates()).empty());
}

TEST_F(StateDamageTest, VerifySaysWhatIsWrong)
{
    EXPECT_TRUE(valueOf(valueOf(open())->verify()).empty());
    sqlite3* connection = nullptr;
    ASSERT_EQ(sqlite3_open(database().c_str(), &connection), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(connection,
                           "UPDATE states SET known = known + 1;"
                           "INSERT INTO record_blocks(state, first, body) VALUES(77, x'00', x'');"
                           "INSERT INTO history(run, key_text, category, outcome, code, message, "
                           "source, payload, at, keep, size) "
                           "VALUES(99,'','','','','','','',0,0,0);"
                           "INSERT INTO plans VALUES(1,'lost spool',1,'',2,0,'gone.spool','','',"
                           "'',0,0,0),(2,'unsettled',1,'',3,0,'','','','',0,0,0);"
                           "INSERT INTO batches VALUES(2,1,NULL,'','',1,x'',0,0,'','');",
                           nullptr, nullptr, nullptr),
              SQLITE_OK)
        << sqlite3_errmsg(connection);
    EXPECT_EQ(sqlite3_close(connection), SQLITE_OK);
    const auto first = valueOf(valueOf(open())->verify());
    ASSERT_EQ(first.size(), 1U); // a row of history without a run stops the rest
    EXPECT_TRUE(first[0].contains(QStringLiteral("history")));
    ASSERT_EQ(sqlite3_open(database().c_str(), &connection), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(connection, "DELETE FROM history", nullptr, nullptr, nullptr),
              SQLITE_OK);
    EXPECT_EQ(sqlite3_close(connection), SQLITE_OK);
    EXPECT_EQ(valueOf(valueOf(open())->verify()).size(), 4U);
}

} // namespace

} // namespace headgate::state
