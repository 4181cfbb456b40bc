// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/state_store.h"

#include <string>
#include <vector>

namespace headgate::plan {

/// The match values, by packMatch(), under which the destination may hold a record: the one that is
/// to go first, then the others in the order in which they were written.
[[nodiscard]] std::vector<std::string> heldMatches(const state::KnownRecord& known);
/// The same without that one.
[[nodiscard]] std::vector<std::string> heldMatchesBut(const state::KnownRecord& known,
                                                      const std::string& match);
/// The keyed hash of a packed match value; zero if it is none.
[[nodiscard]] Hash128 matchHashOf(const HashKey& hashKey, const std::string& match);
/// Sets match, matchHash and alsoUnder. Not for an empty list.
void setHeldMatches(state::KnownRecord& known, std::vector<std::string> held,
                    const HashKey& hashKey);

} // namespace headgate::plan
