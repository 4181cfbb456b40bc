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
    const bool manyRows = m_columnCount > 0 && m_cells.size() >= targetRows * m_columnCount;
    return manyRows || m_bytes.size() >= targetBytes;
}

void RowBlock::discardPartialRow()
{
    if (m_columnCount == 0)
        return;
    m_cells.erase(m_cells.end() - static_cast<std::ptrdiff_t>(m_cells.size() % m_columnCount),
                  m_cells.end());
    m_bytes.resize(m_cells.empty() ? 0 : m_cells.back().offset + m_cells.back().length);
}

} // namespace headgate::data
