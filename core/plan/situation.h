// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "state/state_store.h"

#include <optional>

namespace headgate::plan {

/// How a record of this read stands to what is known of it. One row of the mode table.
enum class Situation : std::uint8_t
{
    New,     ///< never delivered
    Readded, ///< delivered, removed, and back
    Changed,
    Rekeyed, ///< the match value differs from the last delivered one, or an older one is still held
    Unchanged,
    Removed, ///< delivered or in doubt, and absent
    Absent,  ///< absent, and nothing is there to remove
    Invalid,
    Filtered,
    RetryDue,         ///< refused before, same payload, its pause is over
    RetryPaused,      ///< refused before, same payload
    InDoubt,          ///< sent without a usable answer
    AwaitingDecision, ///< the same where a repeat could do harm
    Parked,           ///< refused in ten runs, same payload
    SkippedAlways,
    SkippedOnce,
    Purged
};

/// What this read says of a key. Empty optional: the key is absent.
struct Seen
{
    enum class Kind : std::uint8_t
    {
        Valid,
        Filtered,
        Invalid
    };
    Kind kind = Kind::Valid;
    Hash128 fingerprint;
    Hash128 matchHash;
};

/// Delivered, or sent without a usable answer, whatever happened to it since.
[[nodiscard]] bool mayBeThere(const state::KnownRecord& known);

/// Pure. `known` null: nothing is known of the key. At least one of both is given.
/// A refused record goes again at once when its payload changes, also when it is parked, and needs
/// nothing when its payload is back to what was delivered (semantics 20).
[[nodiscard]] Situation situationOf(const std::optional<Seen>& seen,
                                    const state::KnownRecord* known, WallTime now);

} // namespace headgate::plan
