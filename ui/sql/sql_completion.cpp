// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/sql_completion.h"

#include "sql/sql_words.h"

#include <algorithm>
#include <set>

namespace headgate::ui {

namespace {

constexpr std::size_t mostSuggested = 200;
constexpr int deepestStar = 20;

bool isWordStart(std::string_view text, std::size_t at)
{
    if (at == 0)
        return true;
    const char before = text[at - 1];
    const char here = text[at];
    return before == '_' || before == ' ' || before == '.' ||
           (here >= 'A' && here <= 'Z' && before >= 'a' && before <= 'z');
}

/// 0: begins so; 1: a word in it does; 2: holds it; 3: does not fit.
int distanceOf(std::string_view text, std::string_view prefix)
{
    const std::string lower = inLowerCase(text);
    const std::string wanted = inLowerCase(prefix);
    if (lower.starts_with(wanted))
        return 0;
    int best = 3;
    for (std::size_t at = lower.find(wanted); at != std::string::npos;
         at = lower.find(wanted, at + 1))
        best = std::min(best, isWordStart(text, at) ? 1 : 2);
    return best;
}

class SqlSuggester
{
public:
    SqlSuggester(const SqlContext& context, const SqlCatalog& catalog, const SqlDialect& dialect)
        : m_context(context), m_catalog(catalog), m_dialect(dialect)
    {}

    std::vector<SqlSuggestion> run()
    {
        switch (m_context.wanted) {
        case SqlWanted::Nothing:
            return {};
        case SqlWanted::Table:
            m_context.qualifiers.empty() ? addSources() : addTablesOf(m_context.qualifiers.back());
            break;
        case SqlWanted::Expression:
            m_context.qualifiers.empty() ? addExpressions() : addQualified();
            break;
        case SqlWanted::Keyword:
            addWords(sqlKeywords(), SqlSuggestionKind::Keyword);
            break;
        }
        return ranked();
    }

private:
    [[nodiscard]] std::string written(const std::string& name) const
    {
        return m_context.inQuotes ? m_dialect.quoted(name) : m_dialect.written(name);
    }
    void add(SqlSuggestionKind kind, const std::string& text, std::string detail,
             data::ValueKind type = data::ValueKind::Null)
    {
        const bool known = text.empty() || !m_seen.insert({kind, text}).second;
        if (!known && distanceOf(text, m_context.prefix) < 3)
            m_found.push_back({kind, text, written(text), std::move(detail), type});
    }

    void addColumnsOf(const SqlTableUse& table, int depth = 0)
    {
        for (const std::string& column : table.columns)
            add(SqlSuggestionKind::Column, column, table.name());
        if (depth < deepestStar)
            for (const SqlTableUse& star : table.stars)
                addColumnsOf(star, depth + 1);
        const SqlTable* known = table.derived ? nullptr : m_catalog.find(table.path);
        if (!known || !known->columns)
            return;
        for (const data::Column& column : *known->columns)
            add(SqlSuggestionKind::Column, column.name,
                column.nativeType.empty() ? table.name() : column.nativeType, column.kind);
    }

    void addExpressions()
    {
        for (const SqlTableUse& table : m_context.tables)
            addColumnsOf(table);
        for (const SqlTableUse& table : m_context.tables)
            add(SqlSuggestionKind::Alias, table.name(),
                table.alias.empty() || table.path.empty() ? std::string() : table.path.back());
        if (m_context.inQuotes)
            return;
        addWords(sqlFunctions(), SqlSuggestionKind::Function);
        addWords(sqlKeywords(), SqlSuggestionKind::Keyword);
    }

    void addQualified()
    {
        const std::string& last = m_context.qualifiers.back();
        for (const SqlTableUse& table : m_context.tables) {
            if (!equalInEitherCase(table.name(), last))
                continue;
            addColumnsOf(table);
            return;
        }
        if (const SqlTable* table = m_catalog.find(m_context.qualifiers)) {
            addColumnsOf({{table->schema, table->name}, {}, false, {}, {}});
            return;
        }
        addTablesOf(last);
    }

    void addTablesOf(const std::string& schema)
    {
        for (const SqlTable& table : m_catalog.tables)
            if (equalInEitherCase(table.schema, schema))
                addTable(table);
    }

    void addTable(const SqlTable& table)
    {
        add(table.kind.find("view") != std::string::npos ? SqlSuggestionKind::View
                                                         : SqlSuggestionKind::Table,
            table.name, table.schema);
    }

