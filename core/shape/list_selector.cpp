// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/list_selector.h"

#include "base/text.h"
#include "shape/cell_order.h"

#include <algorithm>
#include <numeric>

namespace headgate::shape {

using data::ValueKind;
using data::ValueView;

bool ListSelector::select(std::size_t op, std::span<const std::uint32_t> rows, ListSelection& into)
{
    m_op = op;
    m_list = &m_context.program().lists[m_context.program().ops[op].detail];
    m_into = &into;
    if (!collect(rows))
        return false;
    if (m_list->groupBy.empty())
        sortRows();
    else if (!sortGroups())
        return false;
    if (!m_list->distinct.empty())
        dropDuplicates();
    dropBeyondLimit();
    return m_list->form != ListForm::DictionaryByKey || (readKeys() && dropRepeatedKeys());
}

bool ListSelector::collect(std::span<const std::uint32_t> rows)
{
    m_into->rows.clear();
    const data::RowBlock& block = *m_context.model(m_list->model).block;
    for (const std::uint32_t row : rows) {
        switch (m_list->where.test(block, row)) {
        case ConditionProgram::Answer::Invalid:
            m_context.invalidCondition(m_op, m_list->where, m_list->model, row);
            return false;
        case ConditionProgram::Answer::Fails:
            m_context.noteDrop(m_op, DropReason::Where, m_list->model, row);
            break;
        case ConditionProgram::Answer::Holds:
            if (hasItem(row))
                m_into->rows.push_back(row);
            else
                m_context.noteDrop(m_op, DropReason::NoMatch, m_list->model, row);
            break;
        }
    }
    return true;
}

bool ListSelector::hasItem(std::uint32_t row) const
{
    const auto& items = m_list->itemColumns;
    return items.empty() || std::any_of(items.begin(), items.end(), [&](std::size_t column) {
               return !m_context.cell(m_list->model, row, column).isNull();
           });
}

void ListSelector::sortRows()
{
    std::vector<std::uint32_t>& rows = m_into->rows;
    const auto isBefore = [&](std::uint32_t a, std::uint32_t b) {
        if (m_list->inQueryOrder)
            return numberOf(a) < numberOf(b);
        const int order = m_context.compareRows(m_list->order, m_list->model, a, b);
        return order != 0 ? order < 0 : numberOf(a) < numberOf(b);
    };
    // partial_sort keeps a heap of the limit's size.
    const bool bounded = m_list->limit && m_list->distinct.empty() && *m_list->limit < rows.size();
    if (bounded)
        std::partial_sort(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(*m_list->limit),
                          rows.end(), isBefore);
    else
        std::sort(rows.begin(), rows.end(), isBefore);
    m_into->elements.clear();
    for (std::uint32_t i = 0; i < rows.size(); ++i)
        m_into->elements.push_back({i, i + 1});
}

bool ListSelector::isSameGroup(std::uint32_t a, std::uint32_t b) const
{
    return std::all_of(m_list->groupBy.begin(), m_list->groupBy.end(), [&](std::size_t column) {
        return isSameCell(m_context.cell(m_list->model, a, column),
                          m_context.cell(m_list->model, b, column));
    });
}

void ListSelector::makeGroups()
{
    std::vector<std::uint32_t>& rows = m_into->rows;
    std::sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) {
        for (const std::size_t column : m_list->groupBy) {
            const ValueView left = m_context.cell(m_list->model, a, column);
            const ValueView right = m_context.cell(m_list->model, b, column);
            if (!isSameCell(left, right))
                return compareCells(left, right) < 0;
        }
        return numberOf(a) < numberOf(b);
    });
    m_into->elements.clear();
    for (std::uint32_t i = 0; i < rows.size(); ++i) {
        if (i == 0 || !isSameGroup(rows[i - 1], rows[i]))
            m_into->elements.push_back({i, i});
        m_into->elements.back().end = i + 1;
    }
}

