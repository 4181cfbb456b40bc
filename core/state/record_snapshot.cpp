// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/record_snapshot.h"

#include "state/sqlite_error.h"

namespace headgate::state {

namespace {

std::string snapshotSql()
{
    return std::string("SELECT ") + recordColumns +
           " FROM records WHERE state = ? ORDER BY key_hash";
}

} // namespace

RecordSnapshot::RecordSnapshot(std::unique_ptr<Database> database, StateId id, RecordTally expected)
    : m_database(std::move(database)), m_rows(m_database->prepare(snapshotSql())),
      m_expected(expected)
{
    m_rows.bind(id);
}

Result<std::unique_ptr<RecordSnapshot>> RecordSnapshot::open(const std::string& file, StateId id)
{
    auto database = Database::open(file, Database::Access::ReadOnly);
    if (!database)
        return propagate(std::move(database));
    HEADGATE_TRY((*database)->execute("BEGIN"));
    auto expected = RecordTable(**database).tally(id);
    if (!expected)
        return propagate(std::move(expected));
    return std::unique_ptr<RecordSnapshot>(new RecordSnapshot(std::move(*database), id, *expected));
}

Result<bool> RecordSnapshot::advance()
{
    if (m_done)
        return false;
    const auto more = m_rows.step();
    if (!more)
        return Failure(more.error());
    if (!*more)
        return finish();
    const Hash128 keyHash = m_rows.hash(0);
    if (m_seen.known > 0 && !(m_previous < keyHash))
        return Failure(damagedRecord(m_database->file(), keyHash));
    m_previous = keyHash;
    m_seen.add(m_rows.integer(1), static_cast<std::uint64_t>(m_rows.integer(3)));
    return true;
}

Result<void> RecordSnapshot::read(KnownRecord& into)
{
    if (!readRecord(m_rows, into))
        return Failure(damagedRecord(m_database->file(), m_previous));
    return {};
}

void RecordSnapshot::rewind()
{
    m_rows.reset();
    m_seen = {};
    m_done = false;
}

Result<bool> RecordSnapshot::finish()
{
    m_done = true;
    if (m_seen != m_expected)
        return Failure(damagedState(m_database->file(),
                                    QStringLiteral("%1 records were read, %2 are known, or their "
                                                   "digests differ")
                                        .arg(m_seen.known)
                                        .arg(m_expected.known)));
    return false;
}

} // namespace headgate::state
