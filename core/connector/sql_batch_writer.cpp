// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/sql_batch_writer.h"

#include "connector/immediate.h"

#include <algorithm>
#include <map>

namespace headgate::connector {

namespace {

constexpr int unprocessable = 422;

bool isRecordsFault(const SqlError& error)
{
    return error.fault == SqlFault::Data || error.fault == SqlFault::Conflict;
}

Verdict verdictOf(SqlFault fault)
{
    switch (fault) {
    case SqlFault::Data:
    case SqlFault::Conflict:
        return Verdict::Refused;
    case SqlFault::Passing:
    case SqlFault::Lost:
        return Verdict::Transient;
    case SqlFault::Denied:
        return Verdict::Unauthorised;
    case SqlFault::Setup:
        return Verdict::Fatal;
    }
    return Verdict::Fatal;
}

} // namespace

BatchResult notApplied(const SqlError& error)
{
    BatchResult result;
    result.verdict = verdictOf(error.fault);
    result.splittable = result.verdict == Verdict::Refused;
    result.status = result.splittable ? unprocessable : 0;
    result.code = error.code;
    result.message = error.message;
    return result;
}

SqlBatchWriter::SqlBatchWriter(SqlSession& session, const SqlTable& table,
                               const DeliveryBatch& batch)
    : m_session(session), m_table(table), m_batch(batch),
      m_statements(session.dialect(), table, batch.fillOnly), m_rows(batch.records.size()),
      m_outcomes(batch.records.size())
{}

BatchResult SqlBatchWriter::write()
{
    convert();
    if (const auto begun = m_session.run("BEGIN", {}); !begun)
        return givenUp(begun.error(), false);
    if (const auto written = writeAll(); !written)
        return givenUp(written.error(), false);
    if (const auto committed = m_session.commit(); !committed)
        return givenUp(committed.error(), true);
    BatchResult result = nothingToDo();
    for (auto& outcome : m_outcomes)
        result.outcomes.push_back(outcome.value_or(RecordOutcome()));
    return result;
}

void SqlBatchWriter::convert()
{
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const OutgoingRecord& record = m_batch.records[i];
        auto row =
            sqlRowOf(m_session.dialect(), m_table,
                     m_batch.operation == Operation::Delete ? std::string_view() : record.payload,
                     m_batch.matchField, record.match);
        if (row)
            m_rows[i] = std::move(*row);
        else
            m_outcomes[i] = std::move(row.error());
    }
}

/// MySQL's upsert takes any unique key for the match: with other keys in the table it would change
/// another record's row, so it is done in two steps there.
bool SqlBatchWriter::isGrouped() const
{
    switch (m_batch.operation) {
    case Operation::Upsert:
        return m_session.dialect() != SqlDialect::MySql || m_table.uniqueKeys.size() == 1;
    case Operation::Insert:
    case Operation::Append:
    case Operation::Delete:
        return true;
    case Operation::Update:
    case Operation::Replace:
    case Operation::Archive:
    case Operation::Clear:
    case Operation::Rename:
        return false;
    }
    return false;
}

std::vector<SqlBatchWriter::Group> SqlBatchWriter::groups() const
{
    std::map<std::vector<std::string>, Group> open;
    std::vector<Group> groups;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (m_outcomes[i])
            continue;
        Group& group = open[m_rows[i].columns];
        group.push_back(i);
        if (group.size() == m_statements.rowLimit(m_rows[i].columns.size()))
            groups.push_back(std::exchange(group, {}));
    }
    for (auto& [columns, group] : open)
        if (!group.empty())
            groups.push_back(std::move(group));
    return groups;
}

SqlBatchWriter::Step SqlBatchWriter::writeAll()
{
    if (isGrouped()) {
        for (const Group& group : groups())
            if (auto written = writeGroup(group); !written)
                return written;
        return {};
    }
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        if (!m_outcomes[i])
            if (auto written = writeRow(i); !written)
                return written;
    return {};
}

SqlBatchWriter::Step SqlBatchWriter::writeGroup(const Group& group)
{
    if (const auto marked = m_session.run("SAVEPOINT headgate", {}); !marked)
        return tl::unexpected(marked.error());
    const auto done = runGroup(group);
    if (done) {
        for (const std::size_t index : group)
            m_outcomes[index] = RecordOutcome{Fate::Accepted, {}, {}, {}};
        const auto released = m_session.run("RELEASE SAVEPOINT headgate", {});
        return released ? Step() : tl::unexpected(released.error());
    }
    if (!isRecordsFault(done.error()))
        return tl::unexpected(done.error());
    if (auto back = backToSavepoint(); !back)
        return back;
    if (group.size() == 1)
        return refuse(group.front(), done.error());
    const auto middle = group.begin() + static_cast<std::ptrdiff_t>(group.size() / 2);
    if (auto first = writeGroup(Group(group.begin(), middle)); !first)
        return first;
    return writeGroup(Group(middle, group.end()));
}

