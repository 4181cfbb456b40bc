// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/database.h"
#include "state/record_row.h"

namespace headgate::state {

/// Rows in order of key hash, to be written as blocks.
struct RecordRows
{
    std::string bytes;
    std::vector<std::size_t> begins;

    void clear();
    void add(const RecordRow& row);
    RecordRow add(const KnownRecord& record);
};

/// Table "record_blocks": the records of a state in order of key hash, as many to a row of the
/// table as fill a page. Neighbours are written together, at a small part of what a row for each
/// would cost. A block holds the key hashes from `first` up to the `first` of the next one.
class RecordBlocks
{
public:
    struct Block
    {
        std::int64_t number = 0; ///< 0: not in the table
        Hash128 first;
        std::optional<Hash128> bound; ///< first of the next block; none: it is the last
        std::string body;
        bool isBegun = false; ///< a part of what replaces it was written

        [[nodiscard]] bool covers(const Hash128& keyHash) const
        {
            return !bound || keyHash < *bound;
        }
    };

    explicit RecordBlocks(Database& database) : m_database(database) {}

    /// The block that holds the key hash or would.
    [[nodiscard]] Result<void> seek(StateId id, const Hash128& keyHash, Block& into);
    /// Replaces the block by blocks of these rows, all of which it covers, and empties `rows`. What
    /// is written by later calls for the same block goes behind it; `isLast`: there is none.
    [[nodiscard]] Result<void> write(StateId id, Block& block, RecordRows& rows, bool isLast);

private:
    [[nodiscard]] Result<void> writeOne(StateId id, Block& block, std::string_view body);

    Database& m_database;
};

} // namespace headgate::state
