// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plan/plan.h"
#include "service/failure_groups.h"
#include "state/state_store.h"

#include <map>
#include <optional>

namespace headgate::service {

/// Records of one run that were sent, or may have been, and have no usable answer.
struct DoubtGroup
{
    std::string run;     ///< empty: its history is not kept any more
    WallTime at;         ///< when the answer was given up; only with a run
    std::string message; ///< why it is not known; may be empty
    std::string request; ///< its first line; may be empty
    /// A repeat could do harm: they wait for a decision. Else the next run sends them again.
    bool asks = false;
    std::uint64_t count = 0;
    std::vector<FailedRecord> examples; ///< the first few
    std::vector<Hash128> records;

    static constexpr std::size_t mostExamples = 5;
};

/// A plan that a gate stopped. Nothing of it was sent.
struct StoppedPlan
{
    state::PlanId id;
    state::RunId run;
    WallTime created;
    std::vector<plan::GateStop> stops;
    plan::PlanCounts counts;
    std::vector<plan::PlanSample> samples; ///< a few of each category that would be sent

    static constexpr std::size_t samplesPerCategory = 5;
};

/// What a sync needs somebody for.
struct SyncTroubles
{
    std::vector<FailureGroup> failures;
    std::vector<DoubtGroup> doubts;
    std::optional<StoppedPlan> stopped;
    bool partial = false; ///< there are more records than were looked at
};

/// Of one state, bounded in time and memory. `invalidOf`: the run whose invalid records count, for
/// they are in no state.
class TroubleFinder
{
public:
    /// `store` outlives it.
    TroubleFinder(state::StateStore& store, state::StateId state, std::string syncId);

    [[nodiscard]] Result<SyncTroubles> find(const shape::Shape& shape);

    static constexpr std::uint32_t mostRecords = 100'000;

private:
    [[nodiscard]] Result<void> findInvalid(std::vector<FailedRecord>& failures);
    /// The newest in which it was refused.
    [[nodiscard]] Result<void> findRun(FailedRecord& record);
    [[nodiscard]] Result<std::vector<DoubtGroup>>
    groupDoubts(const std::vector<state::KnownRecord>& records);
    [[nodiscard]] Result<std::map<Hash128, state::HistoryRow>>
    lastDoubts(const std::vector<state::KnownRecord>& records);
    [[nodiscard]] Result<std::optional<StoppedPlan>> findStopped();
    [[nodiscard]] Result<void> addSamples(const state::PlanRow& plan, StoppedPlan& stopped);

    state::StateStore& m_store;
    state::StateId m_state;
    std::string m_syncId;
    std::vector<state::RunRow> m_runs; ///< the newest
};

} // namespace headgate::service
