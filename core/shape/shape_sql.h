// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "shape/condition.h"
#include "shape/shape.h"
#include "shape/shape_models.h"
#include "shape/sql_words.h"

#include <QString>
#include <string>
#include <vector>

namespace headgate::shape {

/// What a shape is said of in SQL.
struct SqlModels
{
    struct Source
    {
        std::string statement; ///< without a semicolon at its end
        std::string zone;      ///< of its timestamps without one; empty: they stay without
    };

    ShapeModels models;
    std::vector<Source> sources; ///< of the main model, then as models.related
    Condition filter;            ///< of the sync
};

/// Something that the statement does not say exactly.
struct SqlNote
{
    NodeId node = 0;
    std::string path; ///< Shape::pathOf; empty: of the whole statement
    QString text;

    bool operator==(const SqlNote&) const = default;
};

struct ShapeSql
{
    std::string sql;            ///< one statement: the record key's columns, and payload
    std::vector<SqlNote> notes; ///< empty: each valid record's payload is the Shaper's, as JSON
};

/// The shape as the warehouse's own aggregation. Records that the Shaper calls Invalid come out in
/// some way, or end the statement. Sessions are in UTC, as ours are. Error: Config "shape.check".
[[nodiscard]] Result<ShapeSql> sqlOf(const Shape& shape, const SqlModels& models,
                                     SqlDialect dialect);

} // namespace headgate::shape
