// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/value.h"

#include <cstdint>
#include <memory>
#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace headgate::connector {

enum class SqlDialect
{
    Postgres,
    MySql, ///< MariaDB too
    Sqlite
};

/// What to do about an error of a database.
enum class SqlFault
{
    Data,     ///< a value, a constraint: the record is at fault
    Conflict, ///< likewise: its key is there already
    Passing,  ///< deadlock, lock, too many connections, no space: nothing was applied, try later
    Lost,     ///< the connection, or the disk below it, is gone
    Denied,   ///< user or password
    Setup     ///< table, privilege, statement: no record can be written
};

struct SqlError
{
    SqlFault fault = SqlFault::Setup;
    std::string code;    ///< SQLSTATE, or the library's number
    std::string message; ///< the server's words
};

template <typename T>
using SqlResult = tl::expected<T, SqlError>;

/// A value on its way into a statement. Text and numbers are the payload's own bytes.
struct SqlValue
{
    enum class Kind
    {
        Null,
        Text,
        Number, ///< a JSON number: only SQLite tells it from a text
        Bytes
    };
    Kind kind = Kind::Null;
    std::string text;
};

struct SqlDone
{
    std::uint64_t affected = 0;                 ///< rows matched, whether or not they changed
    std::vector<std::vector<std::string>> rows; ///< texts; null is empty
};

enum class SqlColumnKind
{
    Text,
    Integer,
    Decimal,
    Boolean,
    Date,
    DateTime,
    Json,
    Bytes, ///< takes base64
    List,  ///< PostgreSQL's arrays
    Other
};

struct SqlColumn
{
    std::string name;
    std::string type; ///< as the server calls it
    SqlColumnKind kind = SqlColumnKind::Other;
    bool nullable = true;
    bool hasDefault = false;
    bool writable = true;
};

struct SqlTable
{
    std::string schema; ///< empty where the account fixes it
    std::string name;
    std::vector<SqlColumn> columns;
    std::vector<std::vector<std::string>> uniqueKeys; ///< columns of each

    [[nodiscard]] const SqlColumn* find(const std::string& column) const;
    /// A key of this column alone.
    [[nodiscard]] bool isUnique(const std::string& column) const;
};

/// A connection that writes, on one thread. Every call blocks for a bounded time.
class SqlSession
{
public:
    virtual ~SqlSession() = default;

    [[nodiscard]] virtual SqlDialect dialect() const = 0;
    /// Product and version.
    [[nodiscard]] virtual std::string server() const = 0;
    /// False after an error of kind Lost.
    [[nodiscard]] virtual bool isOpen() const = 0;

    /// One statement; its parameters are $1, $2... in PostgreSQL and ? elsewhere.
    [[nodiscard]] virtual SqlResult<SqlDone> run(const std::string& sql,
                                                 const std::vector<SqlValue>& values) = 0;
    /// Error Lost: it may have been committed. Any other: it was not.
    [[nodiscard]] virtual SqlResult<void> commit() = 0;

    /// Names of tables that can be written to, as table() takes them.
    [[nodiscard]] SqlResult<std::vector<std::string>> tables();
    /// What tables() asks the database: their names in the first column, in order.
    [[nodiscard]] virtual const char* tablesQuery() const = 0;
    /// Error: noTable() if there is none.
    [[nodiscard]] virtual SqlResult<SqlTable> table(const std::string& id) = 0;
};

struct SqlAccount
{
    std::string host; ///< a folder for PostgreSQL's or a file for MySQL's local socket
    int port = 0;
    std::string database; ///< SQLite: path of the file
    std::string user;
    std::string password;
    std::string caFile; ///< certificates to trust instead of the system's
};

/// Away from this machine, all of them insist on TLS with a verified certificate and host name.
using OpenedSession = SqlResult<std::unique_ptr<SqlSession>>;
[[nodiscard]] OpenedSession openPostgresSession(const SqlAccount& account);
[[nodiscard]] OpenedSession openMySqlSession(const SqlAccount& account);
/// The file must be there.
[[nodiscard]] OpenedSession openSqliteSession(const SqlAccount& account);

[[nodiscard]] SqlError noTable(const std::string& id); ///< Setup, "sql.table"

/// The file of certificates that a server's is verified with.
[[nodiscard]] std::string authoritiesFor(const SqlAccount& account);

} // namespace headgate::connector
