// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "warehouse/connection.h"
#include "warehouse/source_error.h"
#include "warehouse/statement_cancel.h"

#include <atomic>
#include <chrono>
#include <memory>
#include <sqlite3.h>

namespace headgate::warehouse {

struct SqliteClose
{
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
using SqliteHandle = std::unique_ptr<sqlite3, SqliteClose>;

struct SqliteFinalize
{
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using SqliteStatement = std::unique_ptr<sqlite3_stmt, SqliteFinalize>;

/// What a column's declared type says about values whose storage class says less.
enum class SqliteHint
{
    None,
    Bool,     ///< 0 and 1
    Json,     ///< text
    DateTime, ///< text
    Date      ///< text
};

/// A database file, opened read only (mode=ro, never immutable: a writer may be at work).
class SqliteConnection final : public Connection
{
public:
    SqliteConnection(SqliteHandle handle, const ConnectRequest& request);
    ~SqliteConnection() override;
    SqliteConnection(const SqliteConnection&) = delete;
    SqliteConnection& operator=(const SqliteConnection&) = delete;

    std::string server() const override;
    bool enforcesReadOnly() const override { return true; }
    Result<void> execute(const std::string& sql) override;
    Result<std::unique_ptr<data::RowStream>>
    stream(const SqlText& sql, const std::map<std::string, data::Value>& parameters,
           std::uint64_t rowLimit) override;
    Result<void> beginSnapshot() override;
    Result<void> endSnapshot() override;
    void cancel() override { m_cancel.request(); }

    // For the stream.
    [[nodiscard]] Failure failure() const;
    void finishQuery() { (void)m_cancel.end(); }

private:
    [[nodiscard]] Result<SqliteStatement> prepare(const std::string& sql);
    [[nodiscard]] Failure statementProblem(const BoundSql& sql, std::string_view typed) const;
    [[nodiscard]] static int onProgress(void* self);

    SqliteHandle m_handle;
    QString m_where;
    SnapshotRules m_snapshot;
    std::chrono::seconds m_statementTimeout;
    std::chrono::steady_clock::time_point m_deadline;
    bool m_ranOut = false;
    StatementCancel m_cancel;
};

[[nodiscard]] SqliteHint sqliteHint(std::string_view declaredType);
/// The kind that a column of this declared type mostly holds; for people.
[[nodiscard]] data::ValueKind sqliteKind(std::string_view declaredType);
/// One value in canonical form. Its own storage class decides, then the hint.
[[nodiscard]] data::ValueKind appendSqliteValue(std::string& out, sqlite3_stmt* statement,
                                                int column, SqliteHint hint);

} // namespace headgate::warehouse
