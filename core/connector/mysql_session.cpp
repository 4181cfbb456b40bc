// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/sql_session.h"

#include "warehouse/source_form.h"

#include <QString>
#include <algorithm>
#include <errmsg.h>
#include <mysql.h>
#include <mysqld_error.h>

namespace headgate::connector {

namespace {

constexpr unsigned myConnectSeconds = 15;
constexpr unsigned myTransferSeconds = 60;
// Errors that only one of MySQL's and MariaDB's headers names.
constexpr unsigned myCheckViolated = 3819; ///< ER_CHECK_CONSTRAINT_VIOLATED
constexpr unsigned myKilled = 1927;        ///< ER_CONNECTION_KILLED of MariaDB
constexpr unsigned mySessionKilled = 3169; ///< ER_SESSION_WAS_KILLED of MySQL
constexpr unsigned myIdleTooLong = 4031;   ///< ER_CLIENT_INTERACTION_TIMEOUT of MySQL

constexpr const char* myTables = R"(
SELECT TABLE_NAME FROM information_schema.TABLES
WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'BASE TABLE' ORDER BY 1)";

constexpr const char* myColumns = R"(
SELECT COLUMN_NAME, COLUMN_TYPE, DATA_TYPE, IS_NULLABLE = 'YES',
       COLUMN_DEFAULT IS NOT NULL OR EXTRA LIKE '%auto_increment%',
       EXTRA LIKE '%VIRTUAL GENERATED%' OR EXTRA LIKE '%STORED GENERATED%'
FROM information_schema.COLUMNS
WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ? ORDER BY ORDINAL_POSITION)";

constexpr const char* myKeys = R"(
SELECT INDEX_NAME, COLUMN_NAME, SUB_PART IS NOT NULL OR COLUMN_NAME IS NULL
FROM information_schema.STATISTICS
WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ? AND NON_UNIQUE = 0
ORDER BY INDEX_NAME, SEQ_IN_INDEX)";

constexpr const char* mariaJson = R"(
SELECT CONSTRAINT_NAME FROM information_schema.CHECK_CONSTRAINTS
WHERE CONSTRAINT_SCHEMA = DATABASE() AND TABLE_NAME = ?
  AND CHECK_CLAUSE = CONCAT('json_valid(`', CONSTRAINT_NAME, '`)'))";

struct MyClose
{
    void operator()(MYSQL* connection) const { mysql_close(connection); }
};
struct MyStatementClose
{
    void operator()(MYSQL_STMT* statement) const { mysql_stmt_close(statement); }
};
struct MyResultFree
{
    void operator()(MYSQL_RES* result) const { mysql_free_result(result); }
};
using MyHandle = std::unique_ptr<MYSQL, MyClose>;
using MyStatement = std::unique_ptr<MYSQL_STMT, MyStatementClose>;
using MyMeta = std::unique_ptr<MYSQL_RES, MyResultFree>;

SqlFault myFault(unsigned number, std::string_view state)
{
    switch (number) {
    case CR_SERVER_GONE_ERROR:
    case CR_SERVER_LOST:
    case CR_CONNECTION_ERROR:
    case CR_CONN_HOST_ERROR:
    case CR_UNKNOWN_HOST:
    case CR_MALFORMED_PACKET:
    case ER_SERVER_SHUTDOWN:
    case ER_NET_READ_INTERRUPTED:
    case myKilled:
    case mySessionKilled:
    case myIdleTooLong:
        return SqlFault::Lost;
    case ER_ACCESS_DENIED_ERROR:
        return SqlFault::Denied;
    case ER_DUP_ENTRY:
    case ER_DUP_ENTRY_WITH_KEY_NAME:
        return SqlFault::Conflict;
    case ER_LOCK_DEADLOCK:
    case ER_LOCK_WAIT_TIMEOUT:
    case ER_CON_COUNT_ERROR:
    case ER_DISK_FULL:
    case ER_RECORD_FILE_FULL:
    case ER_STATEMENT_TIMEOUT:
    case ER_QUERY_INTERRUPTED:
        return SqlFault::Passing;
    case ER_TRUNCATED_WRONG_VALUE_FOR_FIELD:
    case ER_NO_DEFAULT_FOR_FIELD:
    case ER_DATA_TOO_LONG:
    case WARN_DATA_TRUNCATED:
    case myCheckViolated:
    case ER_CANNOT_CONVERT_CHARACTER:
        return SqlFault::Data;
    default:
        return state.substr(0, 2) == "22" || state.substr(0, 2) == "23" || state == "45000"
                   ? SqlFault::Data
                   : SqlFault::Setup;
    }
}

