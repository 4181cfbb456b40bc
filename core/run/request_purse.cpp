// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/request_purse.h"

#include <algorithm>
#include <utility>

namespace headgate::run {

namespace {

constexpr Milliseconds leaseTime = std::chrono::seconds(1);
constexpr Milliseconds busyPause{20};
constexpr std::uint32_t largestLease = 4096;
/// Of a second's allowance: what is lost at most if a lease is not used.
constexpr double leasedShare = 0.1;

} // namespace

RequestPurse::RequestPurse(http::RateLedger& ledger, const Clock& clock, std::string account,
                           const http::RateLimits& limits)
    : m_ledger(ledger), m_clock(clock), m_account(std::move(account)), m_limits(limits)
{}

Result<bool> RequestPurse::mayStart(std::uint64_t expected)
{
    if (m_clock.steady() >= m_until) {
        HEADGATE_TRY(giveBack());
        m_leased -= std::min(m_leased, m_permitted);
        m_permitted = 0;
    }
    if (m_idle == 0 || m_permitted == 0)
        HEADGATE_TRY(refill(expected));
    if (m_idle > 0 && m_permitted > 0)
        return true;
    HEADGATE_TRY(giveBack());
    return false;
}

Result<void> RequestPurse::refill(std::uint64_t expected)
{
    const bool moreSlots = m_idle == 0;
    const std::uint32_t wanted =
        moreSlots ? static_cast<std::uint32_t>(std::min<std::uint64_t>(
                        std::max<std::uint64_t>(expected, 1), std::max(m_limits.inFlight, 1U)))
                  : leaseSize(expected);
    const auto grant =
        moreSlots ? m_ledger.acquire(m_account, m_limits, wanted) : permission(wanted);
    if (!grant)
        return Failure(grant.error());
    if (m_permitted == 0) {
        m_until = m_clock.steady() + leaseTime;
        m_leased = grant->requests;
    }
    m_permitted += grant->requests;
    if (moreSlots)
        m_idle = grant->requests;
    m_pause =
        grant->notBefore ? std::max(*grant->notBefore - m_clock.now(), Milliseconds(1)) : busyPause;
    return {};
}

/// The slots are held already: those that come with it go back at once.
Result<http::RateGrant> RequestPurse::permission(std::uint32_t wanted)
{
    http::RateLimits withoutSlots = m_limits;
    withoutSlots.inFlight = 0;
    auto grant = m_ledger.acquire(m_account, withoutSlots, wanted);
    if (grant && grant->requests > 0)
        HEADGATE_TRY(m_ledger.release(m_account, grant->requests));
    return grant;
}

/// Twice the last lease, which was used up; what was left of one has been taken from it.
std::uint32_t RequestPurse::leaseSize(std::uint64_t expected) const
{
    std::uint64_t size = m_idle;
    if (m_limits.perMinute == 0 && m_limits.perDay == 0)
        size = std::max<std::uint64_t>(size, std::min(2 * m_leased, largestLease));
    if (m_limits.perSecond > 0)
        size = std::min(size, std::max<std::uint64_t>(
                                  m_idle, static_cast<std::uint64_t>(
                                              std::min(m_limits.perSecond, 1e6) * leasedShare)));
    return static_cast<std::uint32_t>(std::min(size, std::max<std::uint64_t>(expected, 1)));
}

void RequestPurse::started()
{
    --m_idle;
    --m_permitted;
}

Result<void> RequestPurse::giveBack()
{
    if (m_idle == 0)
        return {};
    const std::uint32_t idle = std::exchange(m_idle, 0);
    return m_ledger.release(m_account, idle);
}

} // namespace headgate::run
