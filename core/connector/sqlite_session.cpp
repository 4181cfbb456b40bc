// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/sql_session.h"

#include <algorithm>
#include <charconv>
#include <sqlite3.h>

namespace headgate::connector {

namespace {

constexpr int liteBusyMilliseconds = 10'000;

struct LiteClose
{
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
struct LiteFinalize
{
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using LiteHandle = std::unique_ptr<sqlite3, LiteClose>;
using LiteStatement = std::unique_ptr<sqlite3_stmt, LiteFinalize>;

SqlFault liteFault(int code)
{
    if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY ||
        code == SQLITE_CONSTRAINT_ROWID)
        return SqlFault::Conflict;
    switch (code & 0xFF) {
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
        return SqlFault::Data;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_FULL:
    case SQLITE_NOMEM:
    case SQLITE_INTERRUPT:
        return SqlFault::Passing;
    case SQLITE_IOERR:
        return SqlFault::Lost;
    default:
        return SqlFault::Setup;
    }
}

/// SQLite's own rules of affinity, with what people mean by booleans and JSON before them.
SqlColumnKind liteKind(std::string type)
{
    std::transform(type.begin(), type.end(), type.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    const auto holds = [&](const char* word) { return type.find(word) != std::string::npos; };
    if (holds("BOOL"))
        return SqlColumnKind::Boolean;
    if (holds("JSON"))
        return SqlColumnKind::Json;
    if (holds("INT"))
        return SqlColumnKind::Integer;
    if (holds("CHAR") || holds("CLOB") || holds("TEXT") || holds("UUID"))
        return SqlColumnKind::Text;
    if (holds("BLOB"))
        return SqlColumnKind::Bytes;
    if (holds("TIME"))
        return SqlColumnKind::DateTime;
    if (holds("DATE"))
        return SqlColumnKind::Date;
    return holds("REAL") || holds("FLOA") || holds("DOUB") || holds("NUM") || holds("DEC")
               ? SqlColumnKind::Decimal
               : SqlColumnKind::Other;
}

class SqliteSession final : public SqlSession
{
public:
    explicit SqliteSession(LiteHandle handle) : m_handle(std::move(handle)) {}

    SqlDialect dialect() const override { return SqlDialect::Sqlite; }
    std::string server() const override { return std::string("SQLite ") + sqlite3_libversion(); }
    bool isOpen() const override { return true; }

    SqlResult<SqlDone> run(const std::string& sql, const std::vector<SqlValue>& values) override
    {
        if (const auto ready = prepare(sql); !ready)
            return tl::unexpected(ready.error());
        sqlite3_stmt* statement = m_statement.get();
        for (std::size_t i = 0; i < values.size(); ++i)
            if (bind(static_cast<int>(i + 1), values[i]) != SQLITE_OK)
                return tl::unexpected(failure());
        SqlDone done;
        int step = SQLITE_ROW;
        while ((step = sqlite3_step(statement)) == SQLITE_ROW)
            readRow(done);
        if (step != SQLITE_DONE) {
            const SqlError error = failure();
            m_statement.reset();
            return tl::unexpected(error);
        }
        done.affected = static_cast<std::uint64_t>(sqlite3_changes64(m_handle.get()));
        sqlite3_reset(statement);
        return done;
    }

    SqlResult<void> commit() override
    {
        const auto done = run("COMMIT", {});
        if (done)
            return {};
        return tl::unexpected(done.error());
    }

    const char* tablesQuery() const override
    {
        return "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' "
               "ESCAPE '\\' ORDER BY 1";
    }

    SqlResult<SqlTable> table(const std::string& id) override
    {
        const std::vector<SqlValue> named{{SqlValue::Kind::Text, id}};
        const auto columns = run("SELECT name, type, \"notnull\", dflt_value IS NOT NULL, pk, "
                                 "hidden FROM pragma_table_xinfo(?) ORDER BY cid",
                                 named);
        const auto keys =
            columns ? run("SELECT l.name, i.name FROM pragma_index_list(?) AS l, "
                          "pragma_index_info(l.name) AS i WHERE l.\"unique\" = 1 AND l.partial = 0 "
                          "ORDER BY l.seq, i.seqno",
                          named)
                    : columns;
        if (!keys)
            return tl::unexpected(keys.error());
        if (columns->rows.empty())
            return tl::unexpected(noTable(id));
        SqlTable table{{}, id, {}, {}};
        std::vector<std::pair<int, std::string>> primary;
        for (const auto& row : columns->rows) {
            table.columns.push_back({row[0], row[1], liteKind(row[1]),
                                     row[2] != "1" && row[4] == "0", row[3] == "1", row[5] == "0"});
            if (row[4] != "0")
                primary.emplace_back(std::stoi(row[4]), row[0]);
        }
        addKeys(table, keys->rows, std::move(primary));
        return table;
    }

private:
    static void addKeys(SqlTable& table, const std::vector<std::vector<std::string>>& rows,
                        std::vector<std::pair<int, std::string>> primary)
    {
        std::string index;
        for (const auto& row : rows) {
            if (row[0] != index)
                table.uniqueKeys.emplace_back();
            index = row[0];
            table.uniqueKeys.back().push_back(row[1]);
        }
        std::sort(primary.begin(), primary.end());
        std::vector<std::string> columns;
        columns.reserve(primary.size());
        for (auto& [position, column] : primary)
            columns.push_back(std::move(column));
        const auto same = std::find(table.uniqueKeys.begin(), table.uniqueKeys.end(), columns);
        if (!columns.empty() && same == table.uniqueKeys.end())
            table.uniqueKeys.push_back(std::move(columns));
    }

    SqlResult<void> prepare(const std::string& sql)
    {
        if (m_statement && m_sql == sql) {
            sqlite3_reset(m_statement.get());
            return {};
        }
        sqlite3_stmt* statement = nullptr;
        const int code = sqlite3_prepare_v2(m_handle.get(), sql.data(),
                                            static_cast<int>(sql.size()), &statement, nullptr);
        m_statement.reset(statement);
        m_sql = sql;
        if (code != SQLITE_OK)
            return tl::unexpected(failure());
        return {};
    }

    int bind(int position, const SqlValue& value)
    {
        sqlite3_stmt* statement = m_statement.get();
        const auto size = static_cast<sqlite3_uint64>(value.text.size());
        switch (value.kind) {
        case SqlValue::Kind::Null:
            return sqlite3_bind_null(statement, position);
        case SqlValue::Kind::Bytes:
            return sqlite3_bind_blob64(statement, position, value.text.data(), size, SQLITE_STATIC);
        case SqlValue::Kind::Number: {
            sqlite3_int64 number = 0;
            const char* end = value.text.data() + value.text.size();
            const auto [stop, error] = std::from_chars(value.text.data(), end, number);
            if (error == std::errc{} && stop == end)
                return sqlite3_bind_int64(statement, position, number);
            break;
        }
        case SqlValue::Kind::Text:
            break;
        }
        return sqlite3_bind_text64(statement, position, value.text.data(), size, SQLITE_STATIC,
                                   SQLITE_UTF8);
    }

    void readRow(SqlDone& done)
    {
        sqlite3_stmt* statement = m_statement.get();
        auto& texts = done.rows.emplace_back();
        for (int i = 0; i < sqlite3_column_count(statement); ++i) {
            const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement, i));
            const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, i));
            texts.push_back(bytes ? std::string(bytes, size) : std::string());
        }
    }

    [[nodiscard]] SqlError failure() const
    {
        const int code = sqlite3_extended_errcode(m_handle.get());
        return {liteFault(code), std::to_string(code), sqlite3_errmsg(m_handle.get())};
    }

    LiteHandle m_handle;
    LiteStatement m_statement; ///< the last one, which often comes again
    std::string m_sql;
};

} // namespace

OpenedSession openSqliteSession(const SqlAccount& account)
{
    sqlite3* database = nullptr;
    const int code = sqlite3_open_v2(account.database.c_str(), &database,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_FULLMUTEX, nullptr);
    LiteHandle handle(database);
    if (code != SQLITE_OK)
        return tl::unexpected(SqlError{SqlFault::Setup, std::to_string(code),
                                       database ? sqlite3_errmsg(database) : "out of memory"});
    sqlite3_extended_result_codes(database, 1);
    sqlite3_busy_timeout(database, liteBusyMilliseconds);
    auto session = std::make_unique<SqliteSession>(std::move(handle));
    for (const char* setting : {"PRAGMA foreign_keys = ON", "PRAGMA trusted_schema = OFF"})
        if (const auto set = session->run(setting, {}); !set)
            return tl::unexpected(set.error());
    return session;
}

} // namespace headgate::connector