    void addSources()
    {
        for (const SqlTableUse& query : m_context.queries)
            add(SqlSuggestionKind::Query, query.alias, {});
        for (const SqlTable& table : m_catalog.tables)
            addTable(table);
        for (const SqlTable& table : m_catalog.tables)
            add(SqlSuggestionKind::Schema, table.schema, {});
        if (!m_context.inQuotes)
            for (const std::string_view word : {"lateral", "select", "unnest"})
                addWord(word, SqlSuggestionKind::Keyword);
    }

    void addWords(std::span<const std::string_view> words, SqlSuggestionKind kind)
    {
        for (const std::string_view word : words)
            addWord(word, kind);
    }

    /// As the person writes: in capitals where what was typed is.
    void addWord(std::string_view word, SqlSuggestionKind kind)
    {
        const std::string& prefix = m_context.prefix;
        if (!inLowerCase(word).starts_with(inLowerCase(prefix)))
            return;
        std::string text(word);
        const bool capitals = !prefix.empty() && prefix != inLowerCase(prefix);
        if (capitals)
            std::transform(text.begin(), text.end(), text.begin(), [](char c) {
                return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
            });
        m_found.push_back({kind, text, text, {}, data::ValueKind::Null});
    }

    std::vector<SqlSuggestion> ranked()
    {
        std::vector<std::pair<int, std::size_t>> order;
        for (std::size_t i = 0; i < m_found.size(); ++i) {
            const int distance = distanceOf(m_found[i].text, m_context.prefix);
            order.emplace_back(distance * 10 + rankOf(m_found[i].kind), i);
        }
        std::sort(order.begin(), order.end());
        std::vector<SqlSuggestion> best;
        for (const auto& [rank, i] : order)
            if (best.size() < mostSuggested)
                best.push_back(std::move(m_found[i]));
        return best;
    }

    static int rankOf(SqlSuggestionKind kind)
    {
        switch (kind) {
        case SqlSuggestionKind::Column:
            return 0;
        case SqlSuggestionKind::Query:
            return 1;
        case SqlSuggestionKind::Alias:
        case SqlSuggestionKind::Table:
        case SqlSuggestionKind::View:
            return 2;
        case SqlSuggestionKind::Schema:
            return 3;
        case SqlSuggestionKind::Keyword:
            return 4;
        case SqlSuggestionKind::Function:
            return 5;
        }
        return 5;
    }

    const SqlContext& m_context;
    const SqlCatalog& m_catalog;
    const SqlDialect& m_dialect;
    std::set<std::pair<SqlSuggestionKind, std::string>> m_seen;
    std::vector<SqlSuggestion> m_found;
};

void addUnknown(const SqlTableUse& use, const SqlCatalog& catalog, int depth,
                std::vector<const SqlTable*>& unknown)
{
    const SqlTable* table = use.derived ? nullptr : catalog.find(use.path);
    if (table && !table->columns &&
        std::find(unknown.begin(), unknown.end(), table) == unknown.end())
        unknown.push_back(table);
    if (depth < deepestStar)
        for (const SqlTableUse& star : use.stars)
            addUnknown(star, catalog, depth + 1, unknown);
}

} // namespace

const SqlTable* SqlCatalog::find(const std::vector<std::string>& path) const
{
    if (path.empty())
        return nullptr;
    const auto fits = [&path](const SqlTable& table) {
        return equalInEitherCase(table.name, path.back()) &&
               (path.size() == 1 || equalInEitherCase(table.schema, path[path.size() - 2]));
    };
    const auto found = std::find_if(tables.begin(), tables.end(), fits);
    return found == tables.end() ? nullptr : &*found;
}

std::vector<SqlSuggestion> sqlSuggestions(const SqlContext& context, const SqlCatalog& catalog,
                                          const SqlDialect& dialect)
{
    return SqlSuggester(context, catalog, dialect).run();
}

std::vector<const SqlTable*> unknownTables(const SqlContext& context, const SqlCatalog& catalog)
{
    std::vector<const SqlTable*> unknown;
    if (context.wanted != SqlWanted::Expression)
        return unknown;
    for (const SqlTableUse& use : context.tables)
        addUnknown(use, catalog, 0, unknown);
    if (context.tables.empty() && !context.qualifiers.empty())
        addUnknown({context.qualifiers, {}, false, {}, {}}, catalog, 0, unknown);
    return unknown;
}

} // namespace headgate::ui
