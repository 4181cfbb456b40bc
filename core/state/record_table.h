// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/record_blocks.h"

#include <map>
#include <span>

namespace headgate::state {

/// What a state's row says about its records; changed in the transaction that changes them.
struct RecordTally
{
    std::int64_t known = 0;
    std::int64_t delivered = 0;
    std::int64_t unconfirmed = 0;
    std::uint64_t digest = 0; ///< sum of the records' digests, wrapping

    void add(const RecordRow& row);
    void remove(const RecordRow& row);
    bool operator==(const RecordTally&) const = default;
};

/// The records of all states, and table "outstanding_records": the keys of those with a status.
/// Writing members are called inside a transaction of the caller. Error: State "state.corrupt".
class RecordTable
{
public:
    explicit RecordTable(Database& database) : m_database(database), m_blocks(database) {}

    /// In order of key hash, which is how they lie on disk; of one key in the given order.
    [[nodiscard]] Result<void> apply(StateId id, std::vector<const RecordChange*> changes);
    [[nodiscard]] Result<void> apply(StateId id, std::span<const RecordChange> changes);
    /// Drops all but those of purged keys.
    [[nodiscard]] Result<void> clear(StateId id);
    [[nodiscard]] Result<RecordTally> tally(StateId id);
    [[nodiscard]] Result<std::map<std::string, std::uint64_t>> counts(StateId id);
    [[nodiscard]] Result<std::vector<KnownRecord>> outstanding(StateId id, std::uint32_t limit);
    [[nodiscard]] Result<std::optional<KnownRecord>> find(StateId id, const Hash128& keyHash);
    /// Of all states, with their states.
    [[nodiscard]] Result<std::vector<std::pair<StateId, KnownRecord>>>
    ofKey(const Hash128& keyHash);
    /// The tally as the records themselves say.
    [[nodiscard]] Result<RecordTally> recount(StateId id);
    [[nodiscard]] Result<void> store(StateId id, const RecordTally& tally);

private:
    using Changes = std::span<const RecordChange* const>;
    /// As many of the first changes as one block covers; returns how many.
    [[nodiscard]] Result<std::size_t> applyToBlock(StateId id, Changes changes, RecordTally& tally);
    /// All changes of one key; `old` may be null.
    [[nodiscard]] Result<void> changeOne(StateId id, const RecordRow* old, Changes changes,
                                         RecordTally& tally);
    /// What becomes of the record; null if it goes. Valid until the next call.
    [[nodiscard]] Result<const KnownRecord*> changed(const RecordRow* old, Changes changes);
    [[nodiscard]] Result<void> setOutstanding(StateId id, const Hash128& keyHash,
                                              std::uint8_t before, std::uint8_t after);
    [[nodiscard]] Result<std::vector<Hash128>> keysWith(StateId id, RecordStatus status);

    Database& m_database;
    RecordBlocks m_blocks;
    RecordBlocks::Block m_block;
    RecordRows m_rows;
    KnownRecord m_changed;
};

} // namespace headgate::state
