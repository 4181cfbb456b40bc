// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/value.h"

#include <optional>
#include <string>
#include <string_view>

namespace headgate::warehouse {

/// A date with an optional time, as servers, files and drivers write it:
/// "2024-01-02", "2024-01-02 03:04", "2024-01-02T03:04:05.120 +02:00", "... Z".
/// The proleptic Gregorian calendar; any number of digits in the fraction, none is dropped.
struct DateTime
{
    int year = 1;
    unsigned month = 1;
    unsigned day = 1;
    unsigned hour = 0;
    unsigned minute = 0;
    unsigned second = 0;
    std::string_view fraction; ///< digits, without zeros at the end; a view into the parsed text
    bool hasTime = false;
    std::optional<int> offsetSeconds; ///< east of Greenwich
};

/// Empty where the text is nothing of that kind, or no day of the calendar.
[[nodiscard]] std::optional<DateTime> parseDateTime(std::string_view text);

enum class ZoneRule
{
    Naive,    ///< the clock's digits as they are; Timestamp
    Utc,      ///< TimestampTz; without an offset the digits are UTC
    AsWritten ///< TimestampTz with an offset, Timestamp without
};

/// Canonical forms of data/value.h; Invalid (date_range) outside the years 1 to 9999.
data::ValueKind appendDateTime(std::string& out, const DateTime& value, ZoneRule rule);
data::ValueKind appendDateOnly(std::string& out, const DateTime& value);
/// The same from text; Invalid (date_range) where it cannot be read.
data::ValueKind appendTimestampText(std::string& out, std::string_view text, ZoneRule rule);
data::ValueKind appendDateText(std::string& out, std::string_view text);
/// "[-]H:MM:SS[.f]": hours to two digits, zeros of the fraction cut. Text where it is no time.
data::ValueKind appendTimeText(std::string& out, std::string_view text);

} // namespace headgate::warehouse
