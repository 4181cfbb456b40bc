// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "inbox/http_answer.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace headgate::inbox {

/// What can go wrong with a request that the inbox would otherwise serve well.
enum class Trouble
{
    Delay,       ///< the answer comes late
    Status,      ///< this status instead of the answer
    Cut,         ///< the connection is closed without a byte of answer
    CutAnswer,   ///< the connection is closed after some bytes of the answer
    WrongJson,   ///< a well-framed answer whose JSON breaks off in the middle
    Html,        ///< 200 with a web page, as captive portals send it
    EmptyAnswer, ///< 200 without a body
    Drip,        ///< the answer comes in small pieces with pauses between
    FailKeys     ///< records of these match values are refused, the others taken
};

/// The ways in which services say how long to wait.
enum class RetryAfterForm
{
    None,
    Seconds,           ///< Retry-After: 2
    HttpDate,          ///< Retry-After: Sun, 06 Nov 1994 08:49:37 GMT
    Rfc850Date,        ///< Retry-After: Sunday, 06-Nov-94 08:49:37 GMT
    AsctimeDate,       ///< Retry-After: Sun Nov  6 08:49:37 1994
    ResetEpoch,        ///< X-RateLimit-Reset: Unix time in seconds
    ResetSeconds,      ///< ratelimit-reset: 41
    ResetMilliseconds, ///< X-HubSpot-RateLimit-Interval-Milliseconds: 10000
    JsonBody,          ///< {"params":{"rateLimitReset":2}}
    Garbage            ///< Retry-After: soon
};

struct Misbehaviour
{
    Trouble trouble = Trouble::Status;
    std::uint32_t skip = 0;  ///< requests that go well first
    std::uint32_t times = 0; ///< requests that go wrong then; 0: all
    bool everything = false; ///< also checks and field lists, not only deliveries
    bool applied = false;    ///< Status, Cut: the records are taken before it goes wrong
    Milliseconds delay{0};   ///< Delay; Drip: between two pieces
    int status = 500;        ///< Status
    RetryAfterForm retryAfter = RetryAfterForm::None; ///< Status
    Milliseconds wait{1000};                          ///< Status: what retryAfter says
    std::size_t bytes = 1;         ///< CutAnswer: how many are sent; Drip: per piece
    std::vector<std::string> keys; ///< FailKeys
    std::string code;              ///< FailKeys: error code of the answer where it has a place
    bool over = false;             ///< used up
};

[[nodiscard]] const char* name(Trouble trouble);
[[nodiscard]] const char* name(RetryAfterForm form);

/// {"trouble":"status","status":503,"times":3,"retryAfter":"seconds","wait":2000}; names as in
/// name(), times in milliseconds. Unknown members are refused.
/// Error: Usage "inbox.misbehaviour".
[[nodiscard]] Result<Misbehaviour> misbehaviourFromJson(std::string_view json);
[[nodiscard]] std::string toJson(const Misbehaviour& misbehaviour);

/// The refusal of a Trouble::Status.
[[nodiscard]] HttpAnswer refusal(const Misbehaviour& misbehaviour, WallTime now);

} // namespace headgate::inbox
