// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/leaf_reader.h"

#include "shape/cell_order.h"

namespace headgate::shape {

using data::ValueKind;
using data::ValueView;

std::optional<std::span<const ValueView>> LeafReader::read(std::size_t op, Rows rows)
{
    const ShapeProgram::Leaf& leaf = m_context.program().leaves[m_context.program().ops[op].detail];
    m_cells.assign(leaf.cells.size(), {});
    m_row.reset();
    if (leaf.pick == Pick::None) {
        if (rows.size() == 1)
            readRow(leaf, rows.front());
        else if (!readAgreed(op, leaf, rows, 0))
            return std::nullopt;
        return m_cells;
    }
    if (!selectRows(op, leaf, rows))
        return std::nullopt;
    if (leaf.pick == Pick::First || leaf.pick == Pick::Last) {
        if (!m_selected.empty())
            readRow(leaf, pickRow(op, leaf));
        return m_cells;
    }
    m_cells.front() = aggregate(leaf);
    if (!readAgreed(op, leaf, m_selected, 1))
        return std::nullopt;
    return m_cells;
}

bool LeafReader::selectRows(std::size_t op, const ShapeProgram::Leaf& leaf, Rows rows)
{
    m_selected.clear();
    for (const std::uint32_t row : rows) {
        switch (leaf.where.test(*m_context.model(leaf.model).block, row)) {
        case ConditionProgram::Answer::Holds:
            m_selected.push_back(row);
            break;
        case ConditionProgram::Answer::Fails:
            m_context.noteDrop(op, DropReason::Where, leaf.model, row);
            break;
        case ConditionProgram::Answer::Invalid:
            m_context.invalidCondition(op, leaf.where, leaf.model, row);
            return false;
        }
    }
    return true;
}

std::uint32_t LeafReader::pickRow(std::size_t op, const ShapeProgram::Leaf& leaf)
{
    const bool first = leaf.pick == Pick::First;
    std::uint32_t best = m_selected.front();
    for (const std::uint32_t row : m_selected) {
        const int order = first ? m_context.compareRows(leaf.order, leaf.model, row, best)
                                : m_context.compareRowsTurned(leaf.order, leaf.model, row, best);
        if (order < 0)
            best = row;
    }
    if (m_context.provenance())
        for (const std::uint32_t row : m_selected)
            if (row != best)
                m_context.noteDrop(op, DropReason::NotPicked, leaf.model, row);
    return best;
}

void LeafReader::readRow(const ShapeProgram::Leaf& leaf, std::uint32_t row)
{
    m_row = row;
    for (std::size_t i = 0; i < leaf.cells.size(); ++i)
        m_cells[i] = m_context.cell(leaf.model, row, leaf.cells[i]);
}

bool LeafReader::readAgreed(std::size_t op, const ShapeProgram::Leaf& leaf, Rows rows,
                            std::size_t from)
{
    for (std::size_t i = from; i < leaf.cells.size(); ++i) {
        const auto value = m_context.oneValue(leaf.model, leaf.cells[i], rows);
        if (!value) {
            m_context.differs(op, leaf.model, leaf.cells[i]);
            return false;
        }
        m_cells[i] = *value;
    }
    return true;
}

ValueView LeafReader::aggregate(const ShapeProgram::Leaf& leaf)
{
    switch (leaf.pick) {
    case Pick::Min:
    case Pick::Max:
        return extreme(leaf);
    case Pick::Sum:
        return sum(leaf);
    case Pick::Count:
        return count(leaf);
    case Pick::None:
    case Pick::First:
    case Pick::Last:
        return {};
    }
    return {};
}

ValueView LeafReader::extreme(const ShapeProgram::Leaf& leaf)
{
    ValueView best;
    for (const std::uint32_t row : m_selected) {
        const ValueView value = m_context.cell(leaf.model, row, leaf.cells.front());
        if (value.kind == ValueKind::Invalid)
            return value;
        if (value.isNull())
            continue;
        const auto order = compareCells(value, best);
        if (best.isNull() || (leaf.pick == Pick::Min ? order < 0 : order > 0)) {
            best = value;
            m_row = row;
        }
    }
    return best;
}

ValueView LeafReader::sum(const ShapeProgram::Leaf& leaf)
{
    m_sum.clear();
    bool any = false;
    bool integers = true;
    for (const std::uint32_t row : m_selected) {
        const ValueView value = m_context.cell(leaf.model, row, leaf.cells.front());
        if (value.kind == ValueKind::Invalid)
            return value;
        if (value.isNull())
            continue;
        if (!data::isNumber(value.kind) || !m_sum.add(value.text))
            return {ValueKind::Invalid, data::invalid_reason::number};
        any = true;
        integers = integers && value.kind == ValueKind::Integer;
    }
    if (!any)
        return {};
    m_text = m_sum.text();
    return {integers ? ValueKind::Integer : ValueKind::Decimal, m_text};
}

ValueView LeafReader::count(const ShapeProgram::Leaf& leaf)
{
    const std::size_t column = leaf.cells.front();
    std::size_t count = m_selected.size();
    if (column != ShapeProgram::noColumn)
        for (const std::uint32_t row : m_selected)
            count -= m_context.cell(leaf.model, row, column).isNull() ? 1 : 0;
    m_text = std::to_string(count);
    return {ValueKind::Integer, m_text};
}

} // namespace headgate::shape
