// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/dbt_draft.h"

#include "base/text.h"

namespace headgate::ui {

namespace {

std::optional<project::TableReference> tableOf(const std::string& relation,
                                               const std::string& database)
{
    const std::vector<std::string> parts = dbt::quotedParts(relation);
    if (parts.empty() || parts.size() > 3)
        return std::nullopt;
    const bool elsewhere =
        parts.size() == 3 && !database.empty() &&
        toQString(parts.front()).compare(toQString(database), Qt::CaseInsensitive) != 0;
    if (elsewhere)
        return std::nullopt;
    project::TableReference table;
    table.name = parts.back();
    if (parts.size() > 1)
        table.schema = parts[parts.size() - 2];
    return table;
}

} // namespace

project::ModelDefinition draftOf(const dbt::ManifestModel& model, DbtReading reading,
                                 const std::string& database)
{
    project::ModelDefinition draft;
    draft.description = model.description;
    draft.rowKey = model.key;
    for (const dbt::ManifestColumn& column : model.columns)
        if (!column.description.empty())
            draft.columns[column.name] = column.description;
    switch (reading) {
    case DbtReading::Relation:
        draft.table = tableOf(model.relation, database);
        if (!draft.table)
            draft.sql = "select *\nfrom " + model.relation + "\n";
        break;
    case DbtReading::CompiledSql:
        draft.sql = model.compiledSql;
        if (!draft.sql.ends_with('\n'))
            draft.sql += '\n';
        break;
    }
    return draft;
}

std::string databaseOf(const project::SourceDefinition& source, const std::string& target)
{
    const project::AccountSettings settings = source.settings.resolved(target);
    for (const char* field : {"database", "project", "catalog"})
        if (const auto found = settings.fields.find(field); found != settings.fields.end())
            return found->second;
    return {};
}

} // namespace headgate::ui
