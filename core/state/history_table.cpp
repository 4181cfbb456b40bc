// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/history_table.h"

#include "state/sqlite_error.h"

#include <QByteArray>

namespace headgate::state {

namespace {

constexpr std::size_t packFrom = 512;
constexpr int packLevel = 1;
constexpr int trimChunk = 20'000;

constexpr const char* historyColumns =
    "SELECT r.id, h.key_hash, h.key_text, h.category, h.outcome, h.code, h.message, h.source, "
    "h.payload, h.at, h.keep, q.packed, q.bytes, a.packed, a.bytes "
    "FROM history h JOIN runs r ON r.number = h.run "
    "LEFT JOIN bodies q ON q.number = h.request LEFT JOIN bodies a ON a.number = h.answer ";
// A row without a key stands for itself.
constexpr const char* newestOnly =
    "AND (h.key_hash IS NULL OR h.number = (SELECT max(n.number) FROM history n "
    "WHERE n.run = h.run AND n.key_hash = h.key_hash)) ";

std::int64_t storedSize(const HistoryRow& row)
{
    return static_cast<std::int64_t>(row.keyText.size() + row.message.size() + row.row.size() +
                                     row.payload.size() + 120);
}

} // namespace

PackedBody packBody(const std::string& text)
{
    if (text.size() < packFrom)
        return {false, text};
    const QByteArray packed = qCompress(reinterpret_cast<const uchar*>(text.data()),
                                        static_cast<qsizetype>(text.size()), packLevel);
    if (packed.isEmpty() || static_cast<std::size_t>(packed.size()) >= text.size())
        return {false, text};
    return {true, packed.toStdString()};
}

Result<std::string> unpackBody(bool packed, std::string_view bytes, const std::string& file)
{
    if (!packed)
        return std::string(bytes);
    const QByteArray text = qUncompress(reinterpret_cast<const uchar*>(bytes.data()),
                                        static_cast<qsizetype>(bytes.size()));
    if (text.isEmpty())
        return Failure(damagedState(file, QStringLiteral("a packed body cannot be unpacked")));
    return text.toStdString();
}

Result<void> HistoryTable::add(std::span<const HistoryRow> rows)
{
    m_request = {};
    m_answer = {};
    RunId run;
    std::int64_t runNumber = 0;
    for (const HistoryRow& row : rows) {
        if (row.run != run || runNumber == 0) {
            const auto number = m_runs.numberOf(row.run);
            if (!number)
                return Failure(number.error());
            run = row.run;
            runNumber = *number;
        }
        HEADGATE_TRY(addRow(row, runNumber));
    }
    return {};
}

Result<void> HistoryTable::addRow(const HistoryRow& row, std::int64_t run)
{
    HEADGATE_TRY(store(m_request, row.request));
    HEADGATE_TRY(store(m_answer, row.answer));
    return m_database
        .cached("INSERT INTO history(run, key_hash, key_text, category, outcome, code, message, "
                "source, payload, request, answer, at, keep, size) "
                "VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)")
        .bind(run, row.keyHash, row.keyText, row.category, row.outcome, row.code, row.message,
              row.row, row.payload, m_request.number, m_answer.number, row.at, row.keep,
              storedSize(row))
        .run();
}

Result<void> HistoryTable::store(Body& last, const std::string& text)
{
    if (text == last.text)
        return {};
    last = {};
    if (text.empty())
        return {};
    const PackedBody body = packBody(text);
    HEADGATE_TRY(m_database.cached("INSERT INTO bodies(packed, bytes) VALUES(?,?)")
                     .bind(body.packed, Blob{body.bytes})
                     .run());
    last = {text, m_database.lastRowId()};
    return {};
}

Result<std::vector<HistoryRow>> HistoryTable::find(const RunId& run, const std::string& outcome,
                                                   std::optional<Hash128> keyHash,
                                                   std::uint32_t limit)
{
    std::string sql = std::string(historyColumns);
    sql += run.empty() ? "WHERE ?1 = '' " : "WHERE r.id = ?1 ";
    sql += outcome.empty() ? "AND ?2 = '' " : "AND h.outcome = ?2 ";
    sql += keyHash ? "AND h.key_hash = ?3 " : "AND ?3 IS NULL ";
    sql += std::string(newestOnly) + "ORDER BY h.number DESC LIMIT ?4";
    Statement rows = m_database.prepare(sql);
    rows.bind(run, outcome, keyHash ? std::optional(Blob{keyHash->view()}) : std::nullopt, limit);
    std::vector<HistoryRow> found;
    while (true) {
        const auto more = rows.step();
        if (!more)
            return Failure(more.error());
        if (!*more)
            return found;
        HistoryRow row = {rows.text(0),         rows.hash(1), rows.text(2), rows.text(3),
                          rows.text(4),         rows.text(5), rows.text(6), rows.text(7),
                          rows.text(8),         {},           {},           rows.time(9),
                          rows.integer(10) != 0};
        auto request = unpackBody(rows.integer(11) != 0, rows.bytes(12), m_database.file());
        if (!request)
            return propagate(std::move(request));
        auto answer = unpackBody(rows.integer(13) != 0, rows.bytes(14), m_database.file());
        if (!answer)
            return propagate(std::move(answer));
        row.request = std::move(*request);
        row.answer = std::move(*answer);
        found.push_back(std::move(row));
    }
}

Result<void> HistoryTable::trim(const std::string& syncId, WallTime before, std::uint64_t bytes)
{
    const auto first = firstInBudget(syncId, bytes);
    if (!first)
        return Failure(first.error());
    while (true) {
        auto transaction = Transaction::begin(m_database);
        if (!transaction)
            return propagate(std::move(transaction));
        HEADGATE_TRY(m_database
                         .cached("DELETE FROM history WHERE number IN (SELECT h.number FROM "
                                 "history h JOIN runs r ON r.number = h.run WHERE r.sync = ? AND "
                                 "h.keep = 0 AND (h.at < ? OR h.number < ?) LIMIT ?)")
                         .bind(syncId, before, *first, trimChunk)
                         .run());
        const std::int64_t dropped = m_database.changes();
        HEADGATE_TRY(transaction->commit());
        if (dropped < trimChunk)
            return {};
    }
}

Result<std::int64_t> HistoryTable::firstInBudget(const std::string& syncId, std::uint64_t bytes)
{
    Statement rows =
        m_database.prepare("SELECT h.number, h.size FROM runs r JOIN history h ON h.run = r.number "
                           "WHERE r.sync = ? AND h.keep = 0 ORDER BY h.number DESC");
    rows.bind(syncId);
    std::uint64_t used = 0;
    while (true) {
        const auto more = rows.step();
        if (!more)
            return Failure(more.error());
        if (!*more)
            return 0;
        used += static_cast<std::uint64_t>(rows.integer(1));
        if (used > bytes)
            return rows.integer(0) + 1;
    }
}

Result<void> HistoryTable::dropLooseBodies()
{
    auto transaction = Transaction::begin(m_database);
    if (!transaction)
        return propagate(std::move(transaction));
    HEADGATE_TRY(m_database.cached(deleteLooseBodies).bind().run());
    return transaction->commit();
}

} // namespace headgate::state
