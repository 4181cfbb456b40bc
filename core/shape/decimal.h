// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/function.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace headgate::shape {

/// Exact arithmetic on JSON number texts of any length. Exponents beyond this are refused, so that
/// "1e999999999" cannot ask for a gigabyte of zeros.
inline constexpr long long widestDecimalExponent = 400;

/// Without exponent, leading zeros or "-0"; the scale is kept: "1.50e1" becomes "15.0".
[[nodiscard]] std::optional<std::string> plainNumber(std::string_view number);

/// The digits of an integral value without a fraction ("5.00", "5e0"); empty for others.
[[nodiscard]] std::optional<std::string> integerNumber(std::string_view number);

/// Plain, with exactly `decimals` digits after the point.
[[nodiscard]] std::optional<std::string> roundedNumber(std::string_view number, int decimals,
                                                       Rounding rounding);

/// By decimals, rounding, grouping and decimalPoint of the format.
[[nodiscard]] std::optional<std::string> formattedNumber(std::string_view number,
                                                         const Format& format);

/// The scale of the result is the largest of its terms, as with a warehouse's numeric.
class DecimalSum
{
public:
    void clear();
    /// False, and nothing added, for an exponent out of range.
    [[nodiscard]] bool add(std::string_view number);
    [[nodiscard]] std::string text() const;

private:
    /// Base 10^9, little-endian, of which the first m_fractionLimbs are behind the point.
    using Limbs = std::vector<std::uint32_t>;

    void flush();
    void addDigits(Limbs& to, std::string_view integer, std::string_view fraction);
    [[nodiscard]] std::string difference(const Limbs& larger, const Limbs& smaller) const;

    std::int64_t m_small = 0; ///< terms of scale m_smallScale not yet in the limbs
    std::size_t m_smallScale = 0;
    std::size_t m_scale = 0;
    std::size_t m_fractionLimbs = 0;
    Limbs m_positive;
    Limbs m_negative;
};

} // namespace headgate::shape
