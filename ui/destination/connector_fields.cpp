// SPDX-License-Identifier: GPL-3.0-or-later
#include "destination/connector_fields.h"

#include "base/text.h"
#include "connector/account_values.h"

#include <QCoreApplication>
#include <QLocale>

namespace headgate::ui {

namespace {

class ConnectorText
{
    Q_DECLARE_TR_FUNCTIONS(ConnectorText)
};

SettingsKind kindOf(const connector::FormField& field, const connector::ConnectorSpec& spec)
{
    switch (field.kind) {
    case connector::FieldKind::Headers:
        return field.secret ? SettingsKind::SecretLines : SettingsKind::Lines;
    case connector::FieldKind::Boolean:
        return SettingsKind::Flag;
    case connector::FieldKind::Choice:
        return SettingsKind::Choice;
    case connector::FieldKind::Path:
        return spec.implementation == connector::Implementation::Files ? SettingsKind::Folder
                                                                       : SettingsKind::File;
    case connector::FieldKind::Number:
        return SettingsKind::Port;
    case connector::FieldKind::Text:
    case connector::FieldKind::Url:
    case connector::FieldKind::Pointer:
        break;
    }
    return field.secret ? SettingsKind::Secret : SettingsKind::Text;
}

SettingsField baseUrlField()
{
    SettingsField field;
    field.key = baseUrlKey;
    field.label = ConnectorText::tr("Stand-in");
    field.help = ConnectorText::tr("An inbox on this machine in place of the real tool, such as "
                                   "http://127.0.0.1:8825. Empty: the real tool.");
    field.advanced = true;
    return field;
}

/// What is wrong in a field needs no name of the field.
QString withoutLabel(const Issue& issue, const connector::ConnectorSpec& spec)
{
    const connector::FormField* field = spec.findField(issue.place.substr(1));
    const QString prefix = field ? field->label + QStringLiteral(": ") : QString();
    return !prefix.isEmpty() && issue.message.startsWith(prefix) ? issue.message.mid(prefix.size())
                                                                 : issue.message;
}

} // namespace

std::vector<SettingsField> fieldsOf(const connector::ConnectorSpec& spec)
{
    std::vector<SettingsField> fields;
    for (const connector::FormField& each : spec.account) {
        SettingsField field;
        field.key = each.key;
        field.label = each.label;
        field.help = each.help;
        field.kind = kindOf(each, spec);
        field.required = each.required && each.initial.empty();
        field.advanced = !each.required && !each.initial.empty();
        field.initial = each.initial;
        for (const connector::Choice& choice : each.choices)
            field.choices.push_back({choice.value, choice.label});
        fields.push_back(std::move(field));
    }
    if (spec.implementation == connector::Implementation::Declarative)
        fields.push_back(baseUrlField());
    return fields;
}

std::map<std::string, QString> problemsOf(const connector::ConnectorSpec& spec,
                                          const project::AccountSettings& settings,
                                          bool withMissing)
{
    std::set<std::string> secretKeys;
    for (const auto& [key, reference] : settings.secrets)
        secretKeys.insert(key);
    std::map<std::string, QString> problems;
    for (const Issue& issue : connector::checkAccountFields(spec, settings.fields, secretKeys)) {
        const bool missing =
            issue.code == "connector.account.missing" || issue.code == "connector.secret.missing";
        if (withMissing || !missing)
            problems.emplace(issue.place.substr(1), withoutLabel(issue, spec));
    }
    return problems;
}

QString limitsText(const connector::Capabilities& can)
{
    const QLocale locale;
    QStringList parts;
    parts.append(can.batchRecords == 1
                     ? ConnectorText::tr("one record a request")
                     : ConnectorText::tr("up to %1 records or %2 a request")
                           .arg(locale.toString(can.batchRecords),
                                locale.formattedDataSize(static_cast<qint64>(can.batchBytes), 0)));
    if (can.rate.perSecond > 0)
        parts.append(
            ConnectorText::tr("%1 requests a second", nullptr, can.rate.perSecond == 1 ? 1 : 2)
                .arg(locale.toString(can.rate.perSecond, 'g', 6)));
    if (can.rate.perMinute > 0)
        parts.append(
            ConnectorText::tr("%1 requests a minute", nullptr, pluralOf(can.rate.perMinute))
                .arg(locale.toString(can.rate.perMinute)));
    if (can.rate.perDay > 0)
        parts.append(ConnectorText::tr("%1 requests a day", nullptr, pluralOf(can.rate.perDay))
                         .arg(locale.toString(can.rate.perDay)));
    if (can.rate.inFlight > 0)
        parts.append(
            ConnectorText::tr("%1 at the same time").arg(locale.toString(can.rate.inFlight)));
    if (!can.perRecordResults)
        parts.append(ConnectorText::tr("does not say which records it took"));
    return parts.join(QStringLiteral(", "));
}

QString operationsText(const connector::Capabilities& can)
{
    QStringList names;
    for (const connector::Operation operation : can.operations)
        names.append(QLatin1String(connector::name(operation)));
    return names.join(QStringLiteral(", "));
}

} // namespace headgate::ui
