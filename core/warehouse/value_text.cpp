// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/value_text.h"

#include "data/json.h"
#include "data/json_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace headgate::warehouse {

namespace {

using data::ValueKind;

constexpr std::size_t longestOriginal = 40;

/// Eight bytes at a time: nearly all text is ASCII.
bool isAscii(std::string_view text)
{
    constexpr std::uint64_t highBits = 0x8080808080808080ULL;
    const char* at = text.data();
    std::size_t left = text.size();
    for (; left >= sizeof(std::uint64_t); at += sizeof(std::uint64_t)) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, sizeof word);
        if ((word & highBits) != 0)
            return false;
        left -= sizeof word;
    }
    for (; left > 0; --left, ++at)
        if ((static_cast<unsigned char>(*at) & 0x80) != 0)
            return false;
    return true;
}

bool isHex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool isUuid(std::string_view text)
{
    if (text.size() != 36)
        return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : !isHex(text[i]))
            return false;
    }
    return true;
}

/// to_chars gives the digits, PostgreSQL's thresholds the form: fixed from 1e-4 to below 1e15 for
/// double and 1e6 for float.
template <typename Number>
ValueKind appendShortest(std::string& out, Number value, int fixedBelow)
{
    if (std::isnan(value))
        return appendInvalid(out, data::invalid_reason::nan);
    if (std::isinf(value))
        return appendInvalid(out, data::invalid_reason::infinity);
    std::array<char, 32> buffer{};
    const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                       std::chars_format::scientific);
    std::string_view text(buffer.data(), static_cast<std::size_t>(written.ptr - buffer.data()));
    if (text.front() == '-') {
        out += '-';
        text.remove_prefix(1);
    }
    const std::size_t e = text.find('e');
    int exponent = 0;
    std::from_chars(text.data() + e + (text[e + 1] == '+' ? 2 : 1), text.data() + text.size(),
                    exponent);
    if (exponent < -4 || exponent >= fixedBelow) {
        out += text;
        return ValueKind::Float;
    }
    std::string digits(text.substr(0, 1));
    if (e > 2)
        digits += text.substr(2, e - 2);
    if (exponent < 0) {
        out += "0.";
        out.append(static_cast<std::size_t>(-exponent - 1), '0');
        out += digits;
        return ValueKind::Float;
    }
    const auto whole = static_cast<std::size_t>(exponent) + 1;
    if (digits.size() <= whole)
        digits.append(whole - digits.size(), '0');
    else
        digits.insert(whole, 1, '.');
    out += digits;
    return ValueKind::Float;
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    return text;
}

bool allDigits(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool isWord(std::string_view text, std::string_view lowerWord)
{
    return std::equal(text.begin(), text.end(), lowerWord.begin(), lowerWord.end(),
                      [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; });
}

bool isInfinity(std::string_view text)
{
    if (!text.empty() && (text.front() == '-' || text.front() == '+'))
        text.remove_prefix(1);
    return isWord(text, "infinity") || isWord(text, "inf");
}

} // namespace

ValueKind appendInvalid(std::string& out, std::string_view reason, std::string_view original)
{
    out += reason;
    if (!original.empty() && isAscii(original)) {
        out += ':';
        out += original.substr(0, longestOriginal);
    }
    return ValueKind::Invalid;
}

ValueKind appendText(std::string& out, std::string_view text)
{
    if (!isAscii(text))
        if (const std::size_t bad = data::findInvalidUtf8(text); bad != std::string_view::npos)
            return appendInvalid(out, data::invalid_reason::utf8, std::to_string(bad));
    out += text;
    return ValueKind::Text;
}

ValueKind appendUuid(std::string& out, std::string_view text)
{
    if (!isUuid(text))
        return appendText(out, text);
    for (const char c : text)
        out += c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c;
    return ValueKind::Uuid;
}

ValueKind appendJson(std::string& out, std::string_view text)
{
    if (data::appendCompactJson(out, text))
        return ValueKind::Json;
    return appendInvalid(out, data::invalid_reason::json);
}

ValueKind appendBytes(std::string& out, std::string_view bytes)
{
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const std::size_t begin = out.size();
    out.resize(begin + (bytes.size() + 2) / 3 * 4, '=');
    char* to = out.data() + begin;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group = group << 8 | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        for (std::size_t k = 0; k <= count; ++k)
            to[k] = digits[group >> (18 - 6 * k) & 63];
        to += 4;
    }
    return ValueKind::Bytes;
}

ValueKind appendFloat(std::string& out, double value)
{
    return appendShortest(out, value, 15);
}

ValueKind appendFloat(std::string& out, float value)
{
    return appendShortest(out, value, 6);
}

ValueKind appendDecimal(std::string& out, std::string_view text)
{
    std::string_view rest = trimmed(text);
    const bool negative = !rest.empty() && rest.front() == '-';
    if (!rest.empty() && (rest.front() == '-' || rest.front() == '+'))
        rest.remove_prefix(1);
    if (rest.find_first_of("eE") != std::string_view::npos)
        return appendFloatText(out, text);
    const std::size_t point = std::min(rest.find('.'), rest.size());
    std::string_view whole = rest.substr(0, point);
    const std::string_view fraction = point < rest.size() ? rest.substr(point + 1) : "";
    if ((whole.empty() && fraction.empty()) || !allDigits(whole) || !allDigits(fraction)) {
        if (isWord(rest, "nan"))
            return appendInvalid(out, data::invalid_reason::nan);
        if (isInfinity(rest))
            return appendInvalid(out, data::invalid_reason::infinity);
        return appendInvalid(out, data::invalid_reason::number, text);
    }
    while (whole.size() > 1 && whole.front() == '0')
        whole.remove_prefix(1);
    if (negative)
        out += '-';
    if (whole.empty())
        out += '0';
    out += whole;
    if (!fraction.empty()) {
        out += '.';
        out += fraction;
    }
    return ValueKind::Decimal;
}

ValueKind appendInteger(std::string& out, std::string_view text)
{
    const std::size_t begin = out.size();
    const ValueKind kind = appendDecimal(out, text);
    const std::string_view written = std::string_view(out).substr(begin);
    if (kind != ValueKind::Decimal || written.find('.') != std::string_view::npos)
        return kind;
    if (written == "-0")
        out.erase(begin, 1);
    return ValueKind::Integer;
}

ValueKind appendFloatText(std::string& out, std::string_view text)
{
    std::string_view number = trimmed(text);
    if (!number.empty() && number.front() == '+')
        number.remove_prefix(1);
    if (data::isJsonNumber(number)) {
        out += number;
        return ValueKind::Float;
    }
    if (isWord(number, "nan"))
        return appendInvalid(out, data::invalid_reason::nan);
    if (isInfinity(number))
        return appendInvalid(out, data::invalid_reason::infinity);
    std::string tidied;
    const std::size_t e = std::min(number.find_first_of("eE"), number.size());
    if (e > 0 && appendDecimal(tidied, number.substr(0, e)) == ValueKind::Decimal) {
        tidied += number.substr(e);
        if (data::isJsonNumber(tidied)) {
            out += tidied;
            return ValueKind::Float;
        }
    }
    return appendInvalid(out, data::invalid_reason::number, text);
}

} // namespace headgate::warehouse
