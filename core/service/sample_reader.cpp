// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/sample_reader.h"

#include "base/text.h"

#include <algorithm>
#include <map>

namespace headgate::service {

namespace {

SampleKey keyAt(const data::RowBlock& block, std::size_t row,
                const std::vector<std::size_t>& columns)
{
    SampleKey key{canonicalAt(block, row, columns), {}};
    if (!key.canonical.empty())
        for (const std::size_t column : columns)
            key.values.emplace_back(block.at(row, column));
    return key;
}

} // namespace

SampleReader::SampleReader(Options options, secrets::SecretStore& secrets, StopToken stop)
    : m_options(std::move(options)),
      m_reads(m_options.project, m_options.target, m_options.projectDirectory, secrets, stop),
      m_stop(stop), m_sample(std::make_shared<RecordSample>())
{}

Result<std::shared_ptr<const RecordSample>> SampleReader::read()
{
    auto sync = m_reads.prepareSync(m_options.sync);
    if (!sync)
        return propagate(std::move(sync));
    m_sample->models = std::move(sync->models);
    HEADGATE_TRY(groupRecords(*m_sample));
    HEADGATE_TRY(readMain(sync->reads.front()));
    for (std::size_t i = 0; i < m_sample->models.related.size(); ++i)
        HEADGATE_TRY(readRelated(sync->reads[i + 1], i));
    HEADGATE_TRY(groupRecords(*m_sample));
    return std::shared_ptr<const RecordSample>(std::move(m_sample));
}

Result<void> SampleReader::readMain(const ModelRead& read)
{
    const auto all =
        readFirstRows(read, m_options.firstRows, m_options.firstBytes, m_stop, m_sample->main);
    if (!all)
        return Failure(all.error());
    m_sample->complete = *all;
    if (*all)
        return {};
    if (m_sample->models.isRowPerRecord())
        return shorten();
    return completeRecords(read);
}

Result<void> SampleReader::completeRecords(const ModelRead& read)
{
    const auto columns = positionsOf(m_sample->models.recordKey, m_sample->models.main);
    if (!columns)
        return Failure(columns.error());
    HEADGATE_TRY(shorten());
    std::vector<SampleKey> keys;
    std::map<std::string, std::size_t> ranks; // in the order in which records are met
    std::vector<std::pair<std::size_t, std::size_t>> order;
    KeyRows rows(read, *columns, m_options.keyRows, m_stop);
    for (std::size_t row = 0; row < m_sample->main.rowCount(); ++row) {
        SampleKey key = keyAt(m_sample->main, row, *columns);
        if (key.canonical.empty()) {
            order.emplace_back(row, rows.rows.rowCount());
            appendRow(rows.rows, m_sample->main, row);
        } else if (ranks.emplace(key.canonical, row).second) {
            keys.push_back(std::move(key));
        }
    }
    HEADGATE_TRY(rows.read(keys));
    std::set<std::size_t> met;
    for (std::size_t row = order.size(); row < rows.rows.rowCount(); ++row) {
        order.emplace_back(ranks.at(canonicalAt(rows.rows, row, *columns)), row);
        met.insert(order.back().first);
    }
    std::sort(order.begin(), order.end());
    m_sample->main.reset(rows.rows.columnCount());
    for (const auto& [rank, row] : order)
        appendRow(m_sample->main, rows.rows, row);
    m_sample->cutRows = met.size() < keys.size();
    return {};
}

Result<void> SampleReader::shorten()
{
    const auto columns = positionsOf(m_sample->models.recordKey, m_sample->models.main);
    if (!columns)
        return Failure(columns.error());
    std::set<std::string> keys;
    std::uint64_t withoutKey = 0;
    std::vector<bool> kept(m_sample->main.rowCount());
    for (std::size_t row = 0; row < kept.size(); ++row) {
        const std::string key = canonicalAt(m_sample->main, row, *columns);
        const bool room = keys.size() + withoutKey < m_options.records;
        kept[row] = keys.contains(key) || room;
        if (!kept[row])
            m_sample->complete = false;
        else if (key.empty())
            ++withoutKey;
        else
            keys.insert(key);
    }
    keepRows(kept);
    return {};
}

void SampleReader::keepRows(const std::vector<bool>& kept)
{
    data::RowBlock rows;
    rows.reset(m_sample->main.columnCount());
    for (std::size_t row = 0; row < kept.size(); ++row)
        if (kept[row])
            appendRow(rows, m_sample->main, row);
    m_sample->main = std::move(rows);
}

Result<std::vector<SampleKey>> SampleReader::joinKeys(std::size_t index) const
{
    const auto columns =
        positionsOf(m_sample->models.related[index].mainColumns, m_sample->models.main);
    if (!columns)
        return Failure(columns.error());
    std::set<SampleKey> keys;
    for (std::size_t row = 0; row < m_sample->main.rowCount(); ++row)
        if (SampleKey key = keyAt(m_sample->main, row, *columns); !key.canonical.empty())
            keys.insert(std::move(key));
    return std::vector<SampleKey>(keys.begin(), keys.end());
}

Result<void> SampleReader::readRelated(const ModelRead& read, std::size_t index)
{
    const shape::RelatedModel& model = m_sample->models.related[index];
    const auto columns = positionsOf(model.columns, model.schema);
    if (!columns)
        return Failure(columns.error());
    auto keys = joinKeys(index);
    if (!keys)
        return Failure(keys.error());
    const KeyRows::Limits& limits = m_options.keyRows;
    data::RowBlock& into = m_sample->related.emplace_back();
    into.reset(model.schema.columns.size());
    if (keys->size() > m_options.records) {
        data::RowBlock rows;
        const auto all = readFirstRows(read, limits.rows, limits.bytes, m_stop, rows);
        if (!all)
            return Failure(all.error());
        if (*all) {
            std::set<std::string> wanted;
            for (const SampleKey& key : *keys)
                wanted.insert(key.canonical);
            for (std::size_t row = 0; row < rows.rowCount(); ++row)
                if (wanted.contains(canonicalAt(rows, row, *columns)))
                    appendRow(into, rows, row);
            return {};
        }
        HEADGATE_TRY(shorten());
        keys = joinKeys(index);
        if (!keys)
            return Failure(keys.error());
    }
    KeyRows rows(read, *columns, limits, m_stop);
    HEADGATE_TRY(rows.read(*keys));
    into = std::move(rows.rows);
    if (rows.leftOut.empty())
        return {};
    const auto mainColumns = positionsOf(model.mainColumns, m_sample->models.main);
    if (mainColumns)
        leaveOut(*mainColumns, rows.leftOut);
    return {};
}

void SampleReader::leaveOut(const std::vector<std::size_t>& columns,
                            const std::set<std::string>& keys)
{
    const auto recordKey = positionsOf(m_sample->models.recordKey, m_sample->models.main);
    if (!recordKey)
        return;
    const std::size_t rows = m_sample->main.rowCount();
    std::set<std::string> records;
    std::vector<bool> kept(rows, true);
    for (std::size_t row = 0; row < rows; ++row)
        if (keys.contains(canonicalAt(m_sample->main, row, columns))) {
            kept[row] = false;
            records.insert(canonicalAt(m_sample->main, row, *recordKey));
        }
    records.erase(std::string());
    for (std::size_t row = 0; row < rows; ++row)
        kept[row] = kept[row] && !records.contains(canonicalAt(m_sample->main, row, *recordKey));
    keepRows(kept);
    m_sample->cutRows = true;
    m_sample->complete = false;
}

} // namespace headgate::service