SqlColumnKind myKind(const std::string& type, const std::string& columnType)
{
    if (type == "json")
        return SqlColumnKind::Json;
    if (columnType == "tinyint(1)")
        return SqlColumnKind::Boolean;
    if (type == "date")
        return SqlColumnKind::Date;
    if (type == "datetime" || type == "timestamp")
        return SqlColumnKind::DateTime;
    if (type.find("blob") != std::string::npos || type.find("binary") != std::string::npos)
        return SqlColumnKind::Bytes;
    if (type.find("char") != std::string::npos || type.find("text") != std::string::npos)
        return SqlColumnKind::Text;
    if (type.find("int") != std::string::npos)
        return SqlColumnKind::Integer;
    return type == "decimal" || type == "float" || type == "double" ? SqlColumnKind::Decimal
                                                                    : SqlColumnKind::Other;
}

class MySqlSession final : public SqlSession
{
public:
    explicit MySqlSession(MyHandle handle) : m_handle(std::move(handle)) {}

    SqlDialect dialect() const override { return SqlDialect::MySql; }
    std::string server() const override
    {
        const std::string version = mysql_get_server_info(m_handle.get());
        return (isMaria() ? "MariaDB " : "MySQL ") + version.substr(0, version.find('-'));
    }
    bool isOpen() const override { return m_open; }

    SqlResult<SqlDone> run(const std::string& sql, const std::vector<SqlValue>& values) override
    {
        if (values.empty())
            return runText(sql);
        if (const auto ready = prepare(sql); !ready)
            return tl::unexpected(ready.error());
        std::vector<MYSQL_BIND> binds(values.size());
        for (std::size_t i = 0; i < values.size(); ++i)
            bind(binds[i], values[i]);
        MYSQL_STMT* statement = m_statement.get();
        if (mysql_stmt_bind_param(statement, binds.data()) || mysql_stmt_execute(statement))
            return tl::unexpected(statementFailure());
        SqlDone done;
        done.affected = mysql_stmt_affected_rows(statement);
        if (mysql_stmt_field_count(statement) > 0)
            return readRows(std::move(done));
        return done;
    }

    SqlResult<void> commit() override
    {
        if (mysql_commit(m_handle.get()))
            return tl::unexpected(failure());
        return {};
    }

    const char* tablesQuery() const override { return myTables; }

    SqlResult<SqlTable> table(const std::string& id) override
    {
        const std::vector<SqlValue> named{{SqlValue::Kind::Text, id}};
        const auto columns = run(myColumns, named);
        const auto keys = columns ? run(myKeys, named) : columns;
        if (!keys)
            return tl::unexpected(keys.error());
        if (columns->rows.empty())
            return tl::unexpected(noTable(id));
        SqlTable table{{}, id, {}, {}};
        for (const auto& row : columns->rows)
            table.columns.push_back({row[0], row[1], myKind(row[2], row[1]), row[3] == "1",
                                     row[4] == "1", row[5] != "1"});
        addKeys(table, keys->rows);
        return isMaria() ? withMariaJson(std::move(table), named) : table;
    }

private:
    [[nodiscard]] bool isMaria() const
    {
        return std::string_view(mysql_get_server_info(m_handle.get())).find("MariaDB") !=
               std::string_view::npos;
    }

