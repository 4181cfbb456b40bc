// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/account_opener.h"

#include "base/redaction.h"
#include "base/text.h"
#include "connector/destination_factory.h"

#include <QDir>
#include <QUrl>

namespace headgate::service {

namespace {

bool isLoopback(const std::string& url)
{
    const QString host = QUrl(toQString(url)).host();
    return host == QStringLiteral("127.0.0.1") || host == QStringLiteral("localhost") ||
           host == QStringLiteral("::1");
}

Result<connector::SharedSpec> specOf(const project::DestinationDefinition& definition,
                                     const connector::SpecLibrary& connectors)
{
    connector::SharedSpec spec = connectors.find(definition.connector);
    if (!spec)
        return fail(
            ErrorKind::Config, "destination.connector",
            Text::tr("There is no connector '%1'. 'headgate connectors list' shows those at hand.")
                .arg(toQString(definition.connector)));
    return spec;
}

/// All but the secrets.
Result<connector::DestinationConfig> plainConfig(const connector::ConnectorSpec& spec,
                                                 const project::AccountSettings& settings,
                                                 const std::string& directory,
                                                 const std::string& lastAccount)
{
    connector::DestinationConfig config;
    config.fields = settings.fields;
    for (const connector::FormField& field : spec.account) {
        const auto path = config.fields.find(field.key);
        const bool given = path != config.fields.end() && !path->second.empty();
        if (field.kind == connector::FieldKind::Path && given)
            path->second =
                QDir(toQString(directory)).absoluteFilePath(toQString(path->second)).toStdString();
    }
    config.baseUrl = settings.baseUrl;
    if (!config.baseUrl.empty() && spec.implementation != connector::Implementation::Declarative)
        return fail(ErrorKind::Usage, "destination.url",
                    Text::tr("%1 is not reached over HTTP: no other address can stand in for it.")
                        .arg(spec.name));
    config.account = lastAccount;
    return config;
}

} // namespace

bool isStoodInFor(const project::DestinationDefinition& definition, const std::string& target,
                  const std::string& url)
{
    return !url.empty() && !isLoopback(definition.settings.resolved(target).baseUrl);
}

std::string standInFor(const connector::FormField& field)
{
    const std::string plain(secretStandIn);
    switch (field.kind) {
    case connector::FieldKind::Text:
    case connector::FieldKind::Choice:
    case connector::FieldKind::Path:
        return plain;
    case connector::FieldKind::Url:
        return "https://" + plain;
    case connector::FieldKind::Number:
        return "0";
    case connector::FieldKind::Boolean:
        return "false";
    case connector::FieldKind::Headers:
        return plain + ": " + plain;
    case connector::FieldKind::Pointer:
        return '/' + plain;
    }
    return plain;
}

namespace {

/// A required secret that is not referred to yet is no reason to show nothing.
void standInForSecrets(const connector::ConnectorSpec& spec,
                       const project::AccountSettings& settings,
                       connector::DestinationConfig& config)
{
    Redaction::registerSecret(secretStandIn);
    for (const connector::FormField& field : spec.account)
        if (field.secret && (field.required || settings.secrets.contains(field.key)))
            config.secrets.emplace(field.key, secrets::Secret(standInFor(field)));
}

Result<void> readSecrets(const project::AccountSettings& settings, secrets::SecretStore& secrets,
                         connector::DestinationConfig& config)
{
    for (const auto& [field, text] : settings.secrets) {
        const auto ref = secrets::SecretRef::parse(text);
        if (!ref)
            return Failure(ref.error());
        auto secret = secrets.read(*ref);
        if (!secret)
            return propagate(std::move(secret));
        config.secrets.emplace(field, std::move(*secret));
    }
    return {};
}

} // namespace

run::KeepSecret keeperOfSecrets(const project::DestinationDefinition& definition,
                                const std::string& target, secrets::SecretStore& secrets)
{
    const QString where = Text::tr("destination '%1', which replaced a secret that has to be kept")
                              .arg(toQString(definition.slug));
    return [where, references = definition.settings.resolved(target).secrets,
            &secrets](const std::string& field, const secrets::Secret& secret) -> Result<void> {
        const auto reference = references.find(field);
        if (reference == references.end())
            return {};
        const auto ref = secrets::SecretRef::parse(reference->second);
        if (!ref)
            return Failure(ref.error().within(where));
        auto kept = secrets.write(*ref, secret);
        return kept ? kept : propagate(std::move(kept), where);
    };
}

Result<std::unique_ptr<connector::Destination>>
openAccount(const project::DestinationDefinition& definition, const std::string& target,
            const connector::SpecLibrary& connectors, secrets::SecretStore& secrets,
            const std::string& directory, const std::string& lastAccount, const std::string& url,
            const Clock& clock)
{
    const QString where = Text::tr("destination '%1'").arg(toQString(definition.slug));
    auto spec = specOf(definition, connectors);
    if (!spec)
        return propagate(std::move(spec));
    if (!url.empty() && !isLoopback(url))
        return fail(
            ErrorKind::Usage, "destination.url",
            Text::tr("%1 is not on this machine. Only an inbox may stand in for a destination.")
                .arg(toQString(url)));
    project::AccountSettings settings = definition.settings.resolved(target);
    if (!url.empty())
        settings.baseUrl = url;
    auto config = plainConfig(**spec, settings, directory, lastAccount);
    if (!config)
        return propagate(std::move(config));
    if (isStoodInFor(definition, target, url))
        standInForSecrets(**spec, settings, *config);
    else if (const auto known = readSecrets(settings, secrets, *config); !known)
        return Failure(known.error().within(where));
    auto opened = connector::openDestination(*std::move(spec), *std::move(config), clock);
    if (!opened)
        return propagate(std::move(opened), where);
    return opened;
}

Result<std::unique_ptr<connector::Destination>>
openAccountForShow(const project::DestinationDefinition& definition, const std::string& target,
                   const connector::SpecLibrary& connectors, const std::string& directory,
                   const std::string& lastAccount, const Clock& clock)
{
    auto spec = specOf(definition, connectors);
    if (!spec)
        return propagate(std::move(spec));
    const project::AccountSettings settings = definition.settings.resolved(target);
    auto config = plainConfig(**spec, settings, directory, lastAccount);
    if (!config)
        return propagate(std::move(config));
    standInForSecrets(**spec, settings, *config);
    auto opened = connector::openDestination(*std::move(spec), *std::move(config), clock);
    if (!opened)
        return propagate(std::move(opened),
                         Text::tr("destination '%1'").arg(toQString(definition.slug)));
    return opened;
}

} // namespace headgate::service
