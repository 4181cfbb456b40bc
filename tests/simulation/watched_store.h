// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulation/checker.h"
#include "state/accepted_log.h"
#include "state/spool.h"
#include "state/state_store.h"

#include <functional>

namespace headgate::simulation {

/// The real store, with every change of it in the trace and, once committed, before the checker.
class WatchedStore final : public state::StateStore
{
public:
    WatchedStore(state::StateStore& store, Checker& checker, Trace& trace)
        : m_store(store), m_checker(checker), m_trace(trace)
    {}

    [[nodiscard]] const HashKey& hashKey() const override { return m_store.hashKey(); }
    [[nodiscard]] std::string directory() const override { return m_store.directory(); }
    [[nodiscard]] Result<std::vector<state::StateInfo>> statesOf(const std::string& projectId,
                                                                 const std::string& target,
                                                                 const std::string& syncId) override
    {
        return m_store.statesOf(projectId, target, syncId);
    }
    [[nodiscard]] Result<std::vector<state::StateInfo>> allStates() override
    {
        return m_store.allStates();
    }
    [[nodiscard]] Result<state::StateInfo> create(const state::StateIdentity& identity) override
    {
        return m_store.create(identity);
    }
    [[nodiscard]] Result<void> adopt(state::StateId id,
                                     const state::StateIdentity& identity) override
    {
        return m_store.adopt(id, identity);
    }
    [[nodiscard]] Result<void> update(const state::StateInfo& info) override
    {
        return m_store.update(info);
    }
    [[nodiscard]] Result<void> reset(state::StateId id) override { return m_store.reset(id); }
    [[nodiscard]] Result<state::Lease> acquireLease(const std::string& name,
                                                    Milliseconds duration) override;
    [[nodiscard]] Result<void> renewLease(state::Lease& lease, Milliseconds duration) override
    {
        return m_store.renewLease(lease, duration);
    }
    [[nodiscard]] Result<void> releaseLease(const state::Lease& lease) override
    {
        return m_store.releaseLease(lease);
    }
    void guardBy(std::optional<state::Lease> lease) override { m_store.guardBy(std::move(lease)); }
    [[nodiscard]] Result<std::unique_ptr<state::RecordScan>> scan(state::StateId id) override
    {
        return m_store.scan(id);
    }
    [[nodiscard]] Result<void> apply(state::StateId id,
                                     std::span<const state::RecordChange> changes) override;
    [[nodiscard]] Result<std::map<std::string, std::uint64_t>>
    recordCounts(state::StateId id) override
    {
        return m_store.recordCounts(id);
    }
    [[nodiscard]] Result<std::vector<state::KnownRecord>> outstanding(state::StateId id,
                                                                      std::uint32_t limit) override
    {
        return m_store.outstanding(id, limit);
    }
    [[nodiscard]] Result<std::optional<state::KnownRecord>> record(state::StateId id,
                                                                   const Hash128& keyHash) override
    {
        return m_store.record(id, keyHash);
    }
    [[nodiscard]] Result<void> savePlan(const state::PlanRow& plan,
                                        std::span<const state::BatchRow> batches) override;
    [[nodiscard]] Result<void> setPlanState(const state::PlanId& plan,
                                            state::PlanState state) override;
    [[nodiscard]] Result<std::optional<state::PlanRow>> plan(const state::PlanId& plan) override
    {
        return m_store.plan(plan);
    }
    [[nodiscard]] Result<std::optional<state::PlanRow>> openPlan(state::StateId id) override
    {
        return m_store.openPlan(id);
    }
    [[nodiscard]] Result<std::vector<state::BatchRow>>
    openBatches(const state::PlanId& plan, std::uint64_t fromNumber, std::uint32_t limit) override
    {
        return m_store.openBatches(plan, fromNumber, limit);
    }
    [[nodiscard]] Result<void> markStarted(const state::PlanId& plan,
                                           std::span<const std::uint64_t> batches) override;
    [[nodiscard]] Result<void> settle(state::StateId id, const state::Lease& lease,
                                      std::span<const state::Settlement> group) override;
    [[nodiscard]] Result<void> beginRun(const state::RunRow& run) override;
    [[nodiscard]] Result<void> finishRun(const state::RunRow& run) override;
    [[nodiscard]] Result<void> setProgress(const state::RunId& run,
                                           const std::string& text) override
    {
        return m_store.setProgress(run, text);
    }
    [[nodiscard]] Result<std::vector<state::RunRow>>
    markInterrupted(const std::string& syncId) override;
    [[nodiscard]] Result<std::vector<state::RunRow>> runs(const std::string& syncId,
                                                          std::uint32_t limit) override
    {
        return m_store.runs(syncId, limit);
    }
    [[nodiscard]] Result<std::vector<state::RunRow>>
    findRuns(const state::RunFilter& filter) override
    {
        return m_store.findRuns(filter);
    }
    [[nodiscard]] Result<std::vector<state::RunRow>> liveRuns() override
    {
        return m_store.liveRuns();
    }
    [[nodiscard]] Result<void> requestCancel(const state::RunId& run) override
    {
        return m_store.requestCancel(run);
    }
    [[nodiscard]] Result<std::uint32_t> cancelRequests(const state::RunId& run) override
    {
        return m_store.cancelRequests(run);
    }
    [[nodiscard]] Result<std::vector<state::HistoryRow>>
    findHistory(const state::HistoryFilter& filter) override
    {
        return m_store.findHistory(filter);
    }
    [[nodiscard]] Result<std::optional<state::HistoryRow>> historyRow(std::int64_t number) override
    {
        return m_store.historyRow(number);
    }
    [[nodiscard]] Result<void>
    scanAcceptedFrom(const state::RunId& run, std::uint64_t from,
                     const std::function<bool(std::uint64_t, state::SpoolRecord&)>& visit) override
    {
        return m_store.scanAcceptedFrom(run, from, visit);
    }
    [[nodiscard]] Result<std::vector<state::HistoryRow>> history(const state::RunId& run,
                                                                 const std::string& outcome,
                                                                 std::optional<Hash128> keyHash,
                                                                 std::uint32_t limit) override
    {
        return m_store.history(run, outcome, keyHash, limit);
    }
    [[nodiscard]] Result<void> addHistory(std::span<const state::HistoryRow> rows) override
    {
        return m_store.addHistory(rows);
    }
    [[nodiscard]] Result<std::unique_ptr<state::AcceptedLog>>
    logAccepted(const state::RunId& run) override
    {
        return m_store.logAccepted(run);
    }
    [[nodiscard]] Result<std::optional<state::SpoolRecord>>
    accepted(std::uint64_t reference) override
    {
        return m_store.accepted(reference);
    }
    [[nodiscard]] Result<void>
    scanAccepted(const state::RunId& run,
                 const std::function<bool(state::SpoolRecord&)>& visit) override
    {
        return m_store.scanAccepted(run, visit);
    }
    [[nodiscard]] Result<void> trimHistory(const std::string& syncId, std::chrono::hours age,
                                           std::uint64_t bytes) override
    {
        return m_store.trimHistory(syncId, age, bytes);
    }
    [[nodiscard]] Result<std::uint64_t> purge(const std::string& keyText,
                                              const Hash128& keyHash) override
    {
        return m_store.purge(keyText, keyHash);
    }
    [[nodiscard]] Result<std::vector<QString>> verify() override { return m_store.verify(); }
    [[nodiscard]] Result<void> exportTo(const std::string& file) override
    {
        return m_store.exportTo(file);
    }
    [[nodiscard]] Result<void> importFrom(const std::string& file) override
    {
        return m_store.importFrom(file);
    }

private:
    state::StateStore& m_store;
    Checker& m_checker;
    Trace& m_trace;
};

} // namespace headgate::simulation
