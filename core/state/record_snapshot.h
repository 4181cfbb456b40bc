// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/record_table.h"

namespace headgate::state {

/// The scan of one state on a connection of its own, inside one read transaction. The digest of
/// every record that is read is checked, and at the end count and sum of all: a damaged table is an
/// error, never a shorter result.
class RecordSnapshot final : public RecordScan
{
public:
    [[nodiscard]] static Result<std::unique_ptr<RecordSnapshot>> open(const std::string& file,
                                                                      StateId id);
    [[nodiscard]] Result<bool> advance() override;
    [[nodiscard]] Hash128 keyHash() const override { return m_previous; }
    [[nodiscard]] Result<void> read(KnownRecord& into) override;
    void rewind() override;
    [[nodiscard]] std::uint64_t known() const override
    {
        return static_cast<std::uint64_t>(m_expected.known);
    }
    [[nodiscard]] std::uint64_t digest() const override { return m_expected.digest; }

private:
    RecordSnapshot(std::unique_ptr<Database> database, StateId id, RecordTally expected);
    [[nodiscard]] Result<bool> nextBlock();
    [[nodiscard]] Result<bool> finish();

    std::unique_ptr<Database> m_database;
    Statement m_blocks;
    RowReader m_rows{{}}; ///< of the block at hand
    RecordTally m_expected;
    RecordTally m_seen;
    Hash128 m_previous;
    bool m_done = false;
};

} // namespace headgate::state
