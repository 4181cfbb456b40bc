// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/row_set.h"

namespace headgate::ui {

/// What a column holds, over some rows.
struct ColumnProfile
{
    struct Frequent
    {
        data::Value value;
        std::uint64_t count = 0;
    };
    static constexpr std::size_t mostFrequent = 5;

    std::uint64_t rows = 0;
    std::uint64_t nulls = 0;
    std::uint64_t invalid = 0;  ///< cannot be said in JSON
    std::uint64_t distinct = 0; ///< of those that are neither
    data::Value smallest;       ///< by data::compare; Null where there is none, or no order
    data::Value largest;
    std::vector<Frequent> frequent; ///< most frequent first, then in order; not of what is unique
};

/// By column. Nothing: it was stopped.
[[nodiscard]] std::optional<std::vector<ColumnProfile>> profileColumns(const RowSet& rows,
                                                                       const StopToken& stop);

} // namespace headgate::ui
