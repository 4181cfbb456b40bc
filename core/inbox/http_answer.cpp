// SPDX-License-Identifier: GPL-3.0-or-later
#include "inbox/http_answer.h"

#include <array>
#include <string_view>

namespace headgate::inbox {

namespace {

constexpr std::array<std::string_view, 7> weekdayNames = {
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 12> monthNames = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::string twoDigits(long long number, char fill = '0')
{
    const std::string digits = std::to_string(number);
    return digits.size() < 2 ? fill + digits : digits;
}

struct HttpDateParts
{
    std::string_view weekday;
    std::string_view month;
    unsigned day;
    int year;
    std::string clock;
};

HttpDateParts httpDateParts(WallTime time)
{
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - day));
    return {weekdayNames[std::chrono::weekday(day).c_encoding()],
            monthNames[unsigned(date.month()) - 1], unsigned(date.day()), int(date.year()),
            twoDigits(clock.hours().count()) + ':' + twoDigits(clock.minutes().count()) + ':' +
                twoDigits(clock.seconds().count())};
}

std::string_view statusText(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 202:
        return "Accepted";
    case 204:
        return "No Content";
    case 207:
        return "Multi-Status";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 409:
        return "Conflict";
    case 413:
        return "Content Too Large";
    case 422:
        return "Unprocessable Content";
    case 429:
        return "Too Many Requests";
    case 500:
        return "Internal Server Error";
    case 503:
        return "Service Unavailable";
    default:
        return "Status";
    }
}

} // namespace

HttpAnswer jsonAnswer(int status, std::string json)
{
    return {status, {{"Content-Type", "application/json"}}, std::move(json)};
}

std::string toBytes(const HttpAnswer& answer, bool keepAlive, WallTime now)
{
    std::string out = "HTTP/1.1 " + std::to_string(answer.status) + ' ';
    out += statusText(answer.status);
    out += "\r\nDate: " + toHttpDate(now) + "\r\n";
    for (const HttpHeader& header : answer.headers)
        out += header.name + ": " + header.value + "\r\n";
    if (answer.status != 204)
        out += "Content-Length: " + std::to_string(answer.body.size()) + "\r\n";
    out += keepAlive ? "\r\n" : "Connection: close\r\n\r\n";
    return answer.status == 204 ? out : out + answer.body;
}

std::string toHttpDate(WallTime time)
{
    const HttpDateParts parts = httpDateParts(time);
    return std::string(parts.weekday.substr(0, 3)) + ", " + twoDigits(parts.day) + ' ' +
           std::string(parts.month) + ' ' + std::to_string(parts.year) + ' ' + parts.clock + " GMT";
}

std::string toRfc850Date(WallTime time)
{
    const HttpDateParts parts = httpDateParts(time);
    return std::string(parts.weekday) + ", " + twoDigits(parts.day) + '-' +
           std::string(parts.month) + '-' + twoDigits(parts.year % 100) + ' ' + parts.clock +
           " GMT";
}

std::string toAsctimeDate(WallTime time)
{
    const HttpDateParts parts = httpDateParts(time);
    return std::string(parts.weekday.substr(0, 3)) + ' ' + std::string(parts.month) + ' ' +
           twoDigits(parts.day, ' ') + ' ' + parts.clock + ' ' + std::to_string(parts.year);
}

} // namespace headgate::inbox
