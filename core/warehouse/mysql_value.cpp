// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/mysql_value.h"

#include "warehouse/date_text.h"
#include "warehouse/value_text.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

namespace headgate::warehouse {

namespace {

using data::ValueKind;

constexpr unsigned binaryCharset = 63;
constexpr unsigned long bytesPerCharacter = 4;

bool attributeIs(const MYSQL_FIELD& field, mariadb_field_attr_t attribute, std::string_view word)
{
    MARIADB_CONST_STRING text{};
    return mariadb_field_attr(&text, &field, attribute) == 0 && text.str &&
           std::string_view(text.str, text.length) == word;
}

std::string sized(const char* name, unsigned long size)
{
    return std::string(name) + '(' + std::to_string(size) + ')';
}

std::string withFraction(const char* name, unsigned decimals)
{
    return decimals == 0 || decimals > 6 ? name : sized(name, decimals);
}

std::string integerName(const char* name, const MYSQL_FIELD& field)
{
    return std::string(name) + ((field.flags & UNSIGNED_FLAG) != 0 ? " unsigned" : "");
}

std::string textName(const MYSQL_FIELD& field, bool isBlob)
{
    const bool binary = field.charsetnr == binaryCharset;
    if ((field.flags & ENUM_FLAG) != 0)
        return "enum";
    if ((field.flags & SET_FLAG) != 0)
        return "set";
    if (isBlob)
        return binary ? "blob" : "text";
    const char* name = field.type == MYSQL_TYPE_STRING ? (binary ? "binary" : "char")
                                                       : (binary ? "varbinary" : "varchar");
    return sized(name, binary ? field.length : field.length / bytesPerCharacter);
}

DateTime dateTimeOf(const MYSQL_TIME& time, std::string& fraction)
{
    DateTime value;
    value.year = static_cast<int>(time.year);
    value.month = time.month;
    value.day = time.day;
    value.hour = time.hour;
    value.minute = time.minute;
    value.second = time.second;
    std::array<char, 8> digits{};
    std::snprintf(digits.data(), digits.size(), "%06lu", time.second_part % 1'000'000UL);
    fraction = digits.data();
    fraction.erase(fraction.find_last_not_of('0') + 1);
    value.fraction = fraction;
    return value;
}

/// MySQL stores 0000-00-00 and 2024-02-00 where it is told to.
bool isDay(const MYSQL_TIME& time)
{
    return std::chrono::year_month_day(std::chrono::year(static_cast<int>(time.year)),
                                       std::chrono::month(time.month), std::chrono::day(time.day))
        .ok();
}

ValueKind noDay(std::string& out, const MYSQL_TIME& time)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%04u-%02u-%02u", time.year, time.month, time.day);
    return appendInvalid(out, data::invalid_reason::dateRange, text.data());
}

ValueKind appendMysqlDate(std::string& out, MysqlRead read, const MYSQL_TIME& time)
{
    if (!isDay(time))
        return noDay(out, time);
    std::string fraction;
    const DateTime value = dateTimeOf(time, fraction);
    if (read == MysqlRead::Date)
        return appendDateOnly(out, value);
    return appendDateTime(out, value,
                          read == MysqlRead::Timestamp ? ZoneRule::Utc : ZoneRule::Naive);
}

ValueKind appendMysqlTime(std::string& out, const MYSQL_TIME& time)
{
    std::array<char, 48> text{};
    std::snprintf(text.data(), text.size(), "%s%02u:%02u:%02u.%06lu", time.neg ? "-" : "",
                  time.day * 24 + time.hour, time.minute, time.second,
                  time.second_part % 1'000'000UL);
    return appendTimeText(out, text.data());
}

} // namespace

