// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/partition_grouper.h"

#include "base/text.h"

#include <algorithm>

namespace headgate::shape {

namespace {

constexpr std::size_t rowsPerPassStep = 4096;
constexpr std::size_t recordsPerStep = 1024;
constexpr std::size_t payloadBytesPerStep = 1 << 20;
constexpr std::size_t mostKeysWeighed = 100'000;
/// Hash128 has a byte a level; what is still together then shares all of them.
constexpr std::size_t deepestSplit = 15;

std::vector<std::size_t> columnCounts(const ShapeModels& models)
{
    std::vector<std::size_t> counts{models.main.columns.size()};
    for (const RelatedModel& related : models.related)
        counts.push_back(related.schema.columns.size());
    return counts;
}

Failure damagedFile()
{
    return fail(ErrorKind::State, "spool.damaged",
                Text::tr("A temporary file does not hold what was written to it."));
}

} // namespace

PartitionGrouper::PartitionGrouper(const RecordOptions& options, RecordAssembler& assembler)
    : m_options(options), m_assembler(assembler),
      m_budget(std::max<std::uint64_t>(options.memoryBudget / 2, 4 << 20)),
      m_loaded(columnCounts(options.shape->models)), m_related(options.shape->related.size()),
      m_unmatched(options.shape->related.size())
{
    for (const std::size_t count : columnCounts(options.shape->models))
        m_cellsPerRow = std::max<std::uint64_t>(m_cellsPerRow, count);
}

void PartitionGrouper::start(const std::shared_ptr<PartitionedFile>& file)
{
    for (std::size_t i = 0; i < PartitionedFile::partitionCount; ++i)
        if (file->size(i).entries > 0)
            m_parts.push_back({file, i, 0, {}});
}

Result<bool> PartitionGrouper::step(std::vector<ShapedRecord>& into)
{
    if (m_grouping)
        yieldGroups(into);
    else if (m_pass)
        HEADGATE_TRY(stepPass(into));
    else if (!m_parts.empty()) {
        Part part = std::move(m_parts.front());
        m_parts.pop_front();
        const auto size = part.file->size(part.partition);
        const auto memory =
            LoadedPartition::memoryOf(size.entries, size.entries * m_cellsPerRow, size.bytes);
        HEADGATE_TRY(start(memory <= m_budget ? PassKind::Load : PassKind::Weigh, std::move(part)));
    } else {
        return false;
    }
    return true;
}

Result<void> PartitionGrouper::start(PassKind kind, Part part)
{
    PartitionedFile::Reader reader(*part.file, part.partition);
    m_pass.emplace(Pass{kind, std::move(part), std::move(reader), {}, {}, {}, 0, 0});
    if (kind == PassKind::Load)
        m_loaded.clear();
    if (kind != PassKind::Split)
        return {};
    auto split = PartitionedFile::create(m_options.temporaryDirectory);
    if (!split)
        return propagate(std::move(split));
    m_pass->split = std::move(*split);
    return {};
}

Result<void> PartitionGrouper::stepPass(std::vector<ShapedRecord>& into)
{
    std::string_view entry;
    for (std::size_t i = 0; i < rowsPerPassStep; ++i) {
        auto more = m_pass->reader.next(entry);
        if (!more)
            return propagate(std::move(more));
        if (!*more)
            return endPass();
        HEADGATE_TRY(takeRow(entry, into));
    }
    return {};
}

Result<void> PartitionGrouper::takeRow(std::string_view entry, std::vector<ShapedRecord>& into)
{
    const auto frame = RowFrame::parse(entry);
    if (!frame)
        return damagedFile();
    if (m_pass->kind == PassKind::Name)
        return nameKey(*frame, into);
    if (m_pass->part.skipped.contains(frame->key))
        return {};
    switch (m_pass->kind) {
    case PassKind::Load:
        return m_loaded.add(*frame) ? Result<void>() : damagedFile();
    case PassKind::Split:
        return m_pass->split->append(partitionOf(fastHash(frame->key), m_pass->part.level + 1),
                                     entry);
    case PassKind::Weigh:
    case PassKind::Name:
        weigh(*frame);
        return {};
    }
    return {};
}

void PartitionGrouper::weigh(const RowFrame& frame)
{
    KeySizes& sizes = m_pass->sizes;
    auto size = sizes.find(frame.key);
    if (size == sizes.end()) {
        // So many keys cannot all be large: splitting comes first.
        if (sizes.size() >= mostKeysWeighed)
            return;
        size = sizes.emplace(frame.key, KeySize{}).first;
    }
    ++size->second.rows;
    size->second.bytes += frame.key.size() + frame.body.size();
}

Result<void> PartitionGrouper::nameKey(const RowFrame& frame, std::vector<ShapedRecord>& into)
{
    const auto size = m_pass->sizes.find(frame.key);
    if (size == m_pass->sizes.end() || m_pass->named.contains(frame.key))
        return {};
    std::string_view body = frame.body;
    const auto head = takeRowHead(body);
    if (!head)
        return damagedFile();
    if (head->model > 0) {
        ++m_unmatched[head->model - 1];
        return {};
    }
    m_oneRow.reset(m_options.shape->models.main.columns.size());
    if (!appendCells(body, m_oneRow))
        return damagedFile();
    const std::uint32_t rows[] = {0};
    const ModelRows own{&m_oneRow, rows, {}, head->number};
    m_assembler.overLimit(frame.key, own, size->second.rows, size->second.bytes,
                          into.emplace_back());
    m_pass->named.insert(size->first);
    return {};
}

Result<void> PartitionGrouper::endPass()
{
    switch (m_pass->kind) {
    case PassKind::Load:
        m_loaded.group();
        m_grouping = true;
        m_pass.reset();
        return {};
    case PassKind::Weigh:
        return endWeighing();
    case PassKind::Name: {
        for (const auto& [key, size] : m_pass->sizes)
            m_pass->part.skipped.insert(key);
        Pass pass = std::move(*m_pass);
        m_pass.reset();
        return loadOrSplit(std::move(pass.part), pass.memoryLeft, pass.keysLeft);
    }
    case PassKind::Split:
        HEADGATE_TRY(m_pass->split->finish());
        queueSplit();
        return {};
    }
    return {};
}

Result<void> PartitionGrouper::endWeighing()
{
    Pass pass = std::move(*m_pass);
    m_pass.reset();
    const bool complete = pass.sizes.size() < mostKeysWeighed;
    std::uint64_t memory = 0;
    std::size_t keys = 0;
    for (auto size = pass.sizes.begin(); size != pass.sizes.end();) {
        if (complete && m_assembler.exceedsLimit(size->second.rows, size->second.bytes)) {
            ++size;
            continue;
        }
        memory += LoadedPartition::memoryOf(size->second.rows, size->second.rows * m_cellsPerRow,
                                            size->second.bytes);
        ++keys;
        size = pass.sizes.erase(size);
    }
    if (!complete)
        memory = std::max(memory, m_budget + 1);
    if (pass.sizes.empty())
        return loadOrSplit(std::move(pass.part), memory, keys);
    HEADGATE_TRY(start(PassKind::Name, std::move(pass.part)));
    m_pass->sizes = std::move(pass.sizes);
    m_pass->memoryLeft = memory;
    m_pass->keysLeft = keys;
    return {};
}

Result<void> PartitionGrouper::loadOrSplit(Part part, std::uint64_t memory, std::size_t keys)
{
    if (keys == 0)
        return {};
    const bool load = memory <= m_budget || keys == 1 || part.level == deepestSplit;
    return start(load ? PassKind::Load : PassKind::Split, std::move(part));
}

void PartitionGrouper::queueSplit()
{
    const Pass pass = std::move(*m_pass);
    m_pass.reset();
    for (std::size_t i = PartitionedFile::partitionCount; i-- > 0;)
        if (pass.split->size(i).entries > 0)
            m_parts.push_front({pass.split, i, pass.part.level + 1, pass.part.skipped});
}

void PartitionGrouper::yieldGroups(std::vector<ShapedRecord>& into)
{
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < recordsPerStep && bytes < payloadBytesPerStep; ++i) {
        if (!m_loaded.nextGroup()) {
            m_grouping = false;
            m_loaded.clear();
            return;
        }
        const std::size_t before = into.size();
        yieldGroup(into);
        if (into.size() > before)
            bytes += into.back().payload.size();
    }
}

void PartitionGrouper::yieldGroup(std::vector<ShapedRecord>& into)
{
    const ModelRows own = m_loaded.rows(0);
    for (std::size_t i = 0; i < m_related.size(); ++i) {
        m_related[i] = m_loaded.rows(i + 1);
        if (own.rows.empty())
            m_unmatched[i] += m_related[i].rows.size();
    }
    if (own.rows.empty())
        return;
    if (m_assembler.exceedsLimit(m_loaded.groupRows(), m_loaded.groupBytes()))
        m_assembler.overLimit(m_loaded.groupKey(), own, m_loaded.groupRows(), m_loaded.groupBytes(),
                              into.emplace_back());
    else if (!m_assembler.assemble(m_loaded.groupKey(), own, m_related, into.emplace_back()))
        into.pop_back();
}

} // namespace headgate::shape
