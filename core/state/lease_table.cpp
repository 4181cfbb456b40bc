// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/lease_table.h"

#include "base/text.h"

namespace headgate::state {

namespace {

Failure leaseLost(const Lease& lease)
{
    return fail(ErrorKind::Locked, "state.lease.lost",
                Text::tr("Another process took over '%1' while this one did not answer. Nothing "
                         "more is sent from here.")
                    .arg(toQString(lease.name)));
}

} // namespace

LeaseTable::Row LeaseTable::readRow(const Statement& row)
{
    return {
        row.text(0),         static_cast<std::uint64_t>(row.integer(1)),
        row.integer(2) != 0, row.time(3),
        row.integer(4),      {row.text(5), row.text(6), row.integer(7), row.text(8), row.text(9)}};
}

Result<std::optional<LeaseTable::Row>> LeaseTable::find(const std::string& name)
{
    return m_database
        .cached("SELECT name, epoch, held, expires, expires_steady, host, space, pid, start, boot "
                "FROM leases WHERE name = ?")
        .bind(name)
        .first(readRow);
}

bool LeaseTable::isTaken(const Row& row) const
{
    if (!row.held || row.holder.liveness() == Liveness::Dead)
        return false;
    if (row.holder.sameBoot(ProcessIdentity::current()))
        return m_clock.steady().time_since_epoch().count() < row.expiresSteady;
    return m_clock.now() < row.expires;
}

std::int64_t LeaseTable::steadyAfter(Milliseconds duration) const
{
    return (m_clock.steady() + duration).time_since_epoch().count();
}

Result<Lease> LeaseTable::acquire(const std::string& name, Milliseconds duration)
{
    const auto row = find(name);
    if (!row)
        return Failure(row.error());
    if (*row && isTaken(**row))
        return fail(ErrorKind::Locked, "state.lease.held",
                    Text::tr("'%1' is already being worked on by process %2 on %3. Wait until it "
                             "is done or stop it.")
                        .arg(toQString(name))
                        .arg((*row)->holder.pid)
                        .arg(toQString((*row)->holder.host)),
                    toQString((*row)->holder.toString()));
    const ProcessIdentity& holder = ProcessIdentity::current();
    const Lease lease = {name, *row ? (*row)->epoch + 1 : 1, m_clock.now() + duration,
                         holder.toString()};
    HEADGATE_TRY(m_database
                     .cached("REPLACE INTO leases(name, epoch, held, expires, expires_steady, "
                             "host, space, pid, start, boot) VALUES(?,?,1,?,?,?,?,?,?,?)")
                     .bind(lease.name, lease.epoch, lease.expires, steadyAfter(duration),
                           holder.host, holder.space, holder.pid, holder.start, holder.boot)
                     .run());
    return lease;
}

Result<void> LeaseTable::renew(Lease& lease, Milliseconds duration)
{
    const WallTime expires = m_clock.now() + duration;
    HEADGATE_TRY(m_database
                     .cached("UPDATE leases SET expires = ?, expires_steady = ? WHERE name = ? AND "
                             "epoch = ? AND held = 1")
                     .bind(expires, steadyAfter(duration), lease.name, lease.epoch)
                     .run());
    if (m_database.changes() != 1)
        return leaseLost(lease);
    lease.expires = expires;
    return {};
}

Result<void> LeaseTable::release(const Lease& lease)
{
    HEADGATE_TRY(
        m_database.cached("UPDATE leases SET held = 0 WHERE name = ? AND epoch = ? AND held = 1")
            .bind(lease.name, lease.epoch)
            .run());
    if (m_database.changes() != 1)
        return leaseLost(lease);
    return {};
}

Result<void> LeaseTable::requireHeld(const Lease& lease)
{
    const auto row = find(lease.name);
    if (!row)
        return Failure(row.error());
    if (!*row || !(*row)->held || (*row)->epoch != lease.epoch)
        return leaseLost(lease);
    return {};
}

Result<bool> LeaseTable::isLive(const std::string& name, std::uint64_t epoch)
{
    const auto row = find(name);
    if (!row)
        return Failure(row.error());
    return *row && (*row)->epoch == epoch && isTaken(**row);
}

Result<std::vector<Lease>> LeaseTable::live()
{
    const auto rows =
        m_database
            .cached("SELECT name, epoch, held, expires, expires_steady, host, space, pid, start, "
                    "boot FROM leases WHERE held = 1 ORDER BY name")
            .bind()
            .all(readRow);
    if (!rows)
        return Failure(rows.error());
    std::vector<Lease> leases;
    for (const Row& row : *rows)
        if (isTaken(row))
            leases.push_back({row.name, row.epoch, row.expires, row.holder.toString()});
    return leases;
}

} // namespace headgate::state
