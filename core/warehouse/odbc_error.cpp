// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/odbc_error.h"

#include "warehouse/mysql_settings.h"
#include "warehouse/postgres_error.h"

#include <algorithm>
#include <array>

namespace headgate::warehouse {

namespace {

struct StateFault
{
    std::string_view state; ///< how it begins
    StatementFault fault;
};

/// SQLSTATEs of the ODBC reference, and those that vendors pass on.
constexpr std::array<StateFault, 26> stateFaults = {{
    {"HYT", StatementFault::Timeout},       {"HY008", StatementFault::Ended},
    {"S1008", StatementFault::Ended},       {"S1T00", StatementFault::Timeout},
    {"08", StatementFault::Lost},           {"HY117", StatementFault::Lost},
    {"42S", StatementFault::UnknownName},   {"S0002", StatementFault::UnknownName},
    {"S0022", StatementFault::UnknownName}, {"42501", StatementFault::Permission},
    {"28", StatementFault::Permission},     {"25006", StatementFault::ReadOnly},
    {"25", StatementFault::ReadOnly},       {"42", StatementFault::Syntax},
    {"37", StatementFault::Syntax},         {"22", StatementFault::Value},
    {"23", StatementFault::Value},          {"07006", StatementFault::Value},
    {"40", StatementFault::Busy},           {"53", StatementFault::Resources},
    {"54", StatementFault::Resources},      {"HY001", StatementFault::Resources},
    {"HY013", StatementFault::Resources},   {"HY014", StatementFault::Resources},
    {"S1001", StatementFault::Resources},   {"HY105", StatementFault::Other},
}};

bool holdsAny(const std::string& text, std::initializer_list<const char*> parts)
{
    return std::any_of(parts.begin(), parts.end(),
                       [&](const char* part) { return text.find(part) != std::string::npos; });
}

StatementFault faultOfState(const std::string& state)
{
    for (const StateFault& known : stateFaults)
        if (state.starts_with(known.state))
            return known.fault;
    return StatementFault::Other;
}

/// psqlODBC has one code for all of them; the texts are libpq's and the server's, in English
/// unless the server is set otherwise.
ConnectFault postgresFaultOfText(const std::string& text)
{
    if (holdsAny(text, {"authentication failed", "no password supplied", "no pg_hba.conf entry",
                        "role \""}))
        return ConnectFault::Auth;
    // The text tells of every address of the host: one that answered counts more than the others.
    if (holdsAny(text, {"certificate", "SSL error", "does not support SSL"}))
        return ConnectFault::Tls;
    if (holdsAny(text, {"could not translate host name"}))
        return ConnectFault::Host;
    if (holdsAny(text, {"Connection refused"}))
        return ConnectFault::Refused;
    if (holdsAny(text, {"timeout expired", "timed out"}))
        return ConnectFault::Timeout;
    if (holdsAny(text, {"SSL", "certificate"}))
        return ConnectFault::Tls;
    if (holdsAny(text, {"database \"", "permission denied for database"}))
        return ConnectFault::Database;
    if (holdsAny(text, {"too many", "starting up", "shutting down", "remaining connection slots"}))
        return ConnectFault::Busy;
    return ConnectFault::Other;
}

} // namespace

StatementFault odbcStatementFault(OdbcFamily family, const OdbcDiagnosis& diagnosis, bool ranOut)
{
    const StatementFault byState = faultOfState(diagnosis.state);
    switch (family) {
    case OdbcFamily::Postgres: {
        // HY and IM are the driver's own; it says HY000 when the server is gone.
        if (diagnosis.state.starts_with("HY000") &&
            holdsAny(diagnosis.text, {"connection", "Connection"}) &&
            !holdsAny(diagnosis.text, {"readonly"}))
            return StatementFault::Lost;
        if (diagnosis.text.find("only select statements") != std::string::npos)
            return StatementFault::ReadOnly;
        const bool own = diagnosis.state.starts_with("HY") || diagnosis.state.starts_with("IM") ||
                         diagnosis.state.empty();
        return own ? byState : postgresStatementFault(diagnosis.state, ranOut);
    }
    case OdbcFamily::Mysql: {
        const StatementFault byCode =
            mysqlStatementFault(static_cast<unsigned>(std::max(diagnosis.native, 0)));
        return byCode == StatementFault::Other ? byState : byCode;
    }
    case OdbcFamily::Other:
        return byState;
    }
    return byState;
}

ConnectFault odbcConnectFault(OdbcFamily family, const OdbcDiagnosis& diagnosis)
{
    const std::string& state = diagnosis.state;
    if (state.starts_with("IM002") || state.starts_with("IM003") || state.starts_with("IM004") ||
        diagnosis.text.find("Can't open lib") != std::string::npos)
        return ConnectFault::Driver;
    if (state.starts_with("28"))
        return ConnectFault::Auth;
    if (state.starts_with("HYT") || state == "S1T00")
        return ConnectFault::Timeout;
    if (state.starts_with("3D"))
        return ConnectFault::Database;
    switch (family) {
    case OdbcFamily::Postgres:
        return postgresFaultOfText(diagnosis.text);
    case OdbcFamily::Mysql: {
        const ConnectFault byCode =
            mysqlConnectFault(static_cast<unsigned>(std::max(diagnosis.native, 0)));
        if (byCode == ConnectFault::Other && holdsAny(diagnosis.text, {"SSL", "certificate"}))
            return ConnectFault::Tls;
        return byCode;
    }
    case OdbcFamily::Other:
        return ConnectFault::Other;
    }
    return ConnectFault::Other;
}

} // namespace headgate::warehouse
