// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/odbc_catalog.h"

#include <algorithm>
#include <array>

namespace headgate::warehouse {

namespace {

constexpr SQLUSMALLINT catalogueColumn = 1;
constexpr SQLUSMALLINT schemaColumn = 2;
constexpr SQLUSMALLINT tableColumn = 3;
constexpr SQLUSMALLINT kindColumn = 4;
constexpr SQLUSMALLINT tableRemarks = 5;
constexpr SQLUSMALLINT nameColumn = 4;
constexpr SQLUSMALLINT keyPlaceColumn = 5;
constexpr SQLUSMALLINT typeColumn = 6;
constexpr SQLUSMALLINT sizeColumn = 7;
constexpr SQLUSMALLINT digitsColumn = 9;
constexpr SQLUSMALLINT columnRemarks = 12;

constexpr std::array<std::string_view, 7> systemSchemas = {
    "information_schema", "pg_catalog", "pg_toast", "mysql", "performance_schema", "sys", ""};

std::string loweredWord(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
}

/// Empty for what is not read from.
std::string tableKind(const std::string& type)
{
    std::string kind = loweredWord(type);
    if (kind == "base table")
        return "table";
    if (kind == "matview")
        return "materialized view";
    if (kind == "table" || kind == "view" || kind == "materialized view" ||
        kind == "foreign table" || kind == "external table")
        return kind;
    return {};
}

std::string typeWithSize(const std::vector<std::string>& row)
{
    const std::string& name = row[3];
    const std::string bare = loweredWord(name);
    if (row[4].empty() || name.find('(') != std::string::npos)
        return name;
    if (bare == "decimal" || bare == "numeric" || bare == "number")
        return name + '(' + row[4] + ',' + (row[5].empty() ? "0" : row[5]) + ')';
    return name;
}

SQLWCHAR* nameOrAny(std::u16string& name, bool any)
{
    return any ? nullptr : odbcText(name);
}

} // namespace

OdbcCatalog::OdbcCatalog(OdbcConnection& connection) : m_connection(connection)
{
    const OdbcSession& session = connection.session();
    if ((session.number(SQL_SCHEMA_USAGE) & SQL_SU_DML_STATEMENTS) != 0)
        m_level = Level::Schema;
    else if ((session.number(SQL_CATALOG_USAGE) & SQL_CU_DML_STATEMENTS) != 0)
        m_level = Level::Catalogue;
    else
        m_level = Level::None;
}

std::u16string OdbcCatalog::pattern(const std::string& name) const
{
    // The wildcards match themselves, and what else they match is sorted out afterwards.
    const std::string escape = m_connection.session().info(SQL_SEARCH_PATTERN_ESCAPE);
    std::string text;
    for (const char c : name) {
        if (escape.size() == 1 && c == escape.front())
            text += c;
        text += c;
    }
    return toUtf16(text);
}

Result<Catalog::Rows> OdbcCatalog::schemas()
{
    if (m_level == Level::None)
        return Rows{{std::string()}};
    const bool bySchema = m_level == Level::Schema;
    std::u16string all = u"%";
    std::u16string none;
    auto rows = m_connection.texts(
        [&](SQLHSTMT statement) {
            return SQLTablesW(statement, odbcText(bySchema ? none : all), SQL_NTS,
                              odbcText(bySchema ? all : none), SQL_NTS, odbcText(none), SQL_NTS,
                              odbcText(none), SQL_NTS);
        },
        {bySchema ? schemaColumn : catalogueColumn});
    if (!rows)
        return rows;
    std::sort(rows->begin(), rows->end());
    rows->erase(std::unique(rows->begin(), rows->end()), rows->end());
    rows->erase(std::remove_if(rows->begin(), rows->end(),
                               [](const std::vector<std::string>& row) {
                                   return std::find(systemSchemas.begin(), systemSchemas.end(),
                                                    loweredWord(row[0])) != systemSchemas.end();
                               }),
                rows->end());
    return rows;
}

Result<Catalog::Rows> OdbcCatalog::tables(const std::string& schema)
{
    const bool byCatalogue = m_level == Level::Catalogue;
    std::u16string name = byCatalogue ? toUtf16(schema) : pattern(schema);
    std::u16string all = u"%";
    auto found = m_connection.texts(
        [&](SQLHSTMT statement) {
            return SQLTablesW(statement, nameOrAny(name, !byCatalogue), SQL_NTS,
                              nameOrAny(name, m_level != Level::Schema), SQL_NTS, odbcText(all),
                              SQL_NTS, nullptr, 0);
        },
        {catalogueColumn, schemaColumn, tableColumn, kindColumn, tableRemarks});
    if (!found)
        return found;
    Rows tables;
    for (std::vector<std::string>& row : *found) {
        const std::string kind = tableKind(row[3]);
        const bool isMeant = m_level == Level::None || row[byCatalogue ? 0 : 1] == schema;
        // MySQL gives every view this comment.
        if (row[4] == "VIEW")
            row[4].clear();
        if (isMeant && !kind.empty())
            tables.push_back({std::move(row[2]), kind, std::move(row[4])});
    }
    return tables;
}

Result<Catalog::Rows> OdbcCatalog::columns(const TableInfo& table)
{
    const bool byCatalogue = m_level == Level::Catalogue;
    std::u16string schema = byCatalogue ? toUtf16(table.schema) : pattern(table.schema);
    std::u16string name = pattern(table.name);
    auto found = m_connection.texts(
        [&](SQLHSTMT statement) {
            return SQLColumnsW(statement, nameOrAny(schema, !byCatalogue), SQL_NTS,
                               nameOrAny(schema, m_level != Level::Schema), SQL_NTS, odbcText(name),
                               SQL_NTS, nullptr, 0);
        },
        {schemaColumn, tableColumn, nameColumn, typeColumn, sizeColumn, digitsColumn,
         columnRemarks});
    if (!found)
        return found;
    Rows columns;
    for (const std::vector<std::string>& row : *found)
        if (row[1] == table.name && (m_level != Level::Schema || row[0] == table.schema))
            columns.push_back({row[2], typeWithSize(row), row[6]});
    return columns;
}

Result<Catalog::Rows> OdbcCatalog::primaryKey(const TableInfo& table)
{
    const bool byCatalogue = m_level == Level::Catalogue;
    std::u16string schema = toUtf16(table.schema);
    std::u16string name = toUtf16(table.name);
    auto found = m_connection.texts(
        [&](SQLHSTMT statement) {
            return SQLPrimaryKeysW(statement, nameOrAny(schema, !byCatalogue), SQL_NTS,
                                   nameOrAny(schema, m_level != Level::Schema), SQL_NTS,
                                   odbcText(name), SQL_NTS);
        },
        {nameColumn, keyPlaceColumn});
    if (!found)
        return found;
    std::sort(found->begin(), found->end(), [](const auto& a, const auto& b) {
        return std::pair(a[1].size(), a[1]) < std::pair(b[1].size(), b[1]);
    });
    return found;
}

} // namespace headgate::warehouse
