// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/sql_statement.h"

#include <algorithm>

namespace headgate::connector {

namespace {

constexpr std::size_t mostRows = 500;

std::size_t mostParameters(SqlDialect dialect)
{
    switch (dialect) {
    case SqlDialect::Postgres:
    case SqlDialect::MySql:
        return 65'535;
    case SqlDialect::Sqlite:
        return 32'766;
    }
    return 999;
}

} // namespace

std::string quotedIdentifier(SqlDialect dialect, const std::string& identifier)
{
    const char quote = dialect == SqlDialect::MySql ? '`' : '"';
    std::string quoted(1, quote);
    for (const char c : identifier)
        quoted.append(c == quote ? 2 : 1, c);
    return quoted + quote;
}

std::string SqlStatements::name(const std::string& identifier) const
{
    return quotedIdentifier(m_dialect, identifier);
}

std::string SqlStatements::table() const
{
    return m_table.schema.empty() ? name(m_table.name)
                                  : name(m_table.schema) + '.' + name(m_table.name);
}

std::string SqlStatements::parameter(std::size_t number) const
{
    return m_dialect == SqlDialect::Postgres ? '$' + std::to_string(number) : "?";
}

std::size_t SqlStatements::rowLimit(std::size_t columns) const
{
    return std::clamp<std::size_t>(mostParameters(m_dialect) / std::max<std::size_t>(columns, 1), 1,
                                   mostRows);
}

std::string SqlStatements::insert(const Columns& columns, std::size_t rows) const
{
    std::string sql = "INSERT INTO " + table() + " (";
    for (std::size_t i = 0; i < columns.size(); ++i)
        sql += (i > 0 ? ", " : "") + name(columns[i]);
    sql += ") VALUES ";
    std::size_t number = 0;
    for (std::size_t row = 0; row < rows; ++row) {
        sql += row > 0 ? ", (" : "(";
        for (std::size_t i = 0; i < columns.size(); ++i)
            sql += (i > 0 ? ", " : "") + parameter(++number);
        sql += ')';
    }
    return sql;
}

std::string SqlStatements::upsert(const Columns& columns, std::size_t rows,
                                  const std::string& match) const
{
    const std::string changes = assignments(columns, match);
    if (m_dialect == SqlDialect::MySql)
        return insert(columns, rows) + " ON DUPLICATE KEY UPDATE " +
               (changes.empty() ? name(match) + " = " + name(match) : changes);
    return insert(columns, rows) + " ON CONFLICT (" + name(match) + ") DO " +
           (changes.empty() ? "NOTHING" : "UPDATE SET " + changes);
}

std::string SqlStatements::assignments(const Columns& columns, const std::string& match) const
{
    std::string list;
    for (const std::string& column : columns) {
        if (column == match)
            continue;
        list += list.empty() ? "" : ", ";
        list += assignment(column, m_dialect == SqlDialect::MySql ? "VALUES(" + name(column) + ')'
                                                                  : "excluded." + name(column));
    }
    return list;
}

std::string SqlStatements::assignment(const std::string& column, const std::string& value) const
{
    const std::string set = name(column) + " = ";
    if (std::find(m_fillOnly.begin(), m_fillOnly.end(), column) == m_fillOnly.end())
        return set + value;
    const SqlColumn* known = m_table.find(column);
    const bool isText = known && known->kind == SqlColumnKind::Text;
    const std::string there = name(m_table.name) + '.' + name(column);
    return set + "COALESCE(" + (isText ? "NULLIF(" + there + ", '')" : there) + ", " + value + ')';
}

std::string SqlStatements::update(const Columns& columns, const std::string& match) const
{
    std::string sql = "UPDATE " + table() + " SET ";
    std::size_t number = 0;
    for (const std::string& column : columns) {
        sql += number > 0 ? ", " : "";
        sql += assignment(column, parameter(number + 1));
        ++number;
    }
    if (columns.empty())
        sql += name(match) + " = " + name(match);
    return sql + " WHERE " + name(match) + " = " + parameter(++number);
}

std::string SqlStatements::remove(std::size_t rows, const std::string& match) const
{
    std::string sql = "DELETE FROM " + table() + " WHERE " + name(match) + " IN (";
    for (std::size_t row = 1; row <= rows; ++row)
        sql += (row > 1 ? ", " : "") + parameter(row);
    return sql + ')';
}

std::string SqlStatements::find(const std::string& match) const
{
    return "SELECT 1 FROM " + table() + " WHERE " + name(match) + " = " + parameter(1) + " LIMIT 1";
}

} // namespace headgate::connector
