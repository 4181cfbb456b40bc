// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/odbc_connection.h"

#include "base/log.h"
#include "base/text.h"
#include "warehouse/odbc_catalog.h"
#include "warehouse/odbc_error.h"
#include "warehouse/odbc_parameters.h"
#include "warehouse/odbc_postgres.h"
#include "warehouse/odbc_stream.h"

namespace headgate::warehouse {

namespace {

using data::Value;

constexpr const char* nothingSql = "SELECT 1";
constexpr int drainAttempts = 2;
constexpr long odbcCancelTimeout = 10;

SQLRETURN executeText(SQLHSTMT statement, const std::string& sql)
{
    std::u16string text = toUtf16(sql);
    return SQLExecDirectW(statement, odbcText(text), static_cast<SQLINTEGER>(text.size()));
}

/// Ends what another connection runs.
void cancelFromOutside(const secrets::Secret& connectionString, const std::string& sql)
{
    OdbcSession session;
    if (!session.allocate() || !session.connect(connectionString.reveal(), odbcCancelTimeout)) {
        log(LogLevel::Warning, "warehouse", "no second connection to cancel a query");
        return;
    }
    const OdbcStatement statement(session.handle());
    if (!statement || !SQL_SUCCEEDED(executeText(statement.handle(), sql)))
        log(LogLevel::Warning, "warehouse",
            diagnose(SQL_HANDLE_STMT, statement.handle()).text.c_str());
}

StatementCancel::Actions odbcCancelActions(const std::shared_ptr<OdbcActivity>& activity,
                                           const std::shared_ptr<std::string>& sql,
                                           const std::string& connectionString)
{
    StatementCancel::Actions actions;
    actions.ask = [activity, sql, secret = secrets::Secret(connectionString)] {
        activity->cancel([&] {
            if (!sql->empty())
                cancelFromOutside(secret, *sql);
        });
    };
    actions.askUsesConnection = true;
    return actions;
}

bool pinsTimeout(const std::vector<SessionStatement>& session)
{
    for (const SessionStatement& statement : session)
        for (const std::string& sql : statement.alternatives)
            if (sql.find("{statementTimeout") != std::string::npos)
                return true;
    return false;
}

} // namespace

OdbcConnection::OdbcConnection(OdbcSession session, const std::string& connectionString,
                               const ConnectRequest& request, const OdbcProfile* profile)
    : m_session(std::move(session)), m_profile(profile ? *profile : OdbcProfile()),
      m_where(request.form.where()), m_snapshot(request.spec.snapshot), m_types(request.spec.types),
      m_statementTimeout(request.form.statementTimeout()),
      m_pinsTimeout(pinsTimeout(request.spec.session)),
      m_enforcesReadOnly(request.spec.readOnly.enforced),
      m_cancel(odbcCancelActions(m_activity, m_cancelSql, connectionString))
{
    learnSession();
}

OdbcConnection::~OdbcConnection() = default;

void OdbcConnection::learnSession()
{
    if (m_profile.cancelId.empty())
        return;
    const auto rows =
        texts([&](SQLHSTMT statement) { return executeText(statement, m_profile.cancelId); }, {1});
    if (!rows || rows->size() != 1)
        return;
    std::string sql = m_profile.cancelSql;
    const std::string_view mark = "{session}";
    if (const std::size_t at = sql.find(mark); at != std::string::npos)
        sql.replace(at, mark.size(), rows->front().front());
    *m_cancelSql = sql;
}

std::string OdbcConnection::server() const
{
    return m_session.info(SQL_DBMS_NAME) + ' ' + m_session.info(SQL_DBMS_VER) + " (" +
           m_session.info(SQL_DRIVER_NAME) + ' ' + m_session.info(SQL_DRIVER_VER) + ')';
}

void OdbcConnection::begin()
{
    m_activity->begin();
    m_cancel.begin();
    m_began = std::chrono::steady_clock::now();
}

void OdbcConnection::end()
{
    m_activity->end();
    if (!m_cancel.end())
        m_unusable = true;
    if (!m_cancel.requested() || m_unusable)
        return;
    // Catches a cancel that came when its statement had just ended.
    for (int attempt = 0; attempt < drainAttempts; ++attempt) {
        const OdbcStatement statement(m_session.handle());
        if (statement && SQL_SUCCEEDED(executeText(statement.handle(), nothingSql)))
            return;
    }
    m_unusable = true;
}

Failure OdbcConnection::failure(SQLSMALLINT handleType, SQLHANDLE handle)
{
    if (m_cancel.requested())
        return cancelledFailure(m_where);
    const OdbcDiagnosis said = diagnose(handleType, handle);
    const bool ranOut = std::chrono::steady_clock::now() - m_began >= m_statementTimeout;
    const StatementFault fault = odbcStatementFault(m_profile.family, said, ranOut);
    m_unusable = m_unusable || fault == StatementFault::Lost;
    return statementFailure(fault, {said.state, said.text}, m_where);
}

Failure OdbcConnection::failure(SQLHSTMT statement)
{
    return failure(SQL_HANDLE_STMT, statement);
}

Result<OdbcStatement> OdbcConnection::allocate()
{
    OdbcStatement statement(m_session.handle());
    if (!statement)
        return failure(SQL_HANDLE_DBC, m_session.handle());
    if (!m_pinsTimeout)
        // A driver without it says so; the warehouse's own limit counts then.
        (void)SQLSetStmtAttrW(statement.handle(), SQL_ATTR_QUERY_TIMEOUT,
                              attributeValue(static_cast<SQLULEN>(m_statementTimeout.count())),
                              SQL_IS_UINTEGER);
    return statement;
}

Result<void> OdbcConnection::execute(const std::string& sql)
{
    auto rows = texts([&](SQLHSTMT statement) { return executeText(statement, sql); }, {});
    if (!rows)
        return propagate(std::move(rows));
    return {};
}

Result<Catalog::Rows> OdbcConnection::texts(const std::function<SQLRETURN(SQLHSTMT)>& run,
                                            const std::vector<SQLUSMALLINT>& columns)
{
    begin();
    Result<Catalog::Rows> rows;
    if (auto statement = allocate()) {
        SQLRETURN answer = SQL_ERROR;
        {
            const OdbcActivity::Call call(*m_activity, statement->handle());
            answer = run(statement->handle());
        }
        if (SQL_SUCCEEDED(answer))
            rows = fetchTexts(statement->handle(), columns);
        else if (answer != SQL_NO_DATA)
            rows = failure(statement->handle());
    } else {
        rows = propagate(std::move(statement));
    }
    end();
    return rows;
}

Result<Catalog::Rows> OdbcConnection::fetchTexts(SQLHSTMT statement,
                                                 const std::vector<SQLUSMALLINT>& columns)
{
    Catalog::Rows rows;
    if (columns.empty())
        return rows;
    OdbcColumn text;
    OdbcCell cell;
    for (;;) {
        const SQLRETURN answer = fetch(statement);
        if (answer == SQL_NO_DATA)
            return rows;
        if (!SQL_SUCCEEDED(answer))
            return failure(statement);
        std::vector<std::string>& row = rows.emplace_back();
        for (const SQLUSMALLINT column : columns) {
            std::string& out = row.emplace_back();
            switch (cell.read(statement, column, OdbcForm::Wide)) {
            case OdbcCell::State::Value:
                if (appendOdbcCell(out, text, cell.bytes()) == data::ValueKind::Invalid)
                    out.clear();
                break;
            case OdbcCell::State::Null:
                break;
            case OdbcCell::State::Failed:
                return failure(statement);
            }
        }
    }
}

SQLRETURN OdbcConnection::fetch(SQLHSTMT statement)
{
    if (!m_profile.streams)
        return SQLFetch(statement);
    const OdbcActivity::Call call(*m_activity, statement);
    return SQLFetch(statement);
}

Result<void> OdbcConnection::setAutocommit(bool on)
{
    if (SQL_SUCCEEDED(SQLSetConnectAttrW(
            m_session.handle(), SQL_ATTR_AUTOCOMMIT,
            attributeValue(on ? SQL_AUTOCOMMIT_ON : SQL_AUTOCOMMIT_OFF), SQL_IS_UINTEGER)))
        return {};
    return failure(SQL_HANDLE_DBC, m_session.handle());
}

Result<void> OdbcConnection::beginSnapshot()
{
    if (m_profile.driverTransactions)
        return setAutocommit(false);
    for (const std::string& sql : m_snapshot.begin)
        HEADGATE_TRY(execute(sql));
    return {};
}

Result<void> OdbcConnection::endSnapshot()
{
    if (m_profile.driverTransactions) {
        if (!SQL_SUCCEEDED(SQLEndTran(SQL_HANDLE_DBC, m_session.handle(), SQL_COMMIT)))
            return failure(SQL_HANDLE_DBC, m_session.handle());
        return setAutocommit(true);
    }
    for (const std::string& sql : m_snapshot.end)
        HEADGATE_TRY(execute(sql));
    return {};
}

std::unique_ptr<Catalog> OdbcConnection::catalog()
{
    return std::make_unique<OdbcCatalog>(*this);
}

Result<OdbcQuery> OdbcConnection::open(const BoundSql& sql, const Values& parameters,
                                       std::uint64_t rowLimit)
{
    auto statement = allocate();
    if (!statement)
        return propagate(std::move(statement));
    const SQLHSTMT handle = statement->handle();
    if (rowLimit != 0)
        // Spares drivers that fetch whole results; we count ourselves besides.
        (void)SQLSetStmtAttrW(handle, SQL_ATTR_MAX_ROWS, attributeValue(rowLimit), SQL_IS_UINTEGER);
    OdbcParameters values;
    for (const std::string& name : sql.names)
        values.add(parameters.at(name));
    if (!values.bind(handle))
        return failure(handle);
    SQLRETURN answer = SQL_ERROR;
    {
        const OdbcActivity::Call call(*m_activity, handle);
        answer = executeText(handle, sql.text);
    }
    if (!SQL_SUCCEEDED(answer) && answer != SQL_NO_DATA)
        return failure(handle);
    auto columns = describeOdbcColumns(handle, m_types);
    if (!columns)
        return failure(handle);
    if (columns->empty())
        return statementFailure(StatementFault::Other, {{}, "the query has no columns"}, m_where);
    return OdbcQuery{std::move(*statement), std::move(*columns)};
}

Result<std::vector<OdbcColumn>> OdbcConnection::describe(const BoundSql& sql)
{
    auto statement = allocate();
    if (!statement)
        return propagate(std::move(statement));
    std::u16string text = toUtf16(sql.text);
    std::optional<std::vector<OdbcColumn>> columns;
    {
        const OdbcActivity::Call call(*m_activity, statement->handle());
        if (SQL_SUCCEEDED(SQLPrepareW(statement->handle(), odbcText(text),
                                      static_cast<SQLINTEGER>(text.size()))))
            columns = describeOdbcColumns(statement->handle(), m_types);
    }
    if (!columns)
        return failure(statement->handle());
    if (columns->empty())
        return statementFailure(StatementFault::Other, {{}, "the query has no columns"}, m_where);
    return *std::move(columns);
}

Result<void> OdbcConnection::learnTypes(const SqlText& sql, const Values& parameters,
                                        std::vector<OdbcColumn>& columns,
                                        std::vector<PostgresOid>& oids)
{
    auto asked = open(odbcPostgresTypes(sql, columns.size()), parameters, 0);
    if (!asked)
        return propagate(std::move(asked));
    std::vector<SQLUSMALLINT> numbers;
    for (std::size_t i = 1; i <= columns.size(); ++i)
        numbers.push_back(static_cast<SQLUSMALLINT>(i));
    const auto row = fetchTexts(asked->statement.handle(), numbers);
    if (!row)
        return Failure(row.error());
    if (row->size() != 1)
        return statementFailure(StatementFault::Other, {{}, "no types"}, m_where);
    for (const std::string& oid : row->front())
        oids.push_back(postgresOid(oid));
    for (auto wanted = m_postgresTypes.unknown(oids); !wanted.empty();
         wanted = m_postgresTypes.missing()) {
        auto found = open({postgresTypeLookup(wanted), {}, {}}, {}, 0);
        if (!found)
            return propagate(std::move(found));
        const auto rows = fetchTexts(found->statement.handle(), {1, 2, 3, 4, 5});
        if (!rows)
            return Failure(rows.error());
        for (const std::vector<std::string>& type : *rows)
            m_postgresTypes.learn({postgresOid(type[0]), postgresOid(type[1]), postgresOid(type[2]),
                                   type[3].front(), type[4]});
        if (wanted == m_postgresTypes.missing())
            break;
    }
    return {};
}

Result<OdbcQuery> OdbcConnection::openExact(const SqlText& sql, const Values& parameters,
                                            std::uint64_t rowLimit)
{
    auto columns = describe(bindMarkers(sql, MarkerStyle::Question));
    if (!columns)
        return propagate(std::move(columns));
    std::vector<PostgresOid> oids;
    HEADGATE_TRY(learnTypes(sql, parameters, *columns, oids));
    auto query = open(odbcPostgresExact(sql, oids, rowLimit), parameters, 0);
    if (!query)
        return query;
    for (std::size_t i = 0; i < columns->size(); ++i) {
        OdbcColumn& column = columns->at(i);
        column.postgres = m_postgresTypes.find(oids[i]);
        column.form = OdbcForm::Wide;
        column.column.kind = column.postgres->kind;
        column.column.nativeType = column.postgres->name;
    }
    query->columns = *std::move(columns);
    return query;
}

Result<std::unique_ptr<data::RowStream>>
OdbcConnection::stream(const SqlText& sql, const Values& parameters, std::uint64_t rowLimit)
{
    if (m_unusable)
        return statementFailure(StatementFault::Lost, {}, m_where);
    begin();
    auto query = m_profile.family == OdbcFamily::Postgres && canBeSubquery(sql)
                     ? openExact(sql, parameters, rowLimit)
                     : open(bindMarkers(sql, MarkerStyle::Question), parameters, rowLimit);
    if (!query) {
        end();
        return propagate(std::move(query));
    }
    return std::make_unique<OdbcStream>(*this, *std::move(query), rowLimit);
}

void OdbcConnection::finishQuery(OdbcStatement statement)
{
    {
        const OdbcStatement closing = std::move(statement);
    }
    end();
}

} // namespace headgate::warehouse
