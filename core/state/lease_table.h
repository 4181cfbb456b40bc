// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/database.h"
#include "state/process_identity.h"
#include "state/state_store.h"

namespace headgate::state {

/// Table "leases". A row stays after its release, so that epochs only grow. While host and boot
/// are the same, time is measured by the steady clock, which all processes of a boot share: a jump
/// of the wall clock gives nobody's lease away. Members are called inside a transaction.
class LeaseTable
{
public:
    LeaseTable(Database& database, const Clock& clock) : m_database(database), m_clock(clock) {}

    [[nodiscard]] Result<Lease> acquire(const std::string& name, Milliseconds duration);
    [[nodiscard]] Result<void> renew(Lease& lease, Milliseconds duration);
    [[nodiscard]] Result<void> release(const Lease& lease);
    /// Error: Locked "state.lease.lost".
    [[nodiscard]] Result<void> requireHeld(const Lease& lease);
    /// True while some process may still be working under it.
    [[nodiscard]] Result<bool> isLive(const std::string& name, std::uint64_t epoch);
    /// Names of leases that are live.
    [[nodiscard]] Result<std::vector<Lease>> live();

private:
    struct Row
    {
        std::string name;
        std::uint64_t epoch = 0;
        bool held = false;
        WallTime expires;
        std::int64_t expiresSteady = 0;
        ProcessIdentity holder;
    };

    [[nodiscard]] static Row readRow(const Statement& row);
    [[nodiscard]] Result<std::optional<Row>> find(const std::string& name);
    [[nodiscard]] bool isTaken(const Row& row) const;
    [[nodiscard]] std::int64_t steadyAfter(Milliseconds duration) const;

    Database& m_database;
    const Clock& m_clock;
};

} // namespace headgate::state
