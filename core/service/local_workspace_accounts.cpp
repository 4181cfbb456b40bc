// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "secrets/secret_ref.h"
#include "service/account_opener.h"
#include "service/first_rows.h"
#include "service/inquiry_driver.h"
#include "service/local_workspace.h"
#include "service/sync_reader.h"

namespace headgate::service {

Result<std::unique_ptr<warehouse::Source>>
LocalWorkspace::opened(const project::SourceDefinition& source, const StopToken& stop) const
{
    HEADGATE_TRY(requireTrust());
    if (source.warehouse.empty())
        return fail(
            ErrorKind::Usage, "source.unknown",
            Text::tr("There is no source '%1' in this project.").arg(toQString(source.slug)));
    return openSource(source, m_target, m_directory, m_surroundings.secrets, stop);
}

Result<std::unique_ptr<connector::Destination>>
LocalWorkspace::opened(const project::DestinationDefinition& destination) const
{
    HEADGATE_TRY(requireTrust());
    return openAccount(destination, m_target, m_connectors, m_surroundings.secrets, m_directory, {},
                       {}, m_surroundings.clock);
}

Result<warehouse::SourceReport> LocalWorkspace::testSource(const project::SourceDefinition& source,
                                                           const StopToken& stop)
{
    auto connection = opened(source, stop);
    if (!connection)
        return propagate(std::move(connection));
    const StopCallback cancel(stop, [&] { (*connection)->cancel(); });
    return (*connection)->test();
}

Result<std::vector<warehouse::TableInfo>>
LocalWorkspace::tables(const project::SourceDefinition& source, const StopToken& stop)
{
    auto connection = opened(source, stop);
    if (!connection)
        return propagate(std::move(connection));
    const StopCallback cancel(stop, [&] { (*connection)->cancel(); });
    const auto schemas = (*connection)->schemas();
    if (!schemas)
        return Failure(schemas.error());
    std::vector<warehouse::TableInfo> all;
    for (const warehouse::SchemaInfo& schema : *schemas) {
        auto found = (*connection)->tables(schema.name);
        if (!found)
            return found;
        all.insert(all.end(), found->begin(), found->end());
    }
    return all;
}

Result<TableDetails> LocalWorkspace::tableDetails(const project::SourceDefinition& source,
                                                  const warehouse::TableInfo& table,
                                                  std::uint64_t rows, const StopToken& stop)
{
    auto connection = opened(source, stop);
    if (!connection)
        return propagate(std::move(connection));
    const StopCallback cancel(stop, [&] { (*connection)->cancel(); });
    auto columns = (*connection)->columns(table);
    if (!columns)
        return propagate(std::move(columns));
    project::ModelDefinition all;
    all.table.emplace();
    all.table->schema = table.schema;
    all.table->name = table.name;
    auto stream = (*connection)->query(statementOf(all, **connection), {}, rows + 1);
    if (!stream)
        return propagate(std::move(stream));
    auto sample = readFirst(**stream, rows);
    if (!sample)
        return propagate(std::move(sample));
    return TableDetails{*std::move(columns), *std::move(sample)};
}

Result<connector::AccountCheck>
LocalWorkspace::checkDestination(const project::DestinationDefinition& destination,
                                 const StopToken& stop)
{
    auto account = opened(destination);
    if (!account)
        return propagate(std::move(account));
    auto http = newHttp();
    if (!http)
        return propagate(std::move(http));
    return ask((*account)->check(), **http, stop);
}

Result<std::vector<connector::ObjectInfo>>
LocalWorkspace::objects(const project::DestinationDefinition& destination, const StopToken& stop)
{
    auto account = opened(destination);
    if (!account)
        return propagate(std::move(account));
    auto http = newHttp();
    if (!http)
        return propagate(std::move(http));
    return ask((*account)->objects(), **http, stop);
}

Result<ObjectDetails>
LocalWorkspace::objectDetails(const project::DestinationDefinition& destination,
                              const std::string& object, const StopToken& stop)
{
    auto account = opened(destination);
    if (!account)
        return propagate(std::move(account));
    auto http = newHttp();
    if (!http)
        return propagate(std::move(http));
    auto fields = ask((*account)->fields(object), **http, stop);
    if (!fields)
        return propagate(std::move(fields));
    auto capabilities = (*account)->capabilities(object);
    if (!capabilities)
        return propagate(std::move(capabilities));
    return ObjectDetails{*std::move(fields), *std::move(capabilities)};
}

Result<void> LocalWorkspace::keepSecret(const std::string& reference, const secrets::Secret& secret)
{
    const auto ref = secrets::SecretRef::parse(reference);
    if (!ref)
        return Failure(ref.error());
    return m_surroundings.secrets.write(*ref, secret);
}

Result<bool> LocalWorkspace::isSecretKept(const std::string& reference)
{
    const auto ref = secrets::SecretRef::parse(reference);
    if (!ref)
        return Failure(ref.error());
    if (ref->place == secrets::SecretPlace::Environment)
        return m_surroundings.secrets.read(*ref).has_value();
    const auto kept = m_surroundings.secrets.list();
    if (!kept)
        return Failure(kept.error());
    return std::ranges::find(*kept, *ref) != kept->end();
}

} // namespace headgate::service
