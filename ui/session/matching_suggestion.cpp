// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/matching_suggestion.h"

#include "base/text.h"

namespace headgate::ui {

namespace {

/// "E_Mail" and "email" are one name.
QString plainName(const std::string& name)
{
    QString plain = toQString(name).toLower();
    plain.remove(QLatin1Char('_')).remove(QLatin1Char('-')).remove(QLatin1Char(' '));
    return plain;
}

bool isNamedAfter(const std::string& column, const std::string& field)
{
    return plainName(column).contains(plainName(field));
}

/// Empty: none. One of exactly the name comes first.
std::string columnNamedAfter(const std::string& field, const data::Schema& columns)
{
    const std::vector<std::string> names = columns.addressableNames();
    for (const std::string& name : names)
        if (plainName(name) == plainName(field))
            return name;
    for (const std::string& name : names)
        if (isNamedAfter(name, field))
            return name;
    return {};
}

std::string fieldNamedLike(const std::string& column, const std::vector<std::string>& fields)
{
    for (const std::string& field : fields)
        if (isNamedAfter(column, field))
            return field;
    return fields.empty() ? std::string() : fields.front();
}

} // namespace

project::Matching suggestedMatching(const project::SyncDefinition& sync,
                                    const data::Schema& columns,
                                    const std::vector<std::string>& matchFields)
{
    project::Matching matching = sync.matching;
    if (!matching.leaf.empty())
        return matching;
    for (const std::string& field : matchFields) {
        if (!matching.column.empty() || (!matching.field.empty() && matching.field != field))
            continue;
        matching.column = columnNamedAfter(field, columns);
        if (!matching.column.empty())
            matching.field = field;
    }
    if (matching.column.empty() && sync.recordKey.size() == 1)
        matching.column = sync.recordKey.front();
    if (matching.field.empty() && !matching.column.empty())
        matching.field = fieldNamedLike(matching.column, matchFields);
    return matching;
}

} // namespace headgate::ui
