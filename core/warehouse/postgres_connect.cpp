// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/abandonable_call.h"
#include "warehouse/postgres_connection.h"
#include "warehouse/postgres_error.h"
#include "warehouse/socket.h"

namespace headgate::warehouse {

namespace {

using PostgresSettings = std::vector<std::pair<std::string, std::string>>;

constexpr Milliseconds connectSlice{200};
constexpr Milliseconds connectGrace{2000};
constexpr int libpqKnowsSystemCertificates = 160000;

struct PostgresAttempt
{
    PostgresHandle handle;
    bool inTime = true;
};

void addTlsSettings(PostgresSettings& settings, const SourceForm& form)
{
    const auto mode = [&] {
        switch (form.tls()) {
        case TlsMode::Optional:
            return "prefer";
        case TlsMode::Off:
            return "disable";
        case TlsMode::Encrypt:
            return "require";
        case TlsMode::Verify:
            return "verify-full";
        }
        return "verify-full";
    }();
    settings.emplace_back("sslmode", mode);
    std::string authority = form.path("tlsCa");
    if (authority.empty() && form.tls() == TlsMode::Verify)
        authority =
            PQlibVersion() >= libpqKnowsSystemCertificates ? "system" : systemCertificates();
    if (!authority.empty())
        settings.emplace_back("sslrootcert", authority);
}

PostgresSettings connectSettings(const ConnectRequest& request)
{
    const SourceForm& form = request.form;
    const Endpoint& endpoint = request.endpoint;
    PostgresSettings settings = {
        {"host", endpoint.host},
        {"port", std::to_string(endpoint.port)},
        {"dbname", form.value("database")},
        {"user", form.value("user")},
        {"password", form.secret("password")},
        {"options", form.value("options")},
        {"application_name", "headgate"},
        {"client_encoding", "UTF8"},
        {"gssencmode", "disable"},
        {"connect_timeout", std::to_string(form.connectTimeout().count())},
        {"keepalives_idle", "30"},
        {"keepalives_interval", "10"},
        {"keepalives_count", "3"},
        {"tcp_user_timeout", "60000"},
    };
    if (endpoint.address != endpoint.host)
        settings.emplace_back("hostaddr", endpoint.address);
    addTlsSettings(settings, form);
    return settings;
}

PostgresAttempt attemptPostgres(const PostgresSettings& settings, Milliseconds timeout)
{
    std::vector<const char*> keys;
    std::vector<const char*> values;
    for (const auto& [key, value] : settings)
        if (!value.empty()) {
            keys.push_back(key.c_str());
            values.push_back(value.c_str());
        }
    keys.push_back(nullptr);
    values.push_back(nullptr);
    PostgresAttempt attempt;
    attempt.handle.reset(PQconnectStartParams(keys.data(), values.data(), 0));
    PGconn* connection = attempt.handle.get();
    if (!connection)
        return attempt;
    PQsetErrorVerbosity(connection, PQERRORS_VERBOSE);
    const auto deadline = std::chrono::steady_clock::now() + timeout;
    PostgresPollingStatusType state = PGRES_POLLING_WRITING;
    while (state != PGRES_POLLING_OK && state != PGRES_POLLING_FAILED) {
        if (PQstatus(connection) == CONNECTION_BAD)
            break;
        attempt.inTime = std::chrono::steady_clock::now() < deadline;
        if (!attempt.inTime)
            break;
        const SocketWish wish =
            state == PGRES_POLLING_READING ? SocketWish::Read : SocketWish::Write;
        if (waitForSocket(PQsocket(connection), wish, connectSlice))
            state = PQconnectPoll(connection);
    }
    PQsetErrorVerbosity(connection, PQERRORS_DEFAULT);
    return attempt;
}

Failure connectProblem(const PostgresAttempt& attempt, const ConnectRequest& request)
{
    PGconn* connection = attempt.handle.get();
    const std::string text = connection ? PQerrorMessage(connection) : "out of memory";
    const std::string state = postgresConnectState(text);
    ConnectFault fault = ConnectFault::Other;
    if (!attempt.inTime)
        fault = ConnectFault::Timeout;
    else if (!state.empty())
        fault = postgresConnectFault(state);
    else if (connection && PQconnectionNeedsPassword(connection) != 0)
        fault = ConnectFault::Auth;
    else if (!request.endpoint.address.starts_with('/')) {
        const TlsMode tls = request.form.tls();
        fault = probeEndpoint(request.endpoint.address, request.endpoint.port,
                              tls == TlsMode::Verify || tls == TlsMode::Encrypt);
    }
    return connectFailure(fault, {state, text}, request.form.where());
}

} // namespace

OpenedConnection connectPostgres(const ConnectRequest& request, const StopToken& stop)
{
    const Milliseconds timeout = request.form.connectTimeout();
    auto attempt =
        callAbandonably<PostgresAttempt>([settings = connectSettings(request),
                                          timeout] { return attemptPostgres(settings, timeout); },
                                         stop, timeout + connectGrace);
    if (stop.stopRequested())
        return cancelledFailure(request.form.where());
    if (!attempt)
        return connectFailure(ConnectFault::Timeout, {}, request.form.where());
    if (!attempt->handle || !attempt->inTime || PQstatus(attempt->handle.get()) != CONNECTION_OK)
        return connectProblem(*attempt, request);
    return std::make_unique<PostgresConnection>(std::move(attempt->handle), request);
}

} // namespace headgate::warehouse
