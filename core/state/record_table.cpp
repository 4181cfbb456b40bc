// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/record_table.h"

#include "base/text.h"
#include "state/sqlite_error.h"

#include <algorithm>

namespace headgate::state {

namespace {

constexpr std::size_t gatheredBytes = std::size_t(1) << 20;

RecordTally tallyRow(const Statement& row)
{
    return {row.integer(0), row.integer(1), row.integer(2),
            static_cast<std::uint64_t>(row.integer(3))};
}

Hash128 keyHashColumn(const Statement& row)
{
    return row.hash(0);
}

Failure unknownState(StateId id)
{
    return fail(ErrorKind::Internal, "state.unknown",
                Text::tr("State %1 is not in the local state. This is a defect.").arg(id));
}

/// What may be there has to be named when its row goes.
void addMatch(KnownRecord& record, const KnownRecord& news)
{
    const bool isHeld = news.match.empty() || record.match == news.match ||
                        std::find(record.alsoUnder.begin(), record.alsoUnder.end(), news.match) !=
                            record.alsoUnder.end();
    if (isHeld)
        return;
    if (!record.match.empty()) {
        record.alsoUnder.push_back(news.match);
    } else if (!record.delivered) {
        record.match = news.match;
        record.matchHash = news.matchHash;
    }
}

void addOutstanding(KnownRecord& record, const KnownRecord& news)
{
    record.keyHash = news.keyHash;
    record.status = news.status;
    record.triedFingerprint = news.triedFingerprint;
    record.attempts = news.attempts;
    record.retryAt = news.retryAt;
    record.code = news.code;
    record.message = news.message;
    if (!news.keyText.empty())
        record.keyText = news.keyText;
    addMatch(record, news);
}

} // namespace

void RecordTally::add(const RecordRow& row)
{
    ++known;
    delivered += row.flags & 1;
    unconfirmed += row.flags >> 1 & 1;
    digest += row.digest;
}

void RecordTally::remove(const RecordRow& row)
{
    --known;
    delivered -= row.flags & 1;
    unconfirmed -= row.flags >> 1 & 1;
    digest -= row.digest;
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
    for (Changes rest = changes; !rest.empty();) {
        const auto done = applyToBlock(id, rest, *known);
        if (!done)
            return Failure(done.error());
        rest = rest.subspan(*done);
    }
    return store(id, *known);
}

Result<std::size_t> RecordTable::applyToBlock(StateId id, Changes changes, RecordTally& tally)
{
    HEADGATE_TRY(m_blocks.seek(id, changes.front()->record.keyHash, m_block));
    m_rows.clear();
    RowReader old(m_block.body);
    std::size_t done = 0;
    while (done < changes.size() && m_block.covers(changes[done]->record.keyHash)) {
        const Hash128& keyHash = changes[done]->record.keyHash;
        std::size_t count = 1;
        while (done + count < changes.size() && changes[done + count]->record.keyHash == keyHash)
            ++count;
        for (; old.row() && old.row()->keyHash < keyHash; old.advance())
            m_rows.add(*old.row());
        const bool isKnown = old.row() && old.row()->keyHash == keyHash;
        HEADGATE_TRY(
            changeOne(id, isKnown ? old.row() : nullptr, changes.subspan(done, count), tally));
        if (isKnown)
            old.advance();
        done += count;
        if (m_rows.bytes.size() >= gatheredBytes)
            HEADGATE_TRY(m_blocks.write(id, m_block, m_rows, false));
    }
    for (; old.row(); old.advance())
        m_rows.add(*old.row());
    if (old.isDamaged())
        return Failure(damagedRecord(m_database.file(), m_block.first));
    HEADGATE_TRY(m_blocks.write(id, m_block, m_rows, true));
    return done;
}

Result<void> RecordTable::changeOne(StateId id, const RecordRow* old, Changes changes,
                                    RecordTally& tally)
{
    const auto record = changed(old, changes);
    if (!record)
        return Failure(record.error());
    if (old)
        tally.remove(*old);
    if (*record)
        tally.add(m_rows.add(**record));
    return setOutstanding(id, changes.front()->record.keyHash, old ? old->status : 0,
                          *record ? static_cast<std::uint8_t>((*record)->status) : 0);
}

Result<const KnownRecord*> RecordTable::changed(const RecordRow* old, Changes changes)
{
    // The last one says all, whatever came before it.
    if (changes.back()->kind == ChangeKind::Replace)
        return &changes.back()->record;
    bool isThere = old != nullptr;
    if (old && !readRecord(*old, m_changed))
        return Failure(damagedRecord(m_database.file(), old->keyHash));
    for (const RecordChange* change : changes) {
        if (!isThere)
            m_changed = {};
        isThere = change->kind != ChangeKind::Erase;
        switch (change->kind) {
        case ChangeKind::Replace:
            m_changed = change->record;
            break;
        case ChangeKind::Outstanding:
            addOutstanding(m_changed, change->record);
            break;
        case ChangeKind::Erase:
            break;
        }
    }
    return isThere ? &m_changed : nullptr;
}

Result<void> RecordTable::setOutstanding(StateId id, const Hash128& keyHash, std::uint8_t before,
                                         std::uint8_t after)
{
    if (before == after)
        return {};
    const Blob key{keyHash.view()};
    if (before != 0)
        HEADGATE_TRY(m_database
                         .cached("DELETE FROM outstanding_records WHERE state = ? AND status = ? "
                                 "AND key_hash = ?")
                         .bind(id, before, key)
                         .run());
    if (after == 0)
        return {};
    return m_database
        .cached("INSERT INTO outstanding_records(state, status, key_hash) VALUES(?, ?, ?)")
        .bind(id, after, key)
        .run();
}

Result<void> RecordTable::clear(StateId id)
{
    const auto purged = keysWith(id, RecordStatus::Purged);
    if (!purged)
        return Failure(purged.error());
    std::vector<RecordChange> kept(purged->size());
    for (std::size_t i = 0; i < kept.size(); ++i) {
        auto record = find(id, (*purged)[i]);
        if (!record)
            return propagate(std::move(record));
        if (!*record)
            return Failure(damagedRecord(m_database.file(), (*purged)[i]));
        kept[i].record = std::move(**record);
    }
    HEADGATE_TRY(m_database.cached("DELETE FROM record_blocks WHERE state = ?").bind(id).run());
    HEADGATE_TRY(
        m_database.cached("DELETE FROM outstanding_records WHERE state = ?").bind(id).run());
    HEADGATE_TRY(store(id, {}));
    return apply(id, kept);
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
    Statement& blocks =
        m_database.cached("SELECT first, body FROM record_blocks WHERE state = ?").bind(id);
    RecordTally counted;
    while (true) {
        const auto more = blocks.step();
        if (!more)
            return Failure(more.error());
        if (!*more)
            return counted;
        RowReader rows(blocks.bytes(1));
        for (; rows.row(); rows.advance())
            counted.add(*rows.row());
        if (rows.isDamaged()) {
            Error error = damagedRecord(m_database.file(), blocks.hash(0));
            blocks.reset();
            return Failure(std::move(error));
        }
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
                            .cached("SELECT status, count(*) FROM outstanding_records WHERE "
                                    "state = ? GROUP BY status")
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

Result<std::vector<Hash128>> RecordTable::keysWith(StateId id, RecordStatus status)
{
    return m_database
        .cached("SELECT key_hash FROM outstanding_records WHERE state = ? AND status = ?")
        .bind(id, status)
        .all(keyHashColumn);
}

Result<std::vector<KnownRecord>> RecordTable::outstanding(StateId id, std::uint32_t limit)
{
    const auto keys =
        m_database.cached("SELECT key_hash FROM outstanding_records WHERE state = ? LIMIT ?")
            .bind(id, limit)
            .all(keyHashColumn);
    if (!keys)
        return Failure(keys.error());
    std::vector<KnownRecord> found;
    found.reserve(keys->size());
    for (const Hash128& keyHash : *keys) {
        auto record = find(id, keyHash);
        if (!record)
            return propagate(std::move(record));
        if (!*record)
            return Failure(damagedRecord(m_database.file(), keyHash));
        found.push_back(std::move(**record));
    }
    return found;
}

Result<std::optional<KnownRecord>> RecordTable::find(StateId id, const Hash128& keyHash)
{
    HEADGATE_TRY(m_blocks.seek(id, keyHash, m_block));
    RowReader rows(m_block.body);
    while (rows.row() && rows.row()->keyHash < keyHash)
        rows.advance();
    std::optional<KnownRecord> found;
    const bool isThere = rows.row() && rows.row()->keyHash == keyHash;
    if (rows.isDamaged() || (isThere && !readRecord(*rows.row(), found.emplace())))
        return Failure(damagedRecord(m_database.file(), keyHash));
    return found;
}

Result<std::vector<std::pair<StateId, KnownRecord>>> RecordTable::ofKey(const Hash128& keyHash)
{
    const auto states =
        m_database.prepare("SELECT id FROM states").bind().all([](const Statement& row) {
            return row.integer(0);
        });
    if (!states)
        return Failure(states.error());
    std::vector<std::pair<StateId, KnownRecord>> found;
    for (const StateId id : *states) {
        auto record = find(id, keyHash);
        if (!record)
            return propagate(std::move(record));
        if (*record)
            found.emplace_back(id, std::move(**record));
    }
    return found;
}

} // namespace headgate::state
