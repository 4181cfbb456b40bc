// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sql/sql_tokens.h"

#include <optional>
#include <string>
#include <vector>

namespace headgate::ui {

/// Something after FROM or JOIN. Names are without their quotes.
struct SqlTableUse
{
    std::vector<std::string> path; ///< "schema", "name"; empty of a subquery
    std::string alias;             ///< empty: none
    bool derived = false;          ///< a subquery or CTE: its columns are those below
    std::vector<std::string> columns;
    std::vector<SqlTableUse> stars; ///< whose columns it has too, by a star

    /// What columns are qualified with.
    [[nodiscard]] const std::string& name() const
    {
        static const std::string none;
        return !alias.empty() ? alias : path.empty() ? none : path.back();
    }

    bool operator==(const SqlTableUse&) const = default;
};

enum class SqlWanted
{
    Nothing, ///< inside a text, a comment or a number, or where a new name is given
    Keyword,
    Table,     ///< after FROM or JOIN
    Expression ///< columns, functions, keywords
};

/// What stands at a place of a statement and around it.
struct SqlContext
{
    SqlWanted wanted = SqlWanted::Nothing;
    std::size_t begin = 0; ///< of what is being typed: the first letter or quote
    std::string prefix;    ///< of what is being typed, without quotes
    bool inQuotes = false;
    std::vector<std::string> qualifiers; ///< "a" of a.x
    std::vector<SqlTableUse> tables;     ///< whose columns can be named here, nearest first
    std::vector<SqlTableUse> queries;    ///< CTEs that can be named here; the alias is their name
};

struct SqlRange
{
    std::size_t begin = 0;
    std::size_t end = 0;

    bool operator==(const SqlRange&) const = default;
};

/// What an editor must know of SQL that may be half typed: statements, tables in scope, what is
/// wanted at the caret. Guesses rather than fails. Offsets are bytes.
class SqlOutline
{
public:
    SqlOutline(std::string text, SqlDialect dialect);

    [[nodiscard]] const std::string& text() const { return m_text; }
    [[nodiscard]] const std::vector<SqlToken>& tokens() const { return m_tokens; }

    /// The statement at the offset, without space and its semicolon; behind the last one on its
    /// line or in empty room, the one before. Empty where there is none.
    [[nodiscard]] SqlRange statementAt(std::size_t offset) const;
    [[nodiscard]] SqlContext contextAt(std::size_t offset) const;

private:
    std::string m_text;
    SqlDialect m_dialect;
    std::vector<SqlToken> m_tokens;
};

} // namespace headgate::ui
