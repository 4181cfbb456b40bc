// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/decimal.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace headgate::shape {

namespace {

constexpr std::uint32_t limbBase = 1'000'000'000;
constexpr std::size_t limbDigits = 9;

/// A number without its exponent: sign, digits before the point without leading zeros, digits
/// after.
struct PlainDecimal
{
    bool negative = false;
    std::string integer;
    std::string fraction;

    [[nodiscard]] bool isZero() const
    {
        return integer.empty() && fraction.find_first_not_of('0') == std::string::npos;
    }
    [[nodiscard]] std::string text() const
    {
        std::string out = negative && !isZero() ? "-" : "";
        out += integer.empty() ? "0" : integer;
        if (!fraction.empty())
            out += '.' + fraction;
        return out;
    }
};

void stripLeadingZeros(std::string& digits)
{
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
}

/// Moves the point by the exponent.
void shiftPoint(PlainDecimal& number, long long exponent)
{
    if (exponent > 0) {
        const auto shift = static_cast<std::size_t>(exponent);
        if (number.fraction.size() < shift)
            number.fraction.append(shift - number.fraction.size(), '0');
        number.integer += number.fraction.substr(0, shift);
        number.fraction.erase(0, shift);
    } else if (exponent < 0) {
        const auto shift = static_cast<std::size_t>(-exponent);
        if (number.integer.size() < shift)
            number.integer.insert(0, shift - number.integer.size(), '0');
        number.fraction.insert(0, number.integer.substr(number.integer.size() - shift));
        number.integer.erase(number.integer.size() - shift);
    }
}

std::optional<PlainDecimal> parsePlainDecimal(std::string_view text)
{
    PlainDecimal number;
    if (!text.empty() && text.front() == '-') {
        number.negative = true;
        text.remove_prefix(1);
    }
    long long exponent = 0;
    if (const std::size_t e = text.find_first_of("eE"); e != std::string_view::npos) {
        std::string_view digits = text.substr(e + 1);
        if (digits.starts_with('+'))
            digits.remove_prefix(1);
        const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
        if (parsed.ec != std::errc() || exponent > widestDecimalExponent ||
            exponent < -widestDecimalExponent)
            return std::nullopt;
        text = text.substr(0, e);
    }
    const std::size_t point = std::min(text.find('.'), text.size());
    number.integer = text.substr(0, point);
    if (point < text.size())
        number.fraction = text.substr(point + 1);
    shiftPoint(number, exponent);
    stripLeadingZeros(number.integer);
    return number;
}

bool roundsUp(const PlainDecimal& number, std::size_t decimals, Rounding rounding)
{
    const char first = number.fraction[decimals];
    switch (rounding) {
    case Rounding::Down:
        return false;
    case Rounding::HalfUp:
        return first >= '5';
    case Rounding::HalfEven: {
        if (first != '5' ||
            number.fraction.find_first_not_of('0', decimals + 1) != std::string::npos)
            return first >= '5';
        const char last = decimals > 0             ? number.fraction[decimals - 1]
                          : number.integer.empty() ? '0'
                                                   : number.integer.back();
        return (last - '0') % 2 == 1;
    }
    }
    return false;
}

bool incrementDigits(std::string& digits)
{
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
        if (*digit != '9') {
            ++*digit;
            return true;
        }
        *digit = '0';
    }
    return false;
}

void roundDecimal(PlainDecimal& number, std::size_t decimals, Rounding rounding)
{
    if (number.fraction.size() <= decimals) {
        number.fraction.append(decimals - number.fraction.size(), '0');
        return;
    }
    const bool up = roundsUp(number, decimals, rounding);
    number.fraction.resize(decimals);
    if (up && !incrementDigits(number.fraction) && !incrementDigits(number.integer))
        number.integer.insert(0, 1, '1');
}

/// sign and up to 18 digits as an integer; false if it is longer or has an exponent.
bool parseSmall(std::string_view number, std::int64_t& value, std::size_t& scale)
{
    constexpr std::size_t mostDigits = 18;
    const bool negative = number.starts_with('-');
    value = 0;
    scale = 0;
    std::size_t digits = 0;
    bool afterPoint = false;
    for (const char c : number.substr(negative ? 1 : 0)) {
        if (c == '.') {
            afterPoint = true;
            continue;
        }
        if (c < '0' || c > '9' || ++digits > mostDigits)
            return false;
        value = value * 10 + (c - '0');
        scale += afterPoint ? 1 : 0;
    }
    value = negative ? -value : value;
    return true;
}

bool wouldOverflow(std::int64_t a, std::int64_t b)
{
    constexpr std::int64_t limit = std::numeric_limits<std::int64_t>::max() / 2;
    return a > limit || a < -limit || b > limit || b < -limit;
}

std::uint32_t limbOf(std::string_view digits)
{
    std::uint32_t limb = 0;
    for (const char c : digits)
        limb = limb * 10 + static_cast<std::uint32_t>(c - '0');
    return limb;
}

std::string limbText(std::uint32_t limb)
{
    std::string text = std::to_string(limb);
    text.insert(0, limbDigits - text.size(), '0');
    return text;
}

int compareLimbs(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b)
{
    const std::size_t size = std::max(a.size(), b.size());
    for (std::size_t i = size; i-- > 0;) {
        const std::uint32_t left = i < a.size() ? a[i] : 0;
        const std::uint32_t right = i < b.size() ? b[i] : 0;
        if (left != right)
            return left < right ? -1 : 1;
    }
    return 0;
}

} // namespace

