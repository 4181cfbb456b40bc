// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/value.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace headgate::data {

/// A bounded run of rows in one buffer: no allocation per cell. Views are valid until the next
/// write. Readers aim at targetRows and targetBytes, whichever comes first; one row always fits.
class RowBlock
{
public:
    static constexpr std::size_t targetRows = 1024;
    static constexpr std::size_t targetBytes = 1 << 20;

    /// Forgets the rows and keeps the memory.
    void reset(std::size_t columnCount);

    [[nodiscard]] std::size_t rowCount() const;
    [[nodiscard]] std::size_t columnCount() const { return m_columnCount; }
    [[nodiscard]] std::size_t byteCount() const { return m_bytes.size(); }
    [[nodiscard]] bool isFull() const;
    [[nodiscard]] ValueView at(std::size_t row, std::size_t column) const
    {
        const Cell& cell = m_cells[row * m_columnCount + column];
        return {cell.kind, {m_bytes.data() + cell.offset, cell.length}};
    }

    /// Cells are appended row by row, left to right.
    void append(ValueKind kind, std::string_view text)
    {
        const std::size_t begin = m_bytes.size();
        m_bytes.append(text);
        closeCell(kind, begin);
    }
    void append(ValueView value) { append(value.kind, value.text); }
    void appendNull() { append(ValueKind::Null, {}); }
    /// Drops the cells of a row that was begun and not finished.
    void discardPartialRow();

    /// Writing in place: append to bytes(), then close the cell over what was appended since.
    [[nodiscard]] std::string& bytes() { return m_bytes; }
    void closeCell(ValueKind kind, std::size_t begin)
    {
        m_cells.push_back({begin, static_cast<std::uint32_t>(m_bytes.size() - begin), kind});
    }

private:
    struct Cell
    {
        std::size_t offset;
        std::uint32_t length;
        ValueKind kind;
    };
    std::size_t m_columnCount = 0;
    std::vector<Cell> m_cells;
    std::string m_bytes;
};

} // namespace headgate::data
