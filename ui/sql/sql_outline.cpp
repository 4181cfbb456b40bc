// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/sql_outline.h"

#include "sql/sql_scope.h"
#include "sql/sql_words.h"

#include <algorithm>

namespace headgate::ui {

namespace {

bool isSemicolon(std::string_view text, const SqlToken& token)
{
    return token.kind == SqlTokenKind::Symbol && text[token.begin] == ';';
}

/// The token that the caret is in or directly behind, where it can go on there.
bool touches(const SqlToken& token, std::size_t offset)
{
    return token.begin < offset && offset <= token.end;
}

bool isTyped(const SqlToken& token, std::size_t offset)
{
    const bool name = token.kind == SqlTokenKind::Word || (token.kind == SqlTokenKind::QuotedName &&
                                                           (!token.closed || offset < token.end));
    return name && touches(token, offset);
}

bool isInsideOpaque(const SqlToken& token, std::size_t offset)
{
    switch (token.kind) {
    case SqlTokenKind::Text:
    case SqlTokenKind::Comment:
        return token.begin < offset &&
               (offset < token.end || (!token.closed && offset == token.end));
    case SqlTokenKind::Number:
    case SqlTokenKind::Parameter:
        return touches(token, offset);
    case SqlTokenKind::Word:
    case SqlTokenKind::QuotedName:
    case SqlTokenKind::Symbol:
        return false;
    }
    return false;
}

/// What can be written behind the token before `at`.
class WantedThere
{
public:
    WantedThere(const SqlScope& scope, std::size_t at) : m_scope(scope), m_at(at) {}

    [[nodiscard]] SqlWanted answer() const
    {
        if (m_at == 0)
            return SqlWanted::Keyword;
        const std::size_t before = m_at - 1;
        if (isOne(before, {"from", "join", "straight_join", "lateral", "only"}))
            return isDistinctFrom(before) ? SqlWanted::Expression : SqlWanted::Table;
        if (isOne(before, {"as", "with", "recursive"}))
            return SqlWanted::Nothing;
        if (m_scope.isSymbol(before, "(") && before == m_scope.parentOf(m_at) && before > 0 &&
            isOne(before - 1, {"from", "join", "as"}))
            return SqlWanted::Keyword;
        const std::size_t clause = clauseBefore(before);
        if (clause == SqlScope::npos)
            return m_scope.isSymbol(before, "(") ? SqlWanted::Expression : SqlWanted::Keyword;
        if (isOne(clause, {"from", "join", "straight_join"}) && clause != before)
            return m_scope.isSymbol(before, ",") ? SqlWanted::Table : SqlWanted::Keyword;
        if (isOne(clause, {"with"}))
            return m_scope.isSymbol(before, ",") ? SqlWanted::Nothing : SqlWanted::Keyword;
        return SqlWanted::Expression;
    }

private:
    [[nodiscard]] bool isOne(std::size_t at, std::initializer_list<std::string_view> words) const
    {
        return std::any_of(words.begin(), words.end(),
                           [&](std::string_view word) { return m_scope.isWord(at, word); });
    }
    [[nodiscard]] bool isDistinctFrom(std::size_t at) const
    {
        return at > 1 && m_scope.isWord(at, "from") && m_scope.isWord(at - 1, "distinct") &&
               isOne(at - 2, {"is", "not"});
    }
    /// The clause that `at` belongs to, among the tokens of its parentheses.
    [[nodiscard]] std::size_t clauseBefore(std::size_t at) const
    {
        const std::size_t parent = m_scope.parentOf(m_at);
        for (std::size_t i = at + 1; i-- > 0;) {
            if (i == parent)
                return SqlScope::npos;
            if (m_scope.parentOf(i) != parent || (i > 0 && m_scope.isSymbol(i - 1, ".")))
                continue;
            if (isOne(i,
                      {"select", "from",   "join",   "straight_join", "on",      "using", "where",
                       "group",  "having", "order",  "window",        "qualify", "limit", "offset",
                       "fetch",  "with",   "values", "when",          "then",    "else",  "case",
                       "and",    "or",     "by",     "between"}) &&
                !isDistinctFrom(i))
                return i;
        }
        return SqlScope::npos;
    }

    const SqlScope& m_scope;
    std::size_t m_at;
};

} // namespace

SqlOutline::SqlOutline(std::string text, SqlDialect dialect)
    : m_text(std::move(text)), m_dialect(std::move(dialect)), m_tokens(sqlTokens(m_text, m_dialect))
{}

SqlRange SqlOutline::statementAt(std::size_t offset) const
{
    SqlRange before;
    SqlRange current;
    const auto holdsCode = [](const SqlRange& range) { return range.end > range.begin; };
    for (const SqlToken& token : m_tokens) {
        if (token.kind == SqlTokenKind::Comment)
            continue;
        if (!isSemicolon(m_text, token)) {
            // The next one begins: is the place nearer to the one before?
            if (!holdsCode(current)) {
                if (holdsCode(before) && token.begin > offset) {
                    const std::size_t lineEnd = m_text.find('\n', before.end);
                    if (lineEnd == std::string::npos || offset <= lineEnd)
                        return before;
                }
                current.begin = token.begin;
            }
            current.end = token.end;
            continue;
        }
        if (holdsCode(current)) {
            if (offset <= token.end)
                return current;
            before = current;
        }
        current = {};
    }
    return holdsCode(current) ? current : before;
}

SqlContext SqlOutline::contextAt(std::size_t offset) const
{
    SqlContext context;
    context.begin = offset;
    std::vector<SqlToken> statement;
    std::size_t at = SqlScope::npos;
    for (const SqlToken& token : m_tokens) {
        if (isInsideOpaque(token, offset))
            return context;
        if (token.kind == SqlTokenKind::Comment)
            continue;
        if (isTyped(token, offset)) {
            at = statement.size();
            context.begin = token.begin;
            context.inQuotes = token.kind == SqlTokenKind::QuotedName;
            const std::size_t first = token.begin + (context.inQuotes ? 1 : 0);
            context.prefix = m_text.substr(first, offset - first);
        } else if (at == SqlScope::npos && token.begin >= offset) {
            at = statement.size();
            statement.push_back({SqlTokenKind::Word, offset, offset});
        }
        if (isSemicolon(m_text, token)) {
            if (at != SqlScope::npos)
                break;
            statement.clear();
            continue;
        }
        statement.push_back(token);
    }
    if (at == SqlScope::npos) {
        at = statement.size();
        statement.push_back({SqlTokenKind::Word, offset, offset});
    }
    const SqlScope scope(m_text, std::move(statement), m_dialect);
    std::size_t begin = at;
    while (begin > 1 && scope.isSymbol(begin - 1, ".") && scope.isName(begin - 2)) {
        context.qualifiers.insert(context.qualifiers.begin(), scope.nameOf(begin - 2));
        begin -= 2;
    }
    if (begin == at && at > 0 && scope.isSymbol(at - 1, "."))
        return context;
    context.wanted = WantedThere(scope, begin).answer();
    if (!context.qualifiers.empty() && context.wanted != SqlWanted::Table)
        context.wanted = SqlWanted::Expression;
    scope.collect(at, context);
    return context;
}

} // namespace headgate::ui
