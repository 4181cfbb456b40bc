// SPDX-License-Identifier: GPL-3.0-or-later
#include "source/warehouse_fields.h"

#include "base/text.h"
#include "warehouse/form_issues.h"

namespace headgate::ui {

namespace {

SettingsKind kindOf(warehouse::WarehouseFieldKind kind)
{
    switch (kind) {
    case warehouse::WarehouseFieldKind::Text:
        return SettingsKind::Text;
    case warehouse::WarehouseFieldKind::Secret:
        return SettingsKind::Secret;
    case warehouse::WarehouseFieldKind::Port:
        return SettingsKind::Port;
    case warehouse::WarehouseFieldKind::File:
        return SettingsKind::File;
    case warehouse::WarehouseFieldKind::Choice:
        return SettingsKind::Choice;
    case warehouse::WarehouseFieldKind::Flag:
        return SettingsKind::Flag;
    }
    return SettingsKind::Text;
}

} // namespace

std::vector<SettingsField> fieldsOf(const warehouse::WarehouseSpec& spec)
{
    std::vector<SettingsField> fields;
    for (const warehouse::WarehouseField& each : spec.fields) {
        SettingsField field;
        field.key = each.id;
        field.label = toQString(each.label);
        field.help = toQString(each.help);
        field.kind = kindOf(each.kind);
        field.required = each.required && each.defaultValue.empty();
        field.advanced = each.advanced;
        field.initial = each.defaultValue;
        for (const auto& choice : each.choices)
            field.choices.push_back({choice.value, toQString(choice.label)});
        fields.push_back(std::move(field));
    }
    return fields;
}

std::map<std::string, QString> problemsOf(const warehouse::WarehouseSpec& spec,
                                          const project::AccountSettings& settings,
                                          bool withMissing)
{
    std::set<std::string> secretIds;
    for (const auto& [id, reference] : settings.secrets)
        secretIds.insert(id);
    std::map<std::string, QString> problems;
    for (const Issue& issue : warehouse::checkFormFields(spec, settings.fields, secretIds))
        if (withMissing || issue.code != "source.options.missing")
            problems.emplace(issue.place.substr(1), issue.message);
    return problems;
}

QString addressOf(const std::map<std::string, std::string>& fields)
{
    const auto text = [&](const char* field) {
        const auto found = fields.find(field);
        return found == fields.end() ? QString() : toQString(found->second);
    };
    QString address;
    for (const char* place : {"host", "account", "project", "file", "dsn"})
        if (address.isEmpty())
            address = text(place);
    if (!text("port").isEmpty() && !address.isEmpty())
        address += QLatin1Char(':') + text("port");
    if (!text("database").isEmpty())
        address += QLatin1Char('/') + text("database");
    if (!text("user").isEmpty())
        address = text("user") + QLatin1Char('@') + address;
    return address;
}

} // namespace headgate::ui