MysqlRead mysqlRead(const MYSQL_FIELD& field)
{
    if (attributeIs(field, MARIADB_FIELD_ATTR_FORMAT_NAME, "json"))
        return MysqlRead::Json;
    if (attributeIs(field, MARIADB_FIELD_ATTR_DATA_TYPE_NAME, "uuid"))
        return MysqlRead::Uuid;
    if (attributeIs(field, MARIADB_FIELD_ATTR_DATA_TYPE_NAME, "inet6") ||
        attributeIs(field, MARIADB_FIELD_ATTR_DATA_TYPE_NAME, "inet4"))
        return MysqlRead::Text;
    switch (field.type) {
    case MYSQL_TYPE_TINY:
    case MYSQL_TYPE_SHORT:
    case MYSQL_TYPE_INT24:
    case MYSQL_TYPE_LONG:
    case MYSQL_TYPE_LONGLONG:
        return (field.flags & UNSIGNED_FLAG) != 0 ? MysqlRead::Unsigned : MysqlRead::Integer;
    case MYSQL_TYPE_YEAR:
        return MysqlRead::Year;
    case MYSQL_TYPE_BIT:
        return MysqlRead::Bits;
    case MYSQL_TYPE_FLOAT:
        return MysqlRead::Float;
    case MYSQL_TYPE_DOUBLE:
        return MysqlRead::Double;
    case MYSQL_TYPE_DECIMAL:
    case MYSQL_TYPE_NEWDECIMAL:
        return MysqlRead::Decimal;
    case MYSQL_TYPE_DATE:
    case MYSQL_TYPE_NEWDATE:
        return MysqlRead::Date;
    case MYSQL_TYPE_DATETIME:
    case MYSQL_TYPE_DATETIME2:
        return MysqlRead::DateTime;
    case MYSQL_TYPE_TIMESTAMP:
    case MYSQL_TYPE_TIMESTAMP2:
        return MysqlRead::Timestamp;
    case MYSQL_TYPE_TIME:
    case MYSQL_TYPE_TIME2:
        return MysqlRead::Time;
    case MYSQL_TYPE_JSON:
        return MysqlRead::Json;
    case MYSQL_TYPE_GEOMETRY:
        return MysqlRead::Bytes;
    default:
        return field.charsetnr == binaryCharset && field.type != MYSQL_TYPE_NULL ? MysqlRead::Bytes
                                                                                 : MysqlRead::Text;
    }
}

ValueKind mysqlKind(MysqlRead read)
{
    switch (read) {
    case MysqlRead::Integer:
    case MysqlRead::Unsigned:
    case MysqlRead::Year:
    case MysqlRead::Bits:
        return ValueKind::Integer;
    case MysqlRead::Float:
    case MysqlRead::Double:
        return ValueKind::Float;
    case MysqlRead::Decimal:
        return ValueKind::Decimal;
    case MysqlRead::Date:
        return ValueKind::Date;
    case MysqlRead::DateTime:
        return ValueKind::Timestamp;
    case MysqlRead::Timestamp:
        return ValueKind::TimestampTz;
    case MysqlRead::Time:
        return ValueKind::Time;
    case MysqlRead::Text:
        return ValueKind::Text;
    case MysqlRead::Bytes:
        return ValueKind::Bytes;
    case MysqlRead::Json:
        return ValueKind::Json;
    case MysqlRead::Uuid:
        return ValueKind::Uuid;
    }
    return ValueKind::Text;
}

std::string mysqlTypeName(const MYSQL_FIELD& field)
{
    switch (mysqlRead(field)) {
    case MysqlRead::Json:
        return "json";
    case MysqlRead::Uuid:
        return "uuid";
    default:
        break;
    }
    switch (field.type) {
    case MYSQL_TYPE_TINY:
        return integerName("tinyint", field);
    case MYSQL_TYPE_SHORT:
        return integerName("smallint", field);
    case MYSQL_TYPE_INT24:
        return integerName("mediumint", field);
    case MYSQL_TYPE_LONG:
        return integerName("int", field);
    case MYSQL_TYPE_LONGLONG:
        return integerName("bigint", field);
    case MYSQL_TYPE_YEAR:
        return "year";
    case MYSQL_TYPE_BIT:
        return sized("bit", field.length);
    case MYSQL_TYPE_FLOAT:
        return "float";
    case MYSQL_TYPE_DOUBLE:
        return "double";
    case MYSQL_TYPE_DECIMAL:
    case MYSQL_TYPE_NEWDECIMAL: {
        const unsigned long signs =
            (field.decimals > 0 ? 1 : 0) + ((field.flags & UNSIGNED_FLAG) != 0 ? 0 : 1);
        return "decimal(" + std::to_string(field.length - std::min(signs, field.length)) + ',' +
               std::to_string(field.decimals) + ')';
    }
    case MYSQL_TYPE_DATE:
    case MYSQL_TYPE_NEWDATE:
        return "date";
    case MYSQL_TYPE_DATETIME:
    case MYSQL_TYPE_DATETIME2:
        return withFraction("datetime", field.decimals);
    case MYSQL_TYPE_TIMESTAMP:
    case MYSQL_TYPE_TIMESTAMP2:
        return withFraction("timestamp", field.decimals);
    case MYSQL_TYPE_TIME:
    case MYSQL_TYPE_TIME2:
        return withFraction("time", field.decimals);
    case MYSQL_TYPE_GEOMETRY:
        return "geometry";
    case MYSQL_TYPE_NULL:
        return "null";
    case MYSQL_TYPE_TINY_BLOB:
    case MYSQL_TYPE_MEDIUM_BLOB:
    case MYSQL_TYPE_LONG_BLOB:
    case MYSQL_TYPE_BLOB:
        return textName(field, true);
    default:
        return textName(field, false);
    }
}

