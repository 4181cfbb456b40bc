// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "shape/columns_pane.h"
#include "shape/path_table.h"
#include "shape/shape_page.h"
#include "shape/shape_tree.h"
#include "shape/source_rows_pane.h"

#include <QScopedValueRollback>
#include <algorithm>

namespace headgate::ui {

namespace {

void addInOrder(const shape::Node& node, const std::set<shape::NodeId>& wanted,
                std::vector<const shape::Node*>& into)
{
    if (wanted.contains(node.id))
        into.push_back(&node);
    for (const shape::Node& child : node.children)
        addInOrder(child, wanted, into);
}

/// The first value in reading order, else the first container.
std::optional<shape::NodeId> firstValueOf(const std::set<shape::NodeId>& nodes,
                                          const shape::Shape& shape)
{
    std::vector<const shape::Node*> ordered;
    addInOrder(shape.root, nodes, ordered);
    if (ordered.empty())
        return std::nullopt;
    const auto leaf = std::find_if(ordered.begin(), ordered.end(),
                                   [](const shape::Node* node) { return node->isLeaf(); });
    return (leaf == ordered.end() ? ordered.front() : *leaf)->id;
}

} // namespace

void ShapePage::connectLinks()
{
    const auto link = [this](auto* pane) {
        using Pane = std::remove_pointer_t<decltype(pane)>;
        connect(pane, &Pane::hovered, this, &ShapePage::pointAt);
        connect(pane, &Pane::caretMoved, this, &ShapePage::putCaretAt);
        connect(pane, &Pane::jumpedFrom, this, &ShapePage::goToCounterparts);
    };
    link(m_columns);
    link(m_tree);
    link(m_paths);
    link(m_payload);
    link(m_rows);
    connect(m_tree, &ShapeTree::currentNodeChanged, this, [this] {
        putCaretAt({m_tree->currentNode(), std::nullopt, std::nullopt, std::nullopt});
    });
}

void ShapePage::pointAt(const ShapeFocus& focus)
{
    if (focus == m_pointer)
        return;
    m_pointer = focus;
    showMarks();
}

void ShapePage::putCaretAt(const ShapeFocus& focus)
{
    if (m_jumping)
        return;
    m_pointer = {};
    m_caret = focus;
    showMarks();
}

void ShapePage::showMarks()
{
    const ShapeFocus& focus = m_pointer.isEmpty() ? m_caret : m_pointer;
    const ShapeMarks marks = counterparts(focus, m_editing.shape(), m_payload->live());
    m_columns->columnsModel()->setMarks(marks);
    m_tree->shapeModel()->setMarks(marks);
    m_paths->pathModel()->setMarks(marks);
    m_payload->setMarks(marks);
    m_rows->setMarks(marks);
}

void ShapePage::goToCounterparts(const ShapeFocus& focus)
{
    const ShapeMarks marks = counterparts(focus, m_editing.shape(), m_payload->live());
    const QScopedValueRollback jumping(m_jumping, true);
    m_pointer = {};
    m_caret = focus;
    m_columns->jumpTo(marks);
    const auto node = firstValueOf(marks.nodes, m_editing.shape());
    if (node && m_tree->currentNode() != node)
        m_tree->setCurrentNode(*node);
    if (node && m_paths->currentNode() != node)
        m_paths->setCurrentNode(*node);
    m_payload->jumpTo(marks);
    m_rows->jumpTo(marks);
    showMarks();
    if (focus.column && marks.nodes.empty())
        say(tr("%1 is not used in the payload.").arg(toQString(focus.column->column)));
}

} // namespace headgate::ui
