// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "warehouse/mysql_settings.h"
#include "warehouse/mysql_value.h"
#include "warehouse/statement_cancel.h"

namespace headgate::warehouse {

struct MysqlStatementClose
{
    /// Reads what is left of an unfinished result.
    void operator()(MYSQL_STMT* statement) const { mysql_stmt_close(statement); }
};
using MysqlStatement = std::unique_ptr<MYSQL_STMT, MysqlStatementClose>;

/// How a query's result came to its end.
enum class MysqlEnding
{
    Whole,    ///< the server said so
    Failed,   ///< with an error
    Abandoned ///< by us, in the middle
};

/// libmariadb: prepared statements, binary form, rows fetched as they are read (use_result).
/// Serves MariaDB and MySQL.
class MysqlConnection final : public Connection
{
public:
    MysqlConnection(MysqlHandle handle, const MysqlSettings& settings,
                    const ConnectRequest& request);
    ~MysqlConnection() override;
    MysqlConnection(const MysqlConnection&) = delete;
    MysqlConnection& operator=(const MysqlConnection&) = delete;

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
    [[nodiscard]] Failure failure(MYSQL_STMT* statement) const;
    /// Closes the statement; an abandoned one is cancelled first.
    [[nodiscard]] Result<void> finishQuery(MysqlStatement statement, MysqlEnding ending,
                                           bool limited);

private:
    [[nodiscard]] Result<void> run(const std::string& sql);
    [[nodiscard]] Failure failure(unsigned code, const char* text) const;
    [[nodiscard]] Result<MysqlStatement>
    start(const BoundSql& sql, std::string_view typed,
          const std::map<std::string, data::Value>& parameters);

    MysqlHandle m_handle;
    QString m_where;
    SnapshotRules m_snapshot;
    StatementCancel m_cancel;
    bool m_enforcesReadOnly = false;
    bool m_unusable = false;
};

} // namespace headgate::warehouse
