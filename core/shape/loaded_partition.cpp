// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/loaded_partition.h"

#include <algorithm>

namespace headgate::shape {

LoadedPartition::LoadedPartition(std::vector<std::size_t> columnCounts)
    : m_models(columnCounts.size())
{
    for (std::size_t i = 0; i < columnCounts.size(); ++i)
        m_models[i].columns = columnCounts[i];
    clear();
}

void LoadedPartition::clear()
{
    m_keys.clear();
    m_entries.clear();
    for (Model& model : m_models) {
        model.block.reset(model.columns);
        model.numbers.clear();
    }
    m_groupBegin = 0;
    m_groupEnd = 0;
}

bool LoadedPartition::add(const RowFrame& frame)
{
    std::string_view body = frame.body;
    const auto head = takeRowHead(body);
    if (!head || head->model >= m_models.size())
        return false;
    Model& model = m_models[head->model];
    Entry entry;
    entry.hash = fastHash(frame.key);
    entry.keyOffset = m_keys.size();
    entry.keySize = static_cast<std::uint32_t>(frame.key.size());
    entry.model = head->model;
    entry.row = static_cast<std::uint32_t>(model.numbers.size());
    entry.bytes = static_cast<std::uint32_t>(frame.key.size() + frame.body.size());
    if (!appendCells(body, model.block))
        return false;
    // Rows of one key mostly come together: their key is kept once.
    const bool repeats = !m_entries.empty() && keyOf(m_entries.back()) == frame.key;
    if (repeats)
        entry.keyOffset = m_entries.back().keyOffset;
    else
        m_keys += frame.key;
    model.numbers.push_back(head->number);
    m_entries.push_back(entry);
    return true;
}

void LoadedPartition::group()
{
    std::sort(m_entries.begin(), m_entries.end(), [&](const Entry& a, const Entry& b) {
        if (a.hash != b.hash)
            return a.hash < b.hash;
        if (const int order = keyOf(a).compare(keyOf(b)); order != 0)
            return order < 0;
        return a.model != b.model ? a.model < b.model : a.row < b.row;
    });
    m_groupBegin = 0;
    m_groupEnd = 0;
}

bool LoadedPartition::nextGroup()
{
    m_groupBegin = m_groupEnd;
    if (m_groupBegin == m_entries.size())
        return false;
    for (Model& model : m_models)
        model.groupRows.clear();
    m_groupBytes = 0;
    const Entry& first = m_entries[m_groupBegin];
    for (; m_groupEnd < m_entries.size(); ++m_groupEnd) {
        const Entry& entry = m_entries[m_groupEnd];
        if (entry.hash != first.hash || keyOf(entry) != keyOf(first))
            break;
        m_models[entry.model].groupRows.push_back(entry.row);
        m_groupBytes += entry.bytes;
    }
    return true;
}

std::string_view LoadedPartition::groupKey() const
{
    return keyOf(m_entries[m_groupBegin]);
}

ModelRows LoadedPartition::rows(std::size_t model) const
{
    const Model& of = m_models[model];
    return {&of.block, of.groupRows, of.numbers, 1};
}

std::uint64_t LoadedPartition::memoryOf(std::uint64_t rows, std::uint64_t cells,
                                        std::uint64_t bytes)
{
    // Vectors and strings that grow by doubling hold up to twice what was asked for.
    constexpr std::uint64_t cellSize = 16;
    return 2 * (rows * (sizeof(Entry) + 2 * sizeof(std::uint64_t)) + cells * cellSize + bytes);
}

} // namespace headgate::shape
