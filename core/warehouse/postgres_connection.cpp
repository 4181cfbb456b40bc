// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/postgres_connection.h"

#include "base/log.h"
#include "base/text.h"
#include "warehouse/postgres_copy_stream.h"
#include "warehouse/postgres_error.h"
#include "warehouse/postgres_stream.h"

#include <cstdlib>

namespace headgate::warehouse {

namespace {

using data::Value;
using data::ValueKind;

constexpr const char* savepointSql = "SAVEPOINT headgate";
constexpr const char* undoSql = "ROLLBACK TO SAVEPOINT headgate; RELEASE SAVEPOINT headgate";

void logPostgresNotice(void*, const char* message)
{
    log(LogLevel::Debug, "warehouse", message);
}

StatementCancel::Actions postgresCancelActions(PGconn* connection)
{
    const std::shared_ptr<PGcancel> handle(PQgetCancel(connection), PQfreeCancel);
    StatementCancel::Actions actions;
    actions.ask = [handle] {
        std::array<char, 256> problem{};
        if (handle && PQcancel(handle.get(), problem.data(), problem.size()) == 0)
            log(LogLevel::Warning, "warehouse", problem.data());
    };
    actions.cut = [connection] { cutSocket(PQsocket(connection)); };
    return actions;
}

std::string diagnosis(const PGresult* result, int field)
{
    const char* text = PQresultErrorField(result, field);
    return text ? text : "";
}

/// PostgreSQL counts characters from 1.
std::size_t byteOffset(std::string_view text, std::size_t character)
{
    std::size_t at = 0;
    while (at < text.size()) {
        if ((static_cast<unsigned char>(text[at]) & 0xC0) != 0x80 && --character == 0)
            break;
        ++at;
    }
    return at;
}

std::optional<TextPlace> placeOfFailure(const PGresult* result, const BoundSql* sql,
                                        std::string_view typed)
{
    const std::string position = diagnosis(result, PG_DIAG_STATEMENT_POSITION);
    if (position.empty() || !sql)
        return std::nullopt;
    const std::size_t character = std::strtoul(position.c_str(), nullptr, 10);
    return placeOf(typed, sql->typedOffset(byteOffset(sql->text, character)));
}

std::string joinedSql(const std::vector<std::string>& statements)
{
    std::string sql;
    for (const std::string& statement : statements)
        sql += (sql.empty() ? "" : "; ") + statement;
    return sql;
}

/// What can stand in parentheses, after FROM or COPY.
bool canBeNested(const SqlText& sql)
{
    const std::string& first = sql.words.front();
    return first == "select" || first == "with" || first == "values" || first == "table";
}

/// As libpq takes them; they refer to the parameters.
Result<std::vector<const char*>> boundValues(const BoundSql& bound,
                                             const std::map<std::string, Value>& parameters)
{
    std::vector<const char*> values;
    for (const std::string& name : bound.names) {
        const Value& value = parameters.at(name);
        if (value.text.find('\0') != std::string::npos)
            return fail(ErrorKind::Config, "source.parameter.value",
                        Text::tr("The parameter :%1 holds a zero byte, which PostgreSQL cannot "
                                 "take.")
                            .arg(toQString(name)));
        values.push_back(value.isNull() ? nullptr : value.text.c_str());
    }
    return values;
}

} // namespace

PostgresConnection::PostgresConnection(PostgresHandle handle, const ConnectRequest& request)
    : m_handle(std::move(handle)), m_where(request.form.where()), m_snapshot(request.spec.snapshot),
      m_statementTimeout(request.form.statementTimeout()),
      m_cancel(postgresCancelActions(m_handle.get())),
      m_enforcesReadOnly(request.spec.readOnly.enforced), m_copiesOut(request.spec.copiesOut)
{
    PQsetNoticeProcessor(m_handle.get(), logPostgresNotice, nullptr);
}

PostgresConnection::~PostgresConnection() = default;

std::string PostgresConnection::server() const
{
    const char* version = PQparameterStatus(m_handle.get(), "server_version");
    return std::string("PostgreSQL ") + (version ? version : "");
}

Failure PostgresConnection::failure(const PGresult* result, const BoundSql* sql,
                                    std::string_view typed) const
{
    if (m_cancel.requested())
        return cancelledFailure(m_where);
    ServerWords words{diagnosis(result, PG_DIAG_SQLSTATE),
                      diagnosis(result, PG_DIAG_MESSAGE_PRIMARY)};
    const auto ran = std::chrono::steady_clock::now() - m_began;
    StatementFault fault = postgresStatementFault(words.code, ran >= m_statementTimeout);
    if (words.code.empty() && PQstatus(m_handle.get()) == CONNECTION_OK)
        fault = StatementFault::Other;
    if (words.text.empty())
        words.text = PQerrorMessage(m_handle.get());
    Failure failure = statementFailure(fault, words, m_where, placeOfFailure(result, sql, typed));
    for (const int field : {PG_DIAG_MESSAGE_DETAIL, PG_DIAG_MESSAGE_HINT})
        if (const std::string more = diagnosis(result, field); !more.empty())
            failure.value().detail += QStringLiteral("\n") + toQString(more);
    return failure;
}

Result<PostgresResult> PostgresConnection::run(const std::string& sql)
{
    PostgresResult result(PQexec(m_handle.get(), sql.c_str()));
    const ExecStatusType status = result ? PQresultStatus(result.get()) : PGRES_FATAL_ERROR;
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        return failure(result.get());
    return result;
}

Result<void> PostgresConnection::execute(const std::string& sql)
{
    m_cancel.begin();
    m_began = std::chrono::steady_clock::now();
    auto result = run(sql);
    if (!m_cancel.end())
        m_unusable = true;
    if (!result)
        return propagate(std::move(result));
    return {};
}

Result<void> PostgresConnection::beginSnapshot()
{
    HEADGATE_TRY(execute(joinedSql(m_snapshot.begin)));
    m_inSnapshot = true;
    return {};
}

Result<void> PostgresConnection::endSnapshot()
{
    m_inSnapshot = false;
    return execute(joinedSql(m_snapshot.end));
}

Result<void> PostgresConnection::beginQuery()
{
    if (m_unusable || PQstatus(m_handle.get()) != CONNECTION_OK)
        return statementFailure(StatementFault::Lost, {{}, PQerrorMessage(m_handle.get())},
                                m_where);
    if (m_inSnapshot && !m_snapshot.savepoints)
        return {};
    auto begun = run(m_inSnapshot ? savepointSql : joinedSql(m_snapshot.begin));
    if (!begun)
        return propagate(std::move(begun));
    return {};
}

void PostgresConnection::discardResults()
{
    while (const PostgresResult left{PQgetResult(m_handle.get())}) {
        if (PQresultStatus(left.get()) != PGRES_COPY_OUT)
            continue;
        int size = 1;
        while (size > 0) {
            char* line = nullptr;
            size = PQgetCopyData(m_handle.get(), &line, 0);
            const PostgresMemory owner(line);
        }
        // libpq would answer the same again for ever.
        if (size < -1 && PQstatus(m_handle.get()) == CONNECTION_OK) {
            m_unusable = true;
            return;
        }
    }
}

/// A read has nothing to keep: rolled back, it takes with it what it set in the session.
Result<void> PostgresConnection::finishQuery(const std::string& statement, bool whole)
{
    if (!whole && PQtransactionStatus(m_handle.get()) == PQTRANS_ACTIVE)
        m_cancel.request();
    discardResults();
    if (!m_cancel.end())
        m_unusable = true;
    if (m_unusable || PQstatus(m_handle.get()) != CONNECTION_OK)
        return statementFailure(StatementFault::Lost, {{}, PQerrorMessage(m_handle.get())},
                                m_where);
    const Result<void> unchanged = whole ? checkUnchanged() : Result<void>();
    whole = whole && unchanged.has_value();
    std::string sql;
    if (!m_inSnapshot)
        sql = "ROLLBACK";
    else if (m_snapshot.savepoints)
        sql = undoSql;
    else
        m_unusable = !whole;
    if (!statement.empty() && !m_unusable)
        sql += (sql.empty() ? "DEALLOCATE " : "; DEALLOCATE ") + statement;
    if (sql.empty())
        return unchanged;
    auto done = run(sql);
    if (!done) {
        m_unusable = true;
        return propagate(std::move(done));
    }
    return unchanged;
}

/// Whoever waited for the lock of a table reads its newest form with the older eyes of the
/// snapshot. The locks last until the transaction ends, so this may be asked behind the last row.
Result<void> PostgresConnection::checkUnchanged()
{
    if (m_snapshot.changed.empty())
        return {};
    auto changed = run(m_snapshot.changed);
    if (!changed)
        return propagate(std::move(changed));
    std::string names;
    for (int row = 0; row < PQntuples(changed->get()); ++row)
        names += (names.empty() ? "" : ", ") + std::string(PQgetvalue(changed->get(), row, 0));
    if (names.empty())
        return {};
    return statementFailure(StatementFault::Changed, {{}, names}, m_where);
}

Result<void> PostgresConnection::lookUp(const std::vector<PostgresOid>& wanted)
{
    auto rows = run(postgresTypeLookup(wanted));
    if (!rows)
        return propagate(std::move(rows));
    const auto number = [&](int row, int column) {
        return postgresOid(PQgetvalue(rows->get(), row, column));
    };
    for (int row = 0; row < PQntuples(rows->get()); ++row)
        m_types.learn({number(row, 0), number(row, 1), number(row, 2),
                       *PQgetvalue(rows->get(), row, 3), PQgetvalue(rows->get(), row, 4)});
    return {};
}

Result<data::Schema> PostgresConnection::prepare(const std::string& name, const BoundSql& sql,
                                                 std::string_view typed,
                                                 std::vector<PostgresType>& types)
{
    PGconn* connection = m_handle.get();
    const PostgresResult prepared(
        PQprepare(connection, name.c_str(), sql.text.c_str(), 0, nullptr));
    if (!prepared || PQresultStatus(prepared.get()) != PGRES_COMMAND_OK)
        return failure(prepared.get(), &sql, typed);
    const PostgresResult described(PQdescribePrepared(connection, name.c_str()));
    if (!described || PQresultStatus(described.get()) != PGRES_COMMAND_OK)
        return failure(described.get());
    const int count = PQnfields(described.get());
    if (count == 0)
        return statementFailure(StatementFault::Other, {{}, "the query has no columns"}, m_where);
    std::vector<PostgresOid> oids;
    oids.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
        oids.push_back(PQftype(described.get(), i));
    for (auto wanted = m_types.unknown(oids); !wanted.empty(); wanted = m_types.missing()) {
        HEADGATE_TRY(lookUp(wanted));
        if (wanted == m_types.missing())
            break;
    }
    data::Schema schema;
    for (int i = 0; i < count; ++i) {
        PostgresType type = m_types.find(oids[static_cast<std::size_t>(i)]);
        schema.columns.push_back({PQfname(described.get(), i),
                                  type.kind,
                                  postgresTypeName(oids[static_cast<std::size_t>(i)], type.name,
                                                   PQfmod(described.get(), i)),
                                  {}});
        types.push_back(std::move(type));
    }
    return schema;
}

Failure PostgresConnection::sendFailed(const std::string& statement)
{
    Failure failed = failure(nullptr);
    (void)finishQuery(statement, false);
    return failed;
}

Result<std::unique_ptr<data::RowStream>>
PostgresConnection::stream(const SqlText& sql, const std::map<std::string, Value>& parameters,
                           std::uint64_t rowLimit)
{
    // The planner is told how few rows are wanted.
    const bool limited = rowLimit != 0 && canBeNested(sql);
    const std::string before = limited ? "SELECT * FROM (" : "";
    const std::string after =
        limited ? "\n) AS headgate LIMIT " + std::to_string(rowLimit) : std::string();
    BoundSql bound = bindMarkers(sql, MarkerStyle::Numbered, before, after);
    auto values = boundValues(bound, parameters);
    if (!values)
        return propagate(std::move(values));
    m_cancel.begin();
    m_began = std::chrono::steady_clock::now();
    if (auto begun = beginQuery(); !begun) {
        m_unusable = !m_cancel.end() || m_unusable;
        return propagate(std::move(begun));
    }
    const std::string statement = "headgate_" + std::to_string(++m_statements);
    std::vector<PostgresType> types;
    auto schema = prepare(statement, bound, sql.text, types);
    if (!schema) {
        (void)finishQuery({}, false);
        return propagate(std::move(schema));
    }
    if (m_copiesOut && bound.names.empty() && canBeNested(sql)) {
        BoundSql copy =
            bindMarkers(sql, MarkerStyle::Numbered, "COPY (" + before, after + "\n) TO STDOUT");
        // Not PQsendQuery(), which would run several statements.
        if (PQsendQueryParams(m_handle.get(), copy.text.c_str(), 0, nullptr, nullptr, nullptr,
                              nullptr, 0) == 0)
            return sendFailed(statement);
        return std::make_unique<PostgresCopyStream>(*this, statement, *std::move(schema),
                                                    std::move(types), std::move(copy), sql.text);
    }
    if (PQsendQueryPrepared(m_handle.get(), statement.c_str(), static_cast<int>(values->size()),
                            values->data(), nullptr, nullptr, 0) == 0 ||
        PQsetSingleRowMode(m_handle.get()) == 0)
        return sendFailed(statement);
    return std::make_unique<PostgresStream>(*this, statement, *std::move(schema), std::move(types),
                                            std::move(bound), sql.text, rowLimit);
}

} // namespace headgate::warehouse
