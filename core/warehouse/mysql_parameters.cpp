// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/mysql_parameters.h"

#include "base/text.h"
#include "warehouse/date_text.h"

#include <QLocale>
#include <charconv>

namespace headgate::warehouse {

namespace {

using data::Value;
using data::ValueKind;

template <typename Integer>
bool readWhole(const std::string& text, Integer& value)
{
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    return read.ec == std::errc() && read.ptr == text.data() + text.size();
}

} // namespace

void MysqlParameters::setNumber(Slot& slot, const Value& value)
{
    unsigned long long large = 0;
    slot.type = MYSQL_TYPE_LONGLONG;
    if (readWhole(value.text, slot.integer))
        return;
    if (readWhole(value.text, large)) {
        slot.integer = static_cast<long long>(large);
        slot.isUnsigned = true;
    } else if (value.kind == ValueKind::Float) {
        slot.type = MYSQL_TYPE_DOUBLE;
        slot.number = QLocale::c().toDouble(toQString(value.text));
    } else {
        slot.type = MYSQL_TYPE_NEWDECIMAL;
        slot.text = value.text;
    }
}

void MysqlParameters::setInstant(Slot& slot, const Value& value)
{
    slot.type = MYSQL_TYPE_STRING;
    slot.text = value.text;
    std::string utc;
    if (appendTimestampText(utc, value.text, ZoneRule::Utc) == ValueKind::Invalid)
        return;
    const auto parsed = parseDateTime(utc);
    if (!parsed)
        return;
    slot.type = MYSQL_TYPE_DATETIME;
    slot.time.year = static_cast<unsigned>(parsed->year);
    slot.time.month = parsed->month;
    slot.time.day = parsed->day;
    slot.time.hour = parsed->hour;
    slot.time.minute = parsed->minute;
    slot.time.second = parsed->second;
    slot.time.time_type = MYSQL_TIMESTAMP_DATETIME;
    std::string micro(parsed->fraction.substr(0, 6));
    micro.resize(6, '0');
    (void)readWhole(micro, slot.time.second_part);
}

void MysqlParameters::add(const Value& value)
{
    Slot& slot = m_slots.emplace_back();
    switch (value.kind) {
    case ValueKind::Null:
    case ValueKind::Invalid:
        return;
    case ValueKind::Bool:
        slot.type = MYSQL_TYPE_LONGLONG;
        slot.integer = value.text == "true" ? 1 : 0;
        return;
    case ValueKind::Integer:
    case ValueKind::Decimal:
    case ValueKind::Float:
        setNumber(slot, value);
        return;
    case ValueKind::Timestamp:
    case ValueKind::TimestampTz:
        setInstant(slot, value);
        return;
    case ValueKind::Text:
    case ValueKind::Bytes:
    case ValueKind::Date:
    case ValueKind::Time:
    case ValueKind::Uuid:
    case ValueKind::Json:
        slot.type = MYSQL_TYPE_STRING;
        slot.text = value.text;
        return;
    }
}

std::vector<MYSQL_BIND> MysqlParameters::bindings()
{
    std::vector<MYSQL_BIND> bindings;
    for (Slot& slot : m_slots) {
        MYSQL_BIND binding{};
        binding.buffer_type = slot.type;
        binding.is_unsigned = slot.isUnsigned;
        slot.length = static_cast<unsigned long>(slot.text.size());
        binding.length = &slot.length;
        if (slot.type == MYSQL_TYPE_LONGLONG)
            binding.buffer = &slot.integer;
        else if (slot.type == MYSQL_TYPE_DOUBLE)
            binding.buffer = &slot.number;
        else if (slot.type == MYSQL_TYPE_DATETIME)
            binding.buffer = &slot.time;
        else
            binding.buffer = slot.text.data();
        binding.buffer_length = slot.length;
        bindings.push_back(binding);
    }
    return bindings;
}

} // namespace headgate::warehouse
