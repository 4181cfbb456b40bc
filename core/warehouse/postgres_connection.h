// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "warehouse/connection.h"
#include "warehouse/postgres_type.h"
#include "warehouse/socket.h"
#include "warehouse/source_error.h"
#include "warehouse/statement_cancel.h"

#include <array>
#include <chrono>
#include <libpq-fe.h>
#include <memory>

namespace headgate::warehouse {

struct PostgresFinish
{
    void operator()(PGconn* connection) const { PQfinish(connection); }
};
using PostgresHandle = std::unique_ptr<PGconn, PostgresFinish>;

struct PostgresClear
{
    void operator()(PGresult* result) const { PQclear(result); }
};
using PostgresResult = std::unique_ptr<PGresult, PostgresClear>;

struct PostgresFree
{
    void operator()(char* memory) const { PQfreemem(memory); }
};
using PostgresMemory = std::unique_ptr<char, PostgresFree>;

/// libpq, text format; COPY where the query can stand in it, else single-row mode. Every query runs
/// in a read-only transaction: its own, or the snapshot's under a savepoint.
class PostgresConnection final : public Connection
{
public:
    PostgresConnection(PostgresHandle handle, const ConnectRequest& request);
    ~PostgresConnection() override;
    PostgresConnection(const PostgresConnection&) = delete;
    PostgresConnection& operator=(const PostgresConnection&) = delete;

    std::string server() const override;
    bool enforcesReadOnly() const override { return m_enforcesReadOnly; }
    Result<void> execute(const std::string& sql) override;
    Result<std::unique_ptr<data::RowStream>>
    stream(const SqlText& sql, const std::map<std::string, data::Value>& parameters,
           std::uint64_t rowLimit) override;
    Result<void> beginSnapshot() override;
    Result<void> endSnapshot() override;
    void cancel() override { m_cancel.request(); }

    // For the stream.
    [[nodiscard]] PGconn* handle() const { return m_handle.get(); }
    [[nodiscard]] Failure failure(const PGresult* result, const BoundSql* sql = nullptr,
                                  std::string_view typed = {}) const;
    /// Ends the query's part of the transaction. After a failure or in the middle of a stream
    /// (`whole` false), everything left of it is thrown away first. Error: also where tables were
    /// replaced under it ("source.query.changed").
    [[nodiscard]] Result<void> finishQuery(const std::string& statement, bool whole);

private:
    [[nodiscard]] Result<PostgresResult> run(const std::string& sql);
    [[nodiscard]] Result<void> beginQuery();
    [[nodiscard]] Result<data::Schema> prepare(const std::string& name, const BoundSql& sql,
                                               std::string_view typed,
                                               std::vector<PostgresType>& types);
    [[nodiscard]] Result<void> lookUp(const std::vector<PostgresOid>& wanted);
    [[nodiscard]] Failure sendFailed(const std::string& statement);
    [[nodiscard]] Result<void> checkUnchanged();
    void discardResults();

    PostgresHandle m_handle;
    QString m_where;
    SnapshotRules m_snapshot;
    std::chrono::seconds m_statementTimeout;
    std::chrono::steady_clock::time_point m_began;
    StatementCancel m_cancel;
    PostgresTypes m_types;
    unsigned long m_statements = 0;
    bool m_enforcesReadOnly = false;
    bool m_copiesOut = false;
    bool m_inSnapshot = false;
    bool m_unusable = false;
};

} // namespace headgate::warehouse
