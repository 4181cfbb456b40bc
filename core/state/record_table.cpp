// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/record_table.h"

#include "base/text.h"
#include "state/sqlite_error.h"

#include <algorithm>

namespace headgate::state {

namespace {

KnownRecord ownedRecord(const Statement& row)
{
    KnownRecord record;
    static_cast<void>(readRecord(row, record));
    return record;
}

RecordTally tallyRow(const Statement& row)
{
    return {row.integer(0), row.integer(1), row.integer(2),
            static_cast<std::uint64_t>(row.integer(3))};
}

std::string recordSql(const char* verb)
{
    return std::string(verb) +
           " INTO records(state, key_hash, flags, status, digest, fingerprint, match_hash, leaves, "
           "key_text, match, event_kind, event_text, tried, attempts, retry_at, code, message, "
           "accepted) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
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
    for (const RecordChange* entry : changes)
        HEADGATE_TRY(change(id, *entry, *known));
    return store(id, *known);
}

Result<void> RecordTable::change(StateId id, const RecordChange& change, RecordTally& tally)
{
    if (change.kind == ChangeKind::Outstanding)
        return changeOutstanding(id, change.record, tally);
    if (change.kind == ChangeKind::Replace && m_lastWasNew) {
        const auto inserted = insertNew(id, change.record, tally);
        if (!inserted)
            return Failure(inserted.error());
        if (*inserted)
            return {};
    }
    const Blob key{change.record.keyHash.view()};
    Statement& old =
        m_database.cached("SELECT flags, digest FROM records WHERE state = ? AND key_hash = ?");
    const auto found = old.bind(id, key).step();
    if (!found)
        return Failure(found.error());
    m_lastWasNew = !*found;
    if (*found)
        tally.remove(old.integer(0), static_cast<std::uint64_t>(old.integer(1)));
    old.reset();
    if (change.kind == ChangeKind::Replace)
        return write(id, change.record, tally);
    if (!*found)
        return {};
    return m_database.cached("DELETE FROM records WHERE state = ? AND key_hash = ?")
        .bind(id, key)
        .run();
}

Result<void> RecordTable::changeOutstanding(StateId id, const KnownRecord& news, RecordTally& tally)
{
    auto old = find(id, news.keyHash);
    if (!old)
        return propagate(std::move(old));
    KnownRecord record;
    if (*old) {
        record = std::move(**old);
        tally.remove(recordFlags(record), m_digest.of(record));
    }
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
    return write(id, record, tally);
}

Result<bool> RecordTable::insertNew(StateId id, const KnownRecord& record, RecordTally& tally)
{
    static const std::string sql = recordSql("INSERT OR IGNORE");
    const std::uint64_t digest = m_digest.of(record);
    HEADGATE_TRY(run(m_database.cached(sql.c_str()), id, record, digest));
    const bool inserted = m_database.changes() == 1;
    if (inserted)
        tally.add(recordFlags(record), digest);
    return inserted;
}

Result<void> RecordTable::write(StateId id, const KnownRecord& record, RecordTally& tally)
{
    static const std::string sql = recordSql("REPLACE");
    const std::uint64_t digest = m_digest.of(record);
    tally.add(recordFlags(record), digest);
    return run(m_database.cached(sql.c_str()), id, record, digest);
}

Result<void> RecordTable::run(Statement& statement, StateId id, const KnownRecord& record,
                              std::uint64_t digest)
{
    const auto orNull = [](const std::string& text) {
        return text.empty() ? std::optional<std::string_view>() : std::string_view(text);
    };
    const auto blobOrNull = [](const std::string& bytes) {
        return bytes.empty() ? std::optional<Blob>() : Blob{bytes};
    };
    const bool timed = !record.eventTime.isNull();
    return statement
        .bind(id, Blob{record.keyHash.view()}, recordFlags(record), record.status,
              static_cast<std::int64_t>(digest), record.fingerprint, record.matchHash,
              blobOrNull(record.leaves), orNull(record.keyText), blobOrNull(record.match),
              timed ? std::optional(record.eventTime.kind) : std::nullopt,
              timed ? std::optional<std::string_view>(record.eventTime.text) : std::nullopt,
              record.triedFingerprint,
              record.attempts != 0 ? std::optional(record.attempts) : std::nullopt, record.retryAt,
              orNull(record.code), orNull(record.message),
              record.accepted != 0 ? std::optional(static_cast<std::int64_t>(record.accepted))
                                   : std::nullopt)
        .run();
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
    return m_database.cached(sql.c_str()).bind(id, limit).all(ownedRecord);
}

Result<std::optional<KnownRecord>> RecordTable::find(StateId id, const Hash128& keyHash)
{
    static const std::string sql =
        std::string("SELECT ") + recordColumns + " FROM records WHERE state = ? AND key_hash = ?";
    return m_database.cached(sql.c_str()).bind(id, Blob{keyHash.view()}).first(ownedRecord);
}

} // namespace headgate::state
