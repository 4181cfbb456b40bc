// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/account_opener.h"

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

} // namespace

Result<std::unique_ptr<connector::Destination>>
openAccount(const project::DestinationDefinition& definition, const std::string& target,
            const connector::SpecLibrary& connectors, secrets::SecretStore& secrets,
            const std::string& directory, const std::string& lastAccount, const std::string& url,
            const Clock& clock)
{
    const QString where = Text::tr("destination '%1'").arg(toQString(definition.slug));
    connector::SharedSpec spec = connectors.find(definition.connector);
    if (!spec)
        return fail(
            ErrorKind::Config, "destination.connector",
            Text::tr("There is no connector '%1'. 'headgate connectors list' shows those at hand.")
                .arg(toQString(definition.connector)));
    if (!url.empty() && !isLoopback(url))
        return fail(
            ErrorKind::Usage, "destination.url",
            Text::tr("%1 is not on this machine. Only an inbox may stand in for a destination.")
                .arg(toQString(url)));
    const project::AccountSettings settings = definition.settings.resolved(target);
    connector::DestinationConfig config;
    config.fields = settings.fields;
    for (const connector::FormField& field : spec->account) {
        const auto path = config.fields.find(field.key);
        const bool given = path != config.fields.end() && !path->second.empty();
        if (field.kind == connector::FieldKind::Path && given)
            path->second =
                QDir(toQString(directory)).absoluteFilePath(toQString(path->second)).toStdString();
    }
    config.baseUrl = url.empty() ? settings.baseUrl : url;
    if (!config.baseUrl.empty() && spec->implementation != connector::Implementation::Declarative)
        return fail(ErrorKind::Usage, "destination.url",
                    Text::tr("%1 is not reached over HTTP: no other address can stand in for it.")
                        .arg(spec->name));
    config.account = lastAccount;
    for (const auto& [field, text] : settings.secrets) {
        const auto ref = secrets::SecretRef::parse(text);
        if (!ref)
            return Failure(ref.error().within(where));
        auto secret = secrets.read(*ref);
        if (!secret)
            return propagate(std::move(secret), where);
        config.secrets.emplace(field, std::move(*secret));
    }
    auto opened = connector::openDestination(std::move(spec), std::move(config), clock);
    if (!opened)
        return propagate(std::move(opened), where);
    return opened;
}

} // namespace headgate::service