bool ListSelector::sortGroups()
{
    makeGroups();
    m_into->sortCells.clear();
    for (const Element& element : m_into->elements) {
        const auto read = [&](std::size_t column) {
            const auto value = m_context.oneValue(m_list->model, column, m_into->rowsOf(element));
            if (!value)
                m_context.differs(m_op, m_list->model, column);
            m_into->sortCells.push_back(value.value_or(ValueView{}));
            return value.has_value();
        };
        for (const ShapeProgram::SortColumn& key : m_list->order.keys)
            if (!read(key.column))
                return false;
        for (const std::size_t column : m_list->order.ties)
            if (!read(column))
                return false;
    }
    m_into->sorted.resize(m_into->elements.size());
    std::iota(m_into->sorted.begin(), m_into->sorted.end(), 0u);
    std::sort(m_into->sorted.begin(), m_into->sorted.end(), [&](std::uint32_t a, std::uint32_t b) {
        return m_list->inQueryOrder ? numberOf(firstRow(a)) < numberOf(firstRow(b))
                                    : compareGroups(a, b, false) < 0;
    });
    std::vector<Element> elements;
    std::vector<ValueView> cells;
    const std::size_t width = m_list->order.keys.size() + m_list->order.ties.size();
    for (const std::uint32_t element : m_into->sorted) {
        elements.push_back(m_into->elements[element]);
        const auto begin = m_into->sortCells.begin() + static_cast<std::ptrdiff_t>(element * width);
        cells.insert(cells.end(), begin, begin + static_cast<std::ptrdiff_t>(width));
    }
    m_into->elements.swap(elements);
    m_into->sortCells.swap(cells);
    return true;
}

int ListSelector::compareGroups(std::uint32_t a, std::uint32_t b, bool turned) const
{
    const ShapeProgram::RowOrder& order = m_list->order;
    const std::size_t width = order.keys.size() + order.ties.size();
    for (std::size_t i = 0; i < width; ++i) {
        const bool descending = i < order.keys.size() && order.keys[i].descending;
        const auto found = compareSorted(m_into->sortCells[a * width + i],
                                         m_into->sortCells[b * width + i], descending != turned);
        if (found != 0)
            return found < 0 ? -1 : 1;
    }
    return 0;
}

void ListSelector::dropDuplicates()
{
    std::vector<std::uint32_t>& sorted = m_into->sorted;
    sorted.resize(m_into->elements.size());
    std::iota(sorted.begin(), sorted.end(), 0u);
    const auto different = [&](std::uint32_t a, std::uint32_t b) -> int {
        for (const std::size_t column : m_list->distinct) {
            const ValueView left = m_context.cell(m_list->model, firstRow(a), column);
            const ValueView right = m_context.cell(m_list->model, firstRow(b), column);
            if (!isSameCell(left, right))
                return compareCells(left, right) < 0 ? -1 : 1;
        }
        return 0;
    };
    std::sort(sorted.begin(), sorted.end(), [&](std::uint32_t a, std::uint32_t b) {
        const int order = different(a, b);
        return order != 0 ? order < 0 : a < b;
    });
    m_into->dropped.assign(m_into->elements.size(), 0);
    for (std::size_t i = 1; i < sorted.size(); ++i)
        if (different(sorted[i - 1], sorted[i]) == 0)
            drop(sorted[i], DropReason::Duplicate);
    removeDropped();
}

void ListSelector::dropBeyondLimit()
{
    if (!m_list->limit || *m_list->limit >= m_into->elements.size())
        return;
    const auto limit = static_cast<std::size_t>(*m_list->limit);
    if (m_context.provenance())
        for (std::size_t i = limit; i < m_into->elements.size(); ++i)
            noteDrops(m_into->elements[i], DropReason::BeyondLimit);
    m_into->elements.resize(limit);
}

bool ListSelector::readKeys()
{
    m_into->keys.resize(m_into->elements.size());
    for (std::size_t i = 0; i < m_into->elements.size(); ++i)
        if (!readKey(m_into->elements[i], m_into->keys[i]))
            return false;
    return true;
}

bool ListSelector::readKey(const Element& element, std::string& into)
{
    const auto rows = m_into->rowsOf(element);
    m_cells.clear();
    for (const std::size_t column : m_list->keyCells) {
        const auto value = m_context.oneValue(m_list->model, column, rows);
        if (!value) {
            m_context.differs(m_op, m_list->model, column);
            return false;
        }
        m_cells.push_back(*value);
    }
    const ValueView key = m_list->key.run(m_cells, m_scratch);
    const std::size_t column = m_list->keyCells.front();
    if (key.kind == ValueKind::Invalid)
        m_context.invalidValue(m_op, key.text, m_list->model, column, rows.front());
    else if (key.isNull())
        m_context.problem(m_op, "map.key.null", Text::tr("The key is NULL."), m_list->model, column,
                          rows.front());
    else if (key.kind == ValueKind::Json)
        m_context.problem(m_op, "map.key.json",
                          Text::tr("A JSON value cannot be the name of a member."), m_list->model,
                          column, rows.front());
    else {
        into = key.text;
        return true;
    }
    return false;
}

