// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/destination.h"
#include "plan/category.h"
#include "plan/situation.h"
#include "project/sync_definition.h"

#include <optional>

namespace headgate::plan {

/// One cell of the mode table.
struct Decision
{
    /// Empty only for an absent record that nothing has to be done about.
    std::optional<Category> category;
    std::optional<connector::Operation> operation; ///< empty: nothing is sent
    /// Mirror, re-keyed, no rename: what removes the old match value, in a later batch.
    std::optional<connector::Operation> removeOld;

    bool operator==(const Decision&) const = default;
};

struct ModeOptions
{
    project::SyncMode mode = project::SyncMode::Upsert;
    project::DeleteBehaviour deleteBehaviour = project::DeleteBehaviour::Nothing;
    bool canRename = false;
    bool mayRepeat = true;  ///< the write, under another request key and by another plan
    bool retryNow = false;  ///< refused and parked records go again without their pauses
    bool resendAll = false; ///< a declared full resync: what is unchanged goes again
};

/// The table of semantics 11, all of it. `matchChanged`: the match value differs from the last
/// delivered one; it matters for what is retried.
[[nodiscard]] Decision decide(const ModeOptions& options, Situation situation,
                              bool matchChanged = false);

} // namespace headgate::plan
