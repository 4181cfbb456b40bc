// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/sql_session.h"

#include "base/hash.h"
#include "warehouse/source_form.h"

#include <libpq-fe.h>

namespace headgate::connector {

namespace {

constexpr const char* pgTables = R"(
SELECT n.nspname || '.' || c.relname
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'f') AND n.nspname <> 'information_schema'
  AND n.nspname NOT LIKE 'pg\_%' AND has_schema_privilege(n.oid, 'USAGE')
  AND has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE')
ORDER BY 1)";

constexpr const char* pgTable = R"(
SELECT c.oid, n.nspname, c.relname
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname || '.' || c.relname = $1 AND c.relkind IN ('r', 'p', 'f', 'v'))";

constexpr const char* pgColumns = R"(
SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), b.typname, b.typcategory,
       a.attnotnull, a.atthasdef OR a.attidentity <> '', a.attgenerated <> '' OR a.attidentity = 'a'
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
JOIN pg_catalog.pg_type b ON b.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END
WHERE a.attrelid = $1::oid AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attnum)";

constexpr const char* pgKeys = R"(
SELECT i.indexrelid, a.attname
FROM pg_catalog.pg_index i
CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, position)
JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
WHERE i.indrelid = $1::oid AND i.indisunique AND i.indisvalid AND i.indimmediate
  AND i.indpred IS NULL AND i.indexprs IS NULL AND k.position <= i.indnkeyatts
ORDER BY i.indexrelid, k.position)";

struct PgFinish
{
    void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct PgClear
{
    void operator()(PGresult* result) const { PQclear(result); }
};
using PgHandle = std::unique_ptr<PGconn, PgFinish>;
using PgAnswer = std::unique_ptr<PGresult, PgClear>;

SqlFault pgFault(std::string_view state)
{
    const std::string_view group = state.substr(0, 2);
    if (state == "23505" || state == "23P01")
        return SqlFault::Conflict;
    if (group == "21" || group == "22" || group == "23" || state == "54000" || state == "44000" ||
        state == "P0001")
        return SqlFault::Data;
    if (group == "40" || group == "53" || group == "55" || state == "57014" || state == "54023")
        return SqlFault::Passing;
    if (group == "08" || group == "57")
        return SqlFault::Lost;
    return group == "28" ? SqlFault::Denied : SqlFault::Setup;
}

SqlColumnKind pgKind(const std::string& type, char category)
{
    if (category == 'A')
        return SqlColumnKind::List;
    if (type == "json" || type == "jsonb")
        return SqlColumnKind::Json;
    if (type == "bytea")
        return SqlColumnKind::Bytes;
    if (type == "int2" || type == "int4" || type == "int8")
        return SqlColumnKind::Integer;
    if (type == "date")
        return SqlColumnKind::Date;
    switch (category) {
    case 'B':
        return SqlColumnKind::Boolean;
    case 'N':
        return SqlColumnKind::Decimal;
    case 'S':
        return SqlColumnKind::Text;
    case 'D':
        return SqlColumnKind::DateTime;
    default:
        return SqlColumnKind::Other;
    }
}

std::string trimmedMessage(const char* message)
{
    std::string text = message ? message : "";
    while (!text.empty() && (text.back() == '\n' || text.back() == ' '))
        text.pop_back();
    return text;
}

std::string byteaText(const std::string& bytes)
{
    return "\\x" + toHex(bytes);
}

class PostgresSession final : public SqlSession
{
public:
    explicit PostgresSession(PgHandle handle) : m_handle(std::move(handle)) {}

    SqlDialect dialect() const override { return SqlDialect::Postgres; }
    std::string server() const override
    {
        const char* version = PQparameterStatus(m_handle.get(), "server_version");
        return std::string("PostgreSQL ") + (version ? version : "");
    }
    bool isOpen() const override { return PQstatus(m_handle.get()) == CONNECTION_OK; }

    SqlResult<SqlDone> run(const std::string& sql, const std::vector<SqlValue>& values) override
    {
        std::vector<std::string> bytes;
        bytes.reserve(values.size());
        std::vector<const char*> texts;
        texts.reserve(values.size());
        for (const SqlValue& value : values) {
            if (value.kind == SqlValue::Kind::Bytes)
                bytes.push_back(byteaText(value.text));
            texts.push_back(value.kind == SqlValue::Kind::Null    ? nullptr
                            : value.kind == SqlValue::Kind::Bytes ? bytes.back().c_str()
                                                                  : value.text.c_str());
        }
        const PgAnswer answer(PQexecParams(m_handle.get(), sql.c_str(),
                                           static_cast<int>(texts.size()), nullptr, texts.data(),
                                           nullptr, nullptr, 0));
        return read(answer.get());
    }

    SqlResult<void> commit() override
    {
        const PgAnswer answer(PQexec(m_handle.get(), "COMMIT"));
        const auto done = read(answer.get());
        if (!done)
            return tl::unexpected(done.error());
        if (std::string_view(PQcmdStatus(answer.get())) != "COMMIT")
            return tl::unexpected(
                SqlError{SqlFault::Passing, "25P02", "The server rolled the transaction back."});
        return {};
    }

    const char* tablesQuery() const override { return pgTables; }

