// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "warehouse/warehouse_spec.h"

#include <string>
#include <string_view>

namespace headgate::ui {

/// How a warehouse writes SQL, as far as an editor must know.
struct SqlDialect
{
    /// What becomes of letters of a name without quotes.
    enum class Folding
    {
        None, ///< names match in either case
        Lower,
        Upper
    };

    warehouse::SqlSyntax syntax;
    std::string quotes = "\"\""; ///< opening and closing mark of names
    Folding folding = Folding::None;

    [[nodiscard]] static SqlDialect of(const warehouse::WarehouseSpec& spec);
    /// Of an id of resources/warehouses; the standard's where there is none of it.
    [[nodiscard]] static SqlDialect ofWarehouse(const std::string& id);

    /// "x" is a text, not a name.
    [[nodiscard]] bool doubleQuotesAreText() const { return quotes.starts_with('`'); }
    /// The name as it must be written: in quotes where it needs them.
    [[nodiscard]] std::string written(std::string_view name) const;
    [[nodiscard]] std::string quoted(std::string_view name) const;
};

} // namespace headgate::ui
