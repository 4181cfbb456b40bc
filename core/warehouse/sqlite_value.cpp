// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/date_text.h"
#include "warehouse/sqlite_connection.h"
#include "warehouse/value_text.h"

#include <algorithm>

namespace headgate::warehouse {

namespace {

using data::ValueKind;

std::string upperWord(std::string_view declared)
{
    std::string word(declared.substr(0, std::min(declared.find('('), declared.size())));
    while (!word.empty() && word.back() == ' ')
        word.pop_back();
    std::transform(word.begin(), word.end(), word.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return word;
}

ValueKind appendSqliteText(std::string& out, std::string_view text, SqliteHint hint)
{
    switch (hint) {
    case SqliteHint::Json:
        return appendJson(out, text);
    case SqliteHint::Date:
    case SqliteHint::DateTime:
        if (const auto value = parseDateTime(text); value && value->year >= 1)
            return hint == SqliteHint::Date && !value->hasTime
                       ? appendDateOnly(out, *value)
                       : appendDateTime(out, *value, ZoneRule::AsWritten);
        return appendText(out, text);
    case SqliteHint::None:
    case SqliteHint::Bool:
        return appendText(out, text);
    }
    return appendText(out, text);
}

ValueKind appendSqliteInteger(std::string& out, sqlite3_int64 value, SqliteHint hint)
{
    if (hint == SqliteHint::Bool && (value == 0 || value == 1)) {
        out += value == 1 ? "true" : "false";
        return ValueKind::Bool;
    }
    out += std::to_string(value);
    return ValueKind::Integer;
}

} // namespace

SqliteHint sqliteHint(std::string_view declaredType)
{
    const std::string word = upperWord(declaredType);
    if (word == "BOOLEAN" || word == "BOOL")
        return SqliteHint::Bool;
    if (word == "JSON")
        return SqliteHint::Json;
    if (word == "DATE")
        return SqliteHint::Date;
    if (word.starts_with("DATETIME") || word.starts_with("TIMESTAMP"))
        return SqliteHint::DateTime;
    return SqliteHint::None;
}

ValueKind sqliteKind(std::string_view declaredType)
{
    switch (sqliteHint(declaredType)) {
    case SqliteHint::Bool:
        return ValueKind::Bool;
    case SqliteHint::Json:
        return ValueKind::Json;
    case SqliteHint::Date:
        return ValueKind::Date;
    case SqliteHint::DateTime:
        return ValueKind::Timestamp;
    case SqliteHint::None:
        break;
    }
    const std::string word = upperWord(declaredType);
    const auto has = [&](const char* part) { return word.find(part) != std::string::npos; };
    if (has("INT"))
        return ValueKind::Integer;
    if (has("REAL") || has("FLOA") || has("DOUB"))
        return ValueKind::Float;
    if (has("NUMERIC") || has("DECIMAL"))
        return ValueKind::Decimal;
    return has("BLOB") ? ValueKind::Bytes : ValueKind::Text;
}

ValueKind appendSqliteValue(std::string& out, sqlite3_stmt* statement, int column, SqliteHint hint)
{
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
        return appendSqliteInteger(out, sqlite3_column_int64(statement, column), hint);
    case SQLITE_FLOAT:
        return appendFloat(out, sqlite3_column_double(statement, column));
    case SQLITE_TEXT: {
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
        return appendSqliteText(out, {text, size}, hint);
    }
    case SQLITE_BLOB: {
        const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, column));
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
        return appendBytes(out, {bytes, size});
    }
    default:
        return ValueKind::Null;
    }
}

} // namespace headgate::warehouse