    static void addKeys(SqlTable& table, const std::vector<std::vector<std::string>>& rows)
    {
        std::string index;
        bool partial = false;
        for (const auto& row : rows) {
            if (row[0] != index)
                partial = false;
            if (row[0] != index)
                table.uniqueKeys.emplace_back();
            index = row[0];
            partial = partial || row[2] == "1";
            if (partial)
                table.uniqueKeys.back().emplace_back();
            else
                table.uniqueKeys.back().push_back(row[1]);
        }
    }

    /// MariaDB's JSON type is a text with a check that it named after the column.
    SqlResult<SqlTable> withMariaJson(SqlTable table, const std::vector<SqlValue>& named)
    {
        const auto checks = run(mariaJson, named);
        if (!checks)
            return tl::unexpected(checks.error());
        for (const auto& row : checks->rows)
            for (SqlColumn& column : table.columns)
                if (column.name == row[0]) {
                    column.kind = SqlColumnKind::Json;
                    column.type = "json";
                }
        return table;
    }

    SqlResult<SqlDone> runText(const std::string& sql)
    {
        if (mysql_real_query(m_handle.get(), sql.data(), sql.size()))
            return tl::unexpected(failure());
        SqlDone done;
        const MyMeta stored(mysql_store_result(m_handle.get()));
        if (!stored && mysql_field_count(m_handle.get()) > 0)
            return tl::unexpected(failure());
        done.affected = mysql_affected_rows(m_handle.get());
        const unsigned columns = stored ? mysql_num_fields(stored.get()) : 0;
        while (MYSQL_ROW row = stored ? mysql_fetch_row(stored.get()) : nullptr) {
            const unsigned long* lengths = mysql_fetch_lengths(stored.get());
            auto& texts = done.rows.emplace_back();
            for (unsigned i = 0; i < columns; ++i)
                texts.push_back(row[i] ? std::string(row[i], lengths[i]) : std::string());
        }
        return done;
    }

    SqlResult<void> prepare(const std::string& sql)
    {
        if (m_statement && m_sql == sql)
            return {};
        m_sql.clear();
        m_statement.reset(mysql_stmt_init(m_handle.get()));
        if (!m_statement)
            return tl::unexpected(failure());
        if (mysql_stmt_prepare(m_statement.get(), sql.data(), sql.size()))
            return tl::unexpected(statementFailure());
        m_sql = sql;
        return {};
    }

    static void bind(MYSQL_BIND& into, const SqlValue& value)
    {
        into = {};
        if (value.kind == SqlValue::Kind::Null) {
            into.buffer_type = MYSQL_TYPE_NULL;
            return;
        }
        into.buffer_type =
            value.kind == SqlValue::Kind::Bytes ? MYSQL_TYPE_BLOB : MYSQL_TYPE_STRING;
        into.buffer = const_cast<char*>(value.text.data());
        into.buffer_length = value.text.size();
    }

    SqlResult<SqlDone> readRows(SqlDone done)
    {
        MYSQL_STMT* statement = m_statement.get();
        const unsigned columns = mysql_stmt_field_count(statement);
        std::vector<MYSQL_BIND> binds(columns);
        std::vector<unsigned long> lengths(columns);
        std::vector<my_bool> nulls(columns);
        for (unsigned i = 0; i < columns; ++i) {
            binds[i] = {};
            binds[i].buffer_type = MYSQL_TYPE_STRING;
            binds[i].length = &lengths[i];
            binds[i].is_null = &nulls[i];
        }
        if (mysql_stmt_bind_result(statement, binds.data()) || mysql_stmt_store_result(statement))
            return tl::unexpected(statementFailure());
        int fetched = 0;
        while ((fetched = mysql_stmt_fetch(statement)) == 0 || fetched == MYSQL_DATA_TRUNCATED) {
            auto& texts = done.rows.emplace_back(columns);
            for (unsigned i = 0; i < columns; ++i) {
                if (nulls[i])
                    continue;
                texts[i].resize(lengths[i]);
                MYSQL_BIND cell = {};
                cell.buffer_type = MYSQL_TYPE_STRING;
                cell.buffer = texts[i].data();
                cell.buffer_length = texts[i].size();
                if (!texts[i].empty() && mysql_stmt_fetch_column(statement, &cell, i, 0))
                    return tl::unexpected(statementFailure());
            }
        }
        if (fetched != MYSQL_NO_DATA)
            return tl::unexpected(statementFailure());
        mysql_stmt_free_result(statement);
        return done;
    }

