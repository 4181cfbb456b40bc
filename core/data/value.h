// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace headgate::data {

/// How a value is written in JSON and compared; drivers map their own types onto these.
enum class ValueKind : std::uint8_t
{
    Null,
    Bool,        ///< "true" or "false"
    Integer,     ///< any length: -?(0|[1-9][0-9]*), never "-0"
    Decimal,     ///< the digits the warehouse printed, scale kept: -?(0|[1-9][0-9]*)(.[0-9]+)?
    Float,       ///< shortest text that reads back to the same double; a JSON number
    Text,        ///< valid UTF-8
    Bytes,       ///< base64 (RFC 4648 §4, padded)
    Date,        ///< YYYY-MM-DD, years 0001 to 9999
    Time,        ///< HH:MM:SS[.ffffff], trailing zeros of the fraction cut; MySQL's may be signed
    Timestamp,   ///< YYYY-MM-DDTHH:MM:SS[.ffffff], no zone known
    TimestampTz, ///< the same in UTC with +00:00 at its end
    Uuid,        ///< lower case, with dashes
    Json,        ///< a complete JSON text, numbers as the warehouse wrote them
    Invalid      ///< cannot be said in JSON; text is the reason, see InvalidReason
};

/// Texts of ValueKind::Invalid. A byte offset or the original may follow after a colon.
namespace invalid_reason {
inline constexpr std::string_view nan = "nan";
inline constexpr std::string_view infinity = "infinity";
inline constexpr std::string_view utf8 = "utf8"; ///< "utf8:17": first bad byte
inline constexpr std::string_view dateRange = "date_range";
inline constexpr std::string_view json = "json";
inline constexpr std::string_view number = "number";
inline constexpr std::string_view unsupported = "unsupported"; ///< "unsupported:TYPE"
} // namespace invalid_reason

/// One cell: its kind and its canonical UTF-8 text, the same for every driver, width and locale.
/// Nothing is ever rounded: numbers stay text from the warehouse to the socket.
struct ValueView
{
    ValueKind kind = ValueKind::Null;
    std::string_view text;

    [[nodiscard]] bool isNull() const { return kind == ValueKind::Null; }
    bool operator==(const ValueView&) const = default;
};

/// The owning form.
struct Value
{
    ValueKind kind = ValueKind::Null;
    std::string text;

    Value() = default;
    Value(ValueKind k, std::string t) : kind(k), text(std::move(t)) {}
    explicit Value(ValueView view) : kind(view.kind), text(view.text) {}
    [[nodiscard]] ValueView view() const { return {kind, text}; }
    [[nodiscard]] bool isNull() const { return kind == ValueKind::Null; }
    bool operator==(const Value&) const = default;
};

[[nodiscard]] const char* name(ValueKind kind);
[[nodiscard]] bool isNumber(ValueKind kind);

/// A total order that no locale or collation changes: nulls last; numbers by exact value, of
/// whatever kind; texts by code point; times by their canonical text; else by kind, then bytes.
/// Values that are equal by value ("1", "1.0") are told apart by their bytes, so that sorting is
/// deterministic.
[[nodiscard]] std::strong_ordering compare(ValueView a, ValueView b);
/// Exact comparison of two JSON number texts, exponents included.
[[nodiscard]] std::strong_ordering compareNumbers(std::string_view a, std::string_view b);
/// The shortest plain form by value: "1.50" and "15e-1" become "1.5", "-0.0" becomes "0".
/// Exponents outside ±400 stay in normalised scientific form.
[[nodiscard]] std::string normalisedNumber(std::string_view number);

} // namespace headgate::data
