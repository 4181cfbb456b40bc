// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/destination.h"
#include "plan/batch_items.h"
#include "project/sync_definition.h"
#include "run/outcome.h"
#include "state/spool.h"
#include "state/state_store.h"

#include <optional>

namespace headgate::run {

/// What does not change from record to record of a batch.
struct SettlementContext
{
    HashKey hashKey{};
    state::RunId run;
    WallTime now;
    bool keepsNames = false; ///< what is removed or renamed must be named one day
    bool mayRepeat = true;   ///< the batch's operation
    project::InDoubtPolicy onInDoubt = project::InDoubtPolicy::Ask;
    bool storePayloads = true;
    bool adHoc = false;
};

/// What one answered record changes.
struct RecordSettlement
{
    /// Empty: something of the record is still to be removed, by a later item or the next plan.
    std::optional<Outcome> outcome;
    bool accepted = false; ///< for the accepted log
    std::optional<state::RecordChange> change;
    std::optional<state::HistoryRow> history;
};

/// In the category of a record in the accepted log: it was only Unconfirmed.
inline constexpr std::uint8_t unconfirmedBit = 0x80;

/// Most bytes of a request and of an answer in the history; a cut ends at a whole character.
inline constexpr std::size_t keptOfExchange = 16 * 1024;
/// The same of what a person sends by hand and then looks at.
inline constexpr std::size_t keptOfAdHocExchange = 1 << 20;

/// Runs in which an unchanged payload is refused before it is parked (semantics 20).
inline constexpr std::uint32_t attemptsBeforeParking = 10;

/// The growing pause after the nth refusal of the same payload: none after the first, then a
/// minute, times four each time, at most a day.
[[nodiscard]] Milliseconds pauseAfter(std::uint32_t attempts);

/// Under another idempotency key it makes another record. Such a batch goes again under its own key
/// or not at all: it is marked as started before its first byte, also where the key makes a repeat
/// harmless, so that a later plan knows what may have been applied.
[[nodiscard]] bool createsAnew(connector::Operation operation);

/// Whether settle() has to be told what the state knows of the item's record by now.
[[nodiscard]] bool needsKnown(const plan::BatchItem& item);

/// Pure. Fate::Retry has no settlement: the record stays Pending. `known`: may be null unless
/// needsKnown().
[[nodiscard]] RecordSettlement settle(const SettlementContext& context,
                                      const state::SpoolView& record, const plan::BatchItem& item,
                                      connector::Operation operation,
                                      const connector::RecordOutcome& outcome,
                                      const state::KnownRecord* known = nullptr);

} // namespace headgate::run
