// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/sql_row.h"

#include "base/text.h"
#include "data/json_members.h"
#include "data/json_text.h"
#include "data/value.h"

#include <QByteArray>
#include <QLocale>
#include <charconv>

namespace headgate::connector {

namespace {

using ConvertedValue = tl::expected<SqlValue, RecordOutcome>;

tl::unexpected<RecordOutcome> refusedValue(std::string code, const QString& message)
{
    return tl::unexpected(
        RecordOutcome{Fate::Rejected, std::move(code), message.toStdString(), {}});
}

ConvertedValue bytesOf(const SqlColumn& column, const std::string& text)
{
    const auto decoded = QByteArray::fromBase64Encoding(
        QByteArray::fromRawData(text.data(), static_cast<qsizetype>(text.size())),
        QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return refusedValue(
            "sql.value.base64",
            Text::tr("The column '%1' takes bytes as base64, and the value is none.")
                .arg(toQString(column.name)));
    return SqlValue{SqlValue::Kind::Bytes, (*decoded).toStdString()};
}

/// PostgreSQL's array literal. Elements keep their bytes; NULL is bare, texts are quoted.
std::string arrayLiteral(std::string_view list)
{
    std::string literal = "{";
    for (const std::string_view element :
         data::jsonElements(list).value_or(std::vector<std::string_view>())) {
        literal += literal.size() > 1 ? "," : "";
        switch (data::jsonType(element)) {
        case data::JsonType::Array:
            literal += arrayLiteral(element);
            break;
        case data::JsonType::Null:
            literal += "NULL";
            break;
        case data::JsonType::Bool:
        case data::JsonType::Number:
            literal += element;
            break;
        case data::JsonType::String:
        case data::JsonType::Object:
            literal += '"';
            for (const char c : data::jsonText(element))
                literal += c == '"' || c == '\\' ? std::string{'\\', c} : std::string(1, c);
            literal += '"';
            break;
        }
    }
    return literal + '}';
}

/// "2026-11-22T13:05:09.12+00:00" as MySQL reads it in a session that runs in UTC.
std::string mysqlTime(std::string text)
{
    if (text.size() > 10 && text[10] == 'T')
        text[10] = ' ';
    for (const std::string_view utc : {"+00:00", "Z"})
        if (text.size() > utc.size() &&
            text.compare(text.size() - utc.size(), utc.size(), utc) == 0)
            text.resize(text.size() - utc.size());
    return text;
}

/// SQLite turns what looks like a number into a 64-bit one in all columns but those of texts and
/// bytes (https://www.sqlite.org/datatype3.html, 3.1), and says nothing about digits that it drops.
bool losesDigits(SqlDialect dialect, const SqlColumn& column, const std::string& text)
{
    const bool keepsText = column.kind == SqlColumnKind::Text ||
                           column.kind == SqlColumnKind::Bytes || column.type.empty();
    if (dialect != SqlDialect::Sqlite || keepsText || !data::isJsonNumber(text))
        return false;
    const std::string wanted = data::normalisedNumber(text);
    std::int64_t whole = 0;
    const char* end = wanted.data() + wanted.size();
    const auto [stop, error] = std::from_chars(wanted.data(), end, whole);
    if (error == std::errc() && stop == end)
        return false;
    bool isNumber = false;
    const double real = QByteArray::fromStdString(text).toDouble(&isNumber);
    return !isNumber ||
           data::normalisedNumber(
               QByteArray::number(real, 'g', QLocale::FloatingPointShortest).toStdString()) !=
               wanted;
}

tl::unexpected<RecordOutcome> refusedDigits(const SqlColumn& column, const std::string& text)
{
    return refusedValue("sql.value.digits",
                        Text::tr("SQLite would drop digits of %1 in the column '%2'. Declare the "
                                 "column as TEXT, or send fewer digits.")
                            .arg(toQString(text), toQString(column.name)));
}

ConvertedValue numberValue(SqlDialect dialect, const SqlColumn& column, std::string_view json)
{
    SqlValue value{SqlValue::Kind::Number, std::string(json)};
    if (losesDigits(dialect, column, value.text))
        return refusedDigits(column, value.text);
    return value;
}

ConvertedValue textValue(SqlDialect dialect, const SqlColumn& column, std::string text)
{
    if (data::findInvalidUtf8(text) != std::string_view::npos)
        return refusedValue(
            "sql.value.utf8",
            Text::tr("The value of '%1' is not valid UTF-8.").arg(toQString(column.name)));
    if (losesDigits(dialect, column, text))
        return refusedDigits(column, text);
    if (dialect == SqlDialect::Postgres && text.find('\0') != std::string::npos)
        return refusedValue("sql.value.nul",
                            Text::tr("PostgreSQL cannot store the character U+0000, which the "
                                     "value of '%1' holds.")
                                .arg(toQString(column.name)));
    if (dialect == SqlDialect::MySql && column.kind == SqlColumnKind::DateTime)
        text = mysqlTime(std::move(text));
    return SqlValue{SqlValue::Kind::Text, std::move(text)};
}

SqlValue boolValue(SqlDialect dialect, const SqlColumn& column, std::string_view json)
{
    const bool words = dialect == SqlDialect::Postgres || column.kind == SqlColumnKind::Text;
    if (words)
        return {SqlValue::Kind::Text, std::string(json)};
    return {SqlValue::Kind::Number, json == "true" ? "1" : "0"};
}

} // namespace

ConvertedValue sqlValueOf(SqlDialect dialect, const SqlColumn& column, std::string_view json)
{
    const data::JsonType type = data::jsonType(json);
    if (type == data::JsonType::Null)
        return SqlValue{};
    if (column.kind == SqlColumnKind::Json)
        return textValue(dialect, column, std::string(json));
    switch (type) {
    case data::JsonType::String:
        if (column.kind == SqlColumnKind::Bytes)
            return bytesOf(column, data::jsonText(json));
        return textValue(dialect, column, data::jsonText(json));
    case data::JsonType::Bool:
        return boolValue(dialect, column, json);
    case data::JsonType::Number:
        return numberValue(dialect, column, json);
    case data::JsonType::Array:
        if (column.kind == SqlColumnKind::List)
            return textValue(dialect, column, arrayLiteral(json));
        return textValue(dialect, column, std::string(json));
    case data::JsonType::Object:
        return textValue(dialect, column, std::string(json));
    case data::JsonType::Null:
        break;
    }
    return SqlValue{};
}

SqlRowResult sqlRowOf(SqlDialect dialect, const SqlTable& table, std::string_view payload,
                      const std::string& matchColumn, data::ValueView match)
{
    SqlRow row;
    const auto add = [&](const SqlColumn& column,
                         std::string_view json) -> std::optional<RecordOutcome> {
        auto value = sqlValueOf(dialect, column, json);
        if (!value)
            return value.error();
        row.columns.push_back(column.name);
        row.values.push_back(std::move(*value));
        return std::nullopt;
    };
    if (const SqlColumn* column = table.find(matchColumn)) {
        std::string json;
        data::appendJsonValue(json, match);
        if (auto refused = add(*column, json))
            return tl::unexpected(std::move(*refused));
    }
    const auto members = data::jsonMembers(payload);
    if (!members && !payload.empty())
        return refusedValue("sql.payload", Text::tr("The payload is no JSON object."));
    for (const data::JsonMember& member : members.value_or(std::vector<data::JsonMember>())) {
        if (member.name == matchColumn)
            continue;
        const SqlColumn* column = table.find(member.name);
        if (!column || !column->writable)
            return refusedValue("sql.column.unknown",
                                (column ? Text::tr("The column '%1' is computed by the database "
                                                   "and cannot be written.")
                                        : Text::tr("The table has no column '%1'."))
                                    .arg(toQString(member.name)));
        if (auto refused = add(*column, member.value))
            return tl::unexpected(std::move(*refused));
    }
    return row;
}

} // namespace headgate::connector
