// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/record_table.h"

#include "base/text.h"
#include "state/sqlite_error.h"

#include <algorithm>

namespace headgate::state {

namespace {

constexpr std::size_t rowsAtOnce = 4096;

RecordTally tallyRow(const Statement& row)
{
    return {row.integer(0), row.integer(1), row.integer(2),
            static_cast<std::uint64_t>(row.integer(3))};
}

std::pair<std::int64_t, std::uint64_t> countedPart(const Statement& row)
{
    return {row.integer(0), static_cast<std::uint64_t>(row.integer(1))};
}

Failure unknownState(StateId id)
{
    return fail(ErrorKind::Internal, "state.unknown",
                Text::tr("State %1 is not in the local state. This is a defect.").arg(id));
}

} // namespace

void RecordTally::add(std::int64_t flags, std::uint64_t recordDigest)
{
    ++known;
    delivered += flags & 1;
    unconfirmed += flags >> 1 & 1;
    digest += recordDigest;
}

void RecordTally::remove(std::int64_t flags, std::uint64_t recordDigest)
{
    --known;
    delivered -= flags & 1;
    unconfirmed -= flags >> 1 & 1;
    digest -= recordDigest;
}

Result<void> RecordTable::apply(StateId id, std::span<const RecordChange> changes)
{
    std::vector<const RecordChange*> pointers;
    pointers.reserve(changes.size());
    for (const RecordChange& entry : changes)
        pointers.push_back(&entry);
    return apply(id, std::move(pointers));
}

Result<void> RecordTable::apply(StateId id, std::vector<const RecordChange*> changes)
{
    std::stable_sort(changes.begin(), changes.end(),
                     [](const RecordChange* a, const RecordChange* b) {
                         return a->record.keyHash < b->record.keyHash;
                     });
    auto known = tally(id);
    if (!known)
        return propagate(std::move(known));
    m_rows.clear();
    for (auto entry = changes.begin(); entry != changes.end();) {
        const auto next = std::find_if(entry, changes.end(), [&](const RecordChange* other) {
            return other->record.keyHash != (*entry)->record.keyHash;
        });
        // The last one says all, whatever came before it.
        if (next[-1]->kind == ChangeKind::Replace)
            entry = next - 1;
        for (auto each = entry; each != next; ++each) {
            if (each != entry)
                HEADGATE_TRY(writeRows(id, *known));
            HEADGATE_TRY(change(id, **each, *known));
        }
        if (m_rows.rows().size() >= rowsAtOnce)
            HEADGATE_TRY(writeRows(id, *known));
        entry = next;
    }
    HEADGATE_TRY(writeRows(id, *known));
    return store(id, *known);
}

Result<void> RecordTable::writeRows(StateId id, RecordTally& tally)
{
    if (m_rows.rows().empty())
        return {};
    HEADGATE_TRY(addNewRows(id, tally));
    if (m_rows.first() < m_rows.rows().size())
        HEADGATE_TRY(replaceRows(id, tally));
    m_rows.clear();
    return {};
}

Result<void> RecordTable::addNewRows(StateId id, RecordTally& tally)
{
    const auto whole =
        m_database
            .cached("INSERT OR FAIL INTO records(state, key_hash, flags, status, digest, body) "
                    "SELECT ?, key_hash, flags, status, digest, body FROM changed_rows(?)")
            .bind(id, Pointer{&m_rows, ChangedRows::pointerType})
            .runUpToDuplicate();
    if (!whole)
        return Failure(whole.error());
    const auto added = static_cast<std::size_t>(m_database.changes());
    for (std::size_t i = 0; i < added; ++i)
        tally.add(m_rows.rows()[i].flags, m_rows.rows()[i].digest);
    m_rows.skip(added);
    return {};
}

Result<void> RecordTable::replaceRows(StateId id, RecordTally& tally)
{
    const Pointer rows{&m_rows, ChangedRows::pointerType};
    const auto old = m_database
                         .cached("SELECT r.flags, r.digest FROM changed_rows(?) c CROSS JOIN "
                                 "records r ON r.state = ? AND r.key_hash = c.key_hash")
                         .bind(rows, id)
                         .all(countedPart);
    if (!old)
        return Failure(old.error());
    for (const auto& [flags, digest] : *old)
        tally.remove(flags, digest);
    for (std::size_t i = m_rows.first(); i < m_rows.rows().size(); ++i)
        tally.add(m_rows.rows()[i].flags, m_rows.rows()[i].digest);
    return m_database
        .cached("REPLACE INTO records(state, key_hash, flags, status, digest, body) "
                "SELECT ?, key_hash, flags, status, digest, body FROM changed_rows(?)")
        .bind(id, rows)
        .run();
}

Result<void> RecordTable::change(StateId id, const RecordChange& change, RecordTally& tally)
{
    switch (change.kind) {
    case ChangeKind::Replace:
        m_rows.add(change.record);
        return {};
    case ChangeKind::Outstanding:
        return addOutstanding(id, change.record);
    case ChangeKind::Erase:
        break;
    }
    const auto gone = m_database
                          .cached("DELETE FROM records WHERE state = ? AND key_hash = ? "
                                  "RETURNING flags, digest")
                          .bind(id, Blob{change.record.keyHash.view()})
                          .first(countedPart);
    if (!gone)
        return Failure(gone.error());
    if (*gone)
        tally.remove((*gone)->first, (*gone)->second);
    return {};
}

Result<void> RecordTable::addOutstanding(StateId id, const KnownRecord& news)
{
    auto old = find(id, news.keyHash);
    if (!old)
        return propagate(std::move(old));
    KnownRecord record;
    if (*old)
        record = std::move(**old);
    record.keyHash = news.keyHash;
    record.status = news.status;
    record.triedFingerprint = news.triedFingerprint;
    record.attempts = news.attempts;
    record.retryAt = news.retryAt;
    record.code = news.code;
    record.message = news.message;
    if (!news.keyText.empty())
        record.keyText = news.keyText;
    // What may be there has to be named when its row goes.
    if (!record.delivered && !news.match.empty()) {
        record.match = news.match;
        record.matchHash = news.matchHash;
    }
    m_rows.add(record);
    return {};
}

Result<void> RecordTable::clear(StateId id)
{
    HEADGATE_TRY(m_database.cached("DELETE FROM records WHERE state = ? AND status <> ?")
                     .bind(id, RecordStatus::Purged)
                     .run());
    const auto left = recount(id);
    if (!left)
        return Failure(left.error());
    return store(id, *left);
}

Result<RecordTally> RecordTable::tally(StateId id)
{
    auto row =
        m_database
            .cached("SELECT known, delivered, unconfirmed, records_digest FROM states WHERE id = ?")
            .bind(id)
            .first(tallyRow);
    if (!row)
        return propagate(std::move(row));
    if (!*row)
        return unknownState(id);
    return **row;
}

Result<void> RecordTable::store(StateId id, const RecordTally& tally)
{
    HEADGATE_TRY(m_database
                     .cached("UPDATE states SET known = ?, delivered = ?, unconfirmed = ?, "
                             "records_digest = ? WHERE id = ?")
                     .bind(tally.known, tally.delivered, tally.unconfirmed,
                           static_cast<std::int64_t>(tally.digest), id)
                     .run());
    if (m_database.changes() != 1)
        return unknownState(id);
    return {};
}

Result<RecordTally> RecordTable::recount(StateId id)
{
    Statement& rows = m_database.cached("SELECT flags, digest FROM records WHERE state = ?");
    RecordTally counted;
    rows.bind(id);
    while (true) {
        const auto more = rows.step();
        if (!more)
            return Failure(more.error());
        if (!*more)
            return counted;
        counted.add(rows.integer(0), static_cast<std::uint64_t>(rows.integer(1)));
    }
}

Result<std::map<std::string, std::uint64_t>> RecordTable::counts(StateId id)
{
    const auto known = tally(id);
    if (!known)
        return Failure(known.error());
    std::map<std::string, std::uint64_t> counts = {
        {"known", static_cast<std::uint64_t>(known->known)},
        {"delivered", static_cast<std::uint64_t>(known->delivered)},
        {"unconfirmed", static_cast<std::uint64_t>(known->unconfirmed)}};
    for (int status = 1; status <= static_cast<int>(RecordStatus::Purged); ++status)
        counts[name(static_cast<RecordStatus>(status))] = 0;
    const auto groups = m_database
                            .cached("SELECT status, count(*) FROM records WHERE state = ? AND "
                                    "status <> 0 GROUP BY status")
                            .bind(id)
                            .all([](const Statement& row) {
                                return std::pair(static_cast<RecordStatus>(row.integer(0)),
                                                 static_cast<std::uint64_t>(row.integer(1)));
                            });
    if (!groups)
        return Failure(groups.error());
    for (const auto& [status, count] : *groups)
        counts[name(status)] = count;
    return counts;
}

Result<std::vector<KnownRecord>> RecordTable::outstanding(StateId id, std::uint32_t limit)
{
    static const std::string sql = std::string("SELECT ") + recordColumns +
                                   " FROM records WHERE state = ? AND status <> 0 LIMIT ?";
    return records(m_database.cached(sql.c_str()).bind(id, limit));
}

Result<std::optional<KnownRecord>> RecordTable::find(StateId id, const Hash128& keyHash)
{
    static const std::string sql =
        std::string("SELECT ") + recordColumns + " FROM records WHERE state = ? AND key_hash = ?";
    auto found = records(m_database.cached(sql.c_str()).bind(id, Blob{keyHash.view()}));
    if (!found)
        return Failure(found.error());
    return found->empty() ? std::nullopt : std::optional(std::move(found->front()));
}

Result<std::vector<KnownRecord>> RecordTable::ofKey(const Hash128& keyHash)
{
    static const std::string sql =
        std::string("SELECT ") + recordColumns + " FROM records WHERE key_hash = ?";
    return records(m_database.cached(sql.c_str()).bind(Blob{keyHash.view()}));
}

Result<std::vector<KnownRecord>> RecordTable::records(Statement& rows)
{
    std::vector<KnownRecord> found;
    while (true) {
        const auto more = rows.step();
        if (!more)
            return Failure(more.error());
        if (!*more)
            return found;
        if (!readRecord(rows, found.emplace_back())) {
            Error error = damagedRecord(m_database.file(), rows.hash(0));
            rows.reset();
            return Failure(std::move(error));
        }
    }
}

} // namespace headgate::state