    SqlResult<SqlTable> table(const std::string& id) override
    {
        const auto found = run(pgTable, {{SqlValue::Kind::Text, id}});
        if (!found)
            return tl::unexpected(found.error());
        if (found->rows.size() != 1)
            return tl::unexpected(noTable(id));
        const std::vector<SqlValue> oid{{SqlValue::Kind::Text, found->rows[0][0]}};
        SqlTable table{found->rows[0][1], found->rows[0][2], {}, {}};
        const auto columns = run(pgColumns, oid);
        const auto keys = columns ? run(pgKeys, oid) : columns;
        if (!keys)
            return tl::unexpected(keys.error());
        for (const auto& row : columns->rows)
            table.columns.push_back({row[0], row[1], pgKind(row[2], row[3][0]), row[4] != "t",
                                     row[5] == "t", row[6] != "t"});
        std::string index;
        for (const auto& row : keys->rows) {
            if (row[0] != index)
                table.uniqueKeys.emplace_back();
            index = row[0];
            table.uniqueKeys.back().push_back(row[1]);
        }
        return table;
    }

private:
    SqlResult<SqlDone> read(PGresult* answer)
    {
        const ExecStatusType status = PQresultStatus(answer);
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
            return tl::unexpected(failure(answer));
        SqlDone done;
        done.affected = std::strtoull(PQcmdTuples(answer), nullptr, 10);
        const int columns = PQnfields(answer);
        for (int row = 0; row < PQntuples(answer); ++row) {
            auto& texts = done.rows.emplace_back();
            for (int column = 0; column < columns; ++column)
                texts.emplace_back(PQgetvalue(answer, row, column),
                                   static_cast<std::size_t>(PQgetlength(answer, row, column)));
        }
        return done;
    }

    [[nodiscard]] SqlError failure(const PGresult* answer) const
    {
        const char* state = answer ? PQresultErrorField(answer, PG_DIAG_SQLSTATE) : nullptr;
        const char* message =
            answer ? PQresultErrorField(answer, PG_DIAG_MESSAGE_PRIMARY) : nullptr;
        if (!isOpen() || !state)
            return {SqlFault::Lost, state ? state : "08006",
                    trimmedMessage(PQerrorMessage(m_handle.get()))};
        return {pgFault(state), state, trimmedMessage(message)};
    }

    PgHandle m_handle;
};

/// Wrong passwords and unknown databases have their SQLSTATE in the message only.
SqlError pgConnectFailure(PGconn* connection)
{
    const std::string message =
        trimmedMessage(connection ? PQerrorMessage(connection) : "out of memory");
    const bool denied = (connection && PQconnectionNeedsPassword(connection) != 0) ||
                        message.find("password authentication failed") != std::string::npos ||
                        message.find("role \"") != std::string::npos;
    const bool setup = message.find("database \"") != std::string::npos ||
                       message.find("SSL") != std::string::npos ||
                       message.find("certificate") != std::string::npos;
    return {denied  ? SqlFault::Denied
            : setup ? SqlFault::Setup
                    : SqlFault::Lost,
            denied  ? "28000"
            : setup ? "08001"
                    : "08006",
            message};
}

} // namespace

OpenedSession openPostgresSession(const SqlAccount& account)
{
    const bool local = warehouse::isLoopback(account.host);
    const std::string port = account.port > 0 ? std::to_string(account.port) : std::string();
    const std::string authorities = local ? account.caFile : authoritiesFor(account);
    const std::vector<std::pair<const char*, const char*>> settings = {
        {"host", account.host.c_str()},
        {"port", port.c_str()},
        {"dbname", account.database.c_str()},
        {"user", account.user.c_str()},
        {"password", account.password.c_str()},
        {"application_name", "headgate"},
        {"client_encoding", "UTF8"},
        {"gssencmode", "disable"},
        {"sslmode", local ? "prefer" : "verify-full"},
        {"sslrootcert", authorities.c_str()},
        {"connect_timeout", "15"},
        {"keepalives_idle", "30"},
        {"keepalives_interval", "10"},
        {"keepalives_count", "3"},
        {"tcp_user_timeout", "60000"},
    };
    std::vector<const char*> keys;
    std::vector<const char*> values;
    for (const auto& [key, value] : settings)
        if (*value) {
            keys.push_back(key);
            values.push_back(value);
        }
    keys.push_back(nullptr);
    values.push_back(nullptr);
    PgHandle handle(PQconnectdbParams(keys.data(), values.data(), 0));
    if (!handle || PQstatus(handle.get()) != CONNECTION_OK)
        return tl::unexpected(pgConnectFailure(handle.get()));
    PQsetNoticeProcessor(
        handle.get(), [](void*, const char*) {}, nullptr);
    auto session = std::make_unique<PostgresSession>(std::move(handle));
    for (const char* setting :
         {"SET TIME ZONE 'UTC'", "SET datestyle = 'ISO, YMD'", "SET statement_timeout = '60s'",
          "SET lock_timeout = '30s'", "SET idle_in_transaction_session_timeout = '120s'"})
        if (const auto set = session->run(setting, {}); !set)
            return tl::unexpected(set.error());
    return session;
}

} // namespace headgate::connector
