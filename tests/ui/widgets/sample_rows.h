// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/row_set.h"

namespace headgate::ui {

/// Columns id (integer, count - row), name (text, some repeated, every seventh null) and price
/// (decimal), in blocks of `block` rows.
inline std::shared_ptr<const RowSet> sampleRows(std::size_t count, std::size_t block = 1024)
{
    using data::ValueKind;
    data::Schema schema;
    schema.columns = {{"id", ValueKind::Integer, "int8", ""},
                      {"name", ValueKind::Text, "text", ""},
                      {"price", ValueKind::Decimal, "numeric(10,2)", "in euros"}};
    std::vector<data::RowBlock> blocks;
    for (std::size_t row = 0; row < count; ++row) {
        if (row % block == 0) {
            blocks.emplace_back();
            blocks.back().reset(3);
        }
        data::RowBlock& last = blocks.back();
        last.append(ValueKind::Integer, std::to_string(count - row));
        if (row % 7 == 0)
            last.appendNull();
        else
            last.append(ValueKind::Text, "Name " + std::to_string(row * 7919 % 1000));
        last.append(ValueKind::Decimal, std::to_string(row % 100) + ".50");
    }
    return std::make_shared<RowSet>(std::move(schema), std::move(blocks));
}

} // namespace headgate::ui
