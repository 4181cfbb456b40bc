// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/identity_table.h"

#include "base/text.h"

namespace headgate::state {

namespace {

constexpr const char* stateOrder = " ORDER BY last_run IS NULL, last_run DESC, id DESC";
constexpr const char* stateColumns =
    "SELECT id, project, target, sync, account, object, record_key, created, last_run, cursor, "
    "definition_hash, fingerprint_version, baseline, delivered FROM states ";

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

Result<void> requireOneRow(const Database& database, StateId id)
{
    if (database.changes() == 1)
        return {};
    return fail(ErrorKind::Internal, "state.unknown",
                Text::tr("State %1 is not in the local state. This is a defect.").arg(id));
}

} // namespace

Result<std::vector<StateInfo>> IdentityTable::ofSync(const std::string& projectId,
                                                     const std::string& target,
                                                     const std::string& syncId)
{
    static const std::string sql =
        std::string(stateColumns) + "WHERE project = ? AND target = ? AND sync = ?" + stateOrder;
    return m_database.cached(sql.c_str()).bind(projectId, target, syncId).all(stateRow);
}

Result<std::vector<StateInfo>> IdentityTable::all()
{
    static const std::string sql = std::string(stateColumns) + stateOrder;
    return m_database.cached(sql.c_str()).bind().all(stateRow);
}

Result<void> IdentityTable::requireFree(const StateIdentity& identity, StateId except)
{
    const auto taken = m_database
                           .cached("SELECT id FROM states WHERE project = ? AND target = ? AND "
                                   "sync = ? AND account = ? AND object = ? AND record_key = ? "
                                   "AND id <> ?")
                           .bind(identity.projectId, identity.target, identity.syncId,
                                 identity.account, identity.object, identity.recordKey, except)
                           .first([](const Statement& row) { return row.integer(0); });
    if (!taken)
        return Failure(taken.error());
    if (!*taken)
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
                             "record_key, created) VALUES(?,?,?,?,?,?,?)")
                     .bind(identity.projectId, identity.target, identity.syncId, identity.account,
                           identity.object, identity.recordKey, now)
                     .run());
    StateInfo info;
    info.id = m_database.lastRowId();
    info.identity = identity;
    info.created = now;
    return info;
}

Result<void> IdentityTable::adopt(StateId id, const StateIdentity& identity)
{
    HEADGATE_TRY(requireFree(identity, id));
    HEADGATE_TRY(m_database
                     .cached("UPDATE states SET project = ?, target = ?, sync = ?, account = ?, "
                             "object = ?, record_key = ? WHERE id = ?")
                     .bind(identity.projectId, identity.target, identity.syncId, identity.account,
                           identity.object, identity.recordKey, id)
                     .run());
    return requireOneRow(m_database, id);
}

Result<void> IdentityTable::update(const StateInfo& info)
{
    HEADGATE_TRY(m_database
                     .cached("UPDATE states SET cursor = ?, definition_hash = ?, "
                             "fingerprint_version = ?, baseline = ?, last_run = ? WHERE id = ?")
                     .bind(info.cursor, info.definitionHash, info.fingerprintVersion, info.baseline,
                           info.lastRun, info.id)
                     .run());
    return requireOneRow(m_database, info.id);
}

Result<void> IdentityTable::clear(StateId id)
{
    HEADGATE_TRY(m_database
                     .cached("UPDATE states SET cursor = '', definition_hash = '', "
                             "fingerprint_version = '', baseline = 0, last_run = NULL "
                             "WHERE id = ?")
                     .bind(id)
                     .run());
    return requireOneRow(m_database, id);
}

} // namespace headgate::state
