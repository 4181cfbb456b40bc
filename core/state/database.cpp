// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/database.h"

#include "base/log.h"
#include "base/text.h"
#include "state/sqlite_error.h"

#include <sqlite3.h>
#include <utility>

namespace headgate::state {

namespace {

constexpr int busyTimeoutMs = 10'000;

constexpr const char* commonSettings = "PRAGMA foreign_keys=ON;"
                                       "PRAGMA trusted_schema=OFF;"
                                       "PRAGMA cell_size_check=ON;"
                                       "PRAGMA temp_store=MEMORY;";
/// Records are read from the first to the last, and written in the order of their keys: pages that
/// were left behind are no more needed.
constexpr const char* readerSettings = "PRAGMA cache_size=-2048;";
constexpr const char* writerSettings = "PRAGMA cache_size=-8192;"
                                       "PRAGMA synchronous=FULL;"
                                       "PRAGMA secure_delete=ON;"
                                       "PRAGMA wal_autocheckpoint=8192;"
                                       "PRAGMA journal_size_limit=67108864;";

} // namespace

void Database::Closer::operator()(sqlite3* connection) const
{
    if (sqlite3_close(connection) != SQLITE_OK)
        log(LogLevel::Error, "state", sqlite3_errmsg(connection));
}

Result<std::unique_ptr<Database>> Database::open(const std::string& file, Access access)
{
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE;
    flags |= access == Access::ReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    sqlite3* connection = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &connection, flags, nullptr);
    std::unique_ptr<Database> database(new Database(file, connection));
    if (code != SQLITE_OK)
        return Failure(sqliteError(connection, code, file));
    HEADGATE_TRY(database->configure(access));
    return database;
}

Result<void> Database::trust()
{
    return setSwitch(SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0);
}

Result<void> Database::setSwitch(int option, int value)
{
    const int code = sqlite3_db_config(m_connection.get(), option, value, nullptr);
    if (code != SQLITE_OK)
        return Failure(sqliteError(m_connection.get(), code, m_file));
    return {};
}

Result<void> Database::configure(Access access)
{
    sqlite3* connection = m_connection.get();
    HEADGATE_TRY(setSwitch(SQLITE_DBCONFIG_DQS_DML, 0));
    HEADGATE_TRY(setSwitch(SQLITE_DBCONFIG_DQS_DDL, 0));
    HEADGATE_TRY(setSwitch(SQLITE_DBCONFIG_DEFENSIVE, 1));
    HEADGATE_TRY(setSwitch(SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0));
    HEADGATE_TRY(setSwitch(SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1));
    const int code = sqlite3_busy_timeout(connection, busyTimeoutMs);
    if (code != SQLITE_OK)
        return Failure(sqliteError(connection, code, m_file));
    HEADGATE_TRY(execute(commonSettings));
    if (access == Access::ReadOnly)
        return execute(readerSettings);
    HEADGATE_TRY(execute(writerSettings));
    return access == Access::Create ? useWriteAheadLog() : Result<void>();
}

Result<void> Database::useWriteAheadLog()
{
    const auto mode =
        prepare("PRAGMA journal_mode=WAL").first([](Statement& s) { return s.text(0); });
    if (!mode)
        return Failure(mode.error());
    if (*mode != "wal")
        return fail(ErrorKind::State, "state.network_filesystem",
                    Text::tr("The folder of %1 is on a file system that cannot keep a write-ahead "
                             "log. Choose a local folder with HEADGATE_STATE_DIR.")
                        .arg(toQString(m_file)));
    return {};
}

Statement& Database::cached(const char* sql)
{
    std::unique_ptr<Statement>& entry = m_cached[sql];
    if (!entry)
        entry = std::make_unique<Statement>(m_connection.get(), m_file, sql);
    return *entry;
}

Statement Database::prepare(std::string_view sql)
{
    return Statement(m_connection.get(), m_file, sql);
}

Result<void> Database::execute(const char* script)
{
    const int code = sqlite3_exec(m_connection.get(), script, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        return Failure(sqliteError(m_connection.get(), code, m_file));
    return {};
}

Result<std::int64_t> Database::number(const char* sql)
{
    auto row = prepare(sql).first([](Statement& s) { return s.integer(0); });
    if (!row)
        return propagate(std::move(row));
    if (!*row)
        return fail(ErrorKind::Internal, "state.sql.empty",
                    Text::tr("A statement on the local state answered no row. This is a defect."),
                    QString::fromUtf8(sql));
    return **row;
}

std::int64_t Database::changes() const
{
    return sqlite3_changes64(m_connection.get());
}

std::int64_t Database::lastRowId() const
{
    return sqlite3_last_insert_rowid(m_connection.get());
}

bool Database::inTransaction() const
{
    return sqlite3_get_autocommit(m_connection.get()) == 0;
}

Result<Transaction> Transaction::begin(Database& database)
{
    HEADGATE_TRY(database.execute("BEGIN IMMEDIATE"));
    return Transaction(database);
}

Transaction::Transaction(Transaction&& other) noexcept
    : m_database(std::exchange(other.m_database, nullptr))
{}

Transaction::~Transaction()
{
    if (m_database == nullptr || !m_database->inTransaction())
        return;
    if (const auto rolledBack = m_database->execute("ROLLBACK"); !rolledBack)
        log(LogLevel::Error, "state", rolledBack.error().detail.toStdString());
}

Result<void> Transaction::commit()
{
    HEADGATE_TRY(m_database->execute("COMMIT"));
    m_database = nullptr;
    return {};
}

} // namespace headgate::state
