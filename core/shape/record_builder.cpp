// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/record_builder.h"

#include "base/text.h"
#include "data/canonical_key.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace headgate::shape {

namespace {

constexpr std::size_t largestSpare = 4096; ///< bytes

bool appendKey(std::string& key, const data::RowBlock& block, std::size_t row,
               const std::vector<std::size_t>& columns)
{
    key.clear();
    return std::all_of(columns.begin(), columns.end(), [&](std::size_t column) {
        return data::appendCanonical(key, block.at(row, column));
    });
}

} // namespace

RecordBuilder::RecordBuilder(const RecordOptions& options, std::vector<OpenRows> rows,
                             std::unique_ptr<RecordAssembler> assembler)
    : m_options(options), m_open(std::move(rows)), m_assembler(std::move(assembler)),
      m_streams(options.shape->models.isRowPerRecord() && options.shape->related.empty()),
      m_rowsRead(m_open.size()), m_unmatched(m_open.size() - 1), m_joins(m_open.size() - 1),
      m_grouper(m_options, *m_assembler)
{}

RecordBuilder::~RecordBuilder() = default;

Result<std::unique_ptr<RecordBuilder>> RecordBuilder::create(const RecordOptions& options,
                                                             std::vector<OpenRows> rows)
{
    if (rows.size() != options.shape->related.size() + 1)
        return fail(ErrorKind::Internal, "record.options",
                    Text::tr("Each model needs its rows, and there are more or fewer."));
    auto assembler = RecordAssembler::create(options);
    if (!assembler)
        return propagate(std::move(assembler));
    std::unique_ptr<RecordBuilder> builder(
        new RecordBuilder(options, std::move(rows), std::move(*assembler)));
    if (builder->m_streams)
        return builder;
    auto file = PartitionedFile::create(options.temporaryDirectory);
    if (!file)
        return propagate(std::move(file));
    builder->m_file = std::move(*file);
    if (!builder->m_assembler->rowKeyHoldsRecordKey()) {
        auto check = RowKeyCheck::create(options.temporaryDirectory);
        if (!check)
            return propagate(std::move(check));
        builder->m_rowKeys = std::move(*check);
    }
    for (std::size_t i = 0; i < options.shape->related.size(); ++i) {
        if (options.shape->related[i].byRecordKey)
            continue;
        auto join = RelatedJoin::create(options.temporaryDirectory, options.memoryBudget / 4);
        if (!join)
            return propagate(std::move(join));
        builder->m_joins[i] = std::move(*join);
    }
    return builder;
}

std::uint64_t RecordBuilder::relatedRowsRead(std::size_t index) const
{
    return m_rowsRead[index + 1];
}

std::uint64_t RecordBuilder::relatedRowsUnmatched(std::size_t index) const
{
    return m_unmatched[index] + m_grouper.unmatched(index);
}

Result<RecordStep> RecordBuilder::read(std::vector<ShapedRecord>& into)
{
    if (m_phase == Phase::Failed)
        return fail(ErrorKind::Internal, "record.ended",
                    Text::tr("The records were read on after an error."));
    if (auto done = step(into); !done) {
        m_phase = Phase::Failed;
        return propagate(std::move(done));
    }
    return m_phase == Phase::Done ? RecordStep::Done : RecordStep::More;
}

Result<void> RecordBuilder::step(std::vector<ShapedRecord>& into)
{
    switch (m_phase) {
    case Phase::Rows:
        return readRows(into);
    case Phase::Join:
        return stepJoin();
    case Phase::Records:
        return stepRecords(into);
    case Phase::Done:
    case Phase::Failed:
        return {};
    }
    return {};
}

Result<void> RecordBuilder::openModel()
{
    auto rows = m_open[m_model]();
    if (!rows)
        return propagate(std::move(rows));
    m_rows = std::move(*rows);
    const data::Schema& expected = m_options.shape->schemaOf(m_model);
    if (m_rows->schema().addressableNames() != expected.addressableNames())
        return fail(ErrorKind::Source, "record.schema.changed",
                    Text::tr("The columns of “%1” changed while it was being read. Try again.")
                        .arg(toQString(m_options.shape->nameOf(m_model))));
    return {};
}

Result<void> RecordBuilder::readRows(std::vector<ShapedRecord>& into)
{
    if (!m_rows)
        HEADGATE_TRY(openModel());
    auto step = m_rows->read(m_block);
    if (!step)
        return propagate(std::move(step));
    const auto count = static_cast<std::uint32_t>(m_block.rowCount());
    beginBlock(into);
    for (std::uint32_t row = 0; row < count; ++row)
        HEADGATE_TRY(m_model == 0 ? takeMainRow(row, into) : takeRelatedRow(row));
    endBlock(into);
    m_rowsRead[m_model] += count;
    return *step == data::ReadStep::Done ? finishModel() : Result<void>();
}

