// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/state_purge.h"

#include "base/text.h"
#include "state/accepted_log.h"
#include "state/history_table.h"
#include "state/private_file.h"
#include "state/spool.h"

#include <QDir>
#include <algorithm>

namespace headgate::state {

namespace {

QStringList filesOf(const std::string& directory, const QString& pattern)
{
    return QDir(toQString(directory)).entryList({pattern}, QDir::Files | QDir::Hidden);
}

bool names(const SpoolRecord& record, const TraceScrubber& scrubber)
{
    return scrubber.finds(record.payload) || scrubber.finds(record.rows) ||
           scrubber.finds(record.match.text) || scrubber.finds(record.keyText);
}

} // namespace

Result<std::uint64_t> StatePurge::run(const std::string& keyText, const Hash128& keyHash)
{
    m_keyText = keyText;
    m_keyHash = keyHash;
    HEADGATE_TRY(requireNothingSetAside());
    auto transaction = Transaction::begin(m_database);
    if (!transaction)
        return propagate(std::move(transaction));
    HEADGATE_TRY(collectTraces(keyText));
    HEADGATE_TRY(discardPlans());
    const auto states = statesThatKnow();
    if (!states)
        return Failure(states.error());
    for (const StateId id : *states)
        HEADGATE_TRY(suppress(id));
    HEADGATE_TRY(dropHistory(keyText));
    HEADGATE_TRY(scrubTable("history", "number", {"key_text", "message", "source", "payload"}));
    HEADGATE_TRY(scrubTable("runs", "number", {"report", "progress"}));
    HEADGATE_TRY(scrubTable("plans", "number", {"counts"}));
    HEADGATE_TRY(scrubTable("batches", "plan, number", {"receipt"}));
    HEADGATE_TRY(scrubBodies());
    HEADGATE_TRY(blankRecordsThatNameThePerson());
    HEADGATE_TRY(transaction->commit());
    HEADGATE_TRY(blankRecordsOfThePerson());
    HEADGATE_TRY(m_plans.tidyAll());
    HEADGATE_TRY(deleteCopies());
    HEADGATE_TRY(rewriteFile());
    return m_changed;
}

Result<void> StatePurge::requireNothingSetAside() const
{
    const QStringList old = filesOf(m_directory, QStringLiteral("state.db.corrupt-*"));
    if (old.isEmpty())
        return {};
    return fail(ErrorKind::State, "state.purge.set_aside",
                Text::tr("%1 was set aside in %2 and may still name this key. Delete it, then "
                         "purge again.")
                    .arg(old.front(), toQString(m_directory)));
}

Result<void> StatePurge::collectTraces(const std::string& keyText)
{
    m_scrubber.add(keyText);
    const auto stored = m_records.ofKey(m_keyHash);
    if (!stored)
        return Failure(stored.error());
    for (const auto& [state, record] : *stored) {
        m_scrubber.add(record.keyText);
        if (!record.match.empty())
            m_scrubber.add(std::string_view(record.match).substr(1));
        for (const std::string& match : record.alsoUnder)
            if (!match.empty())
                m_scrubber.add(std::string_view(match).substr(1));
    }
    // A state that keeps hashes only does not know the match value; what was sent does.
    const AcceptedLogs logs(m_directory);
    for (const AcceptedLogs::File& file : logs.files())
        HEADGATE_TRY(logs.scan(file.run, [this](SpoolRecord& record) {
            if (isOfThePerson(record))
                addTraces(record);
            return true;
        }));
    return {};
}

// A text has a hash for each type that it may be of, and each is purged on its own. What one of
// them takes for a text about others, the next could not learn from any more.
bool StatePurge::isOfThePerson(const SpoolRecord& record) const
{
    return record.keyHash == m_keyHash || record.keyText == m_keyText;
}

void StatePurge::addTraces(const SpoolRecord& record)
{
    for (const std::string& text : {record.keyText, record.match.text, record.previousMatch.text})
        m_scrubber.add(text);
}

// With the commit the database forgets the match value, and with the person's own records the logs
// do. A purge that is cut off and begun again must know it until all that only names it is clean.
Result<void> StatePurge::blankRecordsThatNameThePerson()
{
    return blankRecords([this](const SpoolRecord& record) {
        return !isOfThePerson(record) && names(record, m_scrubber);
    });
}

Result<void> StatePurge::blankRecordsOfThePerson()
{
    return blankRecords([this](const SpoolRecord& record) { return isOfThePerson(record); });
}

Result<void> StatePurge::blankRecords(const std::function<bool(const SpoolRecord&)>& drops)
{
    const auto blanked = AcceptedLogs(m_directory).purge(drops);
    if (!blanked)
        return Failure(blanked.error());
    m_changed += *blanked;
    return {};
}

Result<std::vector<StateId>> StatePurge::statesThatKnow()
{
    const auto stateId = [](const Statement& row) { return row.integer(0); };
    auto known = m_database
                     .prepare("SELECT DISTINCT r.state FROM runs r JOIN history h ON "
                              "h.run = r.number WHERE h.key_hash = ? AND r.state IS NOT NULL")
                     .bind(m_keyHash)
                     .all(stateId);
    if (!known)
        return known;
    const auto stored = m_records.ofKey(m_keyHash);
    if (!stored)
        return Failure(stored.error());
    for (const auto& [state, record] : *stored)
        if (std::find(known->begin(), known->end(), state) == known->end())
            known->push_back(state);
    if (!known->empty())
        return known;
    return m_database.prepare("SELECT id FROM states").bind().all(stateId);
}

Result<void> StatePurge::suppress(StateId id)
{
    RecordChange change;
    change.record.keyHash = m_keyHash;
    change.record.status = RecordStatus::Purged;
    ++m_changed;
    return m_records.apply(id, std::span(&change, 1));
}

Result<void> StatePurge::dropHistory(const std::string& keyText)
{
    HEADGATE_TRY(m_database.prepare("DELETE FROM history WHERE key_hash = ? OR key_text = ?")
                     .bind(m_keyHash, keyText)
                     .run());
    m_changed += static_cast<std::uint64_t>(m_database.changes());
    return m_database.execute(deleteLooseBodies);
}

Result<void> StatePurge::scrubTable(const char* table, const char* key,
                                    const std::vector<std::string>& columns)
{
    for (const std::string& column : columns) {
        Statement rows = m_database.prepare("SELECT " + column + ", " + key + " FROM " + table +
                                            " WHERE length(" + column + ") > 0");
        const bool composite = std::string_view(key).find(',') != std::string_view::npos;
        Statement write =
            m_database.prepare(std::string("UPDATE ") + table + " SET " + column + " = ? WHERE " +
                               (composite ? "plan = ? AND number = ?" : "number = ?"));
        while (true) {
            const auto more = rows.step();
            if (!more)
                return Failure(more.error());
            if (!*more)
                break;
            if (!m_scrubber.finds(rows.bytes(0)))
                continue;
            const std::string clean = m_scrubber.scrubbed(rows.text(0));
            HEADGATE_TRY(composite ? write.bind(clean, rows.integer(1), rows.integer(2)).run()
                                   : write.bind(clean, rows.integer(1)).run());
            ++m_changed;
        }
    }
    return {};
}

Result<void> StatePurge::scrubBodies()
{
    Statement rows = m_database.prepare("SELECT number, packed, bytes FROM bodies");
    Statement write =
        m_database.prepare("UPDATE bodies SET packed = ?, bytes = ? WHERE number = ?");
    while (true) {
        const auto more = rows.step();
        if (!more)
            return Failure(more.error());
        if (!*more)
            return {};
        auto text = unpackBody(rows.integer(1) != 0, rows.bytes(2), m_database.file());
        if (!text)
            return propagate(std::move(text));
        if (!m_scrubber.finds(*text))
            continue;
        const PackedBody clean = packBody(m_scrubber.scrubbed(std::move(*text)));
        HEADGATE_TRY(write.bind(clean.packed, Blob{clean.bytes}, rows.integer(0)).run());
        ++m_changed;
    }
}

Result<void> StatePurge::discardPlans()
{
    const auto plans = m_plans.unfinished();
    if (!plans)
        return Failure(plans.error());
    for (const PlanRow& plan : *plans) {
        const auto holds = spoolHolds(plan);
        if (!holds)
            return Failure(holds.error());
        if (!*holds)
            continue;
        HEADGATE_TRY(requireSettled(plan));
        HEADGATE_TRY(m_plans.setState(plan.id, PlanState::Discarded));
        ++m_changed;
    }
    return {};
}

Result<bool> StatePurge::spoolHolds(const PlanRow& plan)
{
    // Nobody is at work, so a plan that is still Building was interrupted.
    if (plan.status == PlanState::Building)
        return true;
    auto spool = SpoolReader::open(plan.spoolPath);
    if (!spool)
        return propagate(std::move(spool));
    SpoolRecord record;
    bool holds = false;
    std::uint64_t offset = SpoolReader::firstOffset;
    while (true) {
        const auto next = (*spool)->next(offset, record);
        if (!next)
            return Failure(next.error());
        if (!*next)
            return holds;
        offset = **next;
        if (isOfThePerson(record)) {
            addTraces(record);
            holds = true;
        }
        holds = holds || m_scrubber.finds(record.payload) || m_scrubber.finds(record.rows);
    }
}

Result<void> StatePurge::requireSettled(const PlanRow& plan)
{
    const auto batches = m_plans.openBatches(plan.id, 0, UINT32_MAX);
    if (!batches)
        return Failure(batches.error());
    const bool settled = std::all_of(batches->begin(), batches->end(), [](const BatchRow& batch) {
        return batch.status == BatchState::Pending;
    });
    if (settled)
        return {};
    return fail(ErrorKind::State, "state.purge.unsettled",
                Text::tr("Plan %1 holds this key, and batches of it were sent without a usable "
                         "answer. Run the sync once so that they are settled, then purge again.")
                    .arg(toQString(plan.id)));
}

Result<void> StatePurge::deleteCopies()
{
    for (const QString& copy : filesOf(m_directory, QStringLiteral("state.db.before-v*")))
        HEADGATE_TRY(removeFile(m_directory + '/' + copy.toStdString()));
    return {};
}

Result<void> StatePurge::rewriteFile()
{
    HEADGATE_TRY(m_database.execute("VACUUM"));
    const auto busy = m_database.number("PRAGMA wal_checkpoint(TRUNCATE)");
    if (!busy)
        return Failure(busy.error());
    if (*busy == 0)
        return {};
    return fail(ErrorKind::State, "state.busy",
                Text::tr("The key was removed, but another process is reading the local state in "
                         "%1, so that its log still holds old bytes. Close it and purge again.")
                    .arg(toQString(m_database.file())));
}

} // namespace headgate::state
