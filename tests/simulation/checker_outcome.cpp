// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/checker.h"

#include "data/canonical_key.h"

namespace headgate::simulation {

namespace {

using project::SyncMode;
using state::RecordStatus;

/// Listed for somebody to look at, with a reason.
bool isListed(const state::KnownRecord& known)
{
    switch (known.status) {
    case RecordStatus::Rejected:
    case RecordStatus::Parked:
    case RecordStatus::SkippedAlways:
    case RecordStatus::AwaitingDecision:
        return true;
    case RecordStatus::Settled:
    case RecordStatus::SkippedOnce:
    case RecordStatus::InDoubt:
    case RecordStatus::Invalid:
    case RecordStatus::Purged:
        return false;
    }
    return false;
}

Hash128 hashOfKey(const HashKey& hashKey, const std::string& key)
{
    const data::ValueView value{data::ValueKind::Text, key};
    return keyedHash(hashKey, *data::canonicalKey({&value, 1}));
}

} // namespace

bool Checker::isThere(const TableRow& row, const SimulatedServer& server) const
{
    const auto found = server.records().find(row.match);
    const bool there = found != server.records().end();
    switch (m_scenario.mode) {
    case SyncMode::Upsert:
    case SyncMode::Mirror:
    case SyncMode::Replace:
        return there && found->second == row.payload();
    case SyncMode::Update:
        return !there || found->second == row.payload();
    case SyncMode::Insert:
        return there || m_repeats.wasCreated(row.key);
    case SyncMode::Append:
        return m_repeats.wasCreated(row.key);
    case SyncMode::Delete:
        return !there;
    }
    return false;
}

void Checker::checkRow(const TableRow& row, const state::KnownRecord& known,
                       const SimulatedServer& server)
{
    // An Insert acts once, whatever the match value becomes.
    const bool wasInserted = m_scenario.mode == SyncMode::Insert && known.delivered;
    if (m_table.isEligible(row) && !isThere(row, server) && !isListed(known) && !wasInserted)
        m_trace.violation("I1", row.key + " (" + row.match + ", version " +
                                    std::to_string(row.version) +
                                    ") is neither at the destination nor listed");
}

void Checker::checkNothingElse(const SimulatedServer& server,
                               const std::map<std::string, state::KnownRecord>& known)
{
    if (m_scenario.mode != SyncMode::Mirror ||
        m_scenario.deleteBehaviour == project::DeleteBehaviour::Nothing)
        return;
    for (const auto& [match, payload] : server.records()) {
        const std::string key = keyOf(payload);
        const auto row = m_table.rows().find(key);
        const bool stranger = !m_owners.contains(match);
        const bool present = row != m_table.rows().end();
        const bool right =
            present && (row->second.match == match || !m_table.isEligible(row->second));
        const auto state = known.find(key);
        if (!stranger && !right && (state == known.end() || !isListed(state->second)))
            m_trace.violation("I1", match + " of record " + key + " should have been removed");
    }
}

void Checker::checkOutcome(state::StateStore& store, state::StateId id,
                           const SimulatedServer& server)
{
    std::map<std::string, state::KnownRecord> known;
    std::set<std::string> keys;
    for (const auto& entry : m_table.rows())
        keys.insert(entry.first);
    for (const auto& entry : m_owners)
        keys.insert(entry.second);
    for (const std::string& key : keys) {
        const auto record = store.record(id, hashOfKey(store.hashKey(), key));
        if (!record)
            m_trace.violation("I4", "a record cannot be read: " + record.error().code);
        else if (*record)
            known[key] = **record;
    }
    for (const auto& [key, row] : m_table.rows()) {
        const auto found = known.find(key);
        checkRow(row, found == known.end() ? state::KnownRecord() : found->second, server);
    }
    checkNothingElse(server, known);
}

} // namespace headgate::simulation
