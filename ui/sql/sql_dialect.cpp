// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/sql_dialect.h"

#include "sql/sql_words.h"

#include <algorithm>

namespace headgate::ui {

SqlDialect SqlDialect::of(const warehouse::WarehouseSpec& spec)
{
    SqlDialect dialect;
    dialect.syntax = spec.syntax;
    dialect.quotes = spec.quotes;
    if (spec.id == "postgresql" || spec.id == "redshift")
        dialect.folding = Folding::Lower;
    else if (spec.id == "snowflake")
        dialect.folding = Folding::Upper;
    return dialect;
}

SqlDialect SqlDialect::ofWarehouse(const std::string& id)
{
    const auto spec = warehouse::loadWarehouseSpec(id);
    return spec ? of(*spec) : SqlDialect();
}

std::string SqlDialect::written(std::string_view name) const
{
    const auto isPlain = [this](char c) {
        const bool lower = c >= 'a' && c <= 'z';
        const bool upper = c >= 'A' && c <= 'Z';
        return (lower && folding != Folding::Upper) || (upper && folding != Folding::Lower) ||
               c == '_' || (c >= '0' && c <= '9');
    };
    const bool plain = !name.empty() && !(name.front() >= '0' && name.front() <= '9') &&
                       std::all_of(name.begin(), name.end(), isPlain) && !isReservedWord(name);
    return plain ? std::string(name) : quoted(name);
}

std::string SqlDialect::quoted(std::string_view name) const
{
    const char close = quotes.back();
    std::string text(1, quotes.front());
    for (const char c : name) {
        text += c;
        if (c == close)
            text += c;
    }
    return text + close;
}

} // namespace headgate::ui