bool ListSelector::dropRepeatedKeys()
{
    std::vector<std::uint32_t>& sorted = m_into->sorted;
    sorted.resize(m_into->elements.size());
    std::iota(sorted.begin(), sorted.end(), 0u);
    std::sort(sorted.begin(), sorted.end(), [&](std::uint32_t a, std::uint32_t b) {
        const int order = m_into->keys[a].compare(m_into->keys[b]);
        return order != 0 ? order < 0 : a < b;
    });
    m_into->dropped.assign(m_into->elements.size(), 0);
    for (std::size_t begin = 0, end = 0; begin < sorted.size(); begin = end) {
        for (end = begin + 1;
             end < sorted.size() && m_into->keys[sorted[begin]] == m_into->keys[sorted[end]];)
            ++end;
        if (end - begin > 1 && !settleKey(begin, end))
            return false;
    }
    removeDropped();
    return true;
}

bool ListSelector::settleKey(std::size_t begin, std::size_t end)
{
    std::uint32_t kept = m_into->sorted[begin];
    for (std::size_t i = begin + 1; i < end; ++i) {
        const std::uint32_t other = m_into->sorted[i];
        const bool same = isSameItem(kept, other);
        if (!same && m_list->repeated == RepeatedKeys::Invalid) {
            m_context.problem(m_op, "map.key.repeated",
                              Text::tr("Two rows have the key “%1” and different values.")
                                  .arg(toQString(m_into->keys[kept])),
                              m_list->model, m_list->keyCells.front(), firstRow(other));
            return false;
        }
        const bool otherWins = !same && compareTurned(other, kept) < 0;
        drop(otherWins ? kept : other, DropReason::RepeatedKey);
        kept = otherWins ? other : kept;
    }
    return true;
}

int ListSelector::compareTurned(std::uint32_t a, std::uint32_t b) const
{
    if (m_list->inQueryOrder)
        return numberOf(firstRow(a)) > numberOf(firstRow(b)) ? -1 : 1;
    if (!m_list->groupBy.empty())
        return compareGroups(a, b, true);
    return m_context.compareRowsTurned(m_list->order, m_list->model, firstRow(a), firstRow(b));
}

bool ListSelector::isSameItem(std::uint32_t a, std::uint32_t b) const
{
    if (!m_list->groupBy.empty())
        return false;
    const auto& items = m_list->itemColumns;
    return std::all_of(items.begin(), items.end(), [&](std::size_t column) {
        return isSameCell(m_context.cell(m_list->model, firstRow(a), column),
                          m_context.cell(m_list->model, firstRow(b), column));
    });
}

void ListSelector::drop(std::uint32_t element, DropReason reason)
{
    m_into->dropped[element] = 1;
    if (m_context.provenance())
        noteDrops(m_into->elements[element], reason);
}

void ListSelector::noteDrops(const Element& element, DropReason reason)
{
    for (const std::uint32_t row : m_into->rowsOf(element))
        m_context.noteDrop(m_op, reason, m_list->model, row);
}

void ListSelector::removeDropped()
{
    const bool keyed = m_into->keys.size() == m_into->elements.size();
    std::size_t kept = 0;
    for (std::size_t i = 0; i < m_into->elements.size(); ++i) {
        if (m_into->dropped[i] != 0)
            continue;
        m_into->elements[kept] = m_into->elements[i];
        if (keyed && kept != i)
            m_into->keys[kept].swap(m_into->keys[i]);
        ++kept;
    }
    m_into->elements.resize(kept);
}

std::uint32_t ListSelector::firstRow(std::uint32_t element) const
{
    return m_into->rows[m_into->elements[element].begin];
}

std::uint64_t ListSelector::numberOf(std::uint32_t row) const
{
    return m_context.model(m_list->model).numberOf(row);
}

} // namespace headgate::shape
