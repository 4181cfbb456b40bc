// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/run_table.h"

namespace headgate::state {

/// Bodies that no row of history refers to.
inline constexpr const char* deleteLooseBodies =
    "DELETE FROM bodies WHERE number NOT IN (SELECT request FROM history WHERE request IS NOT NULL "
    "UNION SELECT answer FROM history WHERE answer IS NOT NULL)";

/// Tables "history" and "bodies". Requests and answers, which the records of a batch share, are
/// stored once and, when they are long, packed by zlib. Writing members are called inside a
/// transaction, except trim() and dropLooseBodies().
class HistoryTable
{
public:
    HistoryTable(Database& database, RunTable& runs) : m_database(database), m_runs(runs) {}

    [[nodiscard]] Result<void> add(std::span<const HistoryRow> rows);
    [[nodiscard]] Result<std::vector<HistoryRow>> find(const HistoryFilter& filter);
    [[nodiscard]] Result<std::optional<HistoryRow>> row(std::int64_t number);
    /// Drops a sync's successes older than `before`, then its oldest over `bytes`.
    [[nodiscard]] Result<void> trim(const std::string& syncId, WallTime before,
                                    std::uint64_t bytes);
    /// Drops bodies that no row needs any more.
    [[nodiscard]] Result<void> dropLooseBodies();

private:
    struct Body
    {
        std::string text;
        std::optional<std::int64_t> number;
    };

    [[nodiscard]] Result<void> addRow(const HistoryRow& row, std::int64_t run);
    /// Stores `text` unless it is the one stored last.
    [[nodiscard]] Result<void> store(Body& last, const std::string& text);
    [[nodiscard]] Result<std::int64_t> firstInBudget(const std::string& syncId,
                                                     std::uint64_t bytes);

    Database& m_database;
    RunTable& m_runs;
    Body m_request;
    Body m_answer;
};

/// How bodies are stored: as they are, or packed when that is shorter.
struct PackedBody
{
    bool packed = false;
    std::string bytes;
};
[[nodiscard]] PackedBody packBody(const std::string& text);
/// Error: State "state.corrupt".
[[nodiscard]] Result<std::string> unpackBody(bool packed, std::string_view bytes,
                                             const std::string& file);

} // namespace headgate::state
