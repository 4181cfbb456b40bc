// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/odbc_column.h"

#include "warehouse/date_text.h"
#include "warehouse/value_text.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace headgate::warehouse {

namespace {

using data::ValueKind;

constexpr std::size_t longestName = 1024;

// Microsoft's and ODBC 4's types, which unixODBC's headers do not name.
constexpr SQLSMALLINT typeTimeTz = 94;
constexpr SQLSMALLINT typeTimestampTz = 95;
constexpr SQLSMALLINT typeServerUdt = -151;
constexpr SQLSMALLINT typeServerTime = -154;
constexpr SQLSMALLINT typeServerOffset = -155;

ValueKind kindOfOdbcType(SQLSMALLINT type)
{
    switch (type) {
    case SQL_BIT:
        return ValueKind::Bool;
    case SQL_TINYINT:
    case SQL_SMALLINT:
    case SQL_INTEGER:
    case SQL_BIGINT:
        return ValueKind::Integer;
    case SQL_DECIMAL:
    case SQL_NUMERIC:
        return ValueKind::Decimal;
    case SQL_REAL:
    case SQL_FLOAT:
    case SQL_DOUBLE:
        return ValueKind::Float;
    case SQL_BINARY:
    case SQL_VARBINARY:
    case SQL_LONGVARBINARY:
    case typeServerUdt:
        return ValueKind::Bytes;
    case SQL_TYPE_DATE:
    case SQL_DATE:
        return ValueKind::Date;
    case SQL_TYPE_TIME:
    case SQL_TIME:
    case typeServerTime:
        return ValueKind::Time;
    case SQL_TYPE_TIMESTAMP:
    case SQL_TIMESTAMP:
        return ValueKind::Timestamp;
    case typeTimestampTz:
    case typeServerOffset:
        return ValueKind::TimestampTz;
    case SQL_GUID:
        return ValueKind::Uuid;
    case typeTimeTz:
    default:
        return ValueKind::Text;
    }
}

OdbcForm formOf(ValueKind kind, SQLSMALLINT type)
{
    switch (kind) {
    case ValueKind::Bool:
        return type == SQL_BIT ? OdbcForm::Bit : OdbcForm::Wide;
    case ValueKind::Integer:
        // Bits come as bytes.
        return type == SQL_BIT || type == SQL_BINARY || type == SQL_VARBINARY ? OdbcForm::Binary
                                                                              : OdbcForm::Narrow;
    case ValueKind::Float:
        if (type == SQL_REAL)
            return OdbcForm::Single;
        return type == SQL_DOUBLE || type == SQL_FLOAT ? OdbcForm::Double : OdbcForm::Narrow;
    case ValueKind::Bytes:
        return OdbcForm::Binary;
    case ValueKind::Decimal:
    case ValueKind::Date:
    case ValueKind::Time:
    case ValueKind::Timestamp:
    case ValueKind::TimestampTz:
        return OdbcForm::Narrow;
    case ValueKind::Null:
    case ValueKind::Text:
    case ValueKind::Uuid:
    case ValueKind::Json:
    case ValueKind::Invalid:
        return OdbcForm::Wide;
    }
    return OdbcForm::Wide;
}

std::string bareTypeName(std::string name)
{
    name.resize(std::min(name.size(), name.find('(')));
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    while (!name.empty() && name.back() == ' ')
        name.pop_back();
    return name;
}

std::string withSize(const std::string& name, SQLSMALLINT type, SQLULEN size, SQLSMALLINT digits)
{
    if (name.find('(') != std::string::npos || size == 0)
        return name;
    if (type == SQL_DECIMAL || type == SQL_NUMERIC)
        return name + '(' + std::to_string(size) + ',' + std::to_string(digits) + ')';
    return name;
}

template <typename Number>
Number numberIn(std::string_view bytes)
{
    Number number{};
    std::memcpy(&number, bytes.data(), std::min(bytes.size(), sizeof number));
    return number;
}

ValueKind appendBool(std::string& out, std::string_view text)
{
    const std::string word = bareTypeName(std::string(text));
    if (word == "1" || word == "t" || word == "true")
        out += "true";
    else if (word == "0" || word == "f" || word == "false")
        out += "false";
    else
        return appendInvalid(out, data::invalid_reason::unsupported, "boolean");
    return ValueKind::Bool;
}

ValueKind appendBits(std::string& out, std::string_view bytes)
{
    if (bytes.size() > sizeof(std::uint64_t))
        return appendInvalid(out, data::invalid_reason::unsupported, "bits");
    std::uint64_t bits = 0;
    for (const char byte : bytes)
        bits = bits << 8 | static_cast<unsigned char>(byte);
    out += std::to_string(bits);
    return ValueKind::Integer;
}

ValueKind appendByKind(std::string& out, ValueKind kind, std::string_view text)
{
    switch (kind) {
    case ValueKind::Bool:
        return appendBool(out, text);
    case ValueKind::Integer:
        return appendInteger(out, text);
    case ValueKind::Decimal:
        return appendDecimal(out, text);
    case ValueKind::Float:
        return appendFloatText(out, text);
    case ValueKind::Bytes:
        return appendBytes(out, text);
    case ValueKind::Date:
        return appendDateText(out, text);
    case ValueKind::Time:
        return appendTimeText(out, text);
    case ValueKind::Timestamp:
        return appendTimestampText(out, text, ZoneRule::Naive);
    case ValueKind::TimestampTz:
        return appendTimestampText(out, text, ZoneRule::Utc);
    case ValueKind::Uuid:
        return appendUuid(out, text);
    case ValueKind::Json:
        return appendJson(out, text);
    case ValueKind::Null:
    case ValueKind::Text:
    case ValueKind::Invalid:
        return appendText(out, text);
    }
    return appendText(out, text);
}

ValueKind appendWide(std::string& out, const OdbcColumn& column, std::string_view bytes)
{
    std::u16string wide(bytes.size() / sizeof(char16_t), u'\0');
    std::memcpy(wide.data(), bytes.data(), wide.size() * sizeof(char16_t));
    std::string text;
    text.reserve(wide.size());
    if (!appendUtf16(text, wide.data(), wide.size()))
        return appendInvalid(out, data::invalid_reason::utf8);
    if (column.postgres)
        return column.postgres->append(out, text);
    return appendByKind(out, column.column.kind, text);
}

} // namespace

