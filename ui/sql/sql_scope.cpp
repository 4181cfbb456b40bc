// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/sql_scope.h"

#include "sql/sql_words.h"

#include <algorithm>
#include <array>

namespace headgate::ui {

namespace {

constexpr int deepestQuery = 40;

bool isOneOf(std::string_view word, std::initializer_list<std::string_view> words)
{
    return std::any_of(words.begin(), words.end(),
                       [word](std::string_view each) { return equalInEitherCase(word, each); });
}

const SqlTableUse* findQuery(const std::vector<SqlTableUse>& queries, const std::string& name)
{
    const auto found =
        std::find_if(queries.rbegin(), queries.rend(), [&name](const SqlTableUse& query) {
            return equalInEitherCase(query.alias, name);
        });
    return found == queries.rend() ? nullptr : &*found;
}

} // namespace

SqlScope::SqlScope(std::string_view text, std::vector<SqlToken> tokens, const SqlDialect& dialect)
    : m_text(text), m_tokens(std::move(tokens)), m_dialect(dialect), m_partners(m_tokens.size()),
      m_parents(m_tokens.size(), npos)
{
    std::vector<std::size_t> open;
    for (std::size_t at = 0; at < m_tokens.size(); ++at) {
        m_partners[at] = at;
        if (isSymbol(at, ")") && !open.empty()) {
            m_partners[open.back()] = at;
            open.pop_back();
        }
        m_parents[at] = open.empty() ? npos : open.back();
        if (isSymbol(at, "(")) {
            m_partners[at] = m_tokens.size();
            open.push_back(at);
        }
    }
}

std::string_view SqlScope::textOf(std::size_t at) const
{
    return m_text.substr(m_tokens[at].begin, m_tokens[at].end - m_tokens[at].begin);
}

bool SqlScope::isWord(std::size_t at, std::string_view word) const
{
    return at < m_tokens.size() && m_tokens[at].kind == SqlTokenKind::Word &&
           equalInEitherCase(textOf(at), word);
}

bool SqlScope::isSymbol(std::size_t at, std::string_view symbol) const
{
    return at < m_tokens.size() && m_tokens[at].kind == SqlTokenKind::Symbol &&
           textOf(at) == symbol;
}

bool SqlScope::isName(std::size_t at) const
{
    if (at >= m_tokens.size() || isCaret(at))
        return false;
    if (m_tokens[at].kind == SqlTokenKind::QuotedName)
        return true;
    const bool afterDot = at > 0 && isSymbol(at - 1, ".");
    return m_tokens[at].kind == SqlTokenKind::Word && (afterDot || !isReservedWord(textOf(at)));
}

bool SqlScope::isCaret(std::size_t at) const
{
    return at < m_tokens.size() && m_tokens[at].begin == m_tokens[at].end;
}

std::string SqlScope::nameOf(std::size_t at) const
{
    const std::string_view text = textOf(at);
    if (m_tokens[at].kind != SqlTokenKind::QuotedName)
        return std::string(text);
    const char close = text.front() == '[' ? ']' : text.front();
    std::string name;
    const std::size_t end = text.size() - (m_tokens[at].closed ? 1 : 0);
    for (std::size_t i = 1; i < end; ++i) {
        name += text[i];
        if (text[i] == close)
            ++i;
    }
    return name;
}

std::size_t SqlScope::parentOf(std::size_t at) const
{
    if (at < m_tokens.size())
        return m_parents[at];
    if (m_tokens.empty())
        return npos;
    const std::size_t last = m_tokens.size() - 1;
    return isSymbol(last, "(") ? last : m_parents[last];
}

SqlScope::Span SqlScope::inside(std::size_t open) const
{
    if (open == npos)
        return {0, m_tokens.size()};
    return {open + 1, std::max(open + 1, m_partners[open])};
}

std::size_t SqlScope::next(std::size_t at) const
{
    return m_partners[at] + 1;
}

bool SqlScope::isQuery(Span span) const
{
    std::size_t first = span.first;
    while (first < span.last && isSymbol(first, "("))
        ++first;
    return first < span.last && (isWord(first, "select") || isWord(first, "with"));
}

bool SqlScope::joinsQueries(std::size_t at) const
{
    return m_tokens[at].kind == SqlTokenKind::Word &&
           isOneOf(textOf(at), {"union", "intersect", "except", "minus"}) &&
           (at == 0 || !isSymbol(at - 1, "."));
}

bool SqlScope::endsFrom(std::size_t at) const
{
    return m_tokens[at].kind == SqlTokenKind::Word &&
           (joinsQueries(at) ||
            isOneOf(textOf(at), {"where", "group", "having", "order", "limit", "offset", "fetch",
                                 "window", "qualify", "for", "select"}));
}

SqlScope::Span SqlScope::blockAround(Span span, std::size_t at) const
{
    Span block = span;
    for (std::size_t i = span.first; i < span.last; i = next(i)) {
        if (!joinsQueries(i))
            continue;
        if (i < at)
            block.first = i + 1;
        else {
            block.last = i;
            break;
        }
    }
    return block;
}

std::vector<std::string> SqlScope::namesIn(Span span) const
{
    std::vector<std::string> names;
    for (std::size_t i = span.first; i < span.last; ++i)
        if (isName(i))
            names.push_back(nameOf(i));
    return names;
}

/// Reads WITH a AS (...), b (x, y) AS (...): where the statement's own part begins.
std::size_t SqlScope::readQueries(Span span, std::size_t upTo, Uses& queries, int depth) const
{
    std::size_t at = span.first;
    if (!isWord(at, "with"))
        return at;
    ++at;
    if (isWord(at, "recursive"))
        ++at;
    while (at < span.last && isName(at)) {
        SqlTableUse query;
        query.alias = nameOf(at++);
        query.derived = true;
        if (isSymbol(at, "(")) {
            query.columns = namesIn(inside(at));
            at = next(at);
        }
        while (at < span.last && !isSymbol(at, "(") && !isSymbol(at, ",") && !isWord(at, "select"))
            ++at;
        if (isSymbol(at, "(") && at < span.last) {
            const bool named = !query.columns.empty();
            SqlTableUse body;
            readColumns(inside(at), queries, body, depth + 1);
            if (!named) {
                query.columns = std::move(body.columns);
                query.stars = std::move(body.stars);
            }
            at = next(at);
        }
        if (at <= upTo)
            queries.push_back(std::move(query));
        if (!isSymbol(at, ","))
            break;
        ++at;
    }
    return std::min(at, span.last);
}

std::size_t SqlScope::readAlias(std::size_t at, std::size_t last, SqlTableUse& use) const
{
    while (isWord(at, "as") || isCaret(at))
        ++at;
    if (at >= last || !isName(at))
        return at;
    use.alias = nameOf(at++);
    if (at < last && isSymbol(at, "(")) {
        if (use.derived || use.path.empty()) {
            use.columns = namesIn(inside(at));
            use.stars.clear();
        }
        at = next(at);
    }
    return at;
}

std::size_t SqlScope::readTable(std::size_t at, std::size_t last, const Uses& queries, Uses& uses,
                                int depth) const
{
    while (isWord(at, "lateral") || isWord(at, "only"))
        ++at;
    SqlTableUse use;
    if (at < last && isSymbol(at, "(")) {
        if (!isQuery(inside(at))) {
            const Uses inner =
                depth < deepestQuery ? tablesOf({at, next(at)}, queries, depth + 1) : Uses();
            uses.insert(uses.end(), inner.begin(), inner.end());
            return next(at);
        }
        use.derived = true;
        readColumns(inside(at), queries, use, depth + 1);
        at = readAlias(next(at), last, use);
        uses.push_back(std::move(use));
        return at;
    }
    if (at >= last || !isName(at))
        return at;
    use.path.push_back(nameOf(at++));
    while (at < last && isSymbol(at, ".")) {
        ++at;
        if (at < last && isName(at))
            use.path.push_back(nameOf(at++));
    }
    if (at < last && isSymbol(at, "(")) {
        use.derived = true;
        at = next(at);
    } else if (const auto* query =
                   use.path.size() == 1 ? findQuery(queries, use.path.front()) : nullptr) {
        use.derived = true;
        use.columns = query->columns;
        use.stars = query->stars;
    }
    at = readAlias(at, last, use);
    uses.push_back(std::move(use));
    return at;
}

SqlScope::Uses SqlScope::tablesOf(Span span, const Uses& queries, int depth) const
{
    Uses uses;
    const bool nested = span.first < span.last && isSymbol(span.first, "(") && !isQuery(span);
    bool inFrom = nested;
    std::size_t at = nested ? span.first + 1 : span.first;
    const std::size_t last = nested ? std::min(span.last, inside(span.first).last) : span.last;
    bool wanted = nested;
    while (at < last) {
        if (wanted) {
            wanted = false;
            const std::size_t behind = readTable(at, last, queries, uses, depth);
            if (behind > at) {
                at = behind;
                continue;
            }
        }
        const bool distinctFrom = at > 0 && isWord(at - 1, "distinct") && isWord(at, "from");
        if (isWord(at, "from") && !distinctFrom) {
            inFrom = true;
            wanted = true;
        } else if (inFrom && endsFrom(at)) {
            inFrom = false;
        } else if (inFrom &&
                   (isSymbol(at, ",") || isWord(at, "join") || isWord(at, "straight_join"))) {
            wanted = true;
        }
        at = next(at);
    }
    return uses;
}

void SqlScope::readItem(Span item, const Uses& tables, SqlTableUse& use) const
{
    std::size_t last = item.last;
    for (std::size_t i = item.first; i < item.last; i = next(i)) {
        if (isSymbol(i, "::")) {
            last = i;
            break;
        }
    }
    for (std::size_t i = item.first; i < item.last; i = next(i))
        if (isWord(i, "as"))
            last = item.last;
    if (last <= item.first)
        return;
    if (isSymbol(last - 1, "*") && last - item.first <= 3) {
        const bool qualified = last - item.first == 3 && isName(item.first);
        for (const SqlTableUse& table : tables)
            if (!qualified || equalInEitherCase(table.name(), nameOf(item.first)))
                use.stars.push_back(table);
        return;
    }
    if (!isName(last - 1))
        return;
    const bool alone = last - item.first == 1;
    const bool afterSymbol = !alone && m_tokens[last - 2].kind == SqlTokenKind::Symbol &&
                             !isSymbol(last - 2, ".") && !isSymbol(last - 2, ")");
    const bool afterWord = !alone && m_tokens[last - 2].kind == SqlTokenKind::Word &&
                           !isName(last - 2) && !isWord(last - 2, "as") &&
                           !isWord(last - 2, "end") && !isWord(last - 2, "null");
    if (!afterSymbol && !afterWord)
        use.columns.push_back(nameOf(last - 1));
}

void SqlScope::readColumns(Span span, const Uses& outer, SqlTableUse& use, int depth) const
{
    if (depth > deepestQuery)
        return;
    Uses queries = outer;
    std::size_t at = readQueries(span, npos, queries, depth);
    while (at < span.last && !isWord(at, "select")) {
        if (isSymbol(at, "(") && isQuery(inside(at)))
            return readColumns(inside(at), queries, use, depth + 1);
        at = next(at);
    }
    const Span block = blockAround({std::min(at, span.last), span.last}, at);
    const Uses tables = tablesOf(block, queries, depth + 1);
    ++at;
    if (isWord(at, "all") || isWord(at, "distinct"))
        ++at;
    if (isWord(at, "on") && isSymbol(at + 1, "("))
        at = next(at + 1);
    Span item{at, at};
    for (; at < block.last; at = next(at)) {
        const bool distinctFrom =
            isWord(at - 1, "distinct") && isWord(at, "from") && !isWord(at - 2, "select");
        if ((isWord(at, "from") && !distinctFrom) || endsFrom(at))
            break;
        if (isSymbol(at, ",")) {
            item.last = at;
            readItem(item, tables, use);
            item.first = at + 1;
        }
    }
    item.last = std::min(at, block.last);
    readItem(item, tables, use);
}

void SqlScope::collect(std::size_t at, SqlContext& context) const
{
    std::vector<std::size_t> opens;
    for (std::size_t open = parentOf(at); open != npos && opens.size() < 200;
         open = m_parents[open])
        opens.push_back(open);
    opens.push_back(npos);
    std::reverse(opens.begin(), opens.end());
    for (std::size_t level = 0; level < opens.size(); ++level) {
        const Span span = inside(opens[level]);
        if (!isQuery(span) && opens[level] != npos)
            continue;
        const std::size_t around = level + 1 < opens.size() ? opens[level + 1] : at;
        const std::size_t own = readQueries(span, around, context.queries, 0);
        const Uses tables = tablesOf(blockAround({own, span.last}, around), context.queries, 0);
        // What is in FROM, or in a CTE, sees nothing of the query around it.
        const std::size_t before = opens[level] == npos ? npos : opens[level] - 1;
        const bool inFrom =
            before != npos && opens[level] > 0 &&
            (isWord(before, "from") || isWord(before, "join") || isSymbol(before, ",") ||
             isWord(before, "as") || isWord(before, "materialized"));
        if (inFrom)
            context.tables.clear();
        if (around >= own)
            context.tables.insert(context.tables.begin(), tables.begin(), tables.end());
    }
}

} // namespace headgate::ui
