// SPDX-License-Identifier: GPL-3.0-or-later
#include "store_fixture.h"

#include "state/database_form.h"
#include "state/private_directory.h"
#include "state/private_file.h"
#include "state/sqlite_error.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace headgate::state {

namespace {

/// Root may write everywhere: these tests go on as nobody.
class AsOrdinaryUser
{
public:
    explicit AsOrdinaryUser(const std::string& folder)
    {
        if (::geteuid() != 0)
            return;
        constexpr uid_t nobody = 65534;
        EXPECT_EQ(::chown(folder.c_str(), nobody, nobody), 0);
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
            EXPECT_EQ(::chown(entry.path().c_str(), nobody, nobody), 0);
        EXPECT_EQ(::seteuid(nobody), 0);
        m_changed = true;
    }
    ~AsOrdinaryUser()
    {
        if (m_changed) {
            EXPECT_EQ(::seteuid(0), 0);
        }
    }
    AsOrdinaryUser(const AsOrdinaryUser&) = delete;
    AsOrdinaryUser& operator=(const AsOrdinaryUser&) = delete;

private:
    bool m_changed = false;
};

/// No file may grow over `bytes`, as on a full disk.
class FileSizeLimit
{
public:
    explicit FileSizeLimit(rlim_t bytes)
    {
        m_handler = std::signal(SIGXFSZ, SIG_IGN);
        EXPECT_EQ(::getrlimit(RLIMIT_FSIZE, &m_before), 0);
        const rlimit limit = {bytes, m_before.rlim_max};
        EXPECT_EQ(::setrlimit(RLIMIT_FSIZE, &limit), 0);
    }
    ~FileSizeLimit()
    {
        EXPECT_EQ(::setrlimit(RLIMIT_FSIZE, &m_before), 0);
        std::signal(SIGXFSZ, m_handler);
    }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

private:
    rlimit m_before{};
    void (*m_handler)(int) = nullptr;
};

class StateFolderTest : public testing::Test
{
protected:
    StateFolderTest() { ::chmod(m_temporary.path().toUtf8().constData(), 0711); }

    [[nodiscard]] std::string root() const { return m_temporary.path().toStdString(); }
    [[nodiscard]] std::string folder() const { return root() + "/a/b/state"; }
    Result<std::unique_ptr<StateStore>> open(const std::string& where)
    {
        return StateStore::open(where, m_clock, m_random);
    }
    static mode_t modeOf(const std::string& path)
    {
        struct stat info = {};
        EXPECT_EQ(::lstat(path.c_str(), &info), 0) << path;
        return info.st_mode & 0777;
    }

