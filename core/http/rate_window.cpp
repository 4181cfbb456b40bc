// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/rate_window.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>
#include <vector>

namespace headgate::http {

namespace {

constexpr std::int64_t rateSpan = RateWindow::slotCount - 1;

std::int64_t floorDivide(std::int64_t value, std::int64_t by)
{
    return value / by - (value % by < 0 ? 1 : 0);
}

std::uint32_t rateSaturated(std::uint64_t count)
{
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(count, 0xFFFFFFFF));
}

struct RateRule
{
    Milliseconds length;
    std::uint32_t limit;
};

/// "2.5 a second" is kept as 2 in 0.8 seconds, "0.2 a second" as 1 in 5 seconds.
RateRule perSecondRule(double perSecond)
{
    const double whole = std::clamp(std::floor(perSecond), 1.0, 1e9);
    const double milliseconds = std::min(std::ceil(1000.0 * whole / perSecond), 1e12);
    return {Milliseconds(static_cast<std::int64_t>(milliseconds)),
            static_cast<std::uint32_t>(whole)};
}

bool isPaused(RateCounters& counters, WallTime now)
{
    if (!counters.pausedUntil || !counters.pausedFrom)
        return false;
    constexpr auto tolerance = std::chrono::minutes(1);
    if (now < *counters.pausedFrom - tolerance) {
        counters.pausedUntil = now + (*counters.pausedUntil - *counters.pausedFrom);
        counters.pausedFrom = now;
    }
    if (now < *counters.pausedUntil)
        return true;
    counters.pausedFrom.reset();
    counters.pausedUntil.reset();
    return false;
}

} // namespace

void RateWindow::moveTo(Milliseconds slot, std::int64_t newest)
{
    if (m_slotMilliseconds != slot.count()) {
        const auto used = std::accumulate(m_counts.begin(), m_counts.end(), std::uint64_t{0});
        m_counts.fill(0);
        m_counts.front() = rateSaturated(used);
        m_slotMilliseconds = slot.count();
        m_newest = newest;
        return;
    }
    if (newest < m_newest) {
        if (m_newest - newest > rateSpan)
            m_newest = newest;
        return;
    }
    const auto steps = std::min<std::int64_t>(newest - m_newest, slotCount);
    std::move_backward(m_counts.begin(), m_counts.end() - steps, m_counts.end());
    std::fill_n(m_counts.begin(), steps, 0);
    m_newest = newest;
}

RateWindow::Room RateWindow::room(Milliseconds length, std::uint32_t limit, WallTime now)
{
    const std::int64_t slot = std::max<std::int64_t>((length.count() + rateSpan - 1) / rateSpan, 1);
    moveTo(Milliseconds(slot), floorDivide(now.time_since_epoch().count(), slot));
    std::uint64_t used = std::accumulate(m_counts.begin(), m_counts.end(), std::uint64_t{0});
    if (used < limit)
        return {static_cast<std::uint32_t>(limit - used), now};
    std::size_t oldest = slotCount;
    while (oldest > 0 && used >= limit)
        used -= m_counts[--oldest];
    const std::int64_t free = m_newest - static_cast<std::int64_t>(oldest) + rateSpan + 1;
    return {0, WallTime(Milliseconds(free * slot))};
}

void RateWindow::take(std::uint32_t requests)
{
    m_counts.front() = rateSaturated(std::uint64_t{m_counts.front()} + requests);
}

