// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "data/value.h"

#include <QTimeZone>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace headgate::shape {

/// A date, a time of day or both, in the proleptic Gregorian calendar, to the microsecond.
struct DateTime
{
    int year = 1;
    int month = 1;
    int day = 1;
    int hour = 0;
    int minute = 0;
    int second = 0;
    int micros = 0;
    bool hasTime = false;
    std::optional<int> offset; ///< seconds east of UTC; absent: no zone known

    bool operator==(const DateTime&) const = default;

    /// Seconds since 1970 of the fields as they stand, as if in UTC.
    [[nodiscard]] std::int64_t fieldSeconds() const;
    /// The same instant (if offset is known) or the same fields, years outside 1 to 9999 excepted.
    [[nodiscard]] static std::optional<DateTime> fromSeconds(std::int64_t seconds, int micros,
                                                             std::optional<int> offset);
    [[nodiscard]] int dayOfWeek() const; ///< 0 is Sunday
};

/// ISO 8601 in the forms that warehouses and people write: a date, or date and time with T or
/// blank, seconds and fraction optional, Z or an offset optional. Fractions are cut after six
/// digits only if the rest is zero. 24:00:00 and leap seconds are refused.
[[nodiscard]] std::optional<DateTime> parseDateTime(std::string_view text);

/// The canonical text of its kind (data::ValueKind Date, Timestamp or TimestampTz).
[[nodiscard]] std::string canonicalText(const DateTime& time, data::ValueKind kind);

/// A zone as a leaf names it, by IANA name. UTC where the name is empty.
/// Error: Config "shape.zone".
[[nodiscard]] Result<QTimeZone> zoneNamed(const std::string& name);

/// Where local time is said twice the first instant is meant; where it is skipped, the one that as
/// much later would be.
[[nodiscard]] std::optional<DateTime> atZone(const DateTime& naive, const QTimeZone& zone);
/// The same instant with the zone's offset; `time` knows its offset.
[[nodiscard]] std::optional<DateTime> inZone(const DateTime& time, const QTimeZone& zone);

/// A compiled pattern: yyyy yy MMMM MMM MM M dd d EEEE EEE HH H hh h mm m ss s SSS SSSSSS a xxx xx
/// 'text', as described in FUNCTIONS.md; names of months and days are English.
class DatePattern
{
public:
    /// Error: Config "shape.pattern", naming the letter that is not understood.
    [[nodiscard]] static Result<DatePattern> compile(std::string_view pattern);

    [[nodiscard]] bool needsOffset() const { return m_needsOffset; }
    [[nodiscard]] bool needsTime() const { return m_needsTime; }
    /// "unix_s" and "unix_ms" give numbers.
    [[nodiscard]] bool givesNumber() const;
    /// False if the pattern needs an offset that is not known.
    [[nodiscard]] bool append(std::string& out, const DateTime& time) const;

private:
    struct Piece
    {
        char letter = 0; ///< 0: literal
        int count = 0;
        std::string literal;
    };
    enum class Form
    {
        Pieces,
        Iso,
        UnixSeconds,
        UnixMilliseconds
    };

    [[nodiscard]] bool addLetters(char letter, int count);
    void appendPiece(std::string& out, const Piece& piece, const DateTime& time) const;

    Form m_form = Form::Pieces;
    std::vector<Piece> m_pieces;
    bool m_needsOffset = false;
    bool m_needsTime = false;
};

} // namespace headgate::shape
