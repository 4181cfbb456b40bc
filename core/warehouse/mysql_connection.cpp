// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/mysql_connection.h"

#include "base/log.h"
#include "base/text.h"
#include "warehouse/abandonable_call.h"
#include "warehouse/mysql_parameters.h"
#include "warehouse/mysql_stream.h"
#include "warehouse/socket.h"

#include <errmsg.h>
#include <mysqld_error.h>

namespace headgate::warehouse {

namespace {

using data::Value;

constexpr Milliseconds mysqlGrace{2000};
constexpr const char* limitOffSql = "SET SESSION sql_select_limit = DEFAULT";
// Catches a cancel that came when its statement had just ended.
constexpr const char* harmlessSql = "DO 0";

StatementCancel::Actions mysqlCancelActions(MYSQL* connection, const MysqlSettings& settings)
{
    StatementCancel::Actions actions;
    actions.ask = [settings, id = mysql_thread_id(connection)] {
        const MysqlAttempt second = attemptMysql(settings);
        const std::string sql = "KILL QUERY " + std::to_string(id);
        if (!second.connected || mysql_query(second.handle.get(), sql.c_str()) != 0)
            log(LogLevel::Warning, "warehouse",
                second.handle ? mysql_error(second.handle.get()) : "out of memory");
    };
    actions.cut = [connection] {
        cutSocket(static_cast<SocketHandle>(mysql_get_socket(connection)));
    };
    return actions;
}

Failure mysqlConnectProblem(const MysqlAttempt& attempt, const ConnectRequest& request, bool ranOut)
{
    if (!attempt.handle)
        return connectFailure(ConnectFault::Other, {{}, "out of memory"}, request.form.where());
    MYSQL* connection = attempt.handle.get();
    const unsigned code = mysql_errno(connection);
    ConnectFault fault = mysqlConnectFault(code);
    if (code == CR_UNKNOWN_HOST)
        fault = ConnectFault::Host;
    else if (ranOut)
        fault = ConnectFault::Timeout;
    else if (fault == ConnectFault::Other && request.form.value("socket").empty())
        fault = probeEndpoint(request.endpoint.address, request.endpoint.port, false);
    return connectFailure(fault, {std::to_string(code), mysql_error(connection)},
                          request.form.where());
}

} // namespace

MysqlConnection::MysqlConnection(MysqlHandle handle, const MysqlSettings& settings,
                                 const ConnectRequest& request)
    : m_handle(std::move(handle)), m_where(request.form.where()), m_snapshot(request.spec.snapshot),
      m_cancel(mysqlCancelActions(m_handle.get(), settings)),
      m_enforcesReadOnly(request.spec.readOnly.enforced)
{}

MysqlConnection::~MysqlConnection() = default;

std::string MysqlConnection::server() const
{
    const char* version = mysql_get_server_info(m_handle.get());
    const bool isMaria = mariadb_connection(m_handle.get()) != 0;
    return std::string(isMaria ? "MariaDB " : "MySQL ") + (version ? version : "");
}

Failure MysqlConnection::failure(unsigned code, const char* text) const
{
    if (m_cancel.requested())
        return cancelledFailure(m_where);
    return statementFailure(mysqlStatementFault(code), {std::to_string(code), text}, m_where);
}

Failure MysqlConnection::failure(MYSQL_STMT* statement) const
{
    const unsigned code = statement ? mysql_stmt_errno(statement) : 0;
    return code != 0 ? failure(code, mysql_stmt_error(statement))
                     : failure(mysql_errno(m_handle.get()), mysql_error(m_handle.get()));
}

Result<void> MysqlConnection::run(const std::string& sql)
{
    MYSQL* connection = m_handle.get();
    if (mysql_real_query(connection, sql.data(), static_cast<unsigned long>(sql.size())) != 0)
        return failure(mysql_errno(connection), mysql_error(connection));
    if (MYSQL_RES* rows = mysql_store_result(connection))
        mysql_free_result(rows);
    return {};
}

Result<void> MysqlConnection::execute(const std::string& sql)
{
    m_cancel.begin();
    auto done = run(sql);
    if (!m_cancel.end())
        m_unusable = true;
    return done;
}

Result<void> MysqlConnection::beginSnapshot()
{
    for (const std::string& sql : m_snapshot.begin)
        HEADGATE_TRY(execute(sql));
    return {};
}

Result<void> MysqlConnection::endSnapshot()
{
    for (const std::string& sql : m_snapshot.end)
        HEADGATE_TRY(execute(sql));
    return {};
}

Result<MysqlStatement> MysqlConnection::start(const BoundSql& sql, std::string_view typed,
                                              const std::map<std::string, Value>& parameters)
{
    MysqlStatement statement(mysql_stmt_init(m_handle.get()));
    if (!statement || mysql_stmt_prepare(statement.get(), sql.text.data(),
                                         static_cast<unsigned long>(sql.text.size())) != 0) {
        Failure problem = failure(statement.get());
        if (statement)
            problem.value().place = mysqlErrorPlace(mysql_stmt_error(statement.get()), sql, typed);
        return problem;
    }
    if (mysql_stmt_param_count(statement.get()) != sql.names.size())
        return fail(ErrorKind::Config, "source.statement.marker",
                    Text::tr("The SQL holds a parameter that is not written as :name."));
    if (mysql_stmt_field_count(statement.get()) == 0)
        return statementFailure(StatementFault::Other, {{}, "the query has no columns"}, m_where);
    MysqlParameters values;
    for (const std::string& name : sql.names)
        values.add(parameters.at(name));
    std::vector<MYSQL_BIND> bindings = values.bindings();
    if ((!bindings.empty() && mysql_stmt_bind_param(statement.get(), bindings.data()) != 0) ||
        mysql_stmt_execute(statement.get()) != 0)
        return failure(statement.get());
    return statement;
}

Result<std::unique_ptr<data::RowStream>>
MysqlConnection::stream(const SqlText& sql, const std::map<std::string, Value>& parameters,
                        std::uint64_t rowLimit)
{
    if (m_unusable)
        return statementFailure(StatementFault::Lost, {}, m_where);
    const BoundSql bound = bindMarkers(sql, MarkerStyle::Question);
    m_cancel.begin();
    if (rowLimit != 0) {
        auto limited = run("SET SESSION sql_select_limit = " + std::to_string(rowLimit));
        if (!limited) {
            (void)finishQuery(nullptr, MysqlEnding::Failed, false);
            return propagate(std::move(limited));
        }
    }
    auto statement = start(bound, sql.text, parameters);
    if (!statement) {
        (void)finishQuery(nullptr, MysqlEnding::Failed, rowLimit != 0);
        return propagate(std::move(statement));
    }
    return MysqlStream::open(*this, std::move(*statement), rowLimit);
}

Result<void> MysqlConnection::finishQuery(MysqlStatement statement, MysqlEnding ending,
                                          bool limited)
{
    const unsigned code = statement ? mysql_stmt_errno(statement.get()) : 0;
    const bool lost = mysqlStatementFault(code) == StatementFault::Lost ||
                      mysqlStatementFault(mysql_errno(m_handle.get())) == StatementFault::Lost;
    if (ending == MysqlEnding::Abandoned)
        m_cancel.request();
    statement.reset();
    const bool cancelled = m_cancel.requested();
    m_unusable = !m_cancel.end() || lost || m_unusable;
    if (cancelled && !m_unusable && !run(harmlessSql))
        m_unusable = mysql_errno(m_handle.get()) != ER_QUERY_INTERRUPTED;
    if (!limited || m_unusable)
        return {};
    return execute(limitOffSql);
}

OpenedConnection connectMysql(const ConnectRequest& request, const StopToken& stop)
{
    const QString where = request.form.where();
    if (request.form.isTunnelled() && request.form.tls() == TlsMode::Verify)
        return tunnelHidesCertificate(where);
    const MysqlSettings settings = mysqlSettings(request);
    const auto began = std::chrono::steady_clock::now();
    auto attempt = callAbandonably<MysqlAttempt>([settings] { return attemptMysql(settings); },
                                                 stop, settings.connectTimeout + mysqlGrace);
    if (stop.stopRequested())
        return cancelledFailure(where);
    if (!attempt)
        return connectFailure(ConnectFault::Timeout, {}, where);
    if (!attempt->connected)
        return mysqlConnectProblem(
            *attempt, request, std::chrono::steady_clock::now() - began >= settings.connectTimeout);
    return std::make_unique<MysqlConnection>(std::move(attempt->handle), settings, request);
}

} // namespace headgate::warehouse
