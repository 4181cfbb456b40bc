// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/source.h"

#include "warehouse/sql_source.h"

namespace headgate::warehouse {

namespace {

Result<std::unique_ptr<SshTunnel>> openTunnel(const SourceForm& form, int targetPort,
                                              const StopToken& stop)
{
    SshTunnelOptions options;
    options.host = form.value("sshHost");
    options.port = form.port("sshPort");
    options.user = form.value("sshUser");
    options.keyFile = form.path("sshKey");
    options.targetHost = form.host();
    options.targetPort = targetPort;
    options.connectTimeout = form.connectTimeout();
    return SshTunnel::open(options, stop);
}

OpenedConnection connectWith(const ConnectRequest& request, const StopToken& stop)
{
    switch (request.spec.driver) {
    case DriverKind::Libpq:
        return connectPostgres(request, stop);
    case DriverKind::Libmariadb:
        return connectMysql(request, stop);
    case DriverKind::Sqlite:
        return connectSqlite(request, stop);
    case DriverKind::Odbc:
        return connectOdbc(request, stop);
    }
    return connectOdbc(request, stop);
}

} // namespace

Result<std::unique_ptr<Source>> Source::open(const SourceOptions& options, const StopToken& stop)
{
    auto spec = loadWarehouseSpec(options.warehouse);
    if (!spec)
        return propagate(std::move(spec));
    auto form = SourceForm::check(options, *spec);
    if (!form)
        return propagate(std::move(form));
    Endpoint endpoint{form->host(), form->host(), form->port("port")};
    std::unique_ptr<SshTunnel> tunnel;
    if (form->isTunnelled()) {
        auto opened = openTunnel(*form, endpoint.port, stop);
        if (!opened)
            return propagate(std::move(opened));
        tunnel = *std::move(opened);
        endpoint.address = "127.0.0.1";
        endpoint.port = tunnel->localPort();
    }
    auto connection = connectWith({*form, *spec, std::move(endpoint)}, stop);
    if (!connection)
        return propagate(std::move(connection));
    auto source = std::make_unique<SqlSource>(*std::move(form), *std::move(spec), std::move(tunnel),
                                              *std::move(connection));
    HEADGATE_TRY(source->pinSession());
    return source;
}

} // namespace headgate::warehouse
