// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/retry_policy.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace headgate::http {

namespace {

AnswerReading refusedBy(AnswerClass answerClass)
{
    AnswerReading reading;
    reading.answerClass = answerClass;
    return reading;
}

AnswerReading passing()
{
    AnswerReading reading;
    reading.answerClass = AnswerClass::Transient;
    reading.again = true;
    reading.systemic = true;
    return reading;
}

AnswerReading unclear(bool repeatable)
{
    AnswerReading reading;
    reading.answerClass = AnswerClass::Ambiguous;
    reading.mayBeApplied = true;
    reading.again = repeatable;
    reading.systemic = true;
    return reading;
}

AnswerReading fatal(bool mayBeApplied = false)
{
    AnswerReading reading;
    reading.answerClass = AnswerClass::Fatal;
    reading.mayBeApplied = mayBeApplied;
    reading.systemic = true;
    return reading;
}

AnswerReading rateLimited()
{
    AnswerReading reading;
    reading.answerClass = AnswerClass::RateLimited;
    reading.again = true;
    reading.usesAttempt = false;
    return reading;
}

AnswerReading byRefusal(int status)
{
    switch (status) {
    case 401:
    case 403:
        return refusedBy(AnswerClass::Unauthorised);
    case 402:
    case 407:
        return fatal();
    case 404:
    case 410:
        return refusedBy(AnswerClass::Missing);
    case 408:
    case 421:
    case 423:
    case 425:
        return passing();
    case 409:
        return refusedBy(AnswerClass::Conflict);
    case 413:
        return refusedBy(AnswerClass::TooLarge);
    case 429:
        return rateLimited();
    default:
        return refusedBy(AnswerClass::Refused);
    }
}

AnswerReading byServerError(int status, bool repeatable)
{
    switch (status) {
    case 501:
    case 505:
        return fatal();
    case 503:
    case 511:
        return passing();
    default:
        return unclear(repeatable);
    }
}

/// 303 is the usual answer of a form that did its work; 307 and 308 promise that nothing was done.
bool redirectMayFollowWork(int status)
{
    return status != 307 && status != 308;
}

AnswerReading byStatus(int status, bool repeatable)
{
    if (status >= 200 && status < 300)
        return refusedBy(AnswerClass::Accepted);
    if (status >= 300 && status < 400)
        return fatal(redirectMayFollowWork(status));
    if (status >= 400 && status < 500)
        return byRefusal(status);
    if (status >= 500 && status < 600)
        return byServerError(status, repeatable);
    return unclear(repeatable);
}

bool isEnoughAlone(int status)
{
    switch (status) {
    case 401:
    case 403:
    case 407:
    case 408:
    case 425:
    case 429:
    case 503:
        return true;
    default:
        return false;
    }
}

AnswerReading abandoned(const Answer& answer)
{
    AnswerReading reading;
    reading.answerClass = AnswerClass::Abandoned;
    reading.mayBeApplied = answer.bytesTaken > 0;
    return reading;
}

AnswerReading byTransport(const Answer& answer, bool repeatable)
{
    switch (answer.transport) {
    case Transport::Complete:
        return byStatus(answer.status, repeatable);
    case Transport::NotSent:
        return answer.status == 407 ? fatal() : passing();
    case Transport::TlsRefused:
        return fatal();
    case Transport::Redirected:
        return fatal(redirectMayFollowWork(answer.status));
    case Transport::Broken:
    case Transport::TooLarge:
        if (isEnoughAlone(answer.status))
            return byStatus(answer.status, repeatable);
        return unclear(repeatable && answer.transport == Transport::Broken);
    case Transport::Abandoned:
        return abandoned(answer);
    case Transport::BadRequest:
        return refusedBy(AnswerClass::Refused);
    }
    return unclear(repeatable);
}

std::string codeOf(const Answer& answer)
{
    const bool status = answer.transport == Transport::Complete ||
                        answer.transport == Transport::Redirected ||
                        (answer.transport != Transport::Abandoned && isEnoughAlone(answer.status));
    return "http." + (status ? std::to_string(answer.status) : name(answer.transport));
}

} // namespace

const char* name(AnswerClass answerClass)
{
    switch (answerClass) {
    case AnswerClass::Accepted:
        return "accepted";
    case AnswerClass::Refused:
        return "refused";
    case AnswerClass::TooLarge:
        return "too_large";
    case AnswerClass::Missing:
        return "missing";
    case AnswerClass::Conflict:
        return "conflict";
    case AnswerClass::RateLimited:
        return "rate_limited";
    case AnswerClass::Transient:
        return "transient";
    case AnswerClass::Ambiguous:
        return "ambiguous";
    case AnswerClass::Unauthorised:
        return "unauthorised";
    case AnswerClass::Fatal:
        return "fatal";
    case AnswerClass::Abandoned:
        return "abandoned";
    }
    return "";
}

AnswerReading classify(const Answer& answer, bool repeatable)
{
    AnswerReading reading = byTransport(answer, repeatable);
    reading.code = codeOf(answer);
    return reading;
}

bool isSplittable(int status)
{
    return status == 400 || status == 413 || status == 422;
}

Milliseconds backoff(std::uint32_t attempt, Random& random)
{
    constexpr double base = 1'000;
    constexpr double cap = 60'000;
    const double ceiling =
        std::min(cap, std::ldexp(base, static_cast<int>(std::min(attempt, 16U))));
    return Milliseconds(static_cast<std::int64_t>(random.fraction() * ceiling));
}

bool RetryBudget::take(bool timedOut)
{
    const std::uint32_t price = timedOut ? timeoutCost : cost;
    if (m_tokens < price)
        return false;
    m_tokens -= price;
    return true;
}

void RetryBudget::onSuccess()
{
    m_tokens = std::min(m_tokens + 1, capacity);
}

CircuitBreaker::State CircuitBreaker::state(SteadyTime now) const
{
    if (m_failedProbes >= probesToEnd)
        return State::Ended;
    if (!m_open)
        return State::Closed;
    return now < m_openUntil ? State::Open : State::Probing;
}

bool CircuitBreaker::tryStart(SteadyTime now)
{
    switch (state(now)) {
    case State::Closed:
        return true;
    case State::Open:
    case State::Ended:
        return false;
    case State::Probing:
        return !std::exchange(m_probing, true);
    }
    return false;
}

void CircuitBreaker::onAnswer(const AnswerReading& reading, SteadyTime now)
{
    if (m_failedProbes >= probesToEnd)
        return;
    if (reading.answerClass == AnswerClass::Abandoned) {
        m_probing = false;
        return;
    }
    if (!reading.systemic) {
        *this = CircuitBreaker();
        return;
    }
    ++m_failures;
    if (m_probing) {
        m_probing = false;
        ++m_failedProbes;
        m_openUntil = now + openTime;
    } else if (!m_open && m_failures >= failuresToOpen) {
        m_open = true;
        m_openUntil = now + openTime;
    }
}

void RateLimitPatience::onAnswer(const AnswerReading& reading, SteadyTime now)
{
    if (reading.answerClass == AnswerClass::Accepted)
        m_since.reset();
    else if (reading.answerClass == AnswerClass::RateLimited && !m_since)
        m_since = now;
}

bool RateLimitPatience::isOver(SteadyTime now) const
{
    return m_since && now - *m_since >= longestWait;
}

} // namespace headgate::http
