// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/shape_delegate.h"
#include "shape/shape_editing.h"
#include "shape/shape_tree_model.h"

#include <QPointer>
#include <QTreeView>
#include <set>

class QAction;

namespace headgate::ui {

/// The payload's tree: columns are dropped here, nodes are dragged, named, wrapped and grouped.
/// Folds, scrolling and the current node stay at their nodes through every edit.
class ShapeTree final : public QTreeView
{
    Q_OBJECT

public:
    explicit ShapeTree(QWidget* parent = nullptr);

    [[nodiscard]] ShapeTreeModel* shapeModel() const { return m_model; }
    void setShape(const shape::Shape& shape);
    void setCurrentNode(shape::NodeId node);
    [[nodiscard]] std::optional<shape::NodeId> currentNode() const;
    /// Those selected, in the tree's order; without the root.
    [[nodiscard]] std::vector<shape::NodeId> selectedNodes() const;
    void beginRename();
    /// Shows the panel below the node's row until fold(), or until the node is gone; it lives and
    /// moves with the rows and belongs to the tree. Scrolls so that both are seen.
    void unfold(shape::NodeId node, QWidget* panel);
    void fold();
    [[nodiscard]] std::optional<shape::NodeId> unfolded() const { return m_model->unfolded(); }

    /// Where a chip of a list is in the viewport; null: not shown.
    [[nodiscard]] QRect chipRect(shape::NodeId list, ListChip chip) const;
    /// Where a drop at `at` goes; nothing: nowhere.
    [[nodiscard]] std::optional<DropTarget> targetAt(const QPoint& at) const;

Q_SIGNALS:
    void currentNodeChanged();
    /// Enter on an unbound field: the column that is proposed for it.
    void bindWanted(headgate::shape::NodeId field, const headgate::shape::ColumnRef& column);
    /// Empty: on nothing.
    void hovered(const headgate::ui::ShapeFocus& focus);
    void caretMoved(const headgate::ui::ShapeFocus& focus);
    /// Ctrl+click: to its counterparts.
    void jumpedFrom(const headgate::ui::ShapeFocus& focus);
    void chipPressed(headgate::shape::NodeId node, headgate::ui::ListChip chip);
    /// Enter or a double click on a node.
    void inspectWanted(headgate::shape::NodeId node);
    /// A drag of ours moves over `target`.
    void dragMoved(const QMimeData& mime, const headgate::ui::DropTarget& target, bool copy,
                   const QPoint& global);
    void dragLeft();
    void dropped(const QMimeData& mime, const headgate::ui::DropTarget& target, bool copy,
                 const QPoint& global);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    /// The keys of its own actions come before the same keys of the window.
    bool event(QEvent* event) override;
    void updateGeometries() override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent* event) override;
    /// On an unbound field Tab shows what else is proposed, then goes to the next such field.
    bool focusNextPrevChild(bool next) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void startDrag(Qt::DropActions actions) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    [[nodiscard]] QItemSelectionModel::SelectionFlags
    selectionCommand(const QModelIndex& index, const QEvent* event) const override;

private:
    /// What the keys mean here; null: nothing now.
    [[nodiscard]] QAction* actionOf(const QKeyEvent& event) const;
    /// True if there is a chip at `at`, which was then pressed.
    bool pressChipAt(const QPoint& at);
    /// Of a list or map: over all columns behind the name.
    [[nodiscard]] QRect stripRect(const QModelIndex& index) const;
    [[nodiscard]] bool isCopy(const QDropEvent& event) const;
    void setTarget(std::optional<DropTarget> target);
    [[nodiscard]] ShapeFocus focusAt(const QModelIndex& index) const;
    void placePanel();
    void fitRoom();
    void showWhole(const QRect& inViewport);
    void takeCollapse(const QModelIndex& index);
    void closeRoom();
    [[nodiscard]] QRect targetRect() const;

    ShapeTreeModel* m_model;
    ShapeDelegate* m_delegate;
    std::set<shape::NodeId> m_folded;
    std::optional<DropTarget> m_target;
    QPointer<QWidget> m_panel;
    bool m_panelShown = false; ///< until fold(), even where its row is folded away
    bool m_setting = false;
};

} // namespace headgate::ui
