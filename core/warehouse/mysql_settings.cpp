// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/mysql_settings.h"

#include <errmsg.h>
#include <mysqld_error.h>

namespace headgate::warehouse {

namespace {

// Of MySQL 5.7 and later; MariaDB's header does not name it.
constexpr unsigned mysqlQueryTimeout = 3024;
// Sends the password in clear: not to a server that nobody verified.
constexpr const char* sealedMethods = "mysql_native_password,caching_sha2_password,"
                                      "sha256_password,client_ed25519,auth_gssapi_client";

void setTls(MYSQL* connection, const MysqlSettings& settings)
{
    const my_bool enforce = settings.tls == TlsMode::Encrypt || settings.tls == TlsMode::Verify;
    const my_bool verify = settings.tls == TlsMode::Verify;
    mysql_options(connection, MYSQL_OPT_SSL_ENFORCE, &enforce);
    mysql_options(connection, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &verify);
    if (enforce && !settings.authority.empty())
        mysql_options(connection, MYSQL_OPT_SSL_CA, settings.authority.c_str());
    if (!verify)
        mysql_options(connection, MARIADB_OPT_RESTRICTED_AUTH, sealedMethods);
}

} // namespace

MysqlSettings mysqlSettings(const ConnectRequest& request)
{
    const SourceForm& form = request.form;
    MysqlSettings settings;
    settings.address = request.endpoint.address;
    settings.port = request.endpoint.port;
    settings.socket = form.path("socket");
    settings.database = form.value("database");
    settings.user = form.value("user");
    settings.password = secrets::Secret(form.secret("password"));
    settings.tls = form.tls();
    settings.authority = form.path("tlsCa");
    if (settings.authority.empty() && settings.tls == TlsMode::Verify)
        settings.authority = systemCertificates();
    settings.connectTimeout = form.connectTimeout();
    settings.readTimeout = form.statementTimeout() + std::chrono::seconds(60);
    return settings;
}

MysqlAttempt attemptMysql(const MysqlSettings& settings)
{
    static const int libraryReady = mysql_server_init(0, nullptr, nullptr);
    MysqlAttempt attempt;
    attempt.handle.reset(libraryReady == 0 ? mysql_init(nullptr) : nullptr);
    MYSQL* connection = attempt.handle.get();
    if (!connection)
        return attempt;
    const unsigned off = 0;
    const auto connectSeconds = static_cast<unsigned>(settings.connectTimeout.count());
    const auto readSeconds = static_cast<unsigned>(settings.readTimeout.count());
    const unsigned protocol = settings.socket.empty() ? MYSQL_PROTOCOL_TCP : MYSQL_PROTOCOL_SOCKET;
    // A server could ask for any file of this machine.
    mysql_options(connection, MYSQL_OPT_LOCAL_INFILE, &off);
    mysql_options(connection, MYSQL_OPT_PROTOCOL, &protocol);
    mysql_options(connection, MYSQL_OPT_CONNECT_TIMEOUT, &connectSeconds);
    mysql_options(connection, MYSQL_OPT_READ_TIMEOUT, &readSeconds);
    mysql_options(connection, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    mysql_options4(connection, MYSQL_OPT_CONNECT_ATTR_ADD, "program_name", "headgate");
    setTls(connection, settings);
    const char* host = settings.socket.empty() ? settings.address.c_str() : nullptr;
    const char* socket = settings.socket.empty() ? nullptr : settings.socket.c_str();
    attempt.connected =
        mysql_real_connect(connection, host, settings.user.c_str(),
                           settings.password.reveal().c_str(), settings.database.c_str(),
                           static_cast<unsigned>(settings.port), socket, 0) != nullptr;
    return attempt;
}

StatementFault mysqlStatementFault(unsigned code)
{
    switch (code) {
    case ER_PARSE_ERROR:
    case ER_SYNTAX_ERROR:
    case ER_EMPTY_QUERY:
    case ER_UNSUPPORTED_PS:
    case ER_WRONG_FIELD_WITH_GROUP:
        return StatementFault::Syntax;
    case ER_NO_SUCH_TABLE:
    case ER_BAD_FIELD_ERROR:
    case ER_BAD_TABLE_ERROR:
    case ER_BAD_DB_ERROR:
    case ER_UNKNOWN_TABLE:
    case ER_SP_DOES_NOT_EXIST:
    case ER_NON_UNIQ_ERROR:
        return StatementFault::UnknownName;
    case ER_TABLEACCESS_DENIED_ERROR:
    case ER_COLUMNACCESS_DENIED_ERROR:
    case ER_DBACCESS_DENIED_ERROR:
    case ER_ACCESS_DENIED_ERROR:
    case ER_SPECIFIC_ACCESS_DENIED_ERROR:
    case ER_PROCACCESS_DENIED_ERROR:
    case ER_VIEW_INVALID:
        return StatementFault::Permission;
    case ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION:
    case ER_OPTION_PREVENTS_STATEMENT:
        return StatementFault::ReadOnly;
    case ER_DATA_OUT_OF_RANGE:
    case ER_TRUNCATED_WRONG_VALUE:
    case ER_DIVISION_BY_ZERO:
    case ER_TRUNCATED_WRONG_VALUE_FOR_FIELD:
        return StatementFault::Value;
    case ER_STATEMENT_TIMEOUT:
    case mysqlQueryTimeout:
        return StatementFault::Timeout;
    case ER_QUERY_INTERRUPTED:
        return StatementFault::Ended;
    case ER_LOCK_WAIT_TIMEOUT:
    case ER_LOCK_DEADLOCK:
        return StatementFault::Busy;
    case ER_OUT_OF_SORTMEMORY:
    case ER_OUT_OF_RESOURCES:
    case ER_OUTOFMEMORY:
    case ER_RECORD_FILE_FULL:
    case ER_DISK_FULL:
    case ER_NET_PACKET_TOO_LARGE:
    case CR_NET_PACKET_TOO_LARGE:
    case CR_OUT_OF_MEMORY:
        return StatementFault::Resources;
    case CR_SERVER_GONE_ERROR:
    case CR_SERVER_LOST:
    case CR_MALFORMED_PACKET:
    case ER_CONNECTION_KILLED:
    case ER_SERVER_SHUTDOWN:
    case ER_NET_READ_ERROR:
    case ER_NET_READ_INTERRUPTED:
    case ER_NET_ERROR_ON_WRITE:
    case ER_NET_WRITE_INTERRUPTED:
        return StatementFault::Lost;
    default:
        return StatementFault::Other;
    }
}

std::optional<TextPlace> mysqlErrorPlace(std::string_view message, const BoundSql& sql,
                                         std::string_view typed)
{
    constexpr std::string_view lineMark = "' at line ";
    constexpr std::string_view nearMark = "near '";
    const std::size_t lineAt = message.rfind(lineMark);
    if (lineAt == std::string_view::npos)
        return std::nullopt;
    std::size_t line = 0;
    for (const char c : message.substr(lineAt + lineMark.size())) {
        if (c < '0' || c > '9' || line > sql.text.size())
            break;
        line = line * 10 + static_cast<std::size_t>(c - '0');
    }
    if (line == 0)
        return std::nullopt;
    std::size_t lineBegin = 0;
    for (std::size_t i = 1; i < line && lineBegin != std::string::npos; ++i)
        lineBegin = sql.text.find('\n', lineBegin + (i > 1 ? 1 : 0));
    const std::size_t nearAt = message.find(nearMark);
    if (nearAt == std::string_view::npos || nearAt + nearMark.size() > lineAt ||
        lineBegin == std::string::npos)
        return TextPlace{line, 0};
    const std::string_view words =
        message.substr(nearAt + nearMark.size(), lineAt - nearAt - nearMark.size());
    const std::size_t found =
        words.empty() ? sql.text.find_last_not_of(" \t\r\n") + 1 : sql.text.find(words, lineBegin);
    if (found == std::string::npos)
        return TextPlace{line, 0};
    return placeOf(typed, sql.typedOffset(found));
}

ConnectFault mysqlConnectFault(unsigned code)
{
    switch (code) {
    case ER_ACCESS_DENIED_ERROR:
    case ER_ACCESS_DENIED_NO_PASSWORD_ERROR:
    case ER_HOST_NOT_PRIVILEGED:
    case ER_PLUGIN_IS_NOT_LOADED:
    case CR_AUTH_PLUGIN_CANNOT_LOAD:
        return ConnectFault::Auth;
    case ER_BAD_DB_ERROR:
    case ER_DBACCESS_DENIED_ERROR:
        return ConnectFault::Database;
    case ER_CON_COUNT_ERROR:
    case ER_TOO_MANY_USER_CONNECTIONS:
    case ER_USER_LIMIT_REACHED:
    case ER_HOST_IS_BLOCKED:
    case ER_SERVER_SHUTDOWN:
        return ConnectFault::Busy;
    case CR_SSL_CONNECTION_ERROR:
        return ConnectFault::Tls;
    default:
        return ConnectFault::Other;
    }
}

} // namespace headgate::warehouse
