// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/http.h"
#include "http/rate_ledger.h"
#include "plan/planner.h"
#include "project/sync_definition.h"
#include "run/deliverer.h"
#include "run/run_report.h"

#include <functional>
#include <memory>
#include <optional>
#include <set>

namespace headgate::run {

/// The world of a run. Everything is owned by the caller and outlives the run.
struct RunWorld
{
    connector::Destination& destination;
    http::Http& http;
    state::StateStore& store;
    http::RateLedger& ledger;
    Clock& clock;
    Random& random;
    /// Commits beside the deliverer; null: within it.
    Settler* settler = nullptr;
};

/// A key as somebody typed it, and the hashes that it may have.
struct AskedKey
{
    std::string text;
    std::vector<Hash128> hashes;
};

struct SyncRunOptions
{
    RunKind kind = RunKind::Run;
    project::SyncDefinition sync;
    std::string target;
    state::StateInfo state;
    /// Of everything that a request's bytes depend on: definitions, spec, target, account.
    std::string definitionHash;
    connector::Capabilities capabilities; ///< narrowed by the sync's batch options
    std::string requestValues;            ///< of every record, see connector::OutgoingRecord
    std::string spoolDirectory;
    bool firstRun = false;
    bool resendAll = false;
    bool incremental = false;
    bool movesCursor = false;   ///< also where this read is a whole one; ad hoc runs never do
    std::set<Hash128> heldKeys; ///< see plan::PlannerOptions
    std::uint64_t limit = 0;
    std::optional<std::set<Hash128>> onlyKeys;
    std::vector<AskedKey> askedKeys; ///< what onlyKeys was made of; for the report
    state::PlanId confirm;           ///< deliver exactly this stopped plan
    std::size_t samples = plan::Plan::samplesPerCategory;
    std::vector<QString> notes;
    /// Opens the read. Called once, on the thread of step(), after the lease is held.
    std::function<Result<std::unique_ptr<shape::RecordStream>>()> openRecords;
    std::function<std::vector<plan::RelatedCount>()> relatedCounts;
    /// What the sources opened by openRecords() cannot do; for the report. May be empty.
    std::function<std::vector<QString>()> sourceNotes;
    /// Where it is empty, what the renewal of a credential replaced is lost with the run.
    KeepSecret keepSecret;
};

/// Polled by whoever shows a run.
struct RunProgress
{
    enum class Phase
    {
        Waiting,
        Resuming,
        Reading,
        Sending,
        Finishing,
        Done
    };
    Phase phase = Phase::Waiting;
    std::uint64_t rowsRead = 0;
    std::uint64_t recordsRead = 0;
    std::uint64_t sent = 0; ///< settled so far
    std::uint64_t toSend = 0;
};

/// One run from lease to report: settles what an earlier one left open, plans, stops at gates,
/// delivers, reports. step() does a bounded piece of work on one thread and starts nothing; tests
/// drive it in virtual time. A run killed anywhere is continued by the next (semantics 22).
class SyncRun
{
public:
    SyncRun(SyncRunOptions options, RunWorld world, StopToken stop, StopToken abandon);
    ~SyncRun();

    enum class Step
    {
        More,
        Done
    };
    [[nodiscard]] Step step();
    [[nodiscard]] RunProgress progress() const { return m_progress; }
    /// Its row is in the store, where other processes see it. Never so of a dry run.
    [[nodiscard]] bool isRecorded() const { return m_began; }
    /// After Done.
    [[nodiscard]] const RunReport& report() const { return m_report; }

private:
    enum class Phase
    {
        Begin,
        Resume,
        OpenRecords,
        Plan,
        Deliver,
        Commit,
        Finish,
        Done
    };

    [[nodiscard]] Result<void> advance();
    [[nodiscard]] Result<void> begin();
    [[nodiscard]] Result<void> lookAgain();
    [[nodiscard]] Result<void> beginResume();
    [[nodiscard]] Result<void> beginConfirmed(const state::PlanRow& plan);
    [[nodiscard]] Result<void> discard(const state::PlanRow& plan);
    [[nodiscard]] Result<void> resume();
    [[nodiscard]] bool mayBeApplied(const state::PlanRow& plan, const state::BatchRow& batch) const;
    [[nodiscard]] Result<state::Settlement>
    inDoubt(const state::PlanRow& plan, state::BatchRow batch, state::SpoolReader& spool) const;
    [[nodiscard]] Result<void> leaveRest();
    [[nodiscard]] Result<bool> retireUnsent();
    [[nodiscard]] Result<void> openRecords();
    [[nodiscard]] Result<void> plan();
    [[nodiscard]] Result<void> planned();
    [[nodiscard]] Result<void> markBaseline();
    [[nodiscard]] BatchTarget batchTarget() const;
    [[nodiscard]] Result<void> startDelivery(const state::PlanRow& plan);
    [[nodiscard]] Result<void> deliver();
    [[nodiscard]] Result<void> commit();
    [[nodiscard]] Result<void> finish();
    [[nodiscard]] Result<void> noteProblems(const plan::Plan& plan);
    [[nodiscard]] Result<void> exchange(std::unique_ptr<connector::Exchange> exchange);
    [[nodiscard]] Result<plan::GateInput> gateInput();
    [[nodiscard]] plan::PlannerOptions plannerOptions(plan::GateInput gates);
    [[nodiscard]] SettlementContext settlementContext() const;
    [[nodiscard]] bool isFresh(const state::PlanRow& plan) const;
    [[nodiscard]] Result<void> store();
    /// What the report says of the state as the run leaves it.
    [[nodiscard]] Result<void> sumUp();
    [[nodiscard]] Result<void> collectReasons();
    /// Exit code and state, from all that the report holds by now.
    void conclude();
    void fail(Error error);
    void timed(const char* phase);

    SyncRunOptions m_options;
    RunWorld m_world;
    StopToken m_stop;
    StopToken m_abandon;
    Phase m_phase = Phase::Begin;
    RunProgress m_progress;
    RunReport m_report;
    state::RunRow m_row;
    std::optional<state::Lease> m_lease;
    std::unique_ptr<shape::RecordStream> m_records;
    std::unique_ptr<plan::Planner> m_planner;
    std::unique_ptr<state::AcceptedLog> m_accepted;
    std::unique_ptr<Deliverer> m_deliverer;
    state::PlanRow m_plan;
    std::vector<plan::RelatedCount> m_related;
    bool m_cancelled = false;
    bool m_began = false;
    SteadyTime m_phaseStarted;
};

} // namespace headgate::run
