// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "warehouse/abandonable_call.h"
#include "warehouse/odbc_connection.h"
#include "warehouse/odbc_error.h"
#include "warehouse/source_error.h"

namespace headgate::warehouse {

namespace {

constexpr Milliseconds odbcGrace{2000};

struct OdbcAttempt
{
    OdbcSession session;
    bool connected = false;
    OdbcDiagnosis diagnosis;
};

OdbcAttempt attemptOdbc(const secrets::Secret& connectionString, std::chrono::seconds timeout)
{
    OdbcAttempt attempt;
    if (!attempt.session.allocate())
        return attempt;
    attempt.connected =
        attempt.session.connect(connectionString.reveal(), static_cast<long>(timeout.count()));
    if (!attempt.connected)
        attempt.diagnosis = diagnose(SQL_HANDLE_DBC, attempt.session.handle());
    return attempt;
}

Failure odbcConnectProblem(const OdbcAttempt& attempt, const ConnectRequest& request,
                           const OdbcProfile* profile, bool ranOut)
{
    const OdbcDiagnosis& said = attempt.diagnosis;
    ConnectFault fault = odbcConnectFault(profile ? profile->family : OdbcFamily::Other, said);
    if (fault == ConnectFault::Other && ranOut)
        fault = ConnectFault::Timeout;
    else if (fault == ConnectFault::Other && !request.endpoint.address.empty() &&
             request.endpoint.port != 0)
        fault = probeEndpoint(request.endpoint.address, request.endpoint.port, false);
    return connectFailure(fault, {said.state, said.text}, request.form.where());
}

/// Drivers that carry another file name than the usual one still say what they talk to.
const OdbcProfile* profileByServer(const WarehouseSpec& spec, const std::string& server)
{
    for (const OdbcProfile& profile : spec.profiles)
        if (profile.server == server)
            return &profile;
    return nullptr;
}

} // namespace

OpenedConnection connectOdbc(const ConnectRequest& request, const StopToken& stop)
{
    const QString where = request.form.where();
    if (request.form.isTunnelled() && request.form.tls() == TlsMode::Verify)
        return tunnelHidesCertificate(where);
    OdbcSession asking;
    if (!asking.allocate())
        return connectFailure(ConnectFault::Driver, {{}, "no ODBC driver manager"}, where);
    const auto choice = chooseOdbcDriver(request, odbcInventory(asking.environment()));
    if (!choice)
        return Failure(choice.error());
    const auto text = odbcConnectionString(request, *choice);
    if (!text)
        return Failure(text.error());
    const std::chrono::seconds timeout = request.form.connectTimeout();
    const auto began = std::chrono::steady_clock::now();
    auto attempt = callAbandonably<OdbcAttempt>(
        [secret = secrets::Secret(*text), timeout] { return attemptOdbc(secret, timeout); }, stop,
        timeout + odbcGrace);
    if (stop.stopRequested())
        return cancelledFailure(where);
    if (!attempt)
        return connectFailure(ConnectFault::Timeout, {}, where);
    if (!attempt->connected)
        return odbcConnectProblem(*attempt, request, choice->profile,
                                  std::chrono::steady_clock::now() - began >= timeout);
    const OdbcProfile* profile =
        choice->profile ? choice->profile
                        : profileByServer(request.spec, attempt->session.info(SQL_DBMS_NAME));
    if (profile)
        adoptOdbcProfile(request.spec, *profile);
    if (!choice->profile && !isLoopback(request.form.host()) && request.spec.field("tls"))
        request.spec.caveats.push_back(
            Text::tr("Headgate does not know this driver: whether the connection is encrypted, and "
                     "the server verified, is up to the driver's own settings.")
                .toStdString());
    return std::make_unique<OdbcConnection>(std::move(attempt->session), *text, request, profile);
}

} // namespace headgate::warehouse
