// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/watched_store.h"

namespace headgate::simulation {

namespace {

const char* nameOf(state::PlanState status)
{
    switch (status) {
    case state::PlanState::Building:
        return "building";
    case state::PlanState::Stopped:
        return "stopped";
    case state::PlanState::Ready:
        return "ready";
    case state::PlanState::Finished:
        return "finished";
    case state::PlanState::Discarded:
        return "discarded";
    }
    return "";
}

const char* nameOf(state::BatchState status)
{
    switch (status) {
    case state::BatchState::Pending:
        return "pending";
    case state::BatchState::Started:
        return "started";
    case state::BatchState::InDoubt:
        return "in doubt";
    case state::BatchState::Receipt:
        return "receipt";
    case state::BatchState::Settled:
        return "settled";
    case state::BatchState::Retired:
        return "retired";
    }
    return "";
}

/// What the trace says of a call that may fail.
std::string ending(const Result<void>& result)
{
    return result ? std::string() : ": " + result.error().code;
}

} // namespace

Result<state::Lease> WatchedStore::acquireLease(const std::string& name, Milliseconds duration)
{
    auto lease = m_store.acquireLease(name, duration);
    m_trace.add("lease" +
                (lease ? " epoch " + std::to_string(lease->epoch) : ": " + lease.error().code));
    return lease;
}

Result<void> WatchedStore::apply(state::StateId id, std::span<const state::RecordChange> changes)
{
    auto done = m_store.apply(id, changes);
    m_trace.add("apply " + std::to_string(changes.size()) + " changes" + ending(done));
    if (done)
        for (const state::RecordChange& change : changes)
            m_checker.onCommitted(hashKey(), change, false);
    return done;
}

Result<void> WatchedStore::savePlan(const state::PlanRow& plan,
                                    std::span<const state::BatchRow> batches)
{
    auto done = m_store.savePlan(plan, batches);
    if (done)
        m_checker.onPlanned(plan.id);
    m_trace.add("plan " + plan.id.substr(0, 8) + ' ' + nameOf(plan.status) + ", " +
                std::to_string(batches.size()) + " batches" + ending(done));
    return done;
}

Result<void> WatchedStore::setPlanState(const state::PlanId& plan, state::PlanState state)
{
    auto done = m_store.setPlanState(plan, state);
    m_trace.add("plan " + plan.substr(0, 8) + ' ' + nameOf(state) + ending(done));
    return done;
}

Result<void> WatchedStore::markStarted(const state::PlanId& plan,
                                       std::span<const std::uint64_t> batches)
{
    auto done = m_store.markStarted(plan, batches);
    m_trace.add("started " + std::to_string(batches.size()) + " batches" + ending(done));
    return done;
}

Result<void> WatchedStore::settle(state::StateId id, const state::Lease& lease,
                                  std::span<const state::Settlement> group)
{
    auto done = m_store.settle(id, lease, group);
    for (const state::Settlement& settlement : group) {
        std::string event =
            "batch " + std::to_string(settlement.batch) + ' ' + nameOf(settlement.status);
        for (const auto& [outcome, count] : settlement.counts)
            event += ", " + outcome + ' ' + std::to_string(count);
        if (!settlement.children.empty())
            event += ", " + std::to_string(settlement.children.size()) + " children";
        m_trace.add(event + ending(done));
        if (done)
            for (const state::RecordChange& change : settlement.records)
                m_checker.onCommitted(hashKey(), change, true);
    }
    return done;
}

Result<void> WatchedStore::beginRun(const state::RunRow& run)
{
    auto done = m_store.beginRun(run);
    m_trace.add("run " + run.id.substr(0, 8) + " begins" + ending(done));
    return done;
}

Result<void> WatchedStore::finishRun(const state::RunRow& run)
{
    auto done = m_store.finishRun(run);
    m_trace.add("run " + run.id.substr(0, 8) + ' ' + name(run.status) + " exit " +
                std::to_string(run.exitCode) + ending(done));
    return done;
}

Result<std::vector<state::RunRow>> WatchedStore::markInterrupted(const std::string& syncId)
{
    auto interrupted = m_store.markInterrupted(syncId);
    if (interrupted && !interrupted->empty())
        m_trace.add("interrupted " + std::to_string(interrupted->size()) + " runs");
    return interrupted;
}

} // namespace headgate::simulation
