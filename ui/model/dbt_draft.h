// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dbt/manifest.h"
#include "project/project.h"

namespace headgate::ui {

/// What a model begins with: the relation that dbt built, or the SQL that builds it.
enum class DbtReading
{
    Relation,
    CompiledSql
};

/// A model without id, slug and name of its own, as the manifest describes it. The relation is
/// named as a table where the source has it under exactly that name; else it is queried by the name
/// that dbt gives it. `database` is the source's; empty: unknown.
[[nodiscard]] project::ModelDefinition draftOf(const dbt::ManifestModel& model, DbtReading reading,
                                               const std::string& database);
/// The database, project or catalog that the source connects to; empty: it names none.
[[nodiscard]] std::string databaseOf(const project::SourceDefinition& source,
                                     const std::string& target);

} // namespace headgate::ui
