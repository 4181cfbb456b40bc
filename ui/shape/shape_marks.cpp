// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/shape_marks.h"

#include "shape/columns_read.h"

#include <algorithm>
#include <tuple>

namespace headgate::ui {

namespace {

constexpr std::size_t mostMarked = 2000; ///< values of the payload

bool isBefore(const shape::RowOrigin& a, const shape::RowOrigin& b)
{
    return std::tie(a.model, a.row) < std::tie(b.model, b.row);
}

bool readsColumn(const shape::Shape& shape, shape::NodeId node, const shape::ColumnRef& column)
{
    const auto read = shape::columnsRead(shape, node);
    return std::find(read.begin(), read.end(), column) != read.end();
}

template <typename Condition>
void addNodes(const shape::Node& node, const Condition& belongs, std::set<shape::NodeId>& into)
{
    for (const shape::Node& child : node.children) {
        if (belongs(child))
            into.insert(child.id);
        addNodes(child, belongs, into);
    }
}

bool isMade(const shape::Node& node)
{
    return node.kind == shape::NodeKind::Constant || node.kind == shape::NodeKind::Text ||
           node.kind == shape::NodeKind::Map ||
           (node.kind == shape::NodeKind::Json && node.leaf.column.empty());
}

/// Nodes whose values are of this row: of the column, or elements where the row is meant.
std::set<shape::NodeId> nodesOfRow(const ShapeFocus& focus, const LiveRecord& live,
                                   const std::set<shape::NodeId>& readers)
{
    std::set<shape::NodeId> nodes;
    for (const shape::ProvenanceValue& value : live.shaped.provenance.values)
        if (value.origin == focus.row &&
            (focus.column ? readers.contains(value.node) : value.element.has_value()))
            nodes.insert(value.node);
    return nodes;
}

std::set<shape::NodeId> nodesOf(const ShapeFocus& focus, const shape::Shape& shape,
                                const LiveRecord* live)
{
    std::set<shape::NodeId> nodes;
    if (focus.node) {
        if (*focus.node != shape.root.id && shape.find(*focus.node) != nullptr)
            nodes.insert(*focus.node);
        return nodes;
    }
    if (focus.made)
        addNodes(
            shape.root,
            [&](const shape::Node& node) { return node.kind == focus.made && isMade(node); },
            nodes);
    if (focus.column)
        addNodes(
            shape.root,
            [&](const shape::Node& node) { return readsColumn(shape, node.id, *focus.column); },
            nodes);
    if (focus.row && live != nullptr)
        if (auto exact = nodesOfRow(focus, *live, nodes); !exact.empty())
            return exact;
    return nodes;
}

void addValues(const ShapeFocus& focus, const LiveRecord& live, ShapeMarks& marks)
{
    const bool wholeRow = focus.row && !focus.column && !focus.node;
    for (const shape::ProvenanceValue& value : live.shaped.provenance.values) {
        const bool exact = !focus.row || value.origin == focus.row;
        const bool shown = value.element ? focus.row && exact : !wholeRow;
        if (shown && marks.nodes.contains(value.node) && value.end > value.begin &&
            marks.values.size() < mostMarked)
            marks.values.push_back({value.begin, value.end, exact});
    }
}

/// The rows that the values of a node, and of all in it, are of.
void addRows(const shape::Node& node, const LiveRecord& live, std::vector<shape::RowOrigin>& rows)
{
    std::set<shape::NodeId> within{node.id};
    addNodes(
        node, [](const shape::Node&) { return true; }, within);
    for (const shape::ProvenanceValue& value : live.shaped.provenance.values)
        if (value.origin && within.contains(value.node))
            rows.push_back(*value.origin);
    std::sort(rows.begin(), rows.end(), isBefore);
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
}

} // namespace

bool ShapeMarks::hasColumn(const shape::ColumnRef& column) const
{
    return std::find(columns.begin(), columns.end(), column) != columns.end();
}

bool ShapeMarks::hasRow(const shape::RowOrigin& row) const
{
    return std::binary_search(rows.begin(), rows.end(), row, isBefore);
}

bool ShapeMarks::hasRowsOf(std::size_t model) const
{
    return std::any_of(rows.begin(), rows.end(),
                       [model](const shape::RowOrigin& row) { return row.model == model; });
}

ShapeMarks counterparts(const ShapeFocus& focus, const shape::Shape& shape, const LiveRecord* live)
{
    ShapeMarks marks;
    marks.nodes = nodesOf(focus, shape, live);
    if (focus.column)
        marks.columns = {*focus.column};
    else if (focus.node && !marks.nodes.empty())
        marks.columns = shape::columnsReadWithin(shape, *focus.node);
    for (const shape::NodeId id : marks.nodes)
        if (const shape::Node* const node = shape.find(id); isMade(*node))
            marks.made.insert(node->kind);
    if (focus.made)
        marks.made.insert(*focus.made);
    if (focus.row)
        marks.rows = {*focus.row};
    if (live == nullptr || live->error)
        return marks;
    addValues(focus, *live, marks);
    if (focus.node && !focus.row && !marks.nodes.empty())
        addRows(*shape.find(*focus.node), *live, marks.rows);
    return marks;
}

} // namespace headgate::ui
