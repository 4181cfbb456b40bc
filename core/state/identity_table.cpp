// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/identity_table.h"

#include "base/text.h"
#include "state/sqlite_error.h"

#include <algorithm>

namespace headgate::state {

namespace {

void addField(std::string& out, std::string_view field)
{
    out.append(std::to_string(field.size())).append(1, ':').append(field);
}

std::int64_t rowDigest(const StateInfo& info)
{
    std::string bytes;
    for (const std::string* field :
         {&info.identity.projectId, &info.identity.target, &info.identity.syncId,
          &info.identity.account, &info.identity.object, &info.identity.recordKey, &info.cursor,
          &info.definitionHash, &info.fingerprintVersion})
        addField(bytes, *field);
    addField(bytes, std::to_string(info.id));
    addField(bytes, std::to_string(info.created.time_since_epoch().count()));
    addField(bytes, info.lastRun ? toIso(*info.lastRun) : "");
    addField(bytes, info.baseline ? "1" : "0");
    const Hash128 hash = fastHash(bytes);
    std::uint64_t digest = 0;
    for (std::size_t i = 0; i < sizeof digest; ++i)
        digest = digest << 8 | hash.bytes[i];
    return static_cast<std::int64_t>(digest);
}

StateInfo stateRow(const Statement& row)
{
    StateInfo info;
    info.id = row.integer(0);
    info.identity = {row.text(1), row.text(2), row.text(3), row.text(4), row.text(5), row.text(6)};
    info.created = row.time(7);
    info.lastRun = row.optionalTime(8);
    info.cursor = row.text(9);
    info.definitionHash = row.text(10);
    info.fingerprintVersion = row.text(11);
    info.baseline = row.integer(12) != 0;
    info.delivered = static_cast<std::uint64_t>(row.integer(13));
    return info;
}

bool usedLater(const StateInfo& a, const StateInfo& b)
{
    return std::pair(a.lastRun, a.id) > std::pair(b.lastRun, b.id);
}

} // namespace

Result<std::vector<StateInfo>> IdentityTable::all()
{
    bool whole = true;
    auto states = m_database
                      .cached("SELECT id, project, target, sync, account, object, record_key, "
                              "created, last_run, cursor, definition_hash, fingerprint_version, "
                              "baseline, delivered, row_digest FROM states NOT INDEXED")
                      .bind()
                      .all([&](const Statement& row) {
                          StateInfo info = stateRow(row);
                          whole = whole && rowDigest(info) == row.integer(14);
                          return info;
                      });
    if (!states)
        return states;
    const auto count = m_database.cached("SELECT value FROM meta WHERE name = 'states'")
                           .bind()
                           .first([](const Statement& row) { return row.integer(0); });
    if (!count)
        return Failure(count.error());
    if (!whole || count->value_or(0) != static_cast<std::int64_t>(states->size()))
        return Failure(damagedState(m_database.file(),
                                    QStringLiteral("a row of table 'states' is damaged or gone")));
    std::sort(states->begin(), states->end(), usedLater);
    return states;
}

Result<std::vector<StateInfo>> IdentityTable::ofSync(const std::string& projectId,
                                                     const std::string& target,
                                                     const std::string& syncId)
{
    auto states = all();
    if (states)
        std::erase_if(*states, [&](const StateInfo& info) {
            return info.identity.projectId != projectId || info.identity.target != target ||
                   info.identity.syncId != syncId;
        });
    return states;
}

Result<StateInfo> IdentityTable::find(StateId id)
{
    auto states = all();
    if (!states)
        return propagate(std::move(states));
    const auto found = std::find_if(states->begin(), states->end(),
                                    [&](const StateInfo& info) { return info.id == id; });
    if (found == states->end())
        return fail(ErrorKind::Internal, "state.unknown",
                    Text::tr("State %1 is not in the local state. This is a defect.").arg(id));
    return *found;
}

Result<void> IdentityTable::requireFree(const StateIdentity& identity, StateId except)
{
    const auto states = all();
    if (!states)
        return Failure(states.error());
    const bool taken = std::any_of(states->begin(), states->end(), [&](const StateInfo& info) {
        return info.identity == identity && info.id != except;
    });
    if (!taken)
        return {};
    return fail(ErrorKind::State, "state.exists",
                Text::tr("Sync %1 already has a state for this account, object and record key. "
                         "Use it, or reset it first.")
                    .arg(toQString(identity.syncId)));
}

Result<StateInfo> IdentityTable::create(const StateIdentity& identity, WallTime now)
{
    HEADGATE_TRY(requireFree(identity, 0));
    HEADGATE_TRY(m_database
                     .cached("INSERT INTO states(project, target, sync, account, object, "
                             "record_key, created, row_digest) VALUES(?,?,?,?,?,?,?,0)")
                     .bind(identity.projectId, identity.target, identity.syncId, identity.account,
                           identity.object, identity.recordKey, now)
                     .run());
    StateInfo info;
    info.id = m_database.lastRowId();
    info.identity = identity;
    info.created = now;
    HEADGATE_TRY(write(info));
    HEADGATE_TRY(storeCount());
    return info;
}

Result<void> IdentityTable::storeCount()
{
    return m_database
        .cached(
            "REPLACE INTO meta(name, value) SELECT 'states', CAST(count(*) AS BLOB) FROM states")
        .bind()
        .run();
}

Result<void> IdentityTable::adopt(StateId id, const StateIdentity& identity)
{
    HEADGATE_TRY(requireFree(identity, id));
    auto info = find(id);
    if (!info)
        return propagate(std::move(info));
    info->identity = identity;
    return write(*info);
}

Result<void> IdentityTable::update(const StateInfo& info)
{
    auto stored = find(info.id);
    if (!stored)
        return propagate(std::move(stored));
    stored->cursor = info.cursor;
    stored->definitionHash = info.definitionHash;
    stored->fingerprintVersion = info.fingerprintVersion;
    stored->baseline = info.baseline;
    stored->lastRun = info.lastRun;
    return write(*stored);
}

Result<void> IdentityTable::clear(StateId id)
{
    StateInfo blank;
    blank.id = id;
    return update(blank);
}

Result<void> IdentityTable::write(const StateInfo& info)
{
    const StateIdentity& identity = info.identity;
    return m_database
        .cached("UPDATE states SET project = ?, target = ?, sync = ?, account = ?, object = ?, "
                "record_key = ?, cursor = ?, definition_hash = ?, fingerprint_version = ?, "
                "baseline = ?, last_run = ?, row_digest = ? WHERE id = ?")
        .bind(identity.projectId, identity.target, identity.syncId, identity.account,
              identity.object, identity.recordKey, info.cursor, info.definitionHash,
              info.fingerprintVersion, info.baseline, info.lastRun, rowDigest(info), info.id)
        .run();
}

} // namespace headgate::state
