// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/record_assembler.h"

#include "base/text.h"
#include "data/canonical_key.h"
#include "shape/cell_order.h"
#include "shape/shape_check.h"

#include <algorithm>

namespace headgate::shape {

using data::ValueKind;
using data::ValueView;

namespace {

void takeNewer(data::Value& newest, ValueView candidate)
{
    if (candidate.isNull() || candidate.kind == ValueKind::Invalid)
        return;
    if (newest.isNull() || compareCells(candidate, newest.view()) > 0)
        newest = data::Value(candidate);
}

/// Naive and zoned times of different models compare by their fields.
void takeNewerTime(data::Value& newest, ValueView candidate)
{
    if (candidate.isNull() || candidate.kind == ValueKind::Invalid)
        return;
    if (newest.isNull() ||
        (newest.kind == candidate.kind ? compareCells(candidate, newest.view()) > 0
                                       : candidate.text > newest.text))
        newest = data::Value(candidate);
}

} // namespace

RecordAssembler::RecordAssembler(const RecordOptions& options)
    : m_options(options), m_shaper(options.shape), m_sourceRows(*options.shape),
      m_filter(options.filter, options.shape->models.main),
      m_rowPerRecord(options.shape->models.isRowPerRecord())
{}

Result<std::unique_ptr<RecordAssembler>> RecordAssembler::create(const RecordOptions& options)
{
    Issues issues;
    checkCondition(options.filter, options.shape->models.main, "/filter", issues);
    if (hasErrors(issues))
        return fail(ErrorKind::Config, "record.options",
                    Text::tr("The filter does not fit the model: %1").arg(toString(issues)));
    std::unique_ptr<RecordAssembler> assembler(new RecordAssembler(options));
    HEADGATE_TRY(assembler->resolve());
    return assembler;
}

Result<std::size_t> RecordAssembler::resolveColumn(const std::string& name) const
{
    const auto column = m_options.shape->models.main.indexOf(name);
    if (!column)
        return fail(ErrorKind::Config, "record.options",
                    Text::tr("The model has no column “%1”.").arg(toQString(name)));
    return *column;
}

Result<void> RecordAssembler::resolve()
{
    const ShapeModels& models = m_options.shape->models;
    if (models.rowKey.empty() || models.recordKey.empty())
        return fail(ErrorKind::Config, "record.options",
                    Text::tr("The model needs a row key and the sync a record key."));
    for (const auto& [names, columns] :
         {std::pair(&models.recordKey, &m_recordKey), std::pair(&models.rowKey, &m_rowKey)})
        for (const std::string& name : *names) {
            auto column = resolveColumn(name);
            if (!column)
                return propagate(std::move(column));
            columns->push_back(*column);
        }
    for (const auto& [name, column] :
         {std::pair(&m_options.matchColumn, &m_match),
          std::pair(&m_options.eventTime, &m_eventTime), std::pair(&m_options.cursor, &m_cursor)}) {
        if (name->empty())
            continue;
        auto found = resolveColumn(*name);
        if (!found)
            return propagate(std::move(found));
        *column = *found;
    }
    for (const RelatedModel& related : models.related) {
        const auto column = related.schema.indexOf(related.eventTime);
        if (!column && !related.eventTime.empty())
            return fail(ErrorKind::Config, "record.options",
                        Text::tr("The model “%1” has no column “%2”.")
                            .arg(toQString(related.name), toQString(related.eventTime)));
        m_relatedEventTimes.push_back(related.eventTime.empty() ? std::nullopt : column);
    }
    if (m_options.matchLeaf.empty())
        return {};
    const auto& paths = m_options.shape->leafPaths;
    const auto leaf = std::find(paths.begin(), paths.end(), m_options.matchLeaf);
    if (leaf == paths.end() || m_match)
        return fail(ErrorKind::Config, "record.options",
                    Text::tr("“%1” is no leaf outside lists that records could be matched by.")
                        .arg(toQString(m_options.matchLeaf)));
    m_shaper.setMatchLeaf(static_cast<std::uint32_t>(leaf - paths.begin()));
    return {};
}

bool RecordAssembler::rowKeyHoldsRecordKey() const
{
    return std::all_of(m_recordKey.begin(), m_recordKey.end(), [this](std::size_t column) {
        return std::find(m_rowKey.begin(), m_rowKey.end(), column) != m_rowKey.end();
    });
}

std::optional<std::string_view> RecordAssembler::keyOf(const data::RowBlock& block, std::size_t row)
{
    m_key.clear();
    for (const std::size_t column : m_recordKey)
        if (!data::appendCanonical(m_key, block.at(row, column)))
            return std::nullopt;
    return m_key;
}

bool RecordAssembler::exceedsLimit(std::uint64_t rows, std::uint64_t bytes) const
{
    return rows > m_options.mostRows || bytes > m_options.mostBytes;
}

void RecordAssembler::problem(ShapedRecord& into, std::string code, const QString& message,
                              std::size_t column, std::uint64_t row) const
{
    RecordProblem found;
    found.code = std::move(code);
    if (column != ShapeProgram::noColumn)
        found.column = m_options.shape->models.main.columns[column].name;
    found.row = row;
    QStringList where;
    if (row > 0)
        where << Text::tr("row %1").arg(qulonglong(row));
    if (!found.column.empty())
        where << Text::tr("column “%1”").arg(toQString(found.column));
    found.message = where.isEmpty()
                        ? message
                        : Text::tr("%1: %2").arg(where.join(QLatin1String(", ")), message);
    into.problems.push_back(std::move(found));
}

void RecordAssembler::setKeyText(const ModelRows& own, ShapedRecord& into)
{
    m_cells.clear();
    for (const std::size_t column : m_recordKey) {
        ValueView least = own.block->at(own.rows.front(), column);
        for (const std::uint32_t row : own.rows.subspan(1))
            if (const ValueView value = own.block->at(row, column); compareCells(value, least) < 0)
                least = value;
        m_cells.push_back(least);
    }
    into.keyText = data::keyText(m_cells);
}

void RecordAssembler::withoutKey(const ModelRows& own, ShapedRecord& record)
{
    record.rowCount = own.rows.size();
    const std::uint32_t row = own.rows.front();
    for (const std::size_t column : m_recordKey) {
        const ValueView value = own.block->at(row, column);
        if (value.isNull())
            problem(
                record, "record.key.null",
                Text::tr("The record key is NULL. Leave such rows out in the query, or choose a "
                         "record key that is never NULL."),
                column, own.numberOf(row));
        else if (value.kind == ValueKind::Invalid)
            problem(record, "record.key.invalid",
                    Text::tr("The record key has a value that cannot be said in JSON."), column,
                    own.numberOf(row));
    }
    setKeyText(own, record);
    if (m_options.keepRows)
        record.rows = m_sourceRows.json(own, {}, m_options.rowsBytes);
}

void RecordAssembler::overLimit(std::string_view key, const ModelRows& own, std::uint64_t rows,
                                std::uint64_t bytes, ShapedRecord& record)
{
    record.key = key;
    record.rowCount = rows;
    setKeyText(own, record);
    const bool tooMany = rows > m_options.mostRows;
    problem(record, tooMany ? "record.rows.limit" : "record.bytes.limit",
            tooMany ? Text::tr("The record “%1” has %2 rows; %3 are the limit.")
                          .arg(toQString(record.keyText))
                          .arg(qulonglong(rows))
                          .arg(qulonglong(m_options.mostRows))
                    : Text::tr("The rows of the record “%1” take %2 bytes; %3 are the limit.")
                          .arg(toQString(record.keyText))
                          .arg(qulonglong(bytes))
                          .arg(qulonglong(m_options.mostBytes)),
            ShapeProgram::noColumn, 0);
}

bool RecordAssembler::assemble(std::string_view key, const ModelRows& own,
                               std::span<const ModelRows> related, ShapedRecord& record,
                               Provenance* provenance)
{
    if (m_sieve)
        m_sieve->expect(key);
    record.key = key;
    record.rowCount = own.rows.size();
    for (const ModelRows& rows : related)
        record.rowCount += rows.rows.size();
    setKeyText(own, record);
    setNewest(own, related, record);
    applyFilter(own, record);
    if (!record.filtered) {
        checkRows(own, record);
        setMatch(own, record);
    }
    if (!record.filtered && record.problems.empty())
        m_shaper.writePayload(own, related, record, provenance);
    if (isTaken(m_sieve.get(), record))
        return false;
    if (!record.filtered && record.problems.empty())
        m_shaper.hashLeaves(record);
    if (m_options.keepRows)
        record.rows = m_sourceRows.json(own, related, m_options.rowsBytes);
    return true;
}

void RecordAssembler::checkRows(const ModelRows& own, ShapedRecord& into)
{
    if (own.rows.size() > 1 && !m_options.shape->takesSeveralRows)
        problem(into, "record.key.duplicate",
                Text::tr("%1 rows have the record key “%2”, and the shape has no list for them.")
                    .arg(qulonglong(own.rows.size()))
                    .arg(toQString(into.keyText)),
                ShapeProgram::noColumn, own.numberOf(own.rows.front()));
    else if (!m_rowPerRecord || own.rows.size() > 1)
        checkRowKeys(own, into);
    if (into.problems.empty() && !m_sharing.empty() && m_sharing.contains(fastHash(into.key)))
        problem(into, "record.row.duplicate",
                Text::tr("Another record has a row with the same row key."), m_rowKey.front(),
                own.numberOf(own.rows.front()));
}

void RecordAssembler::checkRowKeys(const ModelRows& own, ShapedRecord& into)
{
    m_rowKeys.resize(own.rows.size());
    for (std::size_t i = 0; i < own.rows.size(); ++i) {
        m_rowKeys[i].first.clear();
        m_rowKeys[i].second = own.rows[i];
        for (const std::size_t column : m_rowKey)
            if (!data::appendCanonical(m_rowKeys[i].first, own.block->at(own.rows[i], column)))
                return problem(into, "record.row.null", Text::tr("The row key is NULL or invalid."),
                               column, own.numberOf(own.rows[i]));
    }
    std::sort(m_rowKeys.begin(), m_rowKeys.end());
    const auto repeated =
        std::adjacent_find(m_rowKeys.begin(), m_rowKeys.end(),
                           [](const auto& a, const auto& b) { return a.first == b.first; });
    if (repeated != m_rowKeys.end())
        problem(into, "record.row.duplicate",
                Text::tr("Another row of the record has the same row key."), m_rowKey.front(),
                own.numberOf(std::next(repeated)->second));
}

void RecordAssembler::applyFilter(const ModelRows& own, ShapedRecord& into)
{
    if (m_filter.holdsAlways())
        return;
    bool any = false;
    for (const std::uint32_t row : own.rows) {
        switch (m_filter.test(*own.block, row)) {
        case ConditionProgram::Answer::Holds:
            any = true;
            break;
        case ConditionProgram::Answer::Fails:
            break;
        case ConditionProgram::Answer::Invalid:
            return problem(into, "record.filter.invalid",
                           Text::tr("The filter cannot be decided on an invalid value."),
                           m_filter.invalidColumn(*own.block, row), own.numberOf(row));
        }
    }
    into.filtered = !any;
}

void RecordAssembler::setNewest(const ModelRows& own, std::span<const ModelRows> related,
                                ShapedRecord& into)
{
    for (const std::uint32_t row : own.rows) {
        if (m_eventTime)
            takeNewerTime(into.eventTime, own.block->at(row, *m_eventTime));
        if (m_cursor)
            takeNewer(into.cursor, own.block->at(row, *m_cursor));
    }
    for (std::size_t i = 0; i < related.size(); ++i)
        if (m_relatedEventTimes[i])
            for (const std::uint32_t row : related[i].rows)
                takeNewerTime(into.eventTime, related[i].block->at(row, *m_relatedEventTimes[i]));
}

void RecordAssembler::setMatch(const ModelRows& own, ShapedRecord& into)
{
    if (!m_match) {
        if (m_options.matchLeaf.empty())
            into.match = {ValueKind::Text, into.keyText};
        return;
    }
    ValueView value = own.block->at(own.rows.front(), *m_match);
    for (const std::uint32_t row : own.rows.subspan(1)) {
        const ValueView other = own.block->at(row, *m_match);
        if (!isSameCell(value, other))
            return problem(into, "record.match.differs",
                           Text::tr("The rows of the record disagree about the value that it is "
                                    "matched by."),
                           *m_match, own.numberOf(row));
        if (compareCells(other, value) < 0)
            value = other;
    }
    if (value.kind == ValueKind::Invalid)
        return problem(into, "record.match.invalid",
                       Text::tr("The value that the record is matched by cannot be said in JSON."),
                       *m_match, own.numberOf(own.rows.front()));
    into.match = data::Value(value);
}

} // namespace headgate::shape
