// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/postgres_type.h"

#include <algorithm>
#include <cstdlib>

namespace headgate::warehouse {

namespace {

using data::ValueKind;

struct BuiltIn
{
    PostgresOid oid;
    PostgresOid array;
    const char* name;
    ValueKind kind;
    PostgresDecode decode;
};

// Object ids of pg_type.dat, which PostgreSQL never changes.
constexpr BuiltIn builtIns[] = {
    {16, 1000, "boolean", ValueKind::Bool, decodePostgresBool},
    {17, 1001, "bytea", ValueKind::Bytes, decodePostgresBytes},
    {18, 1002, "\"char\"", ValueKind::Text, decodePostgresText},
    {19, 1003, "name", ValueKind::Text, decodePostgresText},
    {20, 1016, "bigint", ValueKind::Integer, decodePostgresInteger},
    {21, 1005, "smallint", ValueKind::Integer, decodePostgresInteger},
    {23, 1007, "integer", ValueKind::Integer, decodePostgresInteger},
    {25, 1009, "text", ValueKind::Text, decodePostgresText},
    {26, 1028, "oid", ValueKind::Text, decodePostgresText},
    {114, 199, "json", ValueKind::Json, decodePostgresJson},
    {142, 143, "xml", ValueKind::Text, decodePostgresText},
    {700, 1021, "real", ValueKind::Float, decodePostgresFloat},
    {701, 1022, "double precision", ValueKind::Float, decodePostgresFloat},
    {705, 0, "unknown", ValueKind::Text, decodePostgresText},
    {790, 791, "money", ValueKind::Text, decodePostgresText},
    {829, 1040, "macaddr", ValueKind::Text, decodePostgresText},
    {869, 1041, "inet", ValueKind::Text, decodePostgresText},
    {650, 651, "cidr", ValueKind::Text, decodePostgresText},
    {1042, 1014, "character", ValueKind::Text, decodePostgresText},
    {1043, 1015, "character varying", ValueKind::Text, decodePostgresText},
    {1082, 1182, "date", ValueKind::Date, decodePostgresDate},
    {1083, 1183, "time without time zone", ValueKind::Time, decodePostgresTime},
    {1114, 1115, "timestamp without time zone", ValueKind::Timestamp, decodePostgresTimestamp},
    {1184, 1185, "timestamp with time zone", ValueKind::TimestampTz, decodePostgresTimestampTz},
    {1186, 1187, "interval", ValueKind::Text, decodePostgresText},
    {1266, 1270, "time with time zone", ValueKind::Text, decodePostgresText},
    {1560, 1561, "bit", ValueKind::Text, decodePostgresText},
    {1562, 1563, "bit varying", ValueKind::Text, decodePostgresText},
    {1700, 1231, "numeric", ValueKind::Decimal, decodePostgresDecimal},
    {2950, 2951, "uuid", ValueKind::Uuid, decodePostgresUuid},
    {3802, 3807, "jsonb", ValueKind::Json, decodePostgresJson},
};

std::optional<PostgresType> builtIn(PostgresOid oid)
{
    for (const BuiltIn& type : builtIns) {
        if (type.oid == oid)
            return PostgresType{type.name, type.kind, type.decode, false, ','};
        if (type.array == oid && oid != 0)
            return PostgresType{std::string(type.name) + "[]", ValueKind::Json, type.decode, true,
                                ','};
    }
    return std::nullopt;
}

/// "(p)" goes before the words that follow the type's first: timestamp(3) without time zone.
std::string withPrecision(const std::string& name, const std::string& precision)
{
    const bool inside = name.starts_with("time");
    const std::size_t at = inside ? std::min(name.find(' '), name.size()) : name.size();
    return name.substr(0, at) + '(' + precision + ')' + name.substr(at);
}

} // namespace

std::vector<PostgresOid> PostgresTypes::unknown(const std::vector<PostgresOid>& wanted) const
{
    std::vector<PostgresOid> found;
    for (const PostgresOid oid : wanted)
        if (!builtIn(oid) && !m_learnt.contains(oid) &&
            std::find(found.begin(), found.end(), oid) == found.end())
            found.push_back(oid);
    return found;
}

void PostgresTypes::learn(PostgresTypeRow row)
{
    const PostgresOid oid = row.oid;
    m_learnt.insert_or_assign(oid, std::move(row));
}

std::vector<PostgresOid> PostgresTypes::missing() const
{
    std::vector<PostgresOid> wanted;
    for (const auto& [oid, row] : m_learnt)
        for (const PostgresOid next : {row.base, row.element})
            if (next != 0)
                wanted.push_back(next);
    return unknown(wanted);
}

PostgresType PostgresTypes::find(PostgresOid oid) const
{
    if (auto type = builtIn(oid))
        return *std::move(type);
    const auto at = m_learnt.find(oid);
    if (at == m_learnt.end())
        return PostgresType{};
    const PostgresTypeRow& row = at->second;
    PostgresType type;
    if (row.base != 0 && row.base != oid) {
        type = find(row.base);
    } else if (row.element != 0 && row.element != oid) {
        const PostgresType element = find(row.element);
        // An array of a domain over an array has no JSON form of its own.
        if (!element.isArray)
            type = {{}, ValueKind::Json, element.decode, true, row.delimiter};
    } else if (row.name == "super") {
        type = {{}, ValueKind::Json, decodePostgresJson, false, ','};
    }
    type.name = row.name;
    return type;
}

std::string postgresTypeLookup(const std::vector<PostgresOid>& wanted)
{
    std::string ids;
    for (const PostgresOid oid : wanted)
        ids += (ids.empty() ? "" : ", ") + std::to_string(oid);
    return "SELECT oid, typbasetype, CASE WHEN typoutput::regproc::text = 'array_out' "
           "THEN typelem ELSE 0 END, typdelim, format_type(oid, NULL) "
           "FROM pg_catalog.pg_type WHERE oid IN (" +
           ids + ")";
}

PostgresOid postgresOid(const std::string& text)
{
    return static_cast<PostgresOid>(std::strtoul(text.c_str(), nullptr, 10));
}

std::string postgresTypeName(PostgresOid oid, const std::string& name, int modifier)
{
    constexpr int header = 4;
    if (modifier < 0)
        return name;
    switch (oid) {
    case 1700: {
        const int packed = modifier - header;
        const int scale = packed & 0x7FF;
        return withPrecision(name, std::to_string(packed >> 16 & 0xFFFF) + ',' +
                                       std::to_string((scale ^ 1024) - 1024));
    }
    case 1042:
    case 1043:
        return withPrecision(name, std::to_string(modifier - header));
    case 1083:
    case 1114:
    case 1184:
    case 1266:
    case 1560:
    case 1562:
        return withPrecision(name, std::to_string(modifier));
    default:
        return name;
    }
}

} // namespace headgate::warehouse