    [[nodiscard]] SqlError statementFailure()
    {
        MYSQL_STMT* statement = m_statement.get();
        SqlError error = errorOf(mysql_stmt_errno(statement), mysql_stmt_sqlstate(statement),
                                 mysql_stmt_error(statement));
        m_statement.reset();
        return error;
    }

    [[nodiscard]] SqlError failure()
    {
        return errorOf(mysql_errno(m_handle.get()), mysql_sqlstate(m_handle.get()),
                       mysql_error(m_handle.get()));
    }

    [[nodiscard]] SqlError errorOf(unsigned number, const char* state, const char* message)
    {
        const SqlFault fault = myFault(number, state);
        m_open = m_open && fault != SqlFault::Lost;
        return {fault, std::to_string(number), message};
    }

    MyHandle m_handle;
    MyStatement m_statement; ///< the last one, which often comes again; closed before m_handle
    std::string m_sql;
    bool m_open = true;
};

void setMyOptions(MYSQL* connection, const SqlAccount& account, const std::string& authorities)
{
    const bool local = warehouse::isLoopback(account.host);
    const unsigned connectSeconds = myConnectSeconds;
    const unsigned transferSeconds = myTransferSeconds;
    const my_bool yes = 1;
    const my_bool verify = local ? 0 : 1;
    mysql_options(connection, MYSQL_OPT_CONNECT_TIMEOUT, &connectSeconds);
    mysql_options(connection, MYSQL_OPT_READ_TIMEOUT, &transferSeconds);
    mysql_options(connection, MYSQL_OPT_WRITE_TIMEOUT, &transferSeconds);
    mysql_options(connection, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    mysql_options(connection, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &verify);
    if (local)
        return;
    mysql_options(connection, MYSQL_OPT_SSL_ENFORCE, &yes);
    mysql_ssl_set(connection, nullptr, nullptr, authorities.c_str(), nullptr, nullptr);
}

} // namespace

OpenedSession openMySqlSession(const SqlAccount& account)
{
    MyHandle handle(mysql_init(nullptr));
    if (!handle)
        return tl::unexpected(SqlError{SqlFault::Passing, "HY001", "out of memory"});
    const std::string authorities = authoritiesFor(account);
    setMyOptions(handle.get(), account, authorities);
    const bool isSocket = !account.host.empty() && account.host.front() == '/';
    if (!mysql_real_connect(handle.get(), isSocket ? "localhost" : account.host.c_str(),
                            account.user.c_str(), account.password.c_str(),
                            account.database.c_str(), static_cast<unsigned>(account.port),
                            isSocket ? account.host.c_str() : nullptr, CLIENT_FOUND_ROWS)) {
        const unsigned number = mysql_errno(handle.get());
        return tl::unexpected(SqlError{myFault(number, mysql_sqlstate(handle.get())),
                                       std::to_string(number), mysql_error(handle.get())});
    }
    auto session = std::make_unique<MySqlSession>(std::move(handle));
    for (const char* setting :
         {"SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,"
          "ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'",
          "SET SESSION time_zone = '+00:00'", "SET SESSION innodb_lock_wait_timeout = 30",
          "SET SESSION autocommit = 1"})
        if (const auto set = session->run(setting, {}); !set)
            return tl::unexpected(set.error());
    return session;
}

} // namespace headgate::connector
