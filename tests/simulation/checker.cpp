// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/checker.h"

#include "data/canonical_key.h"
#include "plan/fingerprint.h"
#include "project/mode_operations.h"
#include "simulation/sync_names.h"

#include <algorithm>
#include <utility>

namespace headgate::simulation {

namespace {

using project::SyncMode;
using run::Outcome;
using state::RecordStatus;

std::string canonicalText(const std::string& text)
{
    std::string bytes;
    static_cast<void>(data::appendCanonical(bytes, {data::ValueKind::Text, text}));
    return bytes;
}

bool isRemovalName(const std::string& operation)
{
    return operation == "delete" || operation == "archive" || operation == "clear";
}

/// A removal and a write of one match value are two things.
std::string actionOf(const std::string& operation, const SimulatedServer::Line& line)
{
    return (isRemovalName(operation) ? "removal of " : "write of ") + line.match;
}

} // namespace

void Checker::onProcessBegun()
{
    m_repeats.onProcessBegun();
    m_refusedNow.clear();
    m_listedNow.clear();
}

void Checker::onPlanned(const state::PlanId& plan)
{
    m_repeats.onPlanned(plan);
    if (plan == std::exchange(m_plan, plan))
        return;
    m_refusedNow.clear();
    m_listedNow.clear();
}

std::string Checker::keyOf(const std::string& payload) const
{
    const auto json = data::parseJson(payload);
    return json && json->contains("id") ? (*json)["id"].get<std::string>() : std::string();
}

Hash128 Checker::fingerprintOf(const SimulatedServer::Line& line) const
{
    return plan::fingerprint(plan::fingerprintVersion, project::writeOperation(m_scenario.mode),
                             simulatedObject, simulatedMatchField, canonicalText(line.match),
                             line.payload);
}

void Checker::onApplied(const SimulatedServer::Application& application)
{
    const std::string& match = application.line.match;
    if (isRemovalName(application.operation)) {
        if (m_scenario.mode != SyncMode::Delete)
            checkRemovalAllowed(match);
        return;
    }
    m_owners[match] = keyOf(application.line.payload);
    m_removable.erase(match);
    m_repeats.onApplied(m_owners[match], {fingerprintOf(application.line), application.operation,
                                          match, application.idempotencyKey});
}

void Checker::onRequest(const std::string& operation, const SimulatedServer::Line& line)
{
    m_refusedNow.erase(actionOf(operation, line));
}

void Checker::onAcknowledged(const std::string& operation, const SimulatedServer::Line& line)
{
    if (isRemovalName(operation))
        m_acknowledgedRemovals.insert(line.match);
    else
        m_repeats.onAnswered(keyOf(line.payload), fingerprintOf(line));
    m_acknowledged.insert(fingerprintOf(line));
}

void Checker::onRefused(const std::string& operation, const SimulatedServer::Line& line)
{
    m_refusedRemoval = m_refusedRemoval || isRemovalName(operation);
    m_refused.insert(fingerprintOf(line));
    m_refusedNow.insert(actionOf(operation, line));
}

void Checker::onPutOff(const SimulatedServer::Line& line)
{
    m_repeats.onPutOff(keyOf(line.payload));
}

/// What has moved to another match value may leave the old one, whoever reads it.
void Checker::onReadBegun()
{
    for (const auto& [match, key] : m_owners) {
        const auto row = m_table.rows().find(key);
        if (row != m_table.rows().end() && row->second.match != match &&
            m_table.isEligible(row->second))
            m_removable.insert(match);
    }
}

void Checker::onReadComplete(bool gateHolds)
{
    m_removableIfConfirmed.clear();
    for (const auto& [match, key] : m_owners)
        if (!m_table.rows().contains(key))
            (gateHolds ? m_removableIfConfirmed : m_removable).insert(match);
}

void Checker::onConfirmed()
{
    m_removable.merge(m_removableIfConfirmed);
}

void Checker::checkRemovalAllowed(const std::string& match)
{
    if (!m_removable.contains(match))
        m_trace.violation("I8", match + " was removed, though no complete read missed it");
    if (m_scenario.mode != SyncMode::Mirror)
        m_trace.violation("I8", match + " was removed by a mode that removes nothing");
}

void Checker::checkDelivered(const state::KnownRecord& record)
{
    if (record.delivered && !m_acknowledged.contains(record.fingerprint))
        m_trace.violation("I2", "record " + record.keyHash.hex() +
                                    " is marked as delivered without the server's word");
}

void Checker::onCommitted(const HashKey& hashKey, const state::RecordChange& change, bool settled)
{
    if (change.kind == state::ChangeKind::Replace)
        checkDelivered(change.record);
    if (!settled)
        return;
    const state::KnownRecord& record = change.record;
    const auto isIt = [&](const std::string& match) {
        return keyedHash(hashKey, canonicalText(match)) == record.matchHash;
    };
    if (change.kind == state::ChangeKind::Replace && record.delivered)
        m_repeats.onCommitted(record.fingerprint, isIt);
    // One that is named may be there under another match value.
    const bool gone =
        change.kind == state::ChangeKind::Replace && !record.delivered && record.match.empty();
    if (gone && std::none_of(m_acknowledgedRemovals.begin(), m_acknowledgedRemovals.end(), isIt))
        m_trace.violation("I2", "record " + record.keyHash.hex() +
                                    " is marked as removed without the server's word");
    const bool no =
        record.status == RecordStatus::Rejected || record.status == RecordStatus::Parked;
    if (no)
        m_listedNow.insert(record.keyHash);
    if (no && !m_refused.contains(record.triedFingerprint) && !m_refusedRemoval)
        m_trace.violation("I2", "record " + record.keyHash.hex() + " was never refused");
}

void Checker::checkState(state::StateStore& store, state::StateId id)
{
    const auto scan = store.scan(id);
    if (!scan) {
        m_trace.violation("I4", "the records cannot be read: " + scan.error().code);
        return;
    }
    state::KnownRecord record;
    auto more = (*scan)->next(record);
    for (; more && *more; more = (*scan)->next(record))
        checkDelivered(record);
    if (!more)
        m_trace.violation("I4", "the records cannot be read: " + more.error().code);
}

/// What the destination refused to the last is counted, has a reason, and goes again.
void Checker::checkRefusals(const run::RunReport& report)
{
    const bool ended = report.exitCode == 0 || report.exitCode == 1;
    if (m_refusedNow.empty() || !ended)
        return;
    const std::string example = *m_refusedNow.begin();
    if (report.exitCode == 0)
        m_trace.violation("I7", "exit code 0, though the " + example + " was refused");
    if (report.outcomes[Outcome::Rejected] < m_refusedNow.size() || report.rejections.empty())
        m_trace.violation("I7", "the report does not say that the " + example + " was refused");
    if (m_listedNow.size() < m_refusedNow.size())
        m_trace.violation("I1", "the state forgets that the " + example + " was refused");
}

void Checker::checkReport(state::StateStore& store, const run::RunReport& report, bool storeFailed)
{
    if (!report.addsUp())
        m_trace.violation("I7", "the report does not add up: " + plan::toJson(report.planned) +
                                    ", outcomes " + std::to_string(report.outcomes.sum()));
    const bool unfinished = report.outcomes[Outcome::Rejected] + report.outcomes[Outcome::InDoubt] +
                                report.outcomes[Outcome::Pending] >
                            0;
    if (report.exitCode == 0 && report.kind != run::RunKind::DryRun &&
        (unfinished || report.error || !report.stops.empty()))
        m_trace.violation("I7", "exit code 0 with work left");
    checkRefusals(report);
    if (report.state == state::RunState::Running || report.state == state::RunState::Interrupted)
        m_trace.violation("I6", std::string("a run that ended reports ") + name(report.state));
    if (report.kind == run::RunKind::DryRun || storeFailed)
        return;
    const auto runs = store.runs(simulatedSync, 1000);
    if (!runs) {
        m_trace.violation("I4", "the runs cannot be read: " + runs.error().code);
        return;
    }
    for (const state::RunRow& row : *runs) {
        if (row.id != report.run)
            continue;
        if (row.status != report.state || row.exitCode != report.exitCode)
            m_trace.violation("I7", std::string("state says ") + name(row.status) + ' ' +
                                        std::to_string(row.exitCode) + ", the report " +
                                        name(report.state) + ' ' + std::to_string(report.exitCode));
        const auto plan = store.plan(report.plan);
        const bool ownPlan = plan && *plan && (*plan)->run == report.run;
        if (ownPlan && report.stops.empty() && report.resumed == 0 &&
            run::outcomesOf(row.counts, report.planned.sent()) != report.outcomes)
            m_trace.violation("I7", "state and report count outcomes differently");
    }
}

void Checker::checkRunsEnded(state::StateStore& store, const std::string& sync)
{
    const auto runs = store.runs(sync, 1000);
    if (!runs) {
        m_trace.violation("I4", "the runs cannot be read: " + runs.error().code);
        return;
    }
    for (const state::RunRow& row : *runs)
        if (row.status == state::RunState::Running)
            m_trace.violation("I6", "run " + row.id + " is still running at the end");
}

} // namespace headgate::simulation
