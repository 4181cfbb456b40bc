// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sql/sql_outline.h"

namespace headgate::ui {

/// The tokens of one statement, comments left out, read for tables and columns.
class SqlScope
{
public:
    /// `text` outlives this.
    SqlScope(std::string_view text, std::vector<SqlToken> tokens, const SqlDialect& dialect);

    [[nodiscard]] std::size_t count() const { return m_tokens.size(); }
    [[nodiscard]] const SqlToken& token(std::size_t at) const { return m_tokens[at]; }
    [[nodiscard]] bool isWord(std::size_t at, std::string_view word) const;
    [[nodiscard]] bool isSymbol(std::size_t at, std::string_view symbol) const;
    /// A name, quoted or not; words that are reserved are none.
    [[nodiscard]] bool isName(std::size_t at) const;
    /// An empty token: where something may be typed.
    [[nodiscard]] bool isCaret(std::size_t at) const;
    [[nodiscard]] std::string nameOf(std::size_t at) const;

    /// The opening parenthesis around a token; none: npos.
    [[nodiscard]] std::size_t parentOf(std::size_t at) const;
    struct Span
    {
        std::size_t first = 0;
        std::size_t last = 0; ///< behind it
    };
    /// What an opening parenthesis holds; of npos: all.
    [[nodiscard]] Span inside(std::size_t open) const;

    /// Tables and CTEs that can be named before the token `at`.
    void collect(std::size_t at, SqlContext& context) const;

    static constexpr std::size_t npos = static_cast<std::size_t>(-1);

private:
    using Uses = std::vector<SqlTableUse>;

    [[nodiscard]] std::string_view textOf(std::size_t at) const;
    [[nodiscard]] std::size_t next(std::size_t at) const;
    [[nodiscard]] bool isQuery(Span span) const;
    [[nodiscard]] bool endsFrom(std::size_t at) const;
    [[nodiscard]] bool joinsQueries(std::size_t at) const;
    [[nodiscard]] Span blockAround(Span span, std::size_t at) const;

    [[nodiscard]] std::size_t readQueries(Span span, std::size_t upTo, Uses& queries,
                                          int depth) const;
    [[nodiscard]] Uses tablesOf(Span span, const Uses& queries, int depth) const;
    [[nodiscard]] std::size_t readTable(std::size_t at, std::size_t last, const Uses& queries,
                                        Uses& uses, int depth) const;
    [[nodiscard]] std::size_t readAlias(std::size_t at, std::size_t last, SqlTableUse& use) const;
    void readColumns(Span span, const Uses& outer, SqlTableUse& use, int depth) const;
    void readItem(Span item, const Uses& tables, SqlTableUse& use) const;
    [[nodiscard]] std::vector<std::string> namesIn(Span span) const;

    std::string_view m_text;
    std::vector<SqlToken> m_tokens;
    const SqlDialect& m_dialect;
    std::vector<std::size_t> m_partners; ///< of "(" its ")", or the end; of others themselves
    std::vector<std::size_t> m_parents;
};

} // namespace headgate::ui
