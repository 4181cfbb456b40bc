// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/record_snapshot.h"

#include "state/sqlite_error.h"

namespace headgate::state {

RecordSnapshot::RecordSnapshot(std::unique_ptr<Database> database, StateId id, RecordTally expected)
    : m_database(std::move(database)),
      m_blocks(m_database->prepare(
          "SELECT first, body FROM record_blocks WHERE state = ? ORDER BY first")),
      m_expected(expected)
{
    m_blocks.bind(id);
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
    m_rows.advance();
    while (!m_rows.row()) {
        const auto more = nextBlock();
        if (!more || !*more)
            return more;
    }
    const RecordRow& row = *m_rows.row();
    if (m_seen.known > 0 && !(m_previous < row.keyHash))
        return Failure(damagedRecord(m_database->file(), row.keyHash));
    m_previous = row.keyHash;
    m_seen.add(row);
    return true;
}

Result<bool> RecordSnapshot::nextBlock()
{
    if (m_rows.isDamaged())
        return Failure(damagedRecord(m_database->file(), m_previous));
    const auto more = m_blocks.step();
    if (!more)
        return Failure(more.error());
    if (!*more)
        return finish();
    const Hash128 first = m_blocks.hash(0);
    m_rows = RowReader(m_blocks.bytes(1));
    const bool isInOrder = m_seen.known == 0 || m_previous < first;
    if (!isInOrder || (m_rows.row() && m_rows.row()->keyHash < first))
        return Failure(damagedRecord(m_database->file(), first));
    return true;
}

Result<void> RecordSnapshot::read(KnownRecord& into)
{
    if (!m_rows.row() || !readRecord(*m_rows.row(), into))
        return Failure(damagedRecord(m_database->file(), m_previous));
    return {};
}

void RecordSnapshot::rewind()
{
    m_blocks.reset();
    m_rows = RowReader({});
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
