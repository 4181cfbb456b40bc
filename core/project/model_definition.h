// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/json.h"
#include "data/value.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace headgate::project {

/// A table or view named instead of a query.
struct TableReference
{
    std::string schema; ///< empty: the connection's default
    std::string name;
    data::JsonNode extra = data::JsonNode::object(); ///< unknown members, kept

    bool operator==(const TableReference&) const = default;
};

/// Reads only what is new (semantics 12). Bound in the query as `:since`.
struct ModelCursor
{
    std::string column;
    /// Subtracted from the last value before reading: seconds for dates and times, the column's own
    /// unit for numbers.
    std::int64_t lookback = 0;
    data::JsonNode extra = data::JsonNode::object();

    bool operator==(const ModelCursor&) const = default;
};

/// Rows to read: models/SLUG.json, with the query in models/SLUG.sql unless `table` is set.
struct ModelDefinition
{
    std::string id;
    std::string slug;
    std::string name;
    std::string description;
    std::string source; ///< slug
    std::optional<TableReference> table;
    std::string sql;                 ///< bytes of SLUG.sql, as they are
    std::vector<std::string> rowKey; ///< the grain: rows repeating it are Invalid (semantics 1)
    std::string eventTime;           ///< column, or empty
    std::optional<ModelCursor> cursor;
    std::string zone; ///< IANA name for timestamps without one; empty: they stay without
    std::map<std::string, data::Value> parameters; ///< bound as :name
    std::map<std::string, std::string> columns;    ///< descriptions by column
    data::JsonNode extra = data::JsonNode::object();

    bool operator==(const ModelDefinition&) const = default;
};

} // namespace headgate::project
