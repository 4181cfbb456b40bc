// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/hash.h"
#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3;

namespace headgate::state {

struct KnownRecord;

/// Rows of table "records" that are about to be written, as a table that SQL reads: one statement
/// writes all of them, at a fraction of what one statement per row costs.
///
///     SELECT key_hash, flags, status, digest, body FROM changed_rows(?)
///
/// yields those from first() on in the order of adding; the parameter is bound as a Pointer to a
/// const ChangedRows of type pointerType, which has to stay as it is until the run is over.
class ChangedRows
{
public:
    static constexpr const char* pointerType = "headgate.changed_rows";

    struct Row
    {
        Hash128 keyHash;
        std::uint8_t flags = 0;
        std::uint8_t status = 0;
        std::uint64_t digest = 0;
        std::size_t begin = 0; ///< of the body
        std::size_t size = 0;
    };

    /// Makes the table known to a connection.
    [[nodiscard]] static int registerOn(sqlite3* connection);

    void clear();
    void add(const KnownRecord& record);
    [[nodiscard]] const std::vector<Row>& rows() const { return m_rows; }
    [[nodiscard]] std::string_view body(const Row& row) const
    {
        return std::string_view(m_bodies).substr(row.begin, row.size);
    }
    [[nodiscard]] std::size_t first() const { return m_first; }
    /// The next `count` rows are not read any more.
    void skip(std::size_t count) { m_first += count; }

private:
    std::vector<Row> m_rows;
    std::string m_bodies;
    std::size_t m_first = 0;
};

} // namespace headgate::state
