// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/rate_window.h"
#include "state/database.h"
#include "state/process_identity.h"

namespace headgate::state {

/// The ledger of all projects of a user, in a database of its own, keyed by account identity. Each
/// call is one transaction, so that processes never grant the same request twice. It survives a
/// killed process; after a power cut the last counts may be missing. One object belongs to one
/// thread. Errors: State "state.*", and "ledger.corrupt".
class SqliteRateLedger final : public http::RateLedger
{
public:
    /// Slots of a process that may be dead, and of one that lives and seems to have lost count.
    static constexpr Milliseconds slotLease{2 * 60'000};
    static constexpr Milliseconds lostSlotLease{10 * 60'000};

    /// Creates the file, and its folder (0700), if there is none.
    [[nodiscard]] static Result<std::unique_ptr<SqliteRateLedger>> open(const std::string& file,
                                                                        const Clock& clock);

    [[nodiscard]] Result<http::RateGrant> acquire(const std::string& account,
                                                  const http::RateLimits& limits,
                                                  std::uint32_t wanted) override;
    Result<void> release(const std::string& account, std::uint32_t requests) override;
    Result<void> pause(const std::string& account, WallTime until) override;

private:
    SqliteRateLedger(std::unique_ptr<Database> database, const Clock& clock);

    [[nodiscard]] Result<http::RateCounters> counters(const std::string& account);
    [[nodiscard]] Result<void> store(const std::string& account,
                                     const http::RateCounters& counters);
    /// Over all processes, after slots of the dead were freed.
    [[nodiscard]] Result<std::uint32_t> inFlight(const std::string& account);
    /// Changes what this process has in flight; never below zero.
    [[nodiscard]] Result<void> addInFlight(const std::string& account, std::int64_t requests);

    std::unique_ptr<Database> m_database;
    const Clock& m_clock;
    ProcessIdentity m_process;
};

} // namespace headgate::state
