// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/http_date.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace headgate::http {

namespace {

constexpr std::array<std::string_view, 12> httpMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> httpDays = {"Mon", "Tue", "Wed", "Thu",
                                                      "Fri", "Sat", "Sun"};

/// Takes the text apart from the left; one failed step fails all that follow.
class HttpDateReader
{
public:
    explicit HttpDateReader(std::string_view text) : m_rest(text) {}

    bool literal(std::string_view text)
    {
        if (m_failed || !m_rest.starts_with(text))
            return failed();
        m_rest.remove_prefix(text.size());
        return true;
    }

    bool tryLiteral(std::string_view text)
    {
        return !m_failed && m_rest.starts_with(text) && literal(text);
    }

    int digits(std::size_t count)
    {
        int value = 0;
        const bool enough = m_rest.size() >= count;
        const char* const end = m_rest.data() + (enough ? count : 0);
        const auto [next, error] = std::from_chars(m_rest.data(), end, value);
        if (m_failed || !enough || error != std::errc{} || next != end || value < 0) {
            m_failed = true;
            return 0;
        }
        m_rest.remove_prefix(count);
        return value;
    }

    unsigned month()
    {
        for (unsigned i = 0; i < httpMonths.size(); ++i)
            if (tryLiteral(httpMonths[i]))
                return i + 1;
        m_failed = true;
        return 0;
    }

    void dayName()
    {
        for (const std::string_view day : httpDays)
            if (tryLiteral(day))
                return;
        m_failed = true;
    }

    void restOfDayName()
    {
        const std::size_t comma = m_rest.find(',');
        if (m_failed || comma == std::string_view::npos || comma > 6)
            m_failed = true;
        else
            m_rest.remove_prefix(comma);
    }

    void zone()
    {
        if (!tryLiteral(" GMT") && !tryLiteral(" UTC"))
            literal(" +0000");
    }

    [[nodiscard]] bool isWhole() const { return !m_failed && m_rest.empty(); }
    [[nodiscard]] char peek() const { return m_rest.empty() ? '\0' : m_rest.front(); }

private:
    bool failed()
    {
        m_failed = true;
        return false;
    }

    std::string_view m_rest;
    bool m_failed = false;
};

struct HttpDateParts
{
    int year = 0;
    unsigned month = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
};

void readClock(HttpDateReader& reader, HttpDateParts& parts)
{
    parts.hour = reader.digits(2);
    reader.literal(":");
    parts.minute = reader.digits(2);
    reader.literal(":");
    parts.second = reader.digits(2);
}

int fullYear(int twoDigits, WallTime now)
{
    const int thisYear =
        int(std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(now)).year());
    const int year = thisYear / 100 * 100 + twoDigits;
    return year > thisYear + 50 ? year - 100 : year;
}

bool readDate(HttpDateReader& reader, HttpDateParts& parts, WallTime now)
{
    reader.dayName();
    if (reader.tryLiteral(", ")) {
        parts.day = reader.digits(2);
        reader.literal(" ");
        parts.month = reader.month();
        reader.literal(" ");
        parts.year = reader.digits(4);
        reader.literal(" ");
        readClock(reader, parts);
        reader.zone();
    } else if (reader.tryLiteral(" ")) {
        parts.month = reader.month();
        reader.literal(" ");
        parts.day = reader.tryLiteral(" ") ? reader.digits(1) : reader.digits(2);
        reader.literal(" ");
        readClock(reader, parts);
        reader.literal(" ");
        parts.year = reader.digits(4);
    } else {
        reader.restOfDayName();
        reader.literal(", ");
        parts.day = reader.digits(2);
        reader.literal("-");
        parts.month = reader.month();
        reader.literal("-");
        parts.year = fullYear(reader.digits(2), now);
        reader.literal(" ");
        readClock(reader, parts);
        reader.zone();
    }
    return reader.isWhole();
}

} // namespace

std::optional<WallTime> parseHttpDate(std::string_view text, WallTime now)
{
    using namespace std::chrono;
    HttpDateReader reader(text);
    HttpDateParts parts;
    if (!readDate(reader, parts, now))
        return std::nullopt;
    const year_month_day date(year(parts.year), month(parts.month),
                              day(static_cast<unsigned>(parts.day)));
    constexpr int leapSecond = 60;
    if (!date.ok() || parts.hour > 23 || parts.minute > 59 || parts.second > leapSecond)
        return std::nullopt;
    return sys_days(date) + hours(parts.hour) + minutes(parts.minute) + seconds(parts.second);
}

} // namespace headgate::http
