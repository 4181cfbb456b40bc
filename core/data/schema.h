// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/value.h"

#include <optional>
#include <string>
#include <vector>

namespace headgate::data {

struct Column
{
    std::string name; ///< as the warehouse says; may be empty or repeated
    ValueKind kind = ValueKind::Text;
    std::string nativeType; ///< the warehouse's own word, e.g. "numeric(38,10)"
    std::string comment;

    bool operator==(const Column&) const = default;
};

/// Columns are addressed by position; names are for people and definitions.
struct Schema
{
    std::vector<Column> columns;

    /// Position of the column with this addressable name, compared exactly.
    [[nodiscard]] std::optional<std::size_t> indexOf(std::string_view name) const;
    /// Repeated and empty names are followed by their position, counted from 1: "name:2", ":3".
    [[nodiscard]] std::vector<std::string> addressableNames() const;

    bool operator==(const Schema&) const = default;
};

} // namespace headgate::data
