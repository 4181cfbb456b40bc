// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "http/http.h"

#include <optional>
#include <span>
#include <string_view>

namespace headgate::http {

/// The headers in which destinations say how long to wait; a connector's spec names its own.
/// Forms in bodies are the connector's.
enum class WaitHeader
{
    RetryAfter,            ///< Retry-After: seconds or an HTTP-date (Zendesk, Notion, Slack; Attio)
    XRateLimitReset,       ///< X-RateLimit-Reset: a moment, seconds since 1970 (Intercom, Braze)
    XRateLimitResetDashed, ///< X-Rate-Limit-Reset: the same
    RateLimitReset,        ///< RateLimit-Reset: seconds left (Zendesk ticketing, Klaviyo)
    HubSpotInterval        ///< X-HubSpot-RateLimit-Interval-Milliseconds: the length of the window
};

/// The header's name on the wire.
[[nodiscard]] const char* name(WaitHeader header);
/// By that name, without case.
[[nodiscard]] std::optional<WaitHeader> waitHeaderFromName(std::string_view name);

/// The first header of `headers` that is there and understood. Never under 1 s: 0, negative values
/// and moments that have passed mean 'a moment', not 'at once'. Up to 365 days: what to do with a
/// long wait is the caller's. Moments are measured from the answer's own Date, so that clocks that
/// differ do no harm. Fractions are rounded up. Bare numbers are read by their size: a moment below
/// 10^8 is taken as seconds left, one from 10^11 on as milliseconds. Nothing understood: nullopt.
[[nodiscard]] std::optional<Milliseconds>
waitAskedFor(const Answer& answer, std::span<const WaitHeader> headers, WallTime now);

/// For an accepted answer that says its quota is used up (X-RateLimit-Remaining,
/// X-Rate-Limit-Remaining or RateLimit-Remaining is 0): when to go on, so that no 429 is needed.
[[nodiscard]] std::optional<Milliseconds>
waitForQuota(const Answer& answer, std::span<const WaitHeader> headers, WallTime now);

} // namespace headgate::http
