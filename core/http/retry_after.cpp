// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/retry_after.h"

#include "http/http_date.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace headgate::http {

namespace {

constexpr std::array waitHeaders = {WaitHeader::RetryAfter, WaitHeader::XRateLimitReset,
                                    WaitHeader::XRateLimitResetDashed, WaitHeader::RateLimitReset,
                                    WaitHeader::HubSpotInterval};
constexpr std::array<std::string_view, 3> remainingHeaders = {
    "X-RateLimit-Remaining", "X-Rate-Limit-Remaining", "RateLimit-Remaining"};

constexpr Milliseconds shortestAskedWait = std::chrono::seconds(1);
constexpr Milliseconds longestAskedWait = std::chrono::hours(24 * 365);
/// Thousandths of the largest number told apart from a larger one.
constexpr std::int64_t saturated = 1'000'000'000'000'000'000;

std::string_view trimmedBlanks(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool isDecimalDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Thousandths, rounded up and saturated; -?[0-9]+(\.[0-9]*)?
std::optional<std::int64_t> thousandths(std::string_view text)
{
    const bool negative = text.starts_with('-');
    text.remove_prefix(negative ? 1 : 0);
    const std::size_t point = std::min(text.find('.'), text.size());
    const std::string_view whole = text.substr(0, point);
    const std::string_view fraction = text.substr(std::min(point + 1, text.size()));
    if (whole.empty() || !std::all_of(whole.begin(), whole.end(), isDecimalDigit) ||
        !std::all_of(fraction.begin(), fraction.end(), isDecimalDigit))
        return std::nullopt;
    std::int64_t value = 0;
    for (const char digit : whole)
        value = value >= saturated / 10'000 ? saturated / 1'000 : value * 10 + (digit - '0');
    for (std::size_t i = 0; i < 3; ++i)
        value = value * 10 + (i < fraction.size() ? fraction[i] - '0' : 0);
    const bool rest = fraction.find_first_not_of('0', 3) != std::string_view::npos;
    value = std::min(value + (rest ? 1 : 0), saturated);
    return negative ? -value : value;
}

Milliseconds clampedWait(std::int64_t milliseconds)
{
    return Milliseconds(std::clamp<std::int64_t>(milliseconds, shortestAskedWait.count(),
                                                 longestAskedWait.count()));
}

/// The server's own clock where it tells it.
WallTime clockOf(const Answer& answer, WallTime now)
{
    return parseHttpDate(trimmedBlanks(answer.header("Date")), now).value_or(now);
}

Milliseconds untilMoment(std::int64_t moment, const Answer& answer, WallTime now)
{
    return clampedWait(moment - clockOf(answer, now).time_since_epoch().count());
}

std::optional<Milliseconds> secondsOrDate(std::string_view text, const Answer& answer, WallTime now)
{
    if (const auto seconds = thousandths(text))
        return clampedWait(*seconds);
    if (const auto date = parseHttpDate(text, now))
        return untilMoment(date->time_since_epoch().count(), answer, now);
    return std::nullopt;
}

std::optional<Milliseconds> epochOrSeconds(std::string_view text, const Answer& answer,
                                           WallTime now)
{
    constexpr std::int64_t smallestMoment = 100'000'000'000;
    constexpr std::int64_t smallestInMilliseconds = 100'000'000'000'000;
    const auto number = thousandths(text);
    if (!number)
        return std::nullopt;
    if (*number < smallestMoment)
        return clampedWait(*number);
    return untilMoment(*number < smallestInMilliseconds ? *number : *number / 1'000, answer, now);
}

std::optional<Milliseconds> readWait(WaitHeader header, std::string_view text, const Answer& answer,
                                     WallTime now)
{
    switch (header) {
    case WaitHeader::RetryAfter:
        return secondsOrDate(text, answer, now);
    case WaitHeader::XRateLimitReset:
    case WaitHeader::XRateLimitResetDashed:
    case WaitHeader::RateLimitReset:
        return epochOrSeconds(text, answer, now);
    case WaitHeader::HubSpotInterval:
        if (const auto number = thousandths(text))
            return clampedWait((*number + 999) / 1'000);
        return std::nullopt;
    }
    return std::nullopt;
}

} // namespace

const char* name(WaitHeader header)
{
    switch (header) {
    case WaitHeader::RetryAfter:
        return "Retry-After";
    case WaitHeader::XRateLimitReset:
        return "X-RateLimit-Reset";
    case WaitHeader::XRateLimitResetDashed:
        return "X-Rate-Limit-Reset";
    case WaitHeader::RateLimitReset:
        return "RateLimit-Reset";
    case WaitHeader::HubSpotInterval:
        return "X-HubSpot-RateLimit-Interval-Milliseconds";
    }
    return "";
}

std::optional<WaitHeader> waitHeaderFromName(std::string_view headerName)
{
    for (const WaitHeader header : waitHeaders)
        if (sameHeaderName(name(header), headerName))
            return header;
    return std::nullopt;
}

std::optional<Milliseconds> waitAskedFor(const Answer& answer, std::span<const WaitHeader> headers,
                                         WallTime now)
{
    for (const WaitHeader header : headers) {
        const std::string_view text = trimmedBlanks(answer.header(name(header)));
        if (text.empty())
            continue;
        if (const auto wait = readWait(header, text, answer, now))
            return wait;
    }
    return std::nullopt;
}

std::optional<Milliseconds> waitForQuota(const Answer& answer, std::span<const WaitHeader> headers,
                                         WallTime now)
{
    const bool usedUp = std::any_of(
        remainingHeaders.begin(), remainingHeaders.end(), [&](std::string_view remaining) {
            const std::string_view text = trimmedBlanks(answer.header(remaining));
            const auto left = thousandths(text);
            return left && *left <= 0;
        });
    return usedUp ? waitAskedFor(answer, headers, now) : std::nullopt;
}

} // namespace headgate::http
