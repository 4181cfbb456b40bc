// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plan/category.h"
#include "project/sync_definition.h"

#include <QString>
#include <string>
#include <vector>

namespace headgate::plan {

/// Why a plan may not be delivered before somebody confirms exactly it.
struct GateStop
{
    std::string code; ///< "gate.removed", "gate.changed", "gate.empty", "gate.invalid", ...
    QString message;  ///< what was found, against which limit
    bool operator==(const GateStop&) const = default;
};

/// A related model's size now and at the last complete read.
struct RelatedCount
{
    std::string name;
    std::uint64_t rows = 0;
    std::uint64_t rowsBefore = 0;
};

struct GateInput
{
    PlanCounts counts;
    std::uint64_t deliveredBefore = 0;    ///< when the run began
    std::uint64_t removedLastDay = 0;     ///< by earlier runs of the last 24 hours
    std::uint64_t deliveredDayBefore = 0; ///< 24 hours ago
    bool declaredFull = false; ///< first run, full resync, baseline: changes are expected
    bool wholeSet = false;     ///< Replace: everything goes each time
    bool complete = true;      ///< false for --limit, push and cursor reads
    std::vector<RelatedCount> related;
};

/// All that stop, each with its figures (semantics 10 and 24). Pure.
[[nodiscard]] std::vector<GateStop> gateStops(const project::Gates& gates, const GateInput& input);

} // namespace headgate::plan
