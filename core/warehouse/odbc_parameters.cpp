// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/odbc_parameters.h"

#include "base/text.h"
#include "warehouse/date_text.h"

#include <QLocale>
#include <algorithm>
#include <charconv>

namespace headgate::warehouse {

namespace {

using data::Value;
using data::ValueKind;

constexpr std::size_t secondsLength = 19;
constexpr std::size_t fractionDigits = 9;

} // namespace

void OdbcParameters::setText(Slot& slot, const std::string& text)
{
    slot.text = toUtf16(text);
    slot.size = std::max<SQLULEN>(1, slot.text.size());
    slot.length = static_cast<SQLLEN>(slot.text.size() * sizeof(char16_t));
}

void OdbcParameters::setDecimal(Slot& slot, const std::string& text)
{
    const std::size_t point = text.find('.');
    slot.cType = SQL_C_CHAR;
    slot.type = SQL_DECIMAL;
    slot.digitsText = text;
    slot.length = static_cast<SQLLEN>(text.size());
    slot.size = static_cast<SQLULEN>(
        std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }));
    slot.digits =
        point == std::string::npos ? 0 : static_cast<SQLSMALLINT>(text.size() - point - 1);
}

void OdbcParameters::setNumber(Slot& slot, const Value& value)
{
    const char* end = value.text.data() + value.text.size();
    const auto read = std::from_chars(value.text.data(), end, slot.integer);
    if (read.ec == std::errc() && read.ptr == end) {
        slot.cType = SQL_C_SBIGINT;
        slot.type = SQL_BIGINT;
        slot.length = sizeof slot.integer;
    } else if (value.kind == ValueKind::Float) {
        slot.cType = SQL_C_DOUBLE;
        slot.type = SQL_DOUBLE;
        slot.length = sizeof slot.number;
        slot.number = QLocale::c().toDouble(toQString(value.text));
    } else {
        setDecimal(slot, value.text);
    }
}

void OdbcParameters::setInstant(Slot& slot, const Value& value)
{
    std::string utc;
    const bool known = appendTimestampText(utc, value.text, ZoneRule::Utc) != ValueKind::Invalid;
    const auto parsed = known ? parseDateTime(utc) : std::nullopt;
    if (!parsed)
        return setText(slot, value.text);
    std::string fraction(parsed->fraction.substr(0, fractionDigits));
    slot.digits = static_cast<SQLSMALLINT>(fraction.size() > 6 ? fractionDigits : 6);
    slot.size = secondsLength + 1 + static_cast<SQLULEN>(slot.digits);
    fraction.resize(fractionDigits, '0');
    SQLUINTEGER nanoseconds = 0;
    std::from_chars(fraction.data(), fraction.data() + fraction.size(), nanoseconds);
    slot.cType = SQL_C_TYPE_TIMESTAMP;
    slot.type = SQL_TYPE_TIMESTAMP;
    slot.length = sizeof slot.instant;
    slot.instant = {static_cast<SQLSMALLINT>(parsed->year),
                    static_cast<SQLUSMALLINT>(parsed->month),
                    static_cast<SQLUSMALLINT>(parsed->day),
                    static_cast<SQLUSMALLINT>(parsed->hour),
                    static_cast<SQLUSMALLINT>(parsed->minute),
                    static_cast<SQLUSMALLINT>(parsed->second),
                    nanoseconds};
}

void OdbcParameters::setDate(Slot& slot, const Value& value)
{
    const auto parsed = parseDateTime(value.text);
    if (!parsed)
        return setText(slot, value.text);
    slot.cType = SQL_C_TYPE_DATE;
    slot.type = SQL_TYPE_DATE;
    slot.size = 10;
    slot.length = sizeof slot.date;
    slot.date = {static_cast<SQLSMALLINT>(parsed->year), static_cast<SQLUSMALLINT>(parsed->month),
                 static_cast<SQLUSMALLINT>(parsed->day)};
}

void OdbcParameters::add(const Value& value)
{
    Slot& slot = m_slots.emplace_back();
    switch (value.kind) {
    case ValueKind::Null:
    case ValueKind::Invalid:
        return;
    case ValueKind::Bool:
        slot.cType = SQL_C_BIT;
        slot.type = SQL_BIT;
        slot.bit = value.text == "true" ? 1 : 0;
        slot.length = sizeof slot.bit;
        return;
    case ValueKind::Integer:
    case ValueKind::Decimal:
    case ValueKind::Float:
        return setNumber(slot, value);
    case ValueKind::Timestamp:
    case ValueKind::TimestampTz:
        return setInstant(slot, value);
    case ValueKind::Date:
        return setDate(slot, value);
    case ValueKind::Text:
    case ValueKind::Bytes:
    case ValueKind::Time:
    case ValueKind::Uuid:
    case ValueKind::Json:
        return setText(slot, value.text);
    }
}

SQLPOINTER OdbcParameters::pointer(Slot& slot)
{
    switch (slot.cType) {
    case SQL_C_SBIGINT:
        return &slot.integer;
    case SQL_C_DOUBLE:
        return &slot.number;
    case SQL_C_BIT:
        return &slot.bit;
    case SQL_C_CHAR:
        return slot.digitsText.data();
    case SQL_C_TYPE_TIMESTAMP:
        return &slot.instant;
    case SQL_C_TYPE_DATE:
        return &slot.date;
    default:
        return slot.text.data();
    }
}

bool OdbcParameters::bind(SQLHSTMT statement)
{
    SQLUSMALLINT number = 0;
    for (Slot& slot : m_slots)
        if (!SQL_SUCCEEDED(SQLBindParameter(statement, ++number, SQL_PARAM_INPUT, slot.cType,
                                            slot.type, slot.size, slot.digits, pointer(slot),
                                            std::max<SQLLEN>(0, slot.length), &slot.length)))
            return false;
    return true;
}

} // namespace headgate::warehouse