OdbcColumn odbcColumn(SQLSMALLINT type, const std::string& typeName,
                      const std::map<std::string, ValueKind>& types)
{
    OdbcColumn column;
    const auto known = types.find(bareTypeName(typeName));
    column.column.kind = known == types.end() ? kindOfOdbcType(type) : known->second;
    column.column.nativeType = typeName;
    column.form = formOf(column.column.kind, type);
    return column;
}

std::optional<std::vector<OdbcColumn>>
describeOdbcColumns(SQLHSTMT statement, const std::map<std::string, ValueKind>& types)
{
    SQLSMALLINT count = 0;
    if (!SQL_SUCCEEDED(SQLNumResultCols(statement, &count)))
        return std::nullopt;
    std::vector<OdbcColumn> columns;
    std::u16string name(longestName, u'\0');
    for (SQLUSMALLINT i = 1; i <= count; ++i) {
        SQLSMALLINT length = 0;
        SQLSMALLINT type = 0;
        SQLSMALLINT digits = 0;
        SQLULEN size = 0;
        if (!SQL_SUCCEEDED(SQLDescribeColW(statement, i, odbcText(name), longestName, &length,
                                           &type, &size, &digits, nullptr)))
            return std::nullopt;
        const std::string label = toUtf8(
            name.data(), std::min<std::size_t>(static_cast<std::size_t>(length), longestName - 1));
        SQLSMALLINT bytes = 0;
        std::string typeName;
        if (SQL_SUCCEEDED(SQLColAttributeW(statement, i, SQL_DESC_TYPE_NAME, name.data(),
                                           longestName, &bytes, nullptr)))
            typeName =
                toUtf8(name.data(),
                       std::min<std::size_t>(static_cast<std::size_t>(bytes) / sizeof(char16_t),
                                             longestName / sizeof(char16_t) - 1));
        columns.push_back(odbcColumn(type, typeName, types));
        columns.back().column.name = label;
        columns.back().column.nativeType = withSize(typeName, type, size, digits);
    }
    return columns;
}

SQLSMALLINT odbcCType(OdbcForm form)
{
    switch (form) {
    case OdbcForm::Narrow:
        return SQL_C_CHAR;
    case OdbcForm::Wide:
        return SQL_C_WCHAR;
    case OdbcForm::Binary:
        return SQL_C_BINARY;
    case OdbcForm::Double:
        return SQL_C_DOUBLE;
    case OdbcForm::Single:
        return SQL_C_FLOAT;
    case OdbcForm::Bit:
        return SQL_C_BIT;
    }
    return SQL_C_WCHAR;
}

ValueKind appendOdbcCell(std::string& out, const OdbcColumn& column, std::string_view bytes)
{
    switch (column.form) {
    case OdbcForm::Narrow:
        return appendByKind(out, column.column.kind, bytes);
    case OdbcForm::Wide:
        return appendWide(out, column, bytes);
    case OdbcForm::Binary:
        return column.column.kind == ValueKind::Integer
                   ? appendBits(out, bytes)
                   : appendByKind(out, column.column.kind, bytes);
    case OdbcForm::Double:
        return appendFloat(out, numberIn<double>(bytes));
    case OdbcForm::Single:
        return appendFloat(out, numberIn<float>(bytes));
    case OdbcForm::Bit:
        out += numberIn<unsigned char>(bytes) != 0 ? "true" : "false";
        return ValueKind::Bool;
    }
    return appendByKind(out, column.column.kind, bytes);
}

} // namespace headgate::warehouse
