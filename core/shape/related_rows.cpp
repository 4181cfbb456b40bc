// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/related_rows.h"

#include "data/canonical_key.h"

#include <algorithm>

namespace headgate::shape {

namespace {

/// False if a column is NULL or Invalid: such a row joins nothing.
bool joinKey(const data::RowBlock& block, std::uint32_t row,
             const std::vector<std::size_t>& columns, std::string& key)
{
    key.clear();
    for (const std::size_t column : columns)
        if (!data::appendCanonical(key, block.at(row, column)))
            return false;
    return true;
}

} // namespace

RelatedRows::RelatedRows(RecordContext& context)
    : m_context(context), m_indexes(context.program().related.size())
{}

void RelatedRows::begin()
{
    for (Index& index : m_indexes) {
        index.built = false;
        index.serial = 0;
    }
}

RelatedRows::Matches RelatedRows::of(std::size_t model, const RowScope& scope)
{
    const ShapeProgram::Related& related = m_context.program().related[model - 1];
    if (related.byRecordKey) {
        const auto rows = m_context.model(model).rows;
        return {rows, rows.empty(), rows.size() > 1};
    }
    Index& index = m_indexes[model - 1];
    if (index.serial != scope.mainSerial)
        find(model, scope, index);
    return {index.found, index.missing, index.several};
}

void RelatedRows::build(std::size_t model, Index& index)
{
    const ModelRows& rows = m_context.model(model);
    const ShapeProgram::Related& related = m_context.program().related[model - 1];
    index.size = 0;
    for (const std::uint32_t row : rows.rows) {
        if (!joinKey(*rows.block, row, related.columns, m_key))
            continue;
        if (index.size == index.entries.size())
            index.entries.emplace_back();
        Entry& entry = index.entries[index.size++];
        entry.key = m_key;
        entry.row = row;
    }
    std::sort(index.entries.begin(),
              index.entries.begin() + static_cast<std::ptrdiff_t>(index.size),
              [](const Entry& a, const Entry& b) {
                  return a.key != b.key ? a.key < b.key : a.row < b.row;
              });
    index.built = true;
}

void RelatedRows::find(std::size_t model, const RowScope& scope, Index& index)
{
    if (!index.built)
        build(model, index);
    index.serial = scope.mainSerial;
    index.found.clear();
    index.missing = false;
    index.several = false;
    for (const std::uint32_t row : scope.mainRows)
        findOne(model, row, index);
    if (scope.mainRows.size() == 1)
        return;
    std::sort(index.found.begin(), index.found.end());
    index.found.erase(std::unique(index.found.begin(), index.found.end()), index.found.end());
}

void RelatedRows::findOne(std::size_t model, std::uint32_t mainRow, Index& index)
{
    const ShapeProgram::Related& related = m_context.program().related[model - 1];
    const auto end = index.entries.begin() + static_cast<std::ptrdiff_t>(index.size);
    auto entry = end;
    if (joinKey(*m_context.model(0).block, mainRow, related.mainColumns, m_key))
        entry =
            std::lower_bound(index.entries.begin(), end, m_key,
                             [](const Entry& a, const std::string& key) { return a.key < key; });
    std::size_t count = 0;
    for (; entry != end && entry->key == m_key; ++entry, ++count)
        index.found.push_back(entry->row);
    index.missing = index.missing || count == 0;
    index.several = index.several || count > 1;
}

} // namespace headgate::shape
