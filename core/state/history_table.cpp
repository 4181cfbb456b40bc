// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/history_table.h"

#include "state/sqlite_error.h"

#include <QByteArray>

namespace headgate::state {

namespace {

constexpr std::size_t packFrom = 512;
constexpr int packLevel = 1;
constexpr int trimChunk = 20'000;

constexpr const char* plainColumns =
    "SELECT h.number, r.id, h.key_hash, h.key_text, h.category, h.outcome, h.code, h.message, "
    "h.at, h.keep";
constexpr const char* bodyColumns = ", h.source, h.payload, q.packed, q.bytes, a.packed, a.bytes";
constexpr const char* fromHistory = " FROM history h JOIN runs r ON r.number = h.run ";
constexpr const char* joinBodies =
    "LEFT JOIN bodies q ON q.number = h.request LEFT JOIN bodies a ON a.number = h.answer ";
// A row without a key stands for itself.
constexpr const char* newestOnly =
    "AND (h.key_hash IS NULL OR h.number = (SELECT max(n.number) FROM history n "
    "WHERE n.run = h.run AND n.key_hash = h.key_hash)) ";

std::string selectRows(bool bodies)
{
    return std::string(plainColumns) + (bodies ? bodyColumns : "") + fromHistory +
           (bodies ? joinBodies : "");
}

HistoryRow plainRow(const Statement& rows)
{
    HistoryRow row;
    row.number = rows.integer(0);
    row.run = rows.text(1);
    row.keyHash = rows.hash(2);
    row.keyText = rows.text(3);
    row.category = rows.text(4);
    row.outcome = rows.text(5);
    row.code = rows.text(6);
    row.message = rows.text(7);
    row.at = rows.time(8);
    row.keep = rows.integer(9) != 0;
    return row;
}

Result<void> readBodies(const Statement& rows, const std::string& file, HistoryRow& row)
{
    row.row = rows.text(10);
    row.payload = rows.text(11);
    auto request = unpackBody(rows.integer(12) != 0, rows.bytes(13), file);
    if (!request)
        return Failure(request.error());
    auto answer = unpackBody(rows.integer(14) != 0, rows.bytes(15), file);
    if (!answer)
        return Failure(answer.error());
    row.request = std::move(*request);
    row.answer = std::move(*answer);
    return {};
}

Result<std::vector<HistoryRow>> readRows(Statement& rows, const std::string& file, bool bodies)
{
    std::vector<HistoryRow> found;
    while (true) {
        const auto more = rows.step();
        if (!more)
            return Failure(more.error());
        if (!*more)
            return found;
        HistoryRow row = plainRow(rows);
        if (bodies)
            HEADGATE_TRY(readBodies(rows, file, row));
        found.push_back(std::move(row));
    }
}

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
    if (!row.sameExchange) {
        HEADGATE_TRY(store(m_request, row.request));
        HEADGATE_TRY(store(m_answer, row.answer));
    }
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

Result<std::vector<HistoryRow>> HistoryTable::find(const HistoryFilter& filter)
{
    std::string sql = selectRows(filter.bodies);
    sql += filter.run.empty() ? "WHERE ?1 = '' " : "WHERE r.id = ?1 ";
    sql += filter.outcome.empty() ? "AND ?2 = '' " : "AND h.outcome = ?2 ";
    sql += filter.keyHash ? "AND h.key_hash = ?3 " : "AND ?3 IS NULL ";
    sql += filter.before == 0 ? "AND ?4 = 0 " : "AND h.number < ?4 ";
    sql += std::string(newestOnly) + "ORDER BY h.number DESC LIMIT ?5";
    Statement rows = m_database.prepare(sql);
    rows.bind(filter.run, filter.outcome,
              filter.keyHash ? std::optional(Blob{filter.keyHash->view()}) : std::nullopt,
              filter.before, filter.limit);
    return readRows(rows, m_database.file(), filter.bodies);
}

Result<std::optional<HistoryRow>> HistoryTable::row(std::int64_t number)
{
    Statement rows = m_database.prepare(selectRows(true) + "WHERE h.number = ?");
    rows.bind(number);
    auto found = readRows(rows, m_database.file(), true);
    if (!found)
        return Failure(found.error());
    return found->empty() ? std::nullopt : std::optional(std::move(found->front()));
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
