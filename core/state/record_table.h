// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/changed_rows.h"
#include "state/database.h"
#include "state/record_row.h"

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

    void add(std::int64_t flags, std::uint64_t recordDigest);
    void remove(std::int64_t flags, std::uint64_t recordDigest);
    bool operator==(const RecordTally&) const = default;
};

/// Table "records". Writing members are called inside a transaction of the caller.
class RecordTable
{
public:
    explicit RecordTable(Database& database) : m_database(database) {}

    /// In order of key hash, which is how the table lies on disk; of one key in the given order.
    [[nodiscard]] Result<void> apply(StateId id, std::vector<const RecordChange*> changes);
    [[nodiscard]] Result<void> apply(StateId id, std::span<const RecordChange> changes);
    /// Drops all rows but those of purged keys.
    [[nodiscard]] Result<void> clear(StateId id);
    [[nodiscard]] Result<RecordTally> tally(StateId id);
    [[nodiscard]] Result<std::map<std::string, std::uint64_t>> counts(StateId id);
    [[nodiscard]] Result<std::vector<KnownRecord>> outstanding(StateId id, std::uint32_t limit);
    [[nodiscard]] Result<std::optional<KnownRecord>> find(StateId id, const Hash128& keyHash);
    /// Of all states.
    [[nodiscard]] Result<std::vector<KnownRecord>> ofKey(const Hash128& keyHash);
    /// The tally as the rows themselves say.
    [[nodiscard]] Result<RecordTally> recount(StateId id);
    [[nodiscard]] Result<void> store(StateId id, const RecordTally& tally);

private:
    /// Puts the new row into m_rows, which does not hold one of that key, or drops the old one.
    [[nodiscard]] Result<void> change(StateId id, const RecordChange& change, RecordTally& tally);
    [[nodiscard]] Result<void> addOutstanding(StateId id, const KnownRecord& news);
    /// Those that a statement of recordColumns yields. Error: State "state.corrupt".
    [[nodiscard]] Result<std::vector<KnownRecord>> records(Statement& rows);
    /// Replaces or adds what is in m_rows, and empties it.
    [[nodiscard]] Result<void> writeRows(StateId id, RecordTally& tally);
    /// Adds rows up to the first one that there is already.
    [[nodiscard]] Result<void> addNewRows(StateId id, RecordTally& tally);
    [[nodiscard]] Result<void> replaceRows(StateId id, RecordTally& tally);

    Database& m_database;
    ChangedRows m_rows;
};

} // namespace headgate::state
