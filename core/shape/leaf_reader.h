// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/decimal.h"
#include "shape/record_context.h"

namespace headgate::shape {

/// Brings the rows of a leaf down to one cell per column that it reads: they agree, or a pick
/// decides.
class LeafReader
{
public:
    explicit LeafReader(RecordContext& context) : m_context(context) {}

    /// The cells in the order of the leaf's program, valid until the next call; empty, with a
    /// problem noted, where the rows do not yield them.
    [[nodiscard]] std::optional<std::span<const data::ValueView>>
    read(std::size_t op, std::span<const std::uint32_t> rows);
    /// The same of a leaf that is plain.
    [[nodiscard]] data::ValueView readPlain(const ShapeProgram::Leaf& leaf, std::uint32_t row)
    {
        m_row = row;
        return m_context.cell(leaf.model, row, leaf.cells.front());
    }
    /// The one row that the last cells came from, if it was one.
    [[nodiscard]] std::optional<std::uint32_t> row() const { return m_row; }
    void clear() { m_row.reset(); }

private:
    using Rows = std::span<const std::uint32_t>;

    bool selectRows(std::size_t op, const ShapeProgram::Leaf& leaf, Rows rows);
    std::uint32_t pickRow(std::size_t op, const ShapeProgram::Leaf& leaf);
    void readRow(const ShapeProgram::Leaf& leaf, std::uint32_t row);
    bool readAgreed(std::size_t op, const ShapeProgram::Leaf& leaf, Rows rows, std::size_t from);
    [[nodiscard]] data::ValueView aggregate(const ShapeProgram::Leaf& leaf);
    [[nodiscard]] data::ValueView extreme(const ShapeProgram::Leaf& leaf);
    [[nodiscard]] data::ValueView sum(const ShapeProgram::Leaf& leaf);
    [[nodiscard]] data::ValueView count(const ShapeProgram::Leaf& leaf);

    RecordContext& m_context;
    std::optional<std::uint32_t> m_row;
    std::vector<data::ValueView> m_cells;
    std::vector<std::uint32_t> m_selected;
    std::string m_text;
    DecimalSum m_sum;
};

} // namespace headgate::shape
