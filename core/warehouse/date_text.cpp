// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/date_text.h"

#include "warehouse/value_text.h"

#include <array>
#include <chrono>

namespace headgate::warehouse {

namespace {

using data::ValueKind;

class DateTimeReader
{
public:
    explicit DateTimeReader(std::string_view text) : m_text(text) {}

    std::optional<DateTime> read()
    {
        skipSpaces();
        if (!date())
            return std::nullopt;
        if (peek() == 'T' || peek() == 't' || peek() == ' ') {
            ++m_at;
            skipSpaces();
            if (!atEnd() && (!time() || !zone()))
                return std::nullopt;
        }
        skipSpaces();
        if (!atEnd())
            return std::nullopt;
        return m_value;
    }

private:
    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] char peek() const { return atEnd() ? '\0' : m_text[m_at]; }
    [[nodiscard]] bool digit() const { return peek() >= '0' && peek() <= '9'; }
    bool take(char c)
    {
        if (peek() != c)
            return false;
        ++m_at;
        return true;
    }
    void skipSpaces()
    {
        while (peek() == ' ')
            ++m_at;
    }
    bool number(std::size_t least, std::size_t most, unsigned& value)
    {
        std::size_t count = 0;
        value = 0;
        for (; count < most && digit(); ++count)
            value = value * 10 + static_cast<unsigned>(m_text[m_at++] - '0');
        return count >= least && !digit();
    }

    bool date()
    {
        unsigned year = 0;
        if (!number(4, 6, year) || !take('-') || !number(2, 2, m_value.month) || !take('-') ||
            !number(2, 2, m_value.day))
            return false;
        m_value.year = static_cast<int>(year);
        return std::chrono::year_month_day(std::chrono::year(m_value.year),
                                           std::chrono::month(m_value.month),
                                           std::chrono::day(m_value.day))
            .ok();
    }

    bool time()
    {
        m_value.hasTime = true;
        if (!number(1, 2, m_value.hour) || !take(':') || !number(2, 2, m_value.minute))
            return false;
        if (take(':')) {
            if (!number(2, 2, m_value.second))
                return false;
            if (take('.') || take(','))
                fraction();
        }
        return m_value.hour < 24 && m_value.minute < 60 && m_value.second < 60;
    }

    void fraction()
    {
        const std::size_t begin = m_at;
        while (digit())
            ++m_at;
        std::string_view digits = m_text.substr(begin, m_at - begin);
        while (!digits.empty() && digits.back() == '0')
            digits.remove_suffix(1);
        m_value.fraction = digits;
    }

