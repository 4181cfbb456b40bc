// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/accepted_log.h"
#include "state/history_table.h"
#include "state/identity_table.h"
#include "state/plan_table.h"
#include "state/record_table.h"
#include "state/state_files.h"
#include "state/state_store.h"

namespace headgate::state {

/// Puts the tables together and decides what is one transaction.
class SqliteStateStore final : public StateStore
{
public:
    SqliteStateStore(StateFiles files, std::unique_ptr<Database> database, const HashKey& hashKey,
                     Clock& clock);

    [[nodiscard]] const HashKey& hashKey() const override { return m_hashKey; }
    [[nodiscard]] std::string directory() const override { return m_files.directory(); }

    [[nodiscard]] Result<std::vector<StateInfo>> statesOf(const std::string& projectId,
                                                          const std::string& target,
                                                          const std::string& syncId) override;
    [[nodiscard]] Result<std::vector<StateInfo>> allStates() override;
    [[nodiscard]] Result<StateInfo> create(const StateIdentity& identity) override;
    [[nodiscard]] Result<void> adopt(StateId id, const StateIdentity& identity) override;
    [[nodiscard]] Result<void> update(const StateInfo& info) override;
    [[nodiscard]] Result<void> reset(StateId id) override;

    [[nodiscard]] Result<Lease> acquireLease(const std::string& name,
                                             Milliseconds duration) override;
    [[nodiscard]] Result<void> renewLease(Lease& lease, Milliseconds duration) override;
    [[nodiscard]] Result<void> releaseLease(const Lease& lease) override;
    void guardBy(std::optional<Lease> lease) override { m_guard = std::move(lease); }

    [[nodiscard]] Result<std::unique_ptr<RecordScan>> scan(StateId id) override;
    [[nodiscard]] Result<void> apply(StateId id, std::span<const RecordChange> changes) override;
    [[nodiscard]] Result<std::map<std::string, std::uint64_t>> recordCounts(StateId id) override;
    [[nodiscard]] Result<std::vector<KnownRecord>> outstanding(StateId id,
                                                               std::uint32_t limit) override;
    [[nodiscard]] Result<std::optional<KnownRecord>> record(StateId id,
                                                            const Hash128& keyHash) override;

    [[nodiscard]] Result<void> savePlan(const PlanRow& plan,
                                        std::span<const BatchRow> batches) override;
    [[nodiscard]] Result<void> setPlanState(const PlanId& plan, PlanState state) override;
    [[nodiscard]] Result<std::optional<PlanRow>> plan(const PlanId& plan) override;
    [[nodiscard]] Result<std::optional<PlanRow>> openPlan(StateId id) override;
    [[nodiscard]] Result<std::vector<BatchRow>>
    openBatches(const PlanId& plan, std::uint64_t fromNumber, std::uint32_t limit) override;
    [[nodiscard]] Result<void> markStarted(const PlanId& plan,
                                           std::span<const std::uint64_t> batches) override;
    [[nodiscard]] Result<void> settle(StateId id, const Lease& lease,
                                      std::span<const Settlement> group) override;

    [[nodiscard]] Result<void> beginRun(const RunRow& run) override;
    [[nodiscard]] Result<void> finishRun(const RunRow& run) override;
    [[nodiscard]] Result<void> setProgress(const RunId& run, const std::string& text) override;
    [[nodiscard]] Result<std::vector<RunRow>> markInterrupted(const std::string& syncId) override;
    [[nodiscard]] Result<std::vector<RunRow>> runs(const std::string& syncId,
                                                   std::uint32_t limit) override;
    [[nodiscard]] Result<std::vector<RunRow>> findRuns(const RunFilter& filter) override;
    [[nodiscard]] Result<std::vector<RunRow>> liveRuns() override;
    [[nodiscard]] Result<void> requestCancel(const RunId& run) override;
    [[nodiscard]] Result<std::uint32_t> cancelRequests(const RunId& run) override;
    [[nodiscard]] Result<std::vector<HistoryRow>> history(const RunId& run,
                                                          const std::string& outcome,
                                                          std::optional<Hash128> keyHash,
                                                          std::uint32_t limit) override;
    [[nodiscard]] Result<std::vector<HistoryRow>> findHistory(const HistoryFilter& filter) override;
    [[nodiscard]] Result<std::optional<HistoryRow>> historyRow(std::int64_t number) override;
    [[nodiscard]] Result<void> addHistory(std::span<const HistoryRow> rows) override;
    [[nodiscard]] Result<std::unique_ptr<AcceptedLog>> logAccepted(const RunId& run) override;
    [[nodiscard]] Result<std::optional<SpoolRecord>> accepted(std::uint64_t reference) override;
    [[nodiscard]] Result<void>
    scanAccepted(const RunId& run, const std::function<bool(SpoolRecord&)>& visit) override;
    [[nodiscard]] Result<void>
    scanAcceptedFrom(const RunId& run, std::uint64_t from,
                     const std::function<bool(std::uint64_t, SpoolRecord&)>& visit) override;
    using StateStore::trimHistory;
    [[nodiscard]] Result<void> trimHistory(const std::string& syncId, std::chrono::hours age,
                                           std::uint64_t bytes) override;

    [[nodiscard]] Result<std::uint64_t> purge(const std::string& keyText,
                                              const Hash128& keyHash) override;
    [[nodiscard]] Result<std::vector<QString>> verify() override;
    [[nodiscard]] Result<void> exportTo(const std::string& file) override;
    [[nodiscard]] Result<void> importFrom(const std::string& file) override;

private:
    /// Runs `work` in one transaction, if the guard is still held; its error rolls back.
    template <typename Work>
    [[nodiscard]] auto atomically(Work work) -> decltype(work());
    /// To the run that made each plan.
    [[nodiscard]] Result<void> addCounts(std::span<const Settlement> group);
    [[nodiscard]] Result<void> requireNoLiveLease();
    [[nodiscard]] Result<void> trimAccepted(const std::string& syncId, WallTime before,
                                            std::uint64_t bytes);

    StateFiles m_files;
    std::unique_ptr<Database> m_database;
    HashKey m_hashKey;
    Clock& m_clock;
    IdentityTable m_identities;
    LeaseTable m_leases;
    std::optional<Lease> m_guard;
    RecordTable m_records;
    PlanTable m_plans;
    RunTable m_runs;
    HistoryTable m_history;
};

} // namespace headgate::state
