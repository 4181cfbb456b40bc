// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/value.h"
#include "warehouse/postgres_value.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace headgate::warehouse {

using PostgresOid = std::uint32_t;

/// How cells of one type are read. Types that JSON has no form of its own for are Text in the form
/// that PostgreSQL prints: enums, intervals (ISO 8601), money, network, range, bit, geometric and
/// full-text types, composites, hstore, oid, and those of extensions (geometry).
struct PostgresType
{
    std::string name; ///< as format_type() says it, without modifiers
    data::ValueKind kind = data::ValueKind::Text;
    PostgresDecode decode = decodePostgresText; ///< of the cell, or of an array's elements
    bool isArray = false;
    char delimiter = ',';

    data::ValueKind append(std::string& out, std::string_view text) const
    {
        return isArray ? decodePostgresArray(out, text, decode, delimiter) : decode(out, text);
    }
};

/// One row of pg_type about a type that is not built in.
struct PostgresTypeRow
{
    PostgresOid oid = 0;
    PostgresOid base = 0;    ///< of a domain
    PostgresOid element = 0; ///< of a true array
    char delimiter = ',';
    std::string name;
};

/// The query for rows of pg_type, in the order of PostgresTypeRow's members.
[[nodiscard]] std::string postgresTypeLookup(const std::vector<PostgresOid>& wanted);
/// 0 where the text is no number.
[[nodiscard]] PostgresOid postgresOid(const std::string& text);

/// The types met on one connection: the built-in ones, and those that were looked up.
class PostgresTypes
{
public:
    /// Of `wanted`, those that a look-up in pg_type must tell about.
    [[nodiscard]] std::vector<PostgresOid> unknown(const std::vector<PostgresOid>& wanted) const;
    void learn(PostgresTypeRow row);
    /// Base and element types that a domain or array refers to and nobody told about yet.
    [[nodiscard]] std::vector<PostgresOid> missing() const;
    /// A type that nobody told about is Text.
    [[nodiscard]] PostgresType find(PostgresOid oid) const;

private:
    std::map<PostgresOid, PostgresTypeRow> m_learnt;
};

/// "numeric(38,10)", "character varying(20)", "timestamp(3) with time zone".
[[nodiscard]] std::string postgresTypeName(PostgresOid oid, const std::string& name, int modifier);

} // namespace headgate::warehouse
