// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sql/sql_dialect.h"

#include <cstddef>
#include <vector>

namespace headgate::ui {

enum class SqlTokenKind
{
    Word, ///< keyword or name without quotes
    QuotedName,
    Text, ///< in single or dollar quotes; in double ones where the dialect says so
    Number,
    Parameter, ///< :name
    Comment,
    Symbol ///< one character, or "::"
};

struct SqlToken
{
    SqlTokenKind kind = SqlTokenKind::Symbol;
    std::size_t begin = 0;
    std::size_t end = 0;
    bool closed = true; ///< false: the text ends inside it

    bool operator==(const SqlToken&) const = default;
};

/// The text taken apart, whatever it holds: what is not closed goes to the end of the text, what
/// makes no sense is symbols. Space is between tokens.
[[nodiscard]] std::vector<SqlToken> sqlTokens(std::string_view text, const SqlDialect& dialect);

} // namespace headgate::ui
