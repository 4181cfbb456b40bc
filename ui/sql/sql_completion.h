// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/schema.h"
#include "sql/sql_outline.h"

#include <memory>

namespace headgate::ui {

/// A table of the warehouse, as far as it is known.
struct SqlTable
{
    std::string schema;
    std::string name;
    std::string kind; ///< "table", "view"
    std::optional<std::vector<data::Column>> columns;
};

/// What a source holds, for completion.
struct SqlCatalog
{
    std::vector<SqlTable> tables;

    /// By a path as it is written: the name, or schema and name, in either case. Of several of one
    /// name, the first.
    [[nodiscard]] const SqlTable* find(const std::vector<std::string>& path) const;
};

enum class SqlSuggestionKind
{
    Column,
    Alias,
    Query, ///< a CTE
    Table,
    View,
    Schema,
    Function,
    Keyword
};

struct SqlSuggestion
{
    SqlSuggestionKind kind = SqlSuggestionKind::Keyword;
    std::string text;                             ///< what is shown and matched
    std::string written;                          ///< what is inserted
    std::string detail;                           ///< a column's type and table, a table's schema
    data::ValueKind type = data::ValueKind::Null; ///< of a column; Null: unknown

    bool operator==(const SqlSuggestion&) const = default;
};

/// What fits, best first: what begins so, then what has a word that begins so, then what holds it;
/// of those, columns before tables before words.
[[nodiscard]] std::vector<SqlSuggestion>
sqlSuggestions(const SqlContext& context, const SqlCatalog& catalog, const SqlDialect& dialect);

/// Tables in scope whose columns are wanted and not known.
[[nodiscard]] std::vector<const SqlTable*> unknownTables(const SqlContext& context,
                                                         const SqlCatalog& catalog);

} // namespace headgate::ui