RateGrant takeGrant(RateCounters& counters, const RateLimits& limits, WallTime now,
                    std::uint32_t inFlight, std::uint32_t wanted)
{
    if (isPaused(counters, now))
        return {0, counters.pausedUntil};
    RateGrant grant{wanted, std::nullopt};
    if (limits.inFlight > 0)
        grant.requests = std::min(wanted, limits.inFlight - std::min(inFlight, limits.inFlight));
    if (grant.requests == 0)
        return grant;
    const auto narrow = [&](RateWindow& window, RateRule rule) {
        const RateWindow::Room room = window.room(rule.length, rule.limit, now);
        grant.requests = std::min(grant.requests, room.requests);
        if (room.requests == 0)
            grant.notBefore = std::max(grant.notBefore.value_or(room.notBefore), room.notBefore);
    };
    if (limits.perSecond > 0)
        narrow(counters.second, perSecondRule(limits.perSecond));
    if (limits.perMinute > 0)
        narrow(counters.minute, {std::chrono::minutes(1), limits.perMinute});
    if (limits.perDay > 0)
        narrow(counters.day, {std::chrono::hours(24), limits.perDay});
    if (limits.perSecond > 0)
        counters.second.take(grant.requests);
    if (limits.perMinute > 0)
        counters.minute.take(grant.requests);
    if (limits.perDay > 0)
        counters.day.take(grant.requests);
    return grant;
}

void pause(RateCounters& counters, WallTime now, WallTime until)
{
    if (isPaused(counters, now) && *counters.pausedUntil >= until)
        return;
    counters.pausedFrom = now;
    counters.pausedUntil = until;
}

struct RateCountersText
{
    static void write(std::vector<std::int64_t>& numbers, const RateWindow& window)
    {
        numbers.push_back(window.m_slotMilliseconds);
        numbers.push_back(window.m_newest);
        numbers.insert(numbers.end(), window.m_counts.begin(), window.m_counts.end());
    }

    static bool read(const std::int64_t* numbers, RateWindow& window)
    {
        if (numbers[0] < 0)
            return false;
        window.m_slotMilliseconds = numbers[0];
        window.m_newest = numbers[1];
        for (std::size_t i = 0; i < RateWindow::slotCount; ++i) {
            if (numbers[2 + i] < 0 || numbers[2 + i] > 0xFFFFFFFFLL)
                return false;
            window.m_counts[i] = static_cast<std::uint32_t>(numbers[2 + i]);
        }
        return true;
    }
};

std::string toText(const RateCounters& counters)
{
    constexpr std::int64_t version = 1;
    std::vector<std::int64_t> numbers{version};
    RateCountersText::write(numbers, counters.second);
    RateCountersText::write(numbers, counters.minute);
    RateCountersText::write(numbers, counters.day);
    if (counters.pausedFrom && counters.pausedUntil) {
        numbers.push_back(counters.pausedFrom->time_since_epoch().count());
        numbers.push_back(counters.pausedUntil->time_since_epoch().count());
    }
    std::string text;
    for (const std::int64_t number : numbers) {
        if (!text.empty())
            text += ' ';
        text += std::to_string(number);
    }
    return text;
}

std::optional<RateCounters> rateCountersFromText(std::string_view text)
{
    constexpr std::int64_t largestNumber = 10'000'000'000'000'000;
    constexpr std::size_t perWindow = 2 + RateWindow::slotCount;
    constexpr std::size_t withoutPause = 1 + 3 * perWindow;
    std::vector<std::int64_t> numbers;
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at != end) {
        std::int64_t number = 0;
        const auto [next, error] = std::from_chars(at, end, number);
        if (error != std::errc{} || number < -largestNumber || number > largestNumber ||
            (next != end && *next != ' ') || numbers.size() > withoutPause + 2)
            return std::nullopt;
        numbers.push_back(number);
        at = next == end ? end : next + 1;
    }
    const bool paused = numbers.size() == withoutPause + 2;
    if ((!paused && numbers.size() != withoutPause) || numbers[0] != 1)
        return std::nullopt;
    RateCounters counters;
    if (!RateCountersText::read(&numbers[1], counters.second) ||
        !RateCountersText::read(&numbers[1 + perWindow], counters.minute) ||
        !RateCountersText::read(&numbers[1 + 2 * perWindow], counters.day))
        return std::nullopt;
    if (paused) {
        counters.pausedFrom = WallTime(Milliseconds(numbers[withoutPause]));
        counters.pausedUntil = WallTime(Milliseconds(numbers[withoutPause + 1]));
    }
    return counters;
}

} // namespace headgate::http
