// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/value.h"

#include <algorithm>
#include <charconv>

namespace headgate::data {

namespace {

/// sign * 0.DIGITS * 10^exponent, DIGITS without zeros at either end; empty digits mean zero.
struct Number
{
    bool negative = false;
    std::string digits;
    long long exponent = 0;
};

constexpr long long widestExponent = 1'000'000'000'000;

Number parse(std::string_view text)
{
    Number number;
    if (!text.empty() && text.front() == '-') {
        number.negative = true;
        text.remove_prefix(1);
    }
    const std::size_t e = text.find_first_of("eE");
    if (e != std::string_view::npos) {
        std::string_view exponent = text.substr(e + 1);
        const bool down = !exponent.empty() && exponent.front() == '-';
        if (!exponent.empty() && (exponent.front() == '+' || exponent.front() == '-'))
            exponent.remove_prefix(1);
        const auto parsed =
            std::from_chars(exponent.data(), exponent.data() + exponent.size(), number.exponent);
        if (parsed.ec != std::errc() || number.exponent > widestExponent)
            number.exponent = widestExponent;
        if (down)
            number.exponent = -number.exponent;
        text = text.substr(0, e);
    }
    const std::size_t point = std::min(text.find('.'), text.size());
    number.digits = text.substr(0, point);
    if (point < text.size())
        number.digits += text.substr(point + 1);
    number.exponent += static_cast<long long>(point);
    const std::size_t first = std::min(number.digits.find_first_not_of('0'), number.digits.size());
    number.exponent -= static_cast<long long>(first);
    number.digits.erase(0, first);
    number.digits.erase(number.digits.find_last_not_of('0') + 1);
    if (number.digits.empty())
        number = {};
    return number;
}

std::strong_ordering compareMagnitude(const Number& a, const Number& b)
{
    if (a.digits.empty() || b.digits.empty())
        return !a.digits.empty() <=> !b.digits.empty();
    if (a.exponent != b.exponent)
        return a.exponent <=> b.exponent;
    return a.digits.compare(b.digits) <=> 0;
}

/// Groups of kinds that compare with each other by value.
int family(ValueKind kind)
{
    switch (kind) {
    case ValueKind::Bool:
        return 0;
    case ValueKind::Integer:
    case ValueKind::Decimal:
    case ValueKind::Float:
        return 1;
    case ValueKind::Date:
        return 2;
    case ValueKind::Timestamp:
        return 3;
    case ValueKind::TimestampTz:
        return 4;
    case ValueKind::Time:
        return 5;
    case ValueKind::Uuid:
    case ValueKind::Text:
        return 6;
    case ValueKind::Bytes:
        return 7;
    case ValueKind::Json:
        return 8;
    case ValueKind::Invalid:
        return 9;
    case ValueKind::Null:
        return 10;
    }
    return 10;
}

std::strong_ordering compareBytes(std::string_view a, std::string_view b)
{
    return a.compare(b) <=> 0;
}

/// "12:00:00" and MySQL's "-12:00:00", "838:59:59".
std::strong_ordering compareTimes(std::string_view a, std::string_view b)
{
    const bool aNegative = a.starts_with('-');
    const bool bNegative = b.starts_with('-');
    if (aNegative != bNegative)
        return bNegative <=> aNegative;
    if (aNegative)
        return compareTimes(b.substr(1), a.substr(1));
    const std::size_t aHours = a.find(':');
    const std::size_t bHours = b.find(':');
    return aHours != bHours ? aHours <=> bHours : compareBytes(a, b);
}

} // namespace

const char* name(ValueKind kind)
{
    switch (kind) {
    case ValueKind::Null:
        return "null";
    case ValueKind::Bool:
        return "boolean";
    case ValueKind::Integer:
        return "integer";
    case ValueKind::Decimal:
        return "decimal";
    case ValueKind::Float:
        return "float";
    case ValueKind::Text:
        return "text";
    case ValueKind::Bytes:
        return "bytes";
    case ValueKind::Date:
        return "date";
    case ValueKind::Time:
        return "time";
    case ValueKind::Timestamp:
        return "timestamp";
    case ValueKind::TimestampTz:
        return "timestamptz";
    case ValueKind::Uuid:
        return "uuid";
    case ValueKind::Json:
        return "json";
    case ValueKind::Invalid:
        return "invalid";
    }
    return "invalid";
}

bool isNumber(ValueKind kind)
{
    return kind == ValueKind::Integer || kind == ValueKind::Decimal || kind == ValueKind::Float;
}

std::strong_ordering compareNumbers(std::string_view a, std::string_view b)
{
    const Number left = parse(a);
    const Number right = parse(b);
    if (left.negative != right.negative)
        return right.negative <=> left.negative;
    return left.negative ? compareMagnitude(right, left) : compareMagnitude(left, right);
}

std::string normalisedNumber(std::string_view number)
{
    const Number parts = parse(number);
    if (parts.digits.empty())
        return "0";
    const std::string sign = parts.negative ? "-" : "";
    const auto size = static_cast<long long>(parts.digits.size());
    if (parts.exponent > 400 || parts.exponent < -400) {
        std::string mantissa = parts.digits.substr(0, 1);
        if (size > 1)
            mantissa += '.' + parts.digits.substr(1);
        return sign + mantissa + 'e' + std::to_string(parts.exponent - 1);
    }
    if (parts.exponent <= 0)
        return sign + "0." + std::string(static_cast<std::size_t>(-parts.exponent), '0') +
               parts.digits;
    if (parts.exponent >= size)
        return sign + parts.digits +
               std::string(static_cast<std::size_t>(parts.exponent - size), '0');
    std::string plain = parts.digits;
    plain.insert(static_cast<std::size_t>(parts.exponent), 1, '.');
    return sign + plain;
}

std::strong_ordering compare(ValueView a, ValueView b)
{
    const int aFamily = family(a.kind);
    const int bFamily = family(b.kind);
    if (aFamily != bFamily)
        return aFamily <=> bFamily;
    if (isNumber(a.kind))
        if (const auto order = compareNumbers(a.text, b.text); order != 0)
            return order;
    if (a.kind == ValueKind::Time)
        return compareTimes(a.text, b.text);
    return compareBytes(a.text, b.text);
}

} // namespace headgate::data
