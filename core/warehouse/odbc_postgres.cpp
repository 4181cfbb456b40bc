// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/odbc_postgres.h"

namespace headgate::warehouse {

namespace {

constexpr PostgresOid boolOid = 16;
constexpr PostgresOid inetOid = 869;
constexpr PostgresOid charOid = 1042;

std::string columnName(std::size_t index)
{
    return 'c' + std::to_string(index + 1);
}

std::string columnNames(std::size_t count)
{
    std::string names;
    for (std::size_t i = 0; i < count; ++i)
        names += (i == 0 ? "" : ", ") + columnName(i);
    return names;
}

/// A cast to text is not what PostgreSQL prints for these: it spells booleans out, cuts the blanks
/// of char(n), and gives a lone address its netmask.
std::string printed(const std::string& column, PostgresOid oid)
{
    if (oid == boolOid || oid == inetOid || oid == charOid)
        return "CASE WHEN " + column + " IS NULL THEN NULL ELSE format('%s', " + column + ") END";
    return "CAST(" + column + " AS text)";
}

} // namespace

bool canBeSubquery(const SqlText& sql)
{
    const std::string& first = sql.words.front();
    return first == "select" || first == "with" || first == "values" || first == "table";
}

BoundSql odbcPostgresTypes(const SqlText& sql, std::size_t columns)
{
    std::string before = "SELECT ";
    for (std::size_t i = 0; i < columns; ++i)
        before += (i == 0 ? "" : ", ") + ("CAST(pg_typeof(headgate." + columnName(i)) + ") AS oid)";
    before += " FROM (SELECT 1) AS one LEFT JOIN (SELECT * FROM (";
    const std::string after =
        "\n) AS asked (" + columnNames(columns) + ") LIMIT 0) AS headgate ON true";
    return bindMarkers(sql, MarkerStyle::Question, before, after);
}

BoundSql odbcPostgresExact(const SqlText& sql, const std::vector<PostgresOid>& oids,
                           std::uint64_t rowLimit)
{
    std::string before = "SELECT ";
    for (std::size_t i = 0; i < oids.size(); ++i)
        before += (i == 0 ? "" : ", ") + printed(columnName(i), oids[i]);
    before += " FROM (";
    std::string after = "\n) AS headgate (" + columnNames(oids.size()) + ')';
    if (rowLimit != 0)
        after += " LIMIT " + std::to_string(rowLimit);
    return bindMarkers(sql, MarkerStyle::Question, before, after);
}

} // namespace headgate::warehouse
