// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/date_time.h"

#include "base/text.h"

#include <QDateTime>
#include <array>

namespace headgate::shape {

namespace {

constexpr std::int64_t secondsPerDay = 86400;

bool isLeap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int daysInMonth(int year, int month)
{
    constexpr std::array days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && isLeap(year) ? 29 : days[static_cast<std::size_t>(month - 1)];
}

/// Days since 1970-01-01. https://howardhinnant.github.io/date_algorithms.html
std::int64_t daysFromCivil(int year, int month, int day)
{
    const std::int64_t y = year - (month <= 2 ? 1 : 0);
    const std::int64_t era = (y >= 0 ? y : y - 399) / 400;
    const std::int64_t yearOfEra = y - era * 400;
    const std::int64_t dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719468;
}

void civilFromDays(std::int64_t days, DateTime& into)
{
    days += 719468;
    const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    const std::int64_t dayOfEra = days - era * 146097;
    const std::int64_t yearOfEra =
        (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
    const std::int64_t dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const std::int64_t shifted = (5 * dayOfYear + 2) / 153;
    into.day = static_cast<int>(dayOfYear - (153 * shifted + 2) / 5 + 1);
    into.month = static_cast<int>(shifted < 10 ? shifted + 3 : shifted - 9);
    into.year = static_cast<int>(yearOfEra + era * 400 + (into.month <= 2 ? 1 : 0));
}

/// Takes fixed-width numbers and separators from the front of a text.
class DateScanner
{
public:
    explicit DateScanner(std::string_view text) : m_text(text) {}

    [[nodiscard]] bool atEnd() const { return m_text.empty(); }
    bool take(char c)
    {
        if (!m_text.starts_with(c))
            return false;
        m_text.remove_prefix(1);
        return true;
    }
    bool number(std::size_t digits, int low, int high, int& into)
    {
        if (m_text.size() < digits)
            return false;
        into = 0;
        for (const char c : m_text.substr(0, digits)) {
            if (c < '0' || c > '9')
                return false;
            into = into * 10 + (c - '0');
        }
        m_text.remove_prefix(digits);
        return into >= low && into <= high;
    }
    bool fraction(int& micros)
    {
        micros = 0;
        std::size_t digits = 0;
        for (; !m_text.empty() && m_text.front() >= '0' && m_text.front() <= '9'; ++digits) {
            const int digit = m_text.front() - '0';
            if (digits < 6)
                micros = micros * 10 + digit;
            else if (digit != 0)
                return false;
            m_text.remove_prefix(1);
        }
        for (std::size_t i = digits; i < 6; ++i)
            micros *= 10;
        return digits > 0;
    }

private:
    std::string_view m_text;
};

bool scanDate(DateScanner& scanner, DateTime& into)
{
    return scanner.number(4, 1, 9999, into.year) && scanner.take('-') &&
           scanner.number(2, 1, 12, into.month) && scanner.take('-') &&
           scanner.number(2, 1, daysInMonth(into.year, into.month), into.day);
}

bool scanTime(DateScanner& scanner, DateTime& into)
{
    into.hasTime = true;
    if (!scanner.number(2, 0, 23, into.hour) || !scanner.take(':') ||
        !scanner.number(2, 0, 59, into.minute))
        return false;
    if (!scanner.take(':'))
        return true;
    return scanner.number(2, 0, 59, into.second) &&
           (!scanner.take('.') || scanner.fraction(into.micros));
}

bool scanOffset(DateScanner& scanner, DateTime& into)
{
    if (scanner.take('Z') || scanner.take('z')) {
        into.offset = 0;
        return true;
    }
    const bool west = scanner.take('-');
    int hours = 0;
    int minutes = 0;
    if ((!west && !scanner.take('+')) || !scanner.number(2, 0, 18, hours))
        return false;
    const bool colon = scanner.take(':');
    if ((colon || !scanner.atEnd()) && !scanner.number(2, 0, 59, minutes))
        return false;
    into.offset = (hours * 3600 + minutes * 60) * (west ? -1 : 1);
    return true;
}

void appendPadded(std::string& out, int value, std::size_t width)
{
    const std::string digits = std::to_string(value);
    if (digits.size() < width)
        out.append(width - digits.size(), '0');
    out += digits;
}

void appendDate(std::string& out, const DateTime& time)
{
    appendPadded(out, time.year, 4);
    out += '-';
    appendPadded(out, time.month, 2);
    out += '-';
    appendPadded(out, time.day, 2);
}

void appendTime(std::string& out, const DateTime& time)
{
    appendPadded(out, time.hour, 2);
    out += ':';
    appendPadded(out, time.minute, 2);
    out += ':';
    appendPadded(out, time.second, 2);
    if (time.micros == 0)
        return;
    out += '.';
    appendPadded(out, time.micros, 6);
    out.erase(out.find_last_not_of('0') + 1);
}

void appendOffset(std::string& out, int offset, bool colon)
{
    out += offset < 0 ? '-' : '+';
    const int minutes = std::abs(offset) / 60;
    appendPadded(out, minutes / 60, 2);
    if (colon)
        out += ':';
    appendPadded(out, minutes % 60, 2);
}

/// The text whose opening quote stands at `at`, which goes behind it. Two quotes are one, in and
/// outside of quoted text.
std::optional<std::string> takeQuotedText(std::string_view pattern, std::size_t& at)
{
    if (pattern.substr(at, 2) == "''") {
        at += 2;
        return "'";
    }
    std::string text;
    for (++at; at < pattern.size(); ++at) {
        if (pattern[at] == '\'' && pattern.substr(at, 2) != "''") {
            ++at;
            return text;
        }
        at += pattern[at] == '\'' ? 1 : 0;
        text += pattern[at];
    }
    return std::nullopt;
}

} // namespace

std::int64_t DateTime::fieldSeconds() const
{
    return daysFromCivil(year, month, day) * secondsPerDay + hour * 3600 + minute * 60 + second;
}

std::optional<DateTime> DateTime::fromSeconds(std::int64_t seconds, int micros,
                                              std::optional<int> offset)
{
    seconds += offset.value_or(0);
    std::int64_t days = seconds / secondsPerDay;
    std::int64_t rest = seconds % secondsPerDay;
    if (rest < 0) {
        rest += secondsPerDay;
        --days;
    }
    DateTime time;
    civilFromDays(days, time);
    time.hour = static_cast<int>(rest / 3600);
    time.minute = static_cast<int>(rest / 60 % 60);
    time.second = static_cast<int>(rest % 60);
    time.micros = micros;
    time.hasTime = true;
    time.offset = offset;
    if (time.year < 1 || time.year > 9999)
        return std::nullopt;
    return time;
}

int DateTime::dayOfWeek() const
{
    const std::int64_t days = daysFromCivil(year, month, day) + 4;
    return static_cast<int>(((days % 7) + 7) % 7);
}

std::optional<DateTime> parseDateTime(std::string_view text)
{
    DateScanner scanner(text);
    DateTime time;
    if (!scanDate(scanner, time))
        return std::nullopt;
    if (scanner.atEnd())
        return time;
    if ((!scanner.take('T') && !scanner.take(' ')) || !scanTime(scanner, time))
        return std::nullopt;
    if (!scanner.atEnd() && (!scanOffset(scanner, time) || !scanner.atEnd()))
        return std::nullopt;
    return time;
}

std::string canonicalText(const DateTime& time, data::ValueKind kind)
{
    std::string text;
    const auto utc = DateTime::fromSeconds(time.fieldSeconds() - time.offset.value_or(0),
                                           time.micros, std::nullopt);
    const DateTime& shown = kind == data::ValueKind::TimestampTz && utc ? *utc : time;
    appendDate(text, shown);
    if (kind == data::ValueKind::Date)
        return text;
    text += 'T';
    appendTime(text, shown);
    if (kind == data::ValueKind::TimestampTz)
        text += "+00:00";
    return text;
}

Result<QTimeZone> zoneNamed(const std::string& name)
{
    if (name.empty())
        return QTimeZone::utc();
    const QByteArray id(name.data(), static_cast<qsizetype>(name.size()));
    QTimeZone zone(id);
    if (!QTimeZone::isTimeZoneIdAvailable(id) || !zone.isValid())
        return fail(ErrorKind::Config, "shape.zone",
                    Text::tr("“%1” is not a time zone this computer knows. Use an IANA name such "
                             "as “Europe/Berlin”.")
                        .arg(toQString(name)));
    return zone;
}

std::optional<DateTime> inZone(const DateTime& time, const QTimeZone& zone)
{
    const std::int64_t utc = time.fieldSeconds() - time.offset.value_or(0);
    const int offset = zone.offsetFromUtc(QDateTime::fromSecsSinceEpoch(utc, Qt::UTC));
    return DateTime::fromSeconds(utc, time.micros, offset);
}

std::optional<DateTime> atZone(const DateTime& naive, const QTimeZone& zone)
{
    // The offsets a day before and after bracket any change of the zone's clock near the moment.
    const std::int64_t local = naive.fieldSeconds();
    const auto offsetAt = [&](std::int64_t utc) {
        return zone.offsetFromUtc(QDateTime::fromSecsSinceEpoch(utc, Qt::UTC));
    };
    const int before = offsetAt(local - secondsPerDay);
    const int after = offsetAt(local + secondsPerDay);
    for (const int offset : {before, after})
        if (offsetAt(local - offset) == offset)
            return DateTime::fromSeconds(local - offset, naive.micros, offset);
    return DateTime::fromSeconds(local - before, naive.micros, offsetAt(local - before));
}

Result<DatePattern> DatePattern::compile(std::string_view pattern)
{
    DatePattern compiled;
    if (pattern == "iso" || pattern == "unix_s" || pattern == "unix_ms") {
        compiled.m_form = pattern == "iso"      ? Form::Iso
                          : pattern == "unix_s" ? Form::UnixSeconds
                                                : Form::UnixMilliseconds;
        compiled.m_needsOffset = compiled.m_form != Form::Iso;
        return compiled;
    }
    const auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    for (std::size_t i = 0; i < pattern.size();) {
        const char c = pattern[i];
        if (isLetter(c)) {
            const std::size_t end = std::min(pattern.find_first_not_of(c, i), pattern.size());
            if (!compiled.addLetters(c, static_cast<int>(end - i)))
                return fail(ErrorKind::Config, "shape.pattern",
                            Text::tr("“%1” means nothing in a date pattern. Put text in single "
                                     "quotes.")
                                .arg(toQString(pattern.substr(i, end - i))));
            i = end;
            continue;
        }
        if (c != '\'') {
            compiled.m_pieces.push_back({0, 0, std::string(1, c)});
            ++i;
            continue;
        }
        auto text = takeQuotedText(pattern, i);
        if (!text)
            return fail(ErrorKind::Config, "shape.pattern",
                        Text::tr("The date pattern has a single quote that is not closed."));
        compiled.m_pieces.push_back({0, 0, std::move(*text)});
    }
    return compiled;
}

bool DatePattern::addLetters(char letter, int count)
{
    constexpr std::array known{
        std::string_view("y24"), std::string_view("M1234"), std::string_view("d12"),
        std::string_view("E34"), std::string_view("H12"),   std::string_view("h12"),
        std::string_view("m12"), std::string_view("s12"),   std::string_view("S36"),
        std::string_view("a1"),  std::string_view("x23")};
    for (const std::string_view entry : known) {
        if (entry.front() != letter ||
            entry.find(static_cast<char>('0' + count), 1) == std::string_view::npos)
            continue;
        m_needsOffset = m_needsOffset || letter == 'x';
        m_needsTime =
            m_needsTime || std::string_view("HhmsSax").find(letter) != std::string_view::npos;
        m_pieces.push_back({letter, count, {}});
        return true;
    }
    return false;
}

bool DatePattern::givesNumber() const
{
    return m_form == Form::UnixSeconds || m_form == Form::UnixMilliseconds;
}

bool DatePattern::append(std::string& out, const DateTime& time) const
{
    if (m_needsOffset && !time.offset)
        return false;
    const std::int64_t utc = time.fieldSeconds() - time.offset.value_or(0);
    switch (m_form) {
    case Form::UnixSeconds:
        out += std::to_string(utc);
        return true;
    case Form::UnixMilliseconds:
        out += std::to_string(utc * 1000 + time.micros / 1000);
        return true;
    case Form::Iso:
        appendDate(out, time);
        if (time.hasTime) {
            out += 'T';
            appendTime(out, time);
            if (time.offset)
                appendOffset(out, *time.offset, true);
        }
        return true;
    case Form::Pieces:
        for (const Piece& piece : m_pieces)
            appendPiece(out, piece, time);
        return true;
    }
    return false;
}

void DatePattern::appendPiece(std::string& out, const Piece& piece, const DateTime& time) const
{
    constexpr std::array months{"January",   "February", "March",    "April",
                                "May",       "June",     "July",     "August",
                                "September", "October",  "November", "December"};
    constexpr std::array days{"Sunday",   "Monday", "Tuesday", "Wednesday",
                              "Thursday", "Friday", "Saturday"};
    const auto width = static_cast<std::size_t>(piece.count);
    const auto named = [&](std::string_view full) {
        out += piece.count == 3 ? full.substr(0, 3) : full;
    };
    switch (piece.letter) {
    case 'y':
        return piece.count == 2 ? appendPadded(out, time.year % 100, 2)
                                : appendPadded(out, time.year, 4);
    case 'M':
        return piece.count > 2 ? named(months[static_cast<std::size_t>(time.month - 1)])
                               : appendPadded(out, time.month, width);
    case 'd':
        return appendPadded(out, time.day, width);
    case 'E':
        return named(days[static_cast<std::size_t>(time.dayOfWeek())]);
    case 'H':
        return appendPadded(out, time.hour, width);
    case 'h':
        return appendPadded(out, (time.hour + 11) % 12 + 1, width);
    case 'm':
        return appendPadded(out, time.minute, width);
    case 's':
        return appendPadded(out, time.second, width);
    case 'S':
        return appendPadded(out, piece.count == 3 ? time.micros / 1000 : time.micros, width);
    case 'a':
        out += time.hour < 12 ? "AM" : "PM";
        return;
    case 'x':
        return appendOffset(out, time.offset.value_or(0), piece.count == 3);
    default:
        out += piece.literal;
    }
}

} // namespace headgate::shape
