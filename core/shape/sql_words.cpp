// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/sql_words.h"

#include "base/text.h"
#include "data/json_text.h"

#include <algorithm>
#include <array>

namespace headgate::shape {

using data::ValueKind;

namespace {

constexpr std::array sqlSpaces{0x9,    0xA,    0xB,    0xC,    0xD,    0x20,   0x85,
                               0xA0,   0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004,
                               0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200A, 0x2028,
                               0x2029, 0x202F, 0x205F, 0x3000};

std::string replacedAll(std::string_view text, char what, std::string_view with)
{
    std::string replaced;
    for (const char c : text) {
        if (c == what)
            replaced += with;
        else
            replaced += c;
    }
    return replaced;
}

std::string hexDigits(int code)
{
    return QString::number(code, 16).rightJustified(4, QLatin1Char('0')).toStdString();
}

/// Without the zeros that end a fraction.
std::string shortFraction(const std::string& time, const std::string& trimmedTime)
{
    return "CASE WHEN " + time + " LIKE '%.%' THEN " + trimmedTime + " ELSE " + time + " END";
}

bool isPlainTextType(const std::string& nativeType)
{
    for (const char* const name : {"text", "character varying", "varchar", "name"})
        if (nativeType.empty() || nativeType.starts_with(name))
            return true;
    return false;
}

} // namespace

std::string SqlWords::cannot(const QString& why) const
{
    m_cannot(why);
    return isPostgres() ? "NULL::text" : "NULL";
}

std::string SqlWords::quoted(std::string_view identifier) const
{
    const char mark = isMariaDb() ? '`' : '"';
    return mark + replacedAll(identifier, mark, std::string(2, mark)) + mark;
}

std::string SqlWords::literal(std::string_view text) const
{
    const std::string doubled = replacedAll(text, '\'', "''");
    return '\'' + (isMariaDb() ? replacedAll(doubled, '\\', "\\\\") : doubled) + '\'';
}

SqlValue SqlWords::column(const std::string& alias, const data::Column& column,
                          const std::string& name, const std::string& zone) const
{
    SqlValue value{alias + '.' + quoted(name), column.kind};
    const bool isText = column.kind == ValueKind::Text;
    if (isPostgres() && isText && !isPlainTextType(column.nativeType) &&
        !column.nativeType.starts_with("char"))
        value.text += "::text";
    const bool wasNaive = !zone.empty() && column.kind == ValueKind::TimestampTz &&
                          column.nativeType.find("with time zone") == std::string::npos &&
                          column.nativeType != "timestamptz";
    if (!wasNaive)
        return value;
    if (isPostgres())
        value.text = '(' + value.text + " AT TIME ZONE " + literal(zone) + ')';
    else if (zone != "UTC")
        note(Text::tr("The model's time stamps are in the zone %1; here they stand as if they "
                      "were in UTC.")
                 .arg(toQString(zone)));
    return value;
}

std::string SqlWords::exact(const SqlValue& value) const
{
    if (value.kind != ValueKind::Text)
        return value.kind == ValueKind::Json && isPostgres() ? value.text + "::text" : value.text;
    switch (m_dialect) {
    case SqlDialect::Postgres:
        return value.text;
    case SqlDialect::MariaDb:
        return "BINARY " + value.text;
    case SqlDialect::Sqlite:
        return value.text + " COLLATE BINARY";
    }
    return value.text;
}

std::string SqlWords::ordered(const SqlValue& value) const
{
    if (value.kind == ValueKind::Bytes)
        note(Text::tr("Bytes are sorted here by their values, not by their base64."));
    if (!isPostgres())
        return exact(value);
    switch (value.kind) {
    case ValueKind::Text:
        return value.text + " COLLATE \"C\"";
    case ValueKind::Json:
        return value.text + "::text COLLATE \"C\"";
    case ValueKind::Bool:
        return value.text + "::int";
    case ValueKind::Uuid:
        return value.text + "::text";
    case ValueKind::Null:
    case ValueKind::Integer:
    case ValueKind::Decimal:
    case ValueKind::Float:
    case ValueKind::Bytes:
    case ValueKind::Date:
    case ValueKind::Time:
    case ValueKind::Timestamp:
    case ValueKind::TimestampTz:
    case ValueKind::Invalid:
        break;
    }
    return value.text;
}

std::string SqlWords::orderTerm(const std::string& orderedValue, bool descending) const
{
    if (isMariaDb())
        return orderedValue + " IS NULL, " + orderedValue + (descending ? " DESC" : "");
    if (isPostgres() && !descending)
        return orderedValue;
    return orderedValue + (descending ? " DESC" : "") + " NULLS LAST";
}

std::string SqlWords::boolJson(const std::string& value) const
{
    return "CASE WHEN " + value + " THEN 'true' WHEN NOT " + value + " THEN 'false' END";
}

std::string SqlWords::text(const SqlValue& value) const
{
    const std::string& x = value.text;
    switch (value.kind) {
    case ValueKind::Text:
    case ValueKind::Null:
    case ValueKind::Invalid:
        return x;
    case ValueKind::Bool:
        return isPostgres() ? x + "::text" : boolJson(x);
    case ValueKind::Integer:
    case ValueKind::Decimal:
    case ValueKind::Float:
    case ValueKind::Uuid:
        if (value.kind == ValueKind::Float && m_dialect == SqlDialect::Sqlite)
            note(Text::tr("SQLite writes floating-point numbers with 15 digits only."));
        if (isPostgres())
            return x + "::text";
        return "CAST(" + x + (isMariaDb() ? " AS CHAR)" : " AS TEXT)");
    case ValueKind::Json:
        note(Text::tr("The text of JSON may have other white space here."));
        return isPostgres() ? x + "::text" : x;
    case ValueKind::Bytes:
        if (isPostgres())
            return "replace(encode(" + x + ", 'base64'), chr(10), '')";
        if (isMariaDb())
            return "REPLACE(TO_BASE64(" + x + "), CHAR(10), '')";
        return cannot(Text::tr("SQLite has no base64."));
    case ValueKind::Date:
        return isPostgres()  ? "(to_json(" + x + ") #>> '{}')"
               : isMariaDb() ? "CAST(" + x + " AS CHAR)"
                             : x;
    case ValueKind::Time:
    case ValueKind::Timestamp:
    case ValueKind::TimestampTz:
        break;
    }
    if (isPostgres())
        return "(to_json(" + x + ") #>> '{}')";
    const bool isTime = value.kind == ValueKind::Time;
    const std::string plain = isMariaDb() ? "CAST(" + x + " AS CHAR)" : x;
    const std::string cut = isMariaDb()
                                ? "TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM " + plain + "))"
                                : "rtrim(rtrim(" + plain + ", '0'), '.')";
    std::string written = shortFraction(plain, cut);
    if (!isTime)
        written = "replace(" + written + ", ' ', 'T')";
    if (value.kind == ValueKind::TimestampTz)
        written = concatenated({written, "'+00:00'"});
    return written;
}

std::string SqlWords::agreed(const SqlValue& value) const
{
    if (isPostgres()) {
        if (value.kind == ValueKind::Bool)
            return "bool_and(" + value.text + ')';
        if (value.kind == ValueKind::Json || value.kind == ValueKind::Uuid ||
            value.kind == ValueKind::Bytes)
            return "(array_agg(" + value.text + "))[1]";
    }
    return "min(" + value.text + ')';
}

std::string SqlWords::concatenated(const std::vector<std::string>& texts) const
{
    std::string joined;
    for (const std::string& text : texts) {
        joined += joined.empty() ? "" : isMariaDb() ? ", " : " || ";
        joined += text;
    }
    return (isMariaDb() ? "CONCAT(" : "(") + joined + ')';
}

std::string SqlWords::trimmed(const std::string& text) const
{
    if (isMariaDb()) {
        std::string spaces;
        for (const int code : sqlSpaces)
            spaces += "\\\\x{" + hexDigits(code) + '}';
        return "REGEXP_REPLACE(" + text + ", '^[" + spaces + "]+|[" + spaces + "]+$', '')";
    }
    if (isPostgres()) {
        std::string spaces;
        for (const int code : sqlSpaces)
            spaces += '\\' + hexDigits(code);
        return "btrim(" + text + ", U&'" + spaces + "')";
    }
    std::string spaces;
    for (const int code : sqlSpaces)
        spaces += (spaces.empty() ? "" : ",") + std::to_string(code);
    return "trim(" + text + ", char(" + spaces + "))";
}

std::string SqlWords::json(const SqlValue& value) const
{
    switch (value.kind) {
    case ValueKind::Bool:
        return isPostgres() ? value.text : embedded(boolJson(value.text));
    case ValueKind::Json:
        return embedded(value.text);
    case ValueKind::Float:
        if (m_dialect == SqlDialect::Sqlite)
            note(Text::tr("SQLite writes floating-point numbers with 15 digits only."));
        return value.text;
    case ValueKind::Null:
    case ValueKind::Integer:
    case ValueKind::Decimal:
    case ValueKind::Text:
    case ValueKind::Invalid:
        return value.text;
    case ValueKind::Bytes:
        return text(value);
    case ValueKind::Date:
    case ValueKind::Time:
    case ValueKind::Timestamp:
    case ValueKind::TimestampTz:
    case ValueKind::Uuid:
        return isPostgres() ? value.text : text(value);
    }
    return value.text;
}

/// JSON as text, where the dialect has no type for it.
std::string SqlWords::jsonText(const SqlValue& value) const
{
    if (value.kind == ValueKind::Json)
        return value.text;
    if (value.kind == ValueKind::Bool)
        return boolJson(value.text);
    if (data::isNumber(value.kind))
        return text(value);
    return (isMariaDb() ? "JSON_QUOTE(" : "json_quote(") + text(value) + ')';
}

std::string SqlWords::jsonOr(const SqlValue& value, const std::string& defaultJson) const
{
    if (isPostgres())
        return "coalesce(to_json(" + json(value) + "), " + jsonLiteral(defaultJson) + ')';
    return embedded("CASE WHEN " + value.text + " IS NOT NULL THEN " + jsonText(value) + " ELSE " +
                    literal(defaultJson) + " END");
}

std::string SqlWords::jsonLiteral(std::string_view json) const
{
    return isPostgres() ? literal(json) + "::json" : embedded(literal(json));
}

std::string SqlWords::embedded(const std::string& json) const
{
    return isPostgres() ? json : (isMariaDb() ? "JSON_COMPACT(" : "json(") + json + ')';
}

std::string SqlWords::embeddedOr(const std::string& json, std::string_view defaultJson) const
{
    if (isPostgres())
        return "coalesce(" + json + ", " + jsonLiteral(defaultJson) + ')';
    return embedded("coalesce(" + json + ", " + literal(defaultJson) + ')');
}

std::string SqlWords::object(const std::vector<SqlMember>& members) const
{
    std::string written = isPostgres()  ? "json_build_object("
                          : isMariaDb() ? "JSON_OBJECT("
                                        : "json_object(";
    for (std::size_t i = 0; i < members.size(); ++i)
        written += (i > 0 ? ", " : "") + literal(members[i].name) + ", " + members[i].json;
    written += ')';
    const bool some = std::any_of(members.begin(), members.end(),
                                  [](const SqlMember& member) { return !member.missing.empty(); });
    return some ? withoutMissing(std::move(written), members) : written;
}

std::string SqlWords::withoutMissing(std::string object,
                                     const std::vector<SqlMember>& members) const
{
    std::string taken;
    for (const SqlMember& member : members) {
        if (member.missing.empty())
            continue;
        taken += taken.empty() ? "" : ", ";
        if (isPostgres()) {
            taken += "CASE WHEN " + member.missing + " THEN " + literal(member.name) + " END";
            continue;
        }
        if (member.name.find_first_of("\"\\") != std::string::npos)
            note(Text::tr("A member with such a name cannot be left out."));
        taken += "CASE WHEN " + member.missing + " THEN " + literal("$.\"" + member.name + '"') +
                 " ELSE '$.\"hg left out\"' END";
    }
    if (isPostgres())
        return '(' + object + "::jsonb - ARRAY[" + taken + "])::json";
    return (isMariaDb() ? "JSON_REMOVE(" : "json_remove(") + object + ", " + taken + ')';
}

std::string SqlWords::listOf(const std::string& json, const std::string& by,
                             const std::string& window) const
{
    switch (m_dialect) {
    case SqlDialect::Postgres:
        return "json_agg(" + json + " ORDER BY " + by + ')';
    case SqlDialect::MariaDb:
        return "JSON_ARRAYAGG(" + json + " ORDER BY " + by + ')';
    case SqlDialect::Sqlite:
        // Its JSON aggregates lose what their arguments are where they have a window.
        return "json('[' || group_concat(json_quote(" + json + "), ',') OVER " + window +
               " || ']')";
    }
    return {};
}

std::string SqlWords::objectOf(const std::string& key, const std::string& json,
                               const std::string& by, const std::string& window) const
{
    switch (m_dialect) {
    case SqlDialect::Postgres:
        return "json_object_agg(" + key + ", " + json + " ORDER BY " + by + ')';
    case SqlDialect::MariaDb:
        return "JSON_OBJECTAGG(" + key + ", " + json + ')';
    case SqlDialect::Sqlite:
        return "json('{' || group_concat(json_quote(" + key + ") || ':' || json_quote(" + json +
               "), ',') OVER " + window + " || '}')";
    }
    return {};
}

} // namespace headgate::shape
