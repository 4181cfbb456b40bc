// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/rate_ledger.h"

#include <cstdint>
#include <string>

namespace headgate::run {

/// The requests that may be started now. Keeps slots in flight and leases permissions from the
/// ledger for at most a second, as many as were used in the last one, so that a request does not
/// cost a transaction of its own. Where a limit is per minute or day, or the last lease was not
/// used up, nothing is leased beyond the free slots: a permission that goes unused is lost.
/// Errors are the ledger's.
class RequestPurse
{
public:
    RequestPurse(http::RateLedger& ledger, const Clock& clock, std::string account,
                 const http::RateLimits& limits);

    /// Whether a request may be started; if not, pause() says when to ask again. `expected`: how
    /// many are still to be sent.
    [[nodiscard]] Result<bool> mayStart(std::uint64_t expected);
    void started();
    void ended() { ++m_idle; }
    [[nodiscard]] Milliseconds pause() const { return m_pause; }
    /// Lets other processes have the slots that no request is using.
    [[nodiscard]] Result<void> giveBack();

private:
    [[nodiscard]] Result<void> refill(std::uint64_t expected);
    [[nodiscard]] Result<http::RateGrant> permission(std::uint32_t wanted);
    [[nodiscard]] std::uint32_t leaseSize(std::uint64_t expected) const;

    http::RateLedger& m_ledger;
    const Clock& m_clock;
    std::string m_account;
    http::RateLimits m_limits;
    std::uint32_t m_idle = 0;      ///< slots held and not in use
    std::uint32_t m_permitted = 0; ///< requests that may still be started until m_until
    std::uint32_t m_leased = 0;    ///< the last lease
    SteadyTime m_until;
    Milliseconds m_pause{0};
};

} // namespace headgate::run
