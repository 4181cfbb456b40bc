// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/state_check.h"

#include "base/text.h"
#include "state/identity_table.h"
#include "state/record_snapshot.h"
#include "state/spool.h"

namespace headgate::state {

Result<std::vector<QString>> StateCheck::run()
{
    m_findings.clear();
    HEADGATE_TRY(checkFile());
    if (!m_findings.empty())
        return m_findings;
    HEADGATE_TRY(checkRecords());
    HEADGATE_TRY(checkPlans());
    HEADGATE_TRY(checkRuns());
    return m_findings;
}

Result<void> StateCheck::checkFile()
{
    const auto damage =
        m_database.prepare("PRAGMA integrity_check(20)").bind().all([](const Statement& row) {
            return row.text(0);
        });
    if (!damage)
        return Failure(damage.error());
    for (const std::string& line : *damage)
        if (line != "ok")
            m_findings.push_back(toQString(line));
    const auto loose =
        m_database.prepare("PRAGMA foreign_key_check").bind().all([](const Statement& row) {
            return row.text(0);
        });
    if (!loose)
        return Failure(loose.error());
    for (const std::string& table : *loose)
        m_findings.push_back(
            Text::tr("A row of table %1 belongs to nothing.").arg(toQString(table)));
    return {};
}

Result<void> StateCheck::checkRecords()
{
    const auto states = IdentityTable(m_database).all();
    if (!states) {
        m_findings.push_back(states.error().detail);
        return {};
    }
    for (const StateInfo& state : *states)
        HEADGATE_TRY(checkRecordsOf(state.id));
    const auto orphans = m_database.number(
        "SELECT (SELECT count(*) FROM record_blocks WHERE state NOT IN (SELECT id FROM states)) + "
        "(SELECT count(*) FROM outstanding_records WHERE state NOT IN (SELECT id FROM states))");
    if (!orphans)
        return Failure(orphans.error());
    if (*orphans != 0)
        m_findings.push_back(Text::tr("%1 blocks of records belong to no state.").arg(*orphans));
    return {};
}

Result<void> StateCheck::checkRecordsOf(std::int64_t state)
{
    auto snapshot = RecordSnapshot::open(m_database.file(), state);
    if (!snapshot)
        return propagate(std::move(snapshot));
    KnownRecord record;
    std::int64_t listed = 0;
    while (true) {
        const auto more = (*snapshot)->next(record);
        if (!more) {
            m_findings.push_back(Text::tr("State %1: %2").arg(state).arg(more.error().detail));
            return {};
        }
        if (!*more)
            return checkOutstanding(state, listed);
        if (record.status != RecordStatus::Settled) {
            const auto isListed = isOutstanding(state, record);
            if (!isListed)
                return Failure(isListed.error());
            listed += *isListed ? 1 : 0;
            if (!*isListed)
                m_findings.push_back(Text::tr("State %1: record %2 is not listed as outstanding.")
                                         .arg(state)
                                         .arg(toQString(record.keyHash.hex())));
        }
        if (record.unconfirmed && !record.delivered)
            m_findings.push_back(Text::tr("State %1: record %2 is unconfirmed and not delivered.")
                                     .arg(state)
                                     .arg(toQString(record.keyHash.hex())));
    }
}

Result<bool> StateCheck::isOutstanding(std::int64_t state, const KnownRecord& record)
{
    return m_database
        .cached("SELECT count(*) FROM outstanding_records WHERE state = ? AND status = ? AND "
                "key_hash = ?")
        .bind(state, record.status, Blob{record.keyHash.view()})
        .first([](const Statement& row) { return row.integer(0) == 1; })
        .map([](const std::optional<bool>& found) { return found.value_or(false); });
}

Result<void> StateCheck::checkOutstanding(std::int64_t state, std::int64_t listed)
{
    const auto all = m_database.cached("SELECT count(*) FROM outstanding_records WHERE state = ?")
                         .bind(state)
                         .first([](const Statement& row) { return row.integer(0); });
    if (!all)
        return Failure(all.error());
    if (all->value_or(0) != listed)
        m_findings.push_back(Text::tr("State %1: %2 records are listed as outstanding, %3 are.")
                                 .arg(state)
                                 .arg(all->value_or(0))
                                 .arg(listed));
    return {};
}

Result<void> StateCheck::checkPlans()
{
    const auto unsettled = m_database.number(
        "SELECT count(*) FROM batches b JOIN plans p ON p.number = b.plan WHERE p.status = 3 AND "
        "b.status < 4");
    if (!unsettled)
        return Failure(unsettled.error());
    if (*unsettled != 0)
        m_findings.push_back(
            Text::tr("%1 batches of finished plans are not settled.").arg(*unsettled));
    const auto lost = m_database.number(
        "SELECT count(*) FROM batches c LEFT JOIN batches b ON b.plan = c.plan AND "
        "b.number = c.parent WHERE c.parent IS NOT NULL AND b.status IS NOT 5");
    if (!lost)
        return Failure(lost.error());
    if (*lost != 0)
        m_findings.push_back(
            Text::tr("%1 batches come from a split whose whole is not retired.").arg(*lost));
    const auto plans = m_plans.unfinished();
    if (!plans)
        return Failure(plans.error());
    for (const PlanRow& plan : *plans)
        if (plan.status != PlanState::Building && !plan.spoolPath.empty())
            HEADGATE_TRY(checkSpool(plan));
    return {};
}

Result<void> StateCheck::checkSpool(const PlanRow& plan)
{
    auto spool = SpoolReader::open(plan.spoolPath);
    if (!spool) {
        m_findings.push_back(
            Text::tr("Plan %1: %2").arg(toQString(plan.id), spool.error().message));
        return {};
    }
    SpoolRecord record;
    std::uint64_t offset = SpoolReader::firstOffset;
    while (true) {
        const auto next = (*spool)->next(offset, record);
        if (!next)
            m_findings.push_back(
                Text::tr("Plan %1: %2").arg(toQString(plan.id), next.error().message));
        if (!next || !*next)
            return {};
        offset = **next;
    }
}

Result<void> StateCheck::checkRuns()
{
    const auto running = m_runs.running();
    if (!running)
        return Failure(running.error());
    for (const RunRow& run : *running) {
        const auto alive = m_runs.isAlive(run, m_leases);
        if (!alive)
            return Failure(alive.error());
        if (!*alive)
            m_findings.push_back(Text::tr("Run %1 of '%2' was interrupted and has not been marked "
                                          "so; the next run does it.")
                                     .arg(toQString(run.id), toQString(run.syncName)));
    }
    return {};
}

} // namespace headgate::state
