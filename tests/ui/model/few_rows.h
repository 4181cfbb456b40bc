// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/row_set.h"

#include <string>

namespace headgate::ui {

struct FewColumn
{
    const char* name;
    data::ValueKind kind;
};
using FewCells = std::vector<std::optional<std::string>>;

/// Rows written out in a test; a cell without a text is null.
inline std::shared_ptr<const RowSet> fewRows(const std::vector<FewColumn>& columns,
                                             const std::vector<FewCells>& rows)
{
    data::Schema schema;
    for (const FewColumn& column : columns)
        schema.columns.push_back({column.name, column.kind, "", ""});
    std::vector<data::RowBlock> blocks(1);
    blocks.front().reset(columns.size());
    for (const FewCells& row : rows)
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (row[i])
                blocks.front().append(columns[i].kind, *row[i]);
            else
                blocks.front().appendNull();
        }
    return std::make_shared<const RowSet>(std::move(schema), std::move(blocks));
}

} // namespace headgate::ui