bool comesAsBytes(MysqlRead read)
{
    switch (read) {
    case MysqlRead::Integer:
    case MysqlRead::Unsigned:
    case MysqlRead::Year:
    case MysqlRead::Float:
    case MysqlRead::Double:
    case MysqlRead::Date:
    case MysqlRead::DateTime:
    case MysqlRead::Timestamp:
    case MysqlRead::Time:
        return false;
    case MysqlRead::Bits:
    case MysqlRead::Decimal:
    case MysqlRead::Text:
    case MysqlRead::Bytes:
    case MysqlRead::Json:
    case MysqlRead::Uuid:
        return true;
    }
    return true;
}

enum_field_types mysqlBufferType(MysqlRead read)
{
    switch (read) {
    case MysqlRead::Integer:
    case MysqlRead::Unsigned:
    case MysqlRead::Year:
        return MYSQL_TYPE_LONGLONG;
    case MysqlRead::Float:
        return MYSQL_TYPE_FLOAT;
    case MysqlRead::Double:
        return MYSQL_TYPE_DOUBLE;
    case MysqlRead::Date:
        return MYSQL_TYPE_DATE;
    case MysqlRead::DateTime:
        return MYSQL_TYPE_DATETIME;
    case MysqlRead::Timestamp:
        return MYSQL_TYPE_TIMESTAMP;
    case MysqlRead::Time:
        return MYSQL_TYPE_TIME;
    case MysqlRead::Bits:
    case MysqlRead::Decimal:
    case MysqlRead::Text:
    case MysqlRead::Bytes:
    case MysqlRead::Json:
    case MysqlRead::Uuid:
        return MYSQL_TYPE_BLOB;
    }
    return MYSQL_TYPE_BLOB;
}

ValueKind appendMysqlNumber(std::string& out, MysqlRead read, const MysqlNumber& value)
{
    switch (read) {
    case MysqlRead::Integer:
    case MysqlRead::Year:
        out += std::to_string(value.integer);
        return ValueKind::Integer;
    case MysqlRead::Unsigned:
        out += std::to_string(value.unsignedInteger);
        return ValueKind::Integer;
    case MysqlRead::Float:
        return appendFloat(out, value.single);
    case MysqlRead::Double:
        return appendFloat(out, value.number);
    case MysqlRead::Time:
        return appendMysqlTime(out, value.time);
    case MysqlRead::Date:
    case MysqlRead::DateTime:
    case MysqlRead::Timestamp:
        return appendMysqlDate(out, read, value.time);
    case MysqlRead::Bits:
    case MysqlRead::Decimal:
    case MysqlRead::Text:
    case MysqlRead::Bytes:
    case MysqlRead::Json:
    case MysqlRead::Uuid:
        break;
    }
    return appendInvalid(out, data::invalid_reason::unsupported);
}

ValueKind appendMysqlBytes(std::string& out, MysqlRead read, std::string_view bytes)
{
    switch (read) {
    case MysqlRead::Bits: {
        unsigned long long bits = 0;
        for (const char byte : bytes)
            bits = bits << 8 | static_cast<unsigned char>(byte);
        out += std::to_string(bits);
        return ValueKind::Integer;
    }
    case MysqlRead::Decimal:
        return appendDecimal(out, bytes);
    case MysqlRead::Bytes:
        return appendBytes(out, bytes);
    case MysqlRead::Json:
        return appendJson(out, bytes);
    case MysqlRead::Uuid:
        return appendUuid(out, bytes);
    case MysqlRead::Text:
    case MysqlRead::Integer:
    case MysqlRead::Unsigned:
    case MysqlRead::Year:
    case MysqlRead::Float:
    case MysqlRead::Double:
    case MysqlRead::Date:
    case MysqlRead::DateTime:
    case MysqlRead::Timestamp:
    case MysqlRead::Time:
        return appendText(out, bytes);
    }
    return appendText(out, bytes);
}

} // namespace headgate::warehouse
