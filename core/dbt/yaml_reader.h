// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/json.h"

#include <string_view>

namespace headgate::dbt {

struct YamlLimits
{
    std::size_t bytes = 1 << 20;
    std::size_t depth = 32;
    std::size_t nodes = 100'000; ///< with what anchors repeat
};

/// The first document of a YAML text as a tree of objects, arrays, texts and nulls: a plain scalar
/// keeps its text, whatever type YAML would give it ("007" and "yes" are passwords as well).
/// Anchors and merge keys are resolved, tags are passed over; of equal keys the last one counts.
/// Null for an empty text. Error: Config "dbt.yaml", with line and column.
[[nodiscard]] Result<data::JsonNode> readYaml(std::string_view bytes,
                                              const YamlLimits& limits = {});

} // namespace headgate::dbt
