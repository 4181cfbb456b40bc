// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/account_checks.h"

#include "base/text.h"
#include "connector/account_values.h"
#include "project/definition_findings.h"
#include "project/file_issues.h"
#include "secrets/secret_ref.h"
#include "warehouse/warehouse_spec.h"

#include <QUrl>
#include <algorithm>
#include <set>

namespace headgate::project {

namespace {

/// Where a member of the settings stands: at the target if it names it, else above.
std::string settingPointer(const TargetedSettings& settings, const std::string& target,
                           const char* group, const std::string& key)
{
    std::string pointer;
    const auto own = settings.targets.find(target);
    if (own != settings.targets.end()) {
        const auto& members =
            std::string_view(group) == "fields" ? own->second.fields : own->second.secrets;
        if (members.count(key) != 0)
            pointer = childPointer("/targets", target);
    }
    return childPointer(pointer + '/' + group, key);
}

void checkTargets(const Project& project, const TargetedSettings& settings,
                  DefinitionFindings& findings)
{
    for (const auto& [target, unused] : settings.targets) {
        if (!project.target(target))
            findings.warning("project.target.unknown", childPointer("/targets", target),
                             Text::tr("The project has no target \"%1\".").arg(toQString(target)),
                             Text::tr("Add it to headgate.json or remove this part."));
    }
}

void checkSecretReferences(const TargetedSettings& settings, const std::string& target,
                           DefinitionFindings& findings)
{
    for (const auto& [key, reference] : settings.resolved(target).secrets) {
        if (!secrets::SecretRef::parse(reference))
            findings.error(
                "project.secret.plain", settingPointer(settings, target, "secrets", key),
                Text::tr("This is no reference to a secret. A secret itself must not "
                         "stand in a project file."),
                Text::tr("Write env:NAME for an environment variable, or keychain:NAME. If a "
                         "secret stood here, change it where it was issued: version "
                         "control keeps it."));
    }
}

bool isLoopbackUrl(const std::string& url)
{
    const QUrl parsed(toQString(url), QUrl::StrictMode);
    const QString host = parsed.host();
    return parsed.isValid() && parsed.userInfo().isEmpty() &&
           (parsed.scheme() == QLatin1String("http") ||
            parsed.scheme() == QLatin1String("https")) &&
           (host == QLatin1String("127.0.0.1") || host == QLatin1String("::1") ||
            host == QLatin1String("localhost"));
}

void checkBaseUrl(const TargetedSettings& settings, const std::string& target,
                  DefinitionFindings& findings)
{
    const std::string url = settings.resolved(target).baseUrl;
    if (url.empty() || isLoopbackUrl(url))
        return;
    const auto own = settings.targets.find(target);
    const bool isOwn = own != settings.targets.end() && !own->second.baseUrl.empty();
    findings.error("project.base_url",
                   isOwn ? childPointer("/targets", target) + "/baseUrl" : "/baseUrl",
                   Text::tr("\"%1\" is not an address of this machine. A project may not send "
                            "credentials to a server of its choice.")
                       .arg(toQString(url)),
                   Text::tr("Write http://127.0.0.1:PORT, or use the connector \"webhook\"."));
}

void checkWarehouseField(const warehouse::WarehouseField& field, const AccountSettings& settings,
                         const TargetedSettings& all, const std::string& target,
                         DefinitionFindings& findings)
{
    const bool isSecret = field.kind == warehouse::WarehouseFieldKind::Secret;
    const bool hasSecret = settings.secrets.count(field.id) != 0;
    const auto value = settings.fields.find(field.id);
    const bool hasValue = value != settings.fields.end() && !value->second.empty();
    if (isSecret && hasValue)
        findings.error(
            "project.secret.plain", settingPointer(all, target, "fields", field.id),
            Text::tr("\"%1\" is a secret and must not stand in a project file.")
                .arg(toQString(field.label)),
            Text::tr("Put a reference under \"secrets\": env:NAME or keychain:NAME. Change the "
                     "secret where it was issued: version control keeps it."));
    if (field.required && field.defaultValue.empty() && !(isSecret ? hasSecret : hasValue))
        findings.error("project.field.missing", isSecret ? "/secrets" : "/fields",
                       Text::tr("\"%1\" is required.").arg(toQString(field.label)),
                       Text::tr("Add \"%1\".").arg(toQString(field.id)));
    const bool isChosen =
        std::any_of(field.choices.begin(), field.choices.end(),
                    [&](const auto& choice) { return hasValue && choice.value == value->second; });
    if (hasValue && !field.choices.empty() && !isChosen)
        findings.error("project.field.choice", settingPointer(all, target, "fields", field.id),
                       Text::tr("\"%1\" is not one of the choices of \"%2\".")
                           .arg(toQString(value->second), toQString(field.label)),
                       Text::tr("Choose one in the form of the source."));
}

void checkUnknownFields(const warehouse::WarehouseSpec& spec, const TargetedSettings& all,
                        const std::string& target, DefinitionFindings& findings)
{
    const AccountSettings settings = all.resolved(target);
    const auto check = [&](const std::map<std::string, std::string>& members, const char* group) {
        for (const auto& [key, unused] : members) {
            if (!spec.field(key))
                findings.error(
                    "project.field.unknown", settingPointer(all, target, group, key),
                    Text::tr("%1 has no \"%2\".").arg(toQString(spec.name), toQString(key)),
                    Text::tr("Check its spelling or remove it."));
        }
    };
    check(settings.fields, "fields");
    check(settings.secrets, "secrets");
}

} // namespace

void checkSource(const Project& project, const SourceDefinition& source, const std::string& target,
                 Issues& into)
{
    DefinitionFindings findings("sources/" + source.slug + ".json", into);
    checkTargets(project, source.settings, findings);
    checkSecretReferences(source.settings, target, findings);
    const auto spec = warehouse::loadWarehouseSpec(source.warehouse);
    if (!spec) {
        findings.error("project.warehouse.unknown", "/warehouse", spec.error().message, {});
        return;
    }
    const AccountSettings settings = source.settings.resolved(target);
    for (const warehouse::WarehouseField& field : spec->fields)
        checkWarehouseField(field, settings, source.settings, target, findings);
    checkUnknownFields(*spec, source.settings, target, findings);
}

void checkDestination(const Project& project, const DestinationDefinition& destination,
                      const std::string& target, const connector::SpecLibrary& connectors,
                      Issues& into)
{
    DefinitionFindings findings("destinations/" + destination.slug + ".json", into);
    checkTargets(project, destination.settings, findings);
    checkSecretReferences(destination.settings, target, findings);
    checkBaseUrl(destination.settings, target, findings);
    const connector::SharedSpec spec = connectors.find(destination.connector);
    if (!spec) {
        findings.error(
            "project.connector.unknown", "/connector",
            Text::tr("There is no connector \"%1\", or its description has mistakes.")
                .arg(toQString(destination.connector)),
            Text::tr("Choose another, or put its description into connectors/%1/spec.json.")
                .arg(toQString(destination.connector)));
        return;
    }
    const AccountSettings settings = destination.settings.resolved(target);
    std::set<std::string> secretKeys;
    for (const auto& [key, unused] : settings.secrets)
        secretKeys.insert(key);
    for (Issue issue : connector::checkAccountFields(*spec, settings.fields, secretKeys)) {
        const std::string key = issue.place.empty() ? std::string() : issue.place.substr(1);
        const connector::FormField* field = spec->findField(key);
        const bool isSecret = (field && field->secret) || secretKeys.count(key) != 0;
        const bool isField = settings.fields.count(key) != 0;
        issue.place = settingPointer(destination.settings, target,
                                     isSecret && !isField ? "secrets" : "fields", key);
        findings.add(std::move(issue));
    }
}

} // namespace headgate::project
