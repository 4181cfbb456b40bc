// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/random.h"
#include "http/http.h"

#include <cstdint>
#include <optional>
#include <string>

namespace headgate::http {

/// What an answer, or its absence, means before the connector's own rules look into the body.
enum class AnswerClass
{
    Accepted,     ///< whole 2xx: the connector's rules say what became of each record
    Refused,      ///< surely not applied, and the same bytes would be refused again
    TooLarge,     ///< 413: refused; smaller batches may pass
    Missing,      ///< 404, 410: the record, or the endpoint itself; the connector knows
    Conflict,     ///< 409: key in progress, or it exists; the connector knows
    RateLimited,  ///< 429: surely not applied; wait
    Transient,    ///< surely not applied, for a passing reason
    Ambiguous,    ///< may have been applied
    Unauthorised, ///< 401, 403: surely not applied; one renewal of the credential may help
    Fatal,        ///< this destination cannot work now: certificate, redirect, proxy, billing
    Abandoned     ///< we stopped waiting
};
[[nodiscard]] const char* name(AnswerClass answerClass);

struct AnswerReading
{
    AnswerClass answerClass = AnswerClass::Ambiguous;
    /// If nothing later settles it, the batch is In doubt, not Pending.
    bool mayBeApplied = false;
    /// The same bytes may go again in this run, after a pause.
    bool again = false;
    /// Counts against attemptLimit; 429 never does.
    bool usesAttempt = true;
    /// Speaks of the destination, not of this batch: counts for the circuit breaker.
    bool systemic = false;
    std::string code; ///< stable: "http.503", "http.broken", "http.not_sent"

    bool operator==(const AnswerReading&) const = default;
};

/// The status decides, the transport's error only where there is no status. An answer that broke
/// off counts by its status where the status alone says that nothing was applied and no detail is
/// missed (401, 403, 407, 408, 425, 429, 503). `repeatable`: sending the same bytes again does no
/// harm (upsert, idempotency key, GET).
[[nodiscard]] AnswerReading classify(const Answer& answer, bool repeatable);

/// Only these refusals may halve a batch, and only where the spec calls them atomic.
[[nodiscard]] bool isSplittable(int status);

/// Sends of one batch in one run.
inline constexpr std::uint32_t attemptLimit = 5;

/// Full jitter: rand(0, 1) * min(60 s, 1 s * 2^attempt), attempt counted from 0.
[[nodiscard]] Milliseconds backoff(std::uint32_t attempt, Random& random);

/// A wait that a destination asks for is waited out up to this; beyond, the run ends and says when
/// it resumes. Also the longest stretch of 429 without one acceptance.
inline constexpr Milliseconds longestWait = std::chrono::minutes(15);

/// Keeps a failing destination from being flooded by retries of all its batches: every retry costs
/// tokens, every success returns one. The figures are those of the AWS SDKs' standard mode.
class RetryBudget
{
public:
    /// False: no retry now; the batch stays Pending or In doubt.
    [[nodiscard]] bool take(bool timedOut);
    void onSuccess();
    [[nodiscard]] std::uint32_t tokens() const { return m_tokens; }

private:
    static constexpr std::uint32_t capacity = 500;
    static constexpr std::uint32_t cost = 5;
    static constexpr std::uint32_t timeoutCost = 10;
    std::uint32_t m_tokens = capacity;
};

/// Five systemic failures in a row open it for 60 s, then one request at a time probes; the third
/// failing probe ends the run's delivery. Any answer that shows the destination at work closes it.
class CircuitBreaker
{
public:
    enum class State
    {
        Closed,
        Open,    ///< nothing may start before openUntil()
        Probing, ///< one request may start, or is on its way
        Ended    ///< give up: exit 4, the rest stays Pending
    };

    [[nodiscard]] State state(SteadyTime now) const;
    /// Asked before every start; true for a probe marks it as on its way.
    [[nodiscard]] bool tryStart(SteadyTime now);
    [[nodiscard]] SteadyTime openUntil() const { return m_openUntil; }
    void onAnswer(const AnswerReading& reading, SteadyTime now);

private:
    static constexpr std::uint32_t failuresToOpen = 5;
    static constexpr std::uint32_t probesToEnd = 3;
    static constexpr Milliseconds openTime = std::chrono::seconds(60);

    std::uint32_t m_failures = 0;
    std::uint32_t m_failedProbes = 0;
    bool m_open = false;
    bool m_probing = false;
    SteadyTime m_openUntil;
};

/// Ends a run's delivery after longestWait of 429 without one acceptance.
class RateLimitPatience
{
public:
    void onAnswer(const AnswerReading& reading, SteadyTime now);
    [[nodiscard]] bool isOver(SteadyTime now) const;

private:
    std::optional<SteadyTime> m_since;
};

} // namespace headgate::http
