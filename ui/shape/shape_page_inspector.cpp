// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/documents.h"
#include "shape/node_inspector.h"
#include "shape/path_table.h"
#include "shape/shape_page.h"
#include "shape/shape_tree.h"

#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <algorithm>

namespace headgate::ui {

QWidget* ShapePage::makePathsPane()
{
    m_paths = new PathTable(m_editing);
    m_pathInspector = new NodeInspector(m_editing);
    m_pathInspectorArea = new QScrollArea;
    m_pathInspectorArea->setFrameShape(QFrame::NoFrame);
    m_pathInspectorArea->setWidgetResizable(true);
    m_pathInspectorArea->setWidget(m_pathInspector);
    m_pathInspectorArea->hide();
    auto* pane = new QSplitter(Qt::Vertical);
    pane->setChildrenCollapsible(false);
    pane->addWidget(m_paths);
    pane->addWidget(m_pathInspectorArea);
    pane->setStretchFactor(0, 1);
    pane->setSizes({300, 260});
    pane->setFocusProxy(m_paths);
    return pane;
}

void ShapePage::showInspector(shape::NodeId node)
{
    m_inspector->setNode(node);
    m_tree->unfold(node, m_inspector);
    ask();
}

void ShapePage::toggleInspector(shape::NodeId node)
{
    if (m_tree->unfolded() == node)
        return m_tree->fold();
    // There is nothing to say of the whole payload.
    if (node == m_editing.shape().root.id)
        return m_tree->setExpanded(m_tree->currentIndex(),
                                   !m_tree->isExpanded(m_tree->currentIndex()));
    showInspector(node);
    m_inspector->focusFirst();
}

void ShapePage::showPathInspector(shape::NodeId node)
{
    m_pathInspector->setNode(node);
    m_pathInspectorArea->show();
    m_pathInspector->focusFirst();
    ask();
}

std::optional<shape::NodeId> ShapePage::inspected() const
{
    if (m_treeOrPaths->currentWidget() == m_tree)
        return m_tree->unfolded();
    return m_pathInspectorArea->isHidden() ? std::nullopt : m_pathInspector->node();
}

void ShapePage::pressChip(shape::NodeId node, ListChip chip)
{
    if (chip == ListChip::Form) {
        cycleForm(node);
        return;
    }
    showInspector(node);
    m_inspector->edit(chip);
}

/// To the next form that the list can have.
void ShapePage::cycleForm(shape::NodeId list)
{
    const shape::Node* const node = m_editing.shape().find(list);
    if (node == nullptr)
        return;
    const auto now = static_cast<std::size_t>(
        std::find(shape::listForms.begin(), shape::listForms.end(), node->list.form) -
        shape::listForms.begin());
    for (std::size_t step = 1; step < shape::listForms.size(); ++step) {
        const shape::ListForm form = shape::listForms[(now + step) % shape::listForms.size()];
        const auto edited = shape::setListForm(m_editing.shape(), list, form, &m_editing.models());
        if (edited) {
            m_editing.apply(formName(form), edited);
            return;
        }
    }
}

} // namespace headgate::ui