std::optional<std::string> plainNumber(std::string_view number)
{
    const auto plain = parsePlainDecimal(number);
    return plain ? std::optional(plain->text()) : std::nullopt;
}

std::optional<std::string> integerNumber(std::string_view number)
{
    auto plain = parsePlainDecimal(number);
    if (!plain || plain->fraction.find_first_not_of('0') != std::string::npos)
        return std::nullopt;
    plain->fraction.clear();
    return plain->text();
}

std::optional<std::string> roundedNumber(std::string_view number, int decimals, Rounding rounding)
{
    auto plain = parsePlainDecimal(number);
    if (!plain || decimals < 0)
        return std::nullopt;
    roundDecimal(*plain, static_cast<std::size_t>(decimals), rounding);
    return plain->text();
}

std::optional<std::string> formattedNumber(std::string_view number, const Format& format)
{
    auto plain = parsePlainDecimal(number);
    if (!plain)
        return std::nullopt;
    if (format.decimals)
        roundDecimal(*plain, static_cast<std::size_t>(*format.decimals), format.rounding);
    std::string out = plain->negative && !plain->isZero() ? "-" : "";
    const std::string integer = plain->integer.empty() ? "0" : plain->integer;
    for (std::size_t i = 0; i < integer.size(); ++i) {
        if (i > 0 && (integer.size() - i) % 3 == 0)
            out += format.grouping;
        out += integer[i];
    }
    if (!plain->fraction.empty())
        out += format.decimalPoint + plain->fraction;
    return out;
}

void DecimalSum::clear()
{
    m_small = 0;
    m_smallScale = 0;
    m_scale = 0;
    m_fractionLimbs = 0;
    m_positive.clear();
    m_negative.clear();
}

bool DecimalSum::add(std::string_view number)
{
    std::int64_t value = 0;
    std::size_t scale = 0;
    if (parseSmall(number, value, scale)) {
        m_scale = std::max(m_scale, scale);
        if (scale != m_smallScale || wouldOverflow(m_small, value))
            flush();
        m_smallScale = scale;
        m_small += value;
        return true;
    }
    const auto plain = parsePlainDecimal(number);
    if (!plain)
        return false;
    m_scale = std::max(m_scale, plain->fraction.size());
    addDigits(plain->negative ? m_negative : m_positive, plain->integer, plain->fraction);
    return true;
}

void DecimalSum::flush()
{
    if (m_small == 0)
        return;
    const bool negative = m_small < 0;
    std::string digits = std::to_string(m_small);
    if (negative)
        digits.erase(0, 1);
    if (digits.size() < m_smallScale)
        digits.insert(0, m_smallScale - digits.size(), '0');
    const std::string_view view = digits;
    const std::size_t point = digits.size() - m_smallScale;
    addDigits(negative ? m_negative : m_positive, view.substr(0, point), view.substr(point));
    m_small = 0;
}

void DecimalSum::addDigits(Limbs& to, std::string_view integer, std::string_view fraction)
{
    const std::size_t needed = (fraction.size() + limbDigits - 1) / limbDigits;
    if (needed > m_fractionLimbs) {
        m_positive.insert(m_positive.begin(), needed - m_fractionLimbs, 0);
        m_negative.insert(m_negative.begin(), needed - m_fractionLimbs, 0);
        m_fractionLimbs = needed;
    }
    std::string digits(integer);
    digits += fraction;
    digits.append(m_fractionLimbs * limbDigits - fraction.size(), '0');
    std::uint64_t carry = 0;
    for (std::size_t at = 0, end = digits.size(); end > 0 || carry > 0; ++at) {
        const std::size_t begin = end > limbDigits ? end - limbDigits : 0;
        carry += limbOf(std::string_view(digits).substr(begin, end - begin));
        end = begin;
        if (at == to.size())
            to.push_back(0);
        carry += to[at];
        to[at] = static_cast<std::uint32_t>(carry % limbBase);
        carry /= limbBase;
    }
}

std::string DecimalSum::difference(const Limbs& larger, const Limbs& smaller) const
{
    std::string digits;
    std::int64_t borrow = 0;
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < std::max(larger.size(), m_fractionLimbs); ++i) {
        std::int64_t limb = i < larger.size() ? larger[i] : 0;
        limb -= borrow + (i < smaller.size() ? smaller[i] : 0);
        borrow = limb < 0 ? 1 : 0;
        parts.push_back(limbText(static_cast<std::uint32_t>(limb + borrow * limbBase)));
    }
    for (auto part = parts.rbegin(); part != parts.rend(); ++part)
        digits += *part;
    const std::size_t point = digits.size() - m_fractionLimbs * limbDigits;
    PlainDecimal number;
    number.integer = digits.substr(0, point);
    stripLeadingZeros(number.integer);
    number.fraction = digits.substr(point);
    number.fraction.resize(m_scale, '0');
    return number.text();
}

std::string DecimalSum::text() const
{
    DecimalSum whole = *this;
    whole.flush();
    const int order = compareLimbs(whole.m_positive, whole.m_negative);
    std::string text = order < 0 ? whole.difference(whole.m_negative, whole.m_positive)
                                 : whole.difference(whole.m_positive, whole.m_negative);
    return order < 0 ? '-' + text : text;
}

} // namespace headgate::shape
