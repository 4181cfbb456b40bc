// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/rate_ledger.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace headgate::http {

/// Requests of the last `length`, counted in slots of a twentieth of it. The current slot and the
/// twenty before are summed, so no stretch of `length` ever holds more than the limit, wherever
/// the destination's own window begins; the price is 5 % of the allowance.
class RateWindow
{
public:
    static constexpr std::size_t slotCount = 21;

    struct Room
    {
        std::uint32_t requests = 0; ///< may go now
        WallTime notBefore;         ///< when there will be room; meaningful if requests is 0
    };
    /// Forgets what is older than `length`. Readings of the clock that went back count as the
    /// newest slot; after a jump back by more than `length` what was counted counts as of now.
    [[nodiscard]] Room room(Milliseconds length, std::uint32_t limit, WallTime now);
    /// Counts in the slot that room() brought up to date.
    void take(std::uint32_t requests);

    bool operator==(const RateWindow&) const = default;

private:
    friend struct RateCountersText;
    void moveTo(Milliseconds slot, std::int64_t newest);

    std::int64_t m_slotMilliseconds = 0; ///< 0: never used
    std::int64_t m_newest = 0;           ///< number of the newest slot, counted from 1970
    std::array<std::uint32_t, slotCount> m_counts{}; ///< newest first
};

/// What a ledger stores per account, beside the leases of requests in flight. Value initialised:
/// nothing was sent yet.
struct RateCounters
{
    RateWindow second;
    RateWindow minute;
    RateWindow day;
    std::optional<WallTime> pausedFrom; ///< set with pausedUntil
    std::optional<WallTime> pausedUntil;

    bool operator==(const RateCounters&) const = default;
};

/// Takes up to `wanted` requests and counts them as sent. `inFlight`: over all processes. What is
/// granted is to be started within a second. A grant of 0 names a time only where one is known:
/// with every slot in flight taken, the caller waits for a release.
[[nodiscard]] RateGrant takeGrant(RateCounters& counters, const RateLimits& limits, WallTime now,
                                  std::uint32_t inFlight, std::uint32_t wanted);

/// Nobody sends before `until`. An earlier pause that ends later stays.
void pause(RateCounters& counters, WallTime now, WallTime until);

/// One line of text for a database column. Unreadable or foreign text: nullopt.
[[nodiscard]] std::string toText(const RateCounters& counters);
[[nodiscard]] std::optional<RateCounters> rateCountersFromText(std::string_view text);

} // namespace headgate::http
