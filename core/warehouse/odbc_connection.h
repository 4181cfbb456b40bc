// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "warehouse/connection.h"
#include "warehouse/odbc_activity.h"
#include "warehouse/odbc_cell.h"
#include "warehouse/odbc_driver.h"
#include "warehouse/postgres_type.h"
#include "warehouse/statement_cancel.h"

#include <chrono>
#include <functional>

namespace headgate::warehouse {

/// A statement that was executed, and what its cells are.
struct OdbcQuery
{
    OdbcStatement statement;
    std::vector<OdbcColumn> columns;
};

/// Any driver of the system's ODBC driver manager: rows one by one, cells by SQLGetData in the form
/// that loses nothing.
class OdbcConnection final : public Connection
{
public:
    OdbcConnection(OdbcSession session, const std::string& connectionString,
                   const ConnectRequest& request, const OdbcProfile* profile);
    ~OdbcConnection() override;
    OdbcConnection(const OdbcConnection&) = delete;
    OdbcConnection& operator=(const OdbcConnection&) = delete;

    std::string server() const override;
    bool streams() const override { return m_profile.streams; }
    bool enforcesReadOnly() const override { return m_enforcesReadOnly; }
    Result<void> execute(const std::string& sql) override;
    Result<std::unique_ptr<data::RowStream>>
    stream(const SqlText& sql, const std::map<std::string, data::Value>& parameters,
           std::uint64_t rowLimit) override;
    Result<void> beginSnapshot() override;
    Result<void> endSnapshot() override;
    std::unique_ptr<Catalog> catalog() override;
    void cancel() override { m_cancel.request(); }

    /// All rows of what `run` executes, the named columns (from 1) as text; null is empty.
    [[nodiscard]] Result<Catalog::Rows> texts(const std::function<SQLRETURN(SQLHSTMT)>& run,
                                              const std::vector<SQLUSMALLINT>& columns);
    [[nodiscard]] const OdbcSession& session() const { return m_session; }

    // For the stream.
    [[nodiscard]] SQLRETURN fetch(SQLHSTMT statement);
    [[nodiscard]] bool cancelRequested() const { return m_cancel.requested(); }
    [[nodiscard]] Failure failure(SQLHSTMT statement);
    /// Closes the cursor.
    void finishQuery(OdbcStatement statement);

private:
    using Values = std::map<std::string, data::Value>;

    void learnSession();
    void begin();
    void end();
    [[nodiscard]] Result<OdbcStatement> allocate();
    [[nodiscard]] Failure failure(SQLSMALLINT handleType, SQLHANDLE handle);
    [[nodiscard]] Result<Catalog::Rows> fetchTexts(SQLHSTMT statement,
                                                   const std::vector<SQLUSMALLINT>& columns);
    [[nodiscard]] Result<OdbcQuery> open(const BoundSql& sql, const Values& parameters,
                                         std::uint64_t rowLimit);
    [[nodiscard]] Result<OdbcQuery> openExact(const SqlText& sql, const Values& parameters,
                                              std::uint64_t rowLimit);
    [[nodiscard]] Result<std::vector<OdbcColumn>> describe(const BoundSql& sql);
    [[nodiscard]] Result<void> learnTypes(const SqlText& sql, const Values& parameters,
                                          std::vector<OdbcColumn>& columns,
                                          std::vector<PostgresOid>& oids);
    [[nodiscard]] Result<void> setAutocommit(bool on);

    OdbcSession m_session;
    OdbcProfile m_profile;
    QString m_where;
    SnapshotRules m_snapshot;
    std::map<std::string, data::ValueKind> m_types;
    std::chrono::seconds m_statementTimeout;
    bool m_pinsTimeout = false;
    bool m_enforcesReadOnly = false;
    PostgresTypes m_postgresTypes;
    std::shared_ptr<OdbcActivity> m_activity = std::make_shared<OdbcActivity>();
    std::shared_ptr<std::string> m_cancelSql = std::make_shared<std::string>();
    StatementCancel m_cancel;
    std::chrono::steady_clock::time_point m_began;
    bool m_unusable = false;
};

} // namespace headgate::warehouse
