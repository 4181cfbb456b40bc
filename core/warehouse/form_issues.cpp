// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/form_issues.h"

#include "base/text.h"

#include <algorithm>
#include <charconv>

namespace headgate::warehouse {

namespace {

bool isPortNumber(const std::string& text)
{
    int port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    return error == std::errc() && end == text.data() + text.size() && port >= 1 && port <= 65535;
}

Issue formIssue(const WarehouseField& field, const char* code, const QString& message)
{
    return {Severity::Error, code, '/' + field.id, message, {}};
}

void checkFilledIn(const WarehouseField& field, const std::string& text, Issues& into)
{
    const bool isChoice = std::any_of(field.choices.begin(), field.choices.end(),
                                      [&](const auto& choice) { return choice.value == text; });
    switch (field.kind) {
    case WarehouseFieldKind::Port:
        if (!isPortNumber(text))
            into.push_back(formIssue(field, "source.options.invalid",
                                     Text::tr("A port is a number from 1 to 65535.")));
        return;
    case WarehouseFieldKind::Choice:
        if (!isChoice)
            into.push_back(formIssue(field, "source.options.invalid",
                                     Text::tr("There is no choice '%1'.").arg(toQString(text))));
        return;
    case WarehouseFieldKind::Flag:
        if (text != "true" && text != "false")
            into.push_back(formIssue(field, "source.options.invalid",
                                     Text::tr("This is either true or false.")));
        return;
    case WarehouseFieldKind::Text:
    case WarehouseFieldKind::Secret:
    case WarehouseFieldKind::File:
        return;
    }
}

} // namespace

Issues checkFormFields(const WarehouseSpec& spec, const std::map<std::string, std::string>& fields,
                       const std::set<std::string>& secretIds)
{
    Issues issues;
    for (const WarehouseField& field : spec.fields) {
        const bool isSecret = field.kind == WarehouseFieldKind::Secret;
        const auto value = fields.find(field.id);
        const bool filledIn = isSecret ? secretIds.count(field.id) != 0
                                       : value != fields.end() && !value->second.empty();
        if (!filledIn && field.required && field.defaultValue.empty())
            issues.push_back(formIssue(field, "source.options.missing",
                                       Text::tr("'%1' is needed.").arg(toQString(field.label))));
        if (filledIn && !isSecret)
            checkFilledIn(field, value->second, issues);
    }
    return issues;
}

} // namespace headgate::warehouse
