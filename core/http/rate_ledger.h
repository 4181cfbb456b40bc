// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <cstdint>
#include <optional>
#include <string>

namespace headgate::http {

/// What an account allows. Zero: unlimited.
struct RateLimits
{
    double perSecond = 0; ///< requests; may be below one
    std::uint32_t perMinute = 0;
    std::uint32_t perDay = 0;
    std::uint32_t inFlight = 8; ///< over all processes

    bool operator==(const RateLimits&) const = default;
};

struct RateGrant
{
    std::uint32_t requests = 0;        ///< may be started now; 0: none
    std::optional<WallTime> notBefore; ///< set when requests is 0
};

/// One budget per destination account, shared by every process of this user. A process leases
/// tokens for at most one second; in-flight slots of a dead process are freed after their lease
/// of two minutes.
class RateLedger
{
public:
    virtual ~RateLedger() = default;
    [[nodiscard]] virtual Result<RateGrant>
    acquire(const std::string& account, const RateLimits& limits, std::uint32_t wanted) = 0;
    /// Ends `requests` exchanges in flight.
    virtual Result<void> release(const std::string& account, std::uint32_t requests) = 0;
    /// The destination said so: nobody sends to this account before `until`.
    virtual Result<void> pause(const std::string& account, WallTime until) = 0;
};

} // namespace headgate::http