    QTemporaryDir m_temporary;
    fakes::FakeClock m_clock;
    fakes::FakeRandom m_random{7};
};

TEST_F(StateFolderTest, IsMadeWithItsParentsForTheOwnerOnly)
{
    ASSERT_TRUE(open(folder() + "//"));
    EXPECT_EQ(modeOf(folder()), 0700U);
    EXPECT_EQ(modeOf(root() + "/a"), 0700U);
}

TEST_F(StateFolderTest, IsClosedToOthersIfItWasOpen)
{
    std::filesystem::create_directories(folder());
    ASSERT_EQ(::chmod(folder().c_str(), 0777), 0);
    ASSERT_TRUE(open(folder()));
    EXPECT_EQ(modeOf(folder()), 0700U);
}

TEST_F(StateFolderTest, MayBeReachedThroughALinkButNotBeOne)
{
    std::filesystem::create_directories(root() + "/real/state");
    std::filesystem::create_directory_symlink(root() + "/real", root() + "/link");
    const auto store = open(root() + "/link/state");
    ASSERT_TRUE(store);
    EXPECT_EQ((*store)->directory(), std::filesystem::canonical(root()).string() + "/real/state");
    std::filesystem::create_directory_symlink(root() + "/real/state", root() + "/state-link");
    EXPECT_EQ(codeOf(open(root() + "/state-link")), "state.directory");
    EXPECT_EQ(codeOf(open(root() + "/state-link/")), "state.directory");
}

TEST_F(StateFolderTest, OtherThingsOfThatNameAreRefused)
{
    std::ofstream(root() + "/file") << "x";
    EXPECT_EQ(codeOf(open(root() + "/file")), "state.directory");
    EXPECT_EQ(codeOf(open(root() + "/file/state")), "state.io");
    if (::geteuid() == 0) {
        std::filesystem::create_directory(root() + "/others");
        ASSERT_EQ(::chown((root() + "/others").c_str(), 65534, 65534), 0);
        EXPECT_EQ(codeOf(open(root() + "/others")), "state.directory");
    }
}

TEST_F(StateFolderTest, ALinkInPlaceOfAFileIsNotFollowed)
{
    ASSERT_TRUE(open(folder()));
    std::filesystem::rename(folder() + "/state.db", root() + "/elsewhere.db");
    std::filesystem::create_symlink(root() + "/elsewhere.db", folder() + "/state.db");
    EXPECT_FALSE(open(folder()));
    std::filesystem::remove(folder() + "/state.db");
    std::filesystem::rename(root() + "/elsewhere.db", folder() + "/state.db");
    ASSERT_TRUE(open(folder()));
    std::filesystem::rename(folder() + "/state.id", root() + "/elsewhere.id");
    std::filesystem::create_symlink(root() + "/elsewhere.id", folder() + "/state.id");
    EXPECT_FALSE(open(folder()));
}

TEST_F(StateFolderTest, AFolderThatCannotBeWrittenIsSaid)
{
    std::filesystem::create_directories(folder());
    const AsOrdinaryUser user(root());
    ASSERT_EQ(::chmod(folder().c_str(), 0500), 0);
    const auto refused = open(folder());
    EXPECT_EQ(codeOf(refused), "state.read_only");
    EXPECT_EQ(codeOf(open(folder() + "/below")), "state.read_only");
    ASSERT_EQ(::chmod(folder().c_str(), 0700), 0);
}

TEST_F(StateFolderTest, ADatabaseThatCannotBeWrittenIsSaid)
{
    ASSERT_TRUE(open(folder()));
    const AsOrdinaryUser user(root());
    ASSERT_EQ(::chmod((folder() + "/state.db").c_str(), 0400), 0);
    ASSERT_EQ(::chmod(folder().c_str(), 0500), 0);
    EXPECT_EQ(codeOf(open(folder())), "state.read_only");
    ASSERT_EQ(::chmod(folder().c_str(), 0700), 0);
    const auto store = open(folder());
    const std::string code = store ? codeOf((*store)->create(sampleIdentity())) : codeOf(store);
    EXPECT_EQ(code, "state.read_only");
}

TEST_F(StateFolderTest, AFullDiskKeepsWhatWasCommitted)
{
    auto store = valueOf(open(folder()));
    const StateId id = valueOf(store->create(sampleIdentity())).id;
    std::uint64_t applied = 0;
    Result<void> result;
    {
        const FileSizeLimit limit(std::filesystem::file_size(folder() + "/state.db") + 300'000);
        while (result && applied < 1000) {
            result = store->apply(id, std::vector{replacing(fullRecord(applied)),
                                                  replacing(plainRecord(applied + 10'000))});
            applied += result ? 1 : 0;
        }
        EXPECT_EQ(codeOf(result), "state.disk_full");
        EXPECT_EQ(scanAll(*store, id).size(), applied * 2);
    }
    EXPECT_GT(applied, 10U);
    EXPECT_TRUE(store->apply(id, std::vector{replacing(plainRecord(99'999))})) << "space is back";
    store.reset();
    store = valueOf(open(folder()));
    EXPECT_EQ(scanAll(*store, id).size(), applied * 2 + 1);
    EXPECT_TRUE(valueOf(store->verify()).empty());
}

TEST_F(StateFolderTest, AFirstStartOnAFullDiskLeavesNothingHalfMade)
{
    {
        const FileSizeLimit limit(8000);
        EXPECT_EQ(codeOf(open(folder())), "state.disk_full");
        EXPECT_EQ(codeOf(open(folder())), "state.disk_full");
    }
    EXPECT_FALSE(std::filesystem::exists(folder() + "/state.db"));
    EXPECT_TRUE(open(folder()));
}

TEST_F(StateFolderTest, AMigrationKeepsACopyAndIsWholeOrNot)
{
    static constexpr std::array one = {"CREATE TABLE a(x INTEGER) STRICT;"};
    static constexpr std::array two = {"CREATE TABLE a(x INTEGER) STRICT;",
                                       "CREATE TABLE b(y INTEGER) STRICT; INSERT INTO b VALUES(2)"};
    static constexpr std::array broken = {"CREATE TABLE a(x INTEGER) STRICT;",
                                          "CREATE TABLE b(y INTEGER) STRICT; nonsense"};
    const std::string file = root() + "/some.db";
    require(createDatabase(file, {1, one}));
    EXPECT_EQ(codeOf(openDatabase(file, {1, broken})), "state.sql");
    EXPECT_TRUE(openDatabase(file, {1, one}));
    {
        const auto database = valueOf(openDatabase(file, {1, two}));
        EXPECT_EQ(valueOf(database->number("SELECT y FROM b")), 2);
        EXPECT_EQ(valueOf(database->number("PRAGMA user_version")), 2);
    }
    EXPECT_EQ(modeOf(file + ".before-v2"), 0600U);
    EXPECT_TRUE(openDatabase(file + ".before-v2", {1, one}));
    EXPECT_EQ(codeOf(openDatabase(file, {1, one})), "state.too_new");
    EXPECT_EQ(codeOf(openDatabase(file, {1, one, 3})), "state.too_old");
    EXPECT_EQ(codeOf(openDatabase(file, {2, two})), "state.corrupt");
}

TEST_F(StateFolderTest, FilesAreReplacedWhole)
{
    const std::string file = root() + "/file";
    EXPECT_FALSE(valueOf(readPrivateFile(file)));
    require(replacePrivateFile(file, "old"));
    require(replacePrivateFile(file, "new contents"));
    EXPECT_EQ(valueOf(readPrivateFile(file)), "new contents");
    EXPECT_EQ(modeOf(file), 0600U);
    {
        const FileSizeLimit limit(4);
        EXPECT_EQ(codeOf(replacePrivateFile(file, "too much")), "state.disk_full");
    }
    EXPECT_EQ(valueOf(readPrivateFile(file)), "new contents");
    require(replacePrivateFile(root() + "/other", "other"));
    EXPECT_FALSE(valueOf(publishFile(root() + "/other", file)));
    EXPECT_EQ(valueOf(readPrivateFile(file)), "new contents");
    EXPECT_TRUE(valueOf(publishFile(root() + "/other", root() + "/third")));
    EXPECT_EQ(valueOf(readPrivateFile(root() + "/third")), "other");
    require(removeFile(file));
    require(removeFile(file));
}

struct ErrorCase
{
    int result;
    int system;
    const char* code;
};

class SqliteErrorTest : public testing::TestWithParam<ErrorCase>
{};

TEST_P(SqliteErrorTest, BecomesWhatTheUserCanDo)
{
    const Error error =
        sqliteError(GetParam().result, GetParam().system, "/folder/state.db", "detail");
    EXPECT_EQ(error.code, GetParam().code);
    EXPECT_EQ(error.kind, ErrorKind::State);
    EXPECT_TRUE(error.message.contains(QStringLiteral("/folder/state.db")));
    EXPECT_TRUE(error.detail.contains(QStringLiteral("detail")));
    EXPECT_EQ(error.retryAfter.has_value(), error.code == "state.busy");
}

INSTANTIATE_TEST_SUITE_P(Codes, SqliteErrorTest,
                         testing::Values(ErrorCase{SQLITE_FULL, 0, "state.disk_full"},
                                         ErrorCase{SQLITE_IOERR_WRITE, ENOSPC, "state.disk_full"},
                                         ErrorCase{SQLITE_IOERR_WRITE, EFBIG, "state.disk_full"},
                                         ErrorCase{SQLITE_IOERR_SHMSIZE, EDQUOT, "state.disk_full"},
                                         ErrorCase{SQLITE_READONLY, 0, "state.read_only"},
                                         ErrorCase{SQLITE_READONLY_DIRECTORY, 0, "state.read_only"},
                                         ErrorCase{SQLITE_CANTOPEN, EACCES, "state.read_only"},
                                         ErrorCase{SQLITE_CANTOPEN, EROFS, "state.read_only"},
                                         ErrorCase{SQLITE_CANTOPEN, ENOENT, "state.io"},
                                         ErrorCase{SQLITE_IOERR_READ, EIO, "state.io"},
                                         ErrorCase{SQLITE_BUSY, 0, "state.busy"},
                                         ErrorCase{SQLITE_BUSY_SNAPSHOT, 0, "state.busy"},
                                         ErrorCase{SQLITE_LOCKED, 0, "state.busy"},
                                         ErrorCase{SQLITE_CORRUPT, 0, "state.corrupt"},
                                         ErrorCase{SQLITE_CORRUPT_INDEX, 0, "state.corrupt"},
                                         ErrorCase{SQLITE_NOTADB, 0, "state.corrupt"},
                                         ErrorCase{SQLITE_ERROR, 0, "state.sql"},
                                         ErrorCase{SQLITE_CONSTRAINT, 0, "state.sql"},
                                         ErrorCase{SQLITE_NOMEM, 0, "state.sql"}));

} // namespace

TEST_F(StateFolderTest, ThreadsOfOneProcessMayMakeTheStateAtTheSameTime)
{
    for (int round = 0; round < 20; ++round) {
        const std::string folder = root() + "/made-" + std::to_string(round);
        std::vector<std::string> problems(6);
        std::vector<std::thread> threads;
        for (std::string& problem : problems)
            threads.emplace_back([&folder, &problem] {
                SystemClock clock;
                SystemRandom random;
                const auto store = StateStore::open(folder, clock, random);
                if (!store)
                    problem = store.error().toString().toStdString();
            });
        for (std::thread& thread : threads)
            thread.join();
        for (const std::string& problem : problems)
            ASSERT_EQ(problem, "") << "round " << round;
    }
}

} // namespace headgate::state