Result<void> RecordBuilder::takeMainRow(std::uint32_t row, std::vector<ShapedRecord>& into)
{
    const auto key = m_assembler->keyOf(m_block, row);
    if (!key || m_streams) {
        yieldRow(key.value_or(std::string_view()), row, into);
        return {};
    }
    m_body.clear();
    appendRowBody(m_body, {0, m_rowsRead.front() + row + 1}, m_block, row);
    HEADGATE_TRY(spill(*key, m_body));
    if (m_rowKeys)
        HEADGATE_TRY(checkRowKey(*key, row));
    for (std::size_t i = 0; i < m_joins.size(); ++i)
        if (m_joins[i] &&
            appendKey(m_joinKey, m_block, row, m_options.shape->related[i].mainColumns))
            HEADGATE_TRY(m_joins[i]->addPair(m_joinKey, *key));
    return {};
}

/// A row without a usable row key makes its record Invalid later.
Result<void> RecordBuilder::checkRowKey(std::string_view recordKey, std::uint32_t row)
{
    const bool usable = appendKey(m_joinKey, m_block, row, m_assembler->rowKeyColumns());
    return usable ? m_rowKeys->add(m_joinKey, recordKey) : Result<void>();
}

void RecordBuilder::yieldRow(std::string_view key, std::uint32_t row,
                             std::vector<ShapedRecord>& into)
{
    const std::uint32_t rows[] = {row};
    const ModelRows own{&m_block, rows, {}, m_rowsRead.front() + 1};
    ShapedRecord& record = appended(into);
    if (key.empty())
        m_assembler->withoutKey(own, record);
    else
        m_filled -= m_assembler->assemble(key, own, {}, record) ? 0U : 1U;
}

void RecordBuilder::beginBlock(std::vector<ShapedRecord>& into)
{
    m_filled = into.size();
    if (into.empty())
        into.swap(m_spare);
}

ShapedRecord& RecordBuilder::appended(std::vector<ShapedRecord>& into)
{
    if (m_filled == into.size())
        into.emplace_back();
    else
        into[m_filled].clear();
    return into[m_filled++];
}

void RecordBuilder::endBlock(std::vector<ShapedRecord>& into)
{
    if (m_filled == 0)
        into.swap(m_spare);
    else
        std::move(into.begin() + static_cast<std::ptrdiff_t>(m_filled), into.end(),
                  std::back_inserter(m_spare));
    into.resize(m_filled);
}

/// Whole blocks come back: their records stay where they are.
void RecordBuilder::recycle(std::vector<ShapedRecord>&& used)
{
    if (!m_streams || used.size() <= m_spare.size())
        return used.clear();
    for (ShapedRecord& record : used)
        if (record.payload.capacity() + record.rows.capacity() > largestSpare)
            record = {};
    m_spare.swap(used);
    used.clear();
}

Result<void> RecordBuilder::takeRelatedRow(std::uint32_t row)
{
    const std::size_t index = m_model - 1;
    if (!appendKey(m_joinKey, m_block, row, m_options.shape->related[index].columns)) {
        ++m_unmatched[index];
        return {};
    }
    m_body.clear();
    appendRowBody(m_body, {static_cast<std::uint32_t>(m_model), m_rowsRead[m_model] + row + 1},
                  m_block, row);
    return m_joins[index] ? m_joins[index]->addRow(m_joinKey, m_body) : spill(m_joinKey, m_body);
}

Result<void> RecordBuilder::spill(std::string_view key, std::string_view body)
{
    m_entry.clear();
    RowFrame::append(m_entry, key, body);
    return m_file->append(partitionOf(fastHash(key), 0), m_entry);
}

Result<void> RecordBuilder::finishModel()
{
    m_rows.reset();
    if (m_model > 0 && m_joins[m_model - 1]) {
        HEADGATE_TRY(m_joins[m_model - 1]->finish());
        m_phase = Phase::Join;
        return {};
    }
    if (++m_model == m_open.size())
        return startRecords();
    return {};
}

Result<void> RecordBuilder::stepJoin()
{
    auto more = m_joins[m_model - 1]->step(
        [this](std::string_view key, std::string_view body) { return spill(key, body); });
    if (!more)
        return propagate(std::move(more));
    if (*more)
        return {};
    m_unmatched[m_model - 1] += m_joins[m_model - 1]->unmatched();
    m_joins[m_model - 1].reset();
    m_phase = Phase::Rows;
    return ++m_model == m_open.size() ? startRecords() : Result<void>();
}

Result<void> RecordBuilder::startRecords()
{
    if (m_streams) {
        m_phase = Phase::Done;
        return {};
    }
    m_phase = Phase::Records;
    if (m_rowKeys) {
        auto shared = m_rowKeys->finish();
        if (!shared)
            return propagate(std::move(shared));
        m_assembler->setSharingRecords(std::move(*shared));
        m_rowKeys.reset();
    }
    HEADGATE_TRY(m_file->finish());
    m_grouper.start(std::exchange(m_file, nullptr));
    return {};
}

Result<void> RecordBuilder::stepRecords(std::vector<ShapedRecord>& into)
{
    auto more = m_grouper.step(into);
    if (!more)
        return propagate(std::move(more));
    if (!*more)
        m_phase = Phase::Done;
    return {};
}

} // namespace headgate::shape
