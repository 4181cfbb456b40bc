// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/row_block.h"

namespace headgate::data {

void RowBlock::reset(std::size_t columnCount)
{
    m_columnCount = columnCount;
    m_cells.clear();
    m_bytes.clear();
}

std::size_t RowBlock::rowCount() const
{
    return m_columnCount == 0 ? 0 : m_cells.size() / m_columnCount;
}

bool RowBlock::isFull() const
{
    return rowCount() >= targetRows || m_bytes.size() >= targetBytes;
}

ValueView RowBlock::at(std::size_t row, std::size_t column) const
{
    const Cell& cell = m_cells[row * m_columnCount + column];
    return {cell.kind, std::string_view(m_bytes).substr(cell.offset, cell.length)};
}

void RowBlock::append(ValueKind kind, std::string_view text)
{
    const std::size_t begin = m_bytes.size();
    m_bytes.append(text);
    closeCell(kind, begin);
}

void RowBlock::discardPartialRow()
{
    if (m_columnCount == 0)
        return;
    m_cells.erase(m_cells.end() - static_cast<std::ptrdiff_t>(m_cells.size() % m_columnCount),
                  m_cells.end());
    m_bytes.resize(m_cells.empty() ? 0 : m_cells.back().offset + m_cells.back().length);
}

void RowBlock::closeCell(ValueKind kind, std::size_t begin)
{
    m_cells.push_back({begin, static_cast<std::uint32_t>(m_bytes.size() - begin), kind});
}

} // namespace headgate::data
