// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/state_store.h"

namespace headgate::state {

/// A record as it lies in a block: its key hash, flags, status, digest, length of the body, body;
/// numbers little endian. The views are those of the block's bytes.
struct RecordRow
{
    std::string_view bytes; ///< all of it
    Hash128 keyHash;
    std::uint8_t flags = 0; ///< what is counted
    std::uint8_t status = 0;
    std::uint64_t digest = 0;
    std::string_view body;
};

/// Walks the rows of a block.
class RowReader
{
public:
    explicit RowReader(std::string_view rows) : m_rest(rows) { advance(); }
    /// The row at hand; null at the end, and where what follows is no whole row.
    [[nodiscard]] const RecordRow* row() const { return m_isThere ? &m_row : nullptr; }
    void advance();
    [[nodiscard]] bool isDamaged() const { return m_isDamaged; }

private:
    std::string_view m_rest;
    RecordRow m_row;
    bool m_isThere = false;
    bool m_isDamaged = false;
};

[[nodiscard]] std::uint8_t recordFlags(const KnownRecord& record);

/// Appends a record's row; what is returned refers to `out` until it changes again.
RecordRow appendRow(std::string& out, const KnownRecord& record);

/// Appends what a record holds beside key hash, flags and status: a version, which parts follow,
/// the parts. Hashes as their bytes; lengths and numbers 7 bits a byte, the lowest first.
void appendBody(std::string& out, const KnownRecord& record);

/// A checksum over a row. The sum of a state's digests is kept beside its counts: a flipped bit or
/// a lost page is found, not taken for news.
[[nodiscard]] std::uint64_t recordDigest(const Hash128& keyHash, std::uint8_t flags,
                                         std::uint8_t status, std::string_view body);

/// Fills `into` without giving up the memory of its strings. False if the row is not what its
/// digest says or its body does not parse.
[[nodiscard]] bool readRecord(const RecordRow& row, KnownRecord& into);

} // namespace headgate::state