    bool zone()
    {
        skipSpaces();
        if (atEnd())
            return true;
        if (take('Z') || take('z')) {
            m_value.offsetSeconds = 0;
            return true;
        }
        const bool west = peek() == '-';
        if (!take('+') && !take('-'))
            return false;
        unsigned hours = 0;
        unsigned minutes = 0;
        unsigned seconds = 0;
        if (!number(2, 4, hours))
            return false;
        if (hours > 99) {
            minutes = hours % 100;
            hours /= 100;
        } else if (take(':')) {
            if (!number(2, 2, minutes) || (take(':') && !number(2, 2, seconds)))
                return false;
        }
        if (hours > 18 || minutes > 59 || seconds > 59)
            return false;
        const auto total = static_cast<int>(hours * 3600 + minutes * 60 + seconds);
        m_value.offsetSeconds = west ? -total : total;
        return true;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    DateTime m_value;
};

void appendPadded(std::string& out, unsigned value, std::size_t width)
{
    std::array<char, 6> digits{};
    for (std::size_t i = width; i > 0; --i) {
        digits[i - 1] = static_cast<char>('0' + value % 10);
        value /= 10;
    }
    out.append(digits.data(), width);
}

DateTime inUtc(const DateTime& value)
{
    using namespace std::chrono;
    const sys_days day =
        year_month_day(year(value.year), month(value.month), std::chrono::day(value.day));
    const sys_seconds instant = day + hours(value.hour) + minutes(value.minute) +
                                seconds(value.second) - seconds(value.offsetSeconds.value_or(0));
    const sys_days utcDay = floor<days>(instant);
    const year_month_day date(utcDay);
    const auto inDay = static_cast<unsigned>((instant - utcDay).count());
    DateTime utc = value;
    utc.year = static_cast<int>(date.year());
    utc.month = static_cast<unsigned>(date.month());
    utc.day = static_cast<unsigned>(date.day());
    utc.hour = inDay / 3600;
    utc.minute = inDay / 60 % 60;
    utc.second = inDay % 60;
    return utc;
}

bool isSayable(int year)
{
    return year >= 1 && year <= 9999;
}

void appendYearMonthDay(std::string& out, const DateTime& value)
{
    appendPadded(out, static_cast<unsigned>(value.year), 4);
    out += '-';
    appendPadded(out, value.month, 2);
    out += '-';
    appendPadded(out, value.day, 2);
}

} // namespace

std::optional<DateTime> parseDateTime(std::string_view text)
{
    return DateTimeReader(text).read();
}

ValueKind appendDateTime(std::string& out, const DateTime& value, ZoneRule rule)
{
    const bool zoned =
        rule == ZoneRule::Utc || (rule == ZoneRule::AsWritten && value.offsetSeconds.has_value());
    const DateTime shown = zoned ? inUtc(value) : value;
    if (!isSayable(shown.year))
        return appendInvalid(out, data::invalid_reason::dateRange);
    appendYearMonthDay(out, shown);
    out += 'T';
    appendPadded(out, shown.hour, 2);
    out += ':';
    appendPadded(out, shown.minute, 2);
    out += ':';
    appendPadded(out, shown.second, 2);
    if (!shown.fraction.empty()) {
        out += '.';
        out += shown.fraction;
    }
    if (zoned)
        out += "+00:00";
    return zoned ? ValueKind::TimestampTz : ValueKind::Timestamp;
}

ValueKind appendDateOnly(std::string& out, const DateTime& value)
{
    if (!isSayable(value.year))
        return appendInvalid(out, data::invalid_reason::dateRange);
    appendYearMonthDay(out, value);
    return ValueKind::Date;
}

ValueKind appendTimestampText(std::string& out, std::string_view text, ZoneRule rule)
{
    const std::optional<DateTime> value = parseDateTime(text);
    if (!value || !isSayable(value->year))
        return appendInvalid(out, data::invalid_reason::dateRange, text);
    return appendDateTime(out, *value, rule);
}

ValueKind appendDateText(std::string& out, std::string_view text)
{
    const std::optional<DateTime> value = parseDateTime(text);
    if (!value || !isSayable(value->year))
        return appendInvalid(out, data::invalid_reason::dateRange, text);
    return appendDateOnly(out, *value);
}

ValueKind appendTimeText(std::string& out, std::string_view text)
{
    std::string_view rest = text;
    const bool negative = !rest.empty() && rest.front() == '-';
    if (negative)
        rest.remove_prefix(1);
    const auto digits = [&](std::size_t most) {
        std::size_t count = 0;
        while (count < rest.size() && count < most && rest[count] >= '0' && rest[count] <= '9')
            ++count;
        const std::string_view found = rest.substr(0, count);
        rest.remove_prefix(count);
        return found;
    };
    const auto skip = [&](char c) {
        const bool found = !rest.empty() && rest.front() == c;
        if (found)
            rest.remove_prefix(1);
        return found;
    };
    const std::string_view hours = digits(3);
    const bool minutesFollow = skip(':');
    const std::string_view minutes = digits(2);
    const bool secondsFollow = skip(':');
    const std::string_view seconds = digits(2);
    std::string_view fraction;
    if (skip('.'))
        fraction = digits(9);
    while (!fraction.empty() && fraction.back() == '0')
        fraction.remove_suffix(1);
    if (hours.empty() || !minutesFollow || minutes.size() != 2 || !rest.empty() ||
        (secondsFollow && seconds.size() != 2))
        return appendText(out, text);
    out += negative ? "-" : "";
    out += hours.size() == 1 ? "0" : "";
    out += hours;
    out += ':';
    out += minutes;
    out += ':';
    out += secondsFollow ? seconds : "00";
    if (!fraction.empty()) {
        out += '.';
        out += fraction;
    }
    return ValueKind::Time;
}

} // namespace headgate::warehouse
