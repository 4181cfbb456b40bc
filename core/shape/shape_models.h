// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/schema.h"

#include <string>
#include <vector>

namespace headgate::shape {

/// A model joined to the main model: its rows belong to the main rows whose mainColumns have the
/// same canonical key as its columns. NULL joins nothing.
struct RelatedModel
{
    std::string name;
    data::Schema schema;
    std::vector<std::string> mainColumns;
    std::vector<std::string> columns; ///< as many as mainColumns, pairwise
    bool toOne = false;               ///< a look-up: at most one row per join key
    std::string eventTime;            ///< a column of it, or empty

    bool operator==(const RelatedModel&) const = default;
};

/// What a shape is checked and compiled against. Columns go by their addressable names.
struct ShapeModels
{
    data::Schema main;
    std::vector<std::string> rowKey;    ///< the main model's grain
    std::vector<std::string> recordKey; ///< of the sync
    std::vector<RelatedModel> related;
    std::string eventTime; ///< a column of the main model, or empty; shaping does not need it

    /// Whether a record is never more than one row of the main model.
    [[nodiscard]] bool isRowPerRecord() const;

    bool operator==(const ShapeModels&) const = default;
};

} // namespace headgate::shape
