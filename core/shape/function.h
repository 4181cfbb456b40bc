// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/json.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace headgate::shape {

/// The closed list. Each takes the value before it; null stays null except in Concat and Coalesce.
enum class FunctionKind
{
    Trim,         ///< Unicode white space at both ends
    Lower,        ///< Unicode, of no locale
    Upper,        ///< Unicode, of no locale
    Case,         ///< maps values; one that is not listed takes `otherwise`, or stays
    Concat,       ///< the value and the operands as text, nulls skipped, separator between; null of
                  ///< nothing
    Coalesce,     ///< the value, or the first operand that is not null
    NumberFormat, ///< text by `format`
    DateFormat,   ///< text by `format`
    RegexReplace, ///< every match of a Perl-compatible expression; limits in
                  ///< core/shape/FUNCTIONS.md
    Sha256        ///< after normalisation as the advertising destinations ask for it
};
inline constexpr std::array functionKinds{FunctionKind::Trim,         FunctionKind::Lower,
                                          FunctionKind::Upper,        FunctionKind::Case,
                                          FunctionKind::Concat,       FunctionKind::Coalesce,
                                          FunctionKind::NumberFormat, FunctionKind::DateFormat,
                                          FunctionKind::RegexReplace, FunctionKind::Sha256};
[[nodiscard]] const char* name(FunctionKind kind);

enum class Rounding
{
    HalfUp,   ///< away from zero, as warehouses round numeric
    HalfEven, ///< to the even neighbour
    Down      ///< towards zero
};
inline constexpr std::array roundings{Rounding::HalfUp, Rounding::HalfEven, Rounding::Down};
[[nodiscard]] const char* name(Rounding rounding);

/// How a number or a date is written. Numbers use decimals to decimalPoint, dates the rest. The
/// pattern language and the zones are described in core/shape/FUNCTIONS.md.
struct Format
{
    std::optional<int> decimals; ///< absent: as many as the number has
    Rounding rounding = Rounding::HalfUp;
    std::string grouping; ///< between groups of three digits
    std::string decimalPoint = ".";
    std::string pattern;    ///< "yyyy-MM-dd HH:mm:ss", or "iso", "unix_s", "unix_ms"
    std::string zone;       ///< IANA name to write in; empty: UTC, naive values as they are
    std::string sourceZone; ///< IANA name in which naive values were meant
    data::JsonNode extra;

    bool operator==(const Format&) const = default;
};

/// What is done to an address or number before it is hashed.
enum class MatchingKey
{
    None,        ///< the text as it is
    Email,       ///< trimmed, lower case (Meta, most others)
    GoogleEmail, ///< also inner white space, and dots before @ at gmail.com and googlemail.com
    PhoneDigits, ///< digits with country code, no plus, no leading zeros (Meta)
    PhoneE164    ///< plus and digits (Google)
};
inline constexpr std::array matchingKeys{MatchingKey::None, MatchingKey::Email,
                                         MatchingKey::GoogleEmail, MatchingKey::PhoneDigits,
                                         MatchingKey::PhoneE164};
[[nodiscard]] const char* name(MatchingKey key);

enum class HashEncoding
{
    Hex, ///< lower case
    Base64
};
inline constexpr std::array hashEncodings{HashEncoding::Hex, HashEncoding::Base64};
[[nodiscard]] const char* name(HashEncoding encoding);

/// A column of the leaf's own row, or a constant.
struct Operand
{
    std::string column;   ///< empty: the constant
    data::JsonNode value; ///< scalar

    bool operator==(const Operand&) const = default;
};

struct Function
{
    struct Mapping
    {
        data::JsonNode when; ///< scalar, compared by value: 1 and "1.0" are one number
        data::JsonNode then;

        bool operator==(const Mapping&) const = default;
    };

    FunctionKind kind = FunctionKind::Trim;
    std::vector<Mapping> cases;                ///< Case
    std::optional<data::JsonNode> otherwise;   ///< Case
    std::vector<Operand> operands;             ///< Concat, Coalesce
    std::string separator;                     ///< Concat
    Format format;                             ///< NumberFormat, DateFormat
    std::string pattern;                       ///< RegexReplace
    std::string replacement;                   ///< RegexReplace; \1 to \9 are the captures
    MatchingKey normalise = MatchingKey::None; ///< Sha256
    HashEncoding encoding = HashEncoding::Hex; ///< Sha256
    std::string countryCode;                   ///< Sha256: of phone numbers that name none, "49"
    data::JsonNode extra;

    bool operator==(const Function&) const = default;
};

} // namespace headgate::shape
