// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plan/category.h"
#include "plan/gates.h"
#include "shape/record_stream.h"
#include "state/state_store.h"

#include <set>
#include <string>
#include <vector>

namespace headgate::plan {

/// A record shown in a plan.
struct PlanSample
{
    Category category = Category::Added;
    std::string operation; ///< connector::name(), empty if nothing is sent
    std::string keyText;
    std::string match;
    std::string payload;
    std::string previousPayload; ///< last accepted; empty if there is none or it is not kept
    data::ValueKind matchKind = data::ValueKind::Text;
    data::Value previousMatch; ///< for Rename
    std::string requestValues; ///< connector::OutgoingRecord::requestValues
};

/// An Invalid record, or one of the reasons why it is.
struct PlanProblem
{
    std::string keyText;
    shape::RecordProblem problem;
};

/// What a run would do, frozen. The records themselves are in the spool.
struct Plan
{
    state::PlanRow row;
    PlanCounts counts;
    std::vector<GateStop> stops;       ///< empty: may be delivered
    std::vector<PlanSample> samples;   ///< the first few of each category that is sent
    std::vector<PlanProblem> problems; ///< the first maxProblems
    std::uint64_t problemCount = 0;
    std::uint64_t batches = 0;
    std::uint64_t bytes = 0;        ///< of all request bodies, about
    std::uint64_t unnameable = 0;   ///< removed records whose match value is only known as a hash
    std::uint64_t keptByOthers = 0; ///< removals dropped: another record has that match value now
    std::uint64_t paused = 0;       ///< of the held ones: refused before, their pause is not over
    std::set<Hash128> metKeys;      ///< of PlannerOptions::onlyKeys: those that records have
    bool removalsBlocked = false;   ///< a key was NULL in this read (semantics 11)

    static constexpr std::size_t maxProblems = 10'000;
    static constexpr std::size_t samplesPerCategory = 20;  ///< unless more are asked for
    static constexpr std::size_t sampledBytes = 64u << 20; ///< of payloads; then no more
};

} // namespace headgate::plan