SqlResult<SqlDone> SqlBatchWriter::runGroup(const Group& group)
{
    const auto& columns = m_rows[group.front()].columns;
    std::vector<SqlValue> values;
    values.reserve(group.size() * columns.size());
    for (const std::size_t index : group)
        values.insert(values.end(), m_rows[index].values.begin(), m_rows[index].values.end());
    if (m_batch.operation == Operation::Delete)
        return m_session.run(m_statements.remove(group.size(), m_batch.matchField), values);
    if (m_batch.operation == Operation::Upsert)
        return m_session.run(m_statements.upsert(columns, group.size(), m_batch.matchField),
                             values);
    return m_session.run(m_statements.insert(columns, group.size()), values);
}

SqlBatchWriter::Step SqlBatchWriter::writeRow(std::size_t index)
{
    if (const auto marked = m_session.run("SAVEPOINT headgate", {}); !marked)
        return tl::unexpected(marked.error());
    const auto fate = runRow(index);
    if (fate) {
        m_outcomes[index] = RecordOutcome{*fate, {}, {}, {}};
        const auto released = m_session.run("RELEASE SAVEPOINT headgate", {});
        return released ? Step() : tl::unexpected(released.error());
    }
    if (!isRecordsFault(fate.error()))
        return tl::unexpected(fate.error());
    if (auto back = backToSavepoint(); !back)
        return back;
    return refuse(index, fate.error());
}

SqlResult<Fate> SqlBatchWriter::runRow(std::size_t index)
{
    auto changed = changeOne(index);
    if (!changed || *changed == Fate::Accepted)
        return changed;
    const SqlRow& row = m_rows[index];
    if (m_batch.operation == Operation::Upsert) {
        const auto inserted = m_session.run(m_statements.insert(row.columns, 1), row.values);
        return inserted ? SqlResult<Fate>(Fate::Accepted) : tl::unexpected(inserted.error());
    }
    if (m_batch.operation != Operation::Rename)
        return Fate::Absent;
    const auto renamedBefore = isThere(row.values.front());
    if (!renamedBefore)
        return tl::unexpected(renamedBefore.error());
    return *renamedBefore ? Fate::Accepted : Fate::Absent;
}

SqlResult<Fate> SqlBatchWriter::changeOne(std::size_t index)
{
    const SqlRow& row = m_rows[index];
    const bool rename = m_batch.operation == Operation::Rename;
    SqlStatements::Columns columns(row.columns.begin() + (rename ? 0 : 1), row.columns.end());
    std::vector<SqlValue> values(row.values.begin() + (rename ? 0 : 1), row.values.end());
    values.push_back(row.values.front());
    if (rename) {
        const data::ValueView previous = m_batch.records[index].previousMatch;
        const auto from = sqlRowOf(m_session.dialect(), m_table, {}, m_batch.matchField, previous);
        if (!from)
            return tl::unexpected(
                SqlError{SqlFault::Data, from.error().code, from.error().message});
        values.back() = from->values.front();
    }
    const auto done = m_session.run(m_statements.update(columns, m_batch.matchField), values);
    if (!done)
        return tl::unexpected(done.error());
    return done->affected > 0 ? Fate::Accepted : Fate::Absent;
}

SqlResult<bool> SqlBatchWriter::isThere(const SqlValue& match)
{
    const auto found = m_session.run(m_statements.find(m_batch.matchField), {match});
    if (!found)
        return tl::unexpected(found.error());
    return !found->rows.empty();
}

SqlBatchWriter::Step SqlBatchWriter::refuse(std::size_t index, const SqlError& error)
{
    m_outcomes[index] = RecordOutcome{Fate::Rejected, error.code, error.message, {}};
    if (error.fault != SqlFault::Conflict || m_batch.operation != Operation::Insert)
        return {};
    const auto there = isThere(m_rows[index].values.front());
    if (!there)
        return tl::unexpected(there.error());
    if (*there)
        m_outcomes[index]->fate = Fate::Exists;
    return {};
}

SqlBatchWriter::Step SqlBatchWriter::backToSavepoint()
{
    for (const char* sql : {"ROLLBACK TO SAVEPOINT headgate", "RELEASE SAVEPOINT headgate"})
        if (const auto done = m_session.run(sql, {}); !done)
            return tl::unexpected(done.error());
    return {};
}

BatchResult SqlBatchWriter::givenUp(const SqlError& error, bool committing)
{
    m_spent = true;
    BatchResult result = notApplied(error);
    if (committing && error.fault == SqlFault::Lost) {
        result.verdict = Verdict::Ambiguous;
        result.splittable = false;
    }
    return result;
}

} // namespace headgate::connector
