// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/shape_tree.h"

#include "shape/drag_label.h"
#include "shape/shape_mime.h"
#include "shape/view_pointer.h"
#include "theme/fonts.h"
#include "theme/style_painting.h"

#include <QAction>
#include <QApplication>
#include <QDragMoveEvent>
#include <QHeaderView>
#include <QLayout>
#include <QMimeData>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>

namespace headgate::ui {

ShapeTree::ShapeTree(QWidget* parent)
    : QTreeView(parent), m_model(new ShapeTreeModel(this)),
      m_delegate(new ShapeDelegate(*m_model, this))
{
    setAccessibleName(tr("Payload tree"));
    setModel(m_model);
    setItemDelegate(m_delegate);
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setExpandsOnDoubleClick(false);
    setDragEnabled(true);
    setAcceptDrops(true);
    setDragDropMode(QAbstractItemView::DragDrop);
    setDefaultDropAction(Qt::MoveAction);
    setAllColumnsShowFocus(true);
    header()->setStretchLastSection(true);
    header()->setMinimumSectionSize(48);
    header()->resizeSection(ShapeTreeModel::NameColumn, 160);
    header()->resizeSection(ShapeTreeModel::SourceColumn, 116);
    header()->resizeSection(ShapeTreeModel::TypeColumn, 62);
    connect(this, &QTreeView::collapsed, this, &ShapeTree::takeCollapse);
    auto* const pointer =
        new ViewPointer(*this, [this](const QModelIndex& index) { return focusAt(index); });
    connect(pointer, &ViewPointer::hovered, this, &ShapeTree::hovered);
    connect(pointer, &ViewPointer::caretMoved, this, [this](const ShapeFocus& focus) {
        if (!m_setting)
            Q_EMIT caretMoved(focus);
    });
    connect(pointer, &ViewPointer::jumpedFrom, this, &ShapeTree::jumpedFrom);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, const QWidget* now) {
        if (m_panel && now != nullptr && m_panel->isAncestorOf(now))
            showWhole(QRect(now->mapTo(viewport(), QPoint()), now->size()));
    });
    connect(this, &QTreeView::expanded, this, [this](const QModelIndex& index) {
        if (const shape::Node* node = m_model->nodeAt(index))
            m_folded.erase(node->id);
    });
}

void ShapeTree::setShape(const shape::Shape& shape)
{
    const auto current = currentNode();
    const auto selected = selectedNodes();
    const int scrolled = verticalScrollBar()->value();
    m_setting = true;
    m_model->setShape(shape);
    const auto folded = m_folded;
    expandAll();
    m_folded = folded;
    for (const shape::NodeId node : folded)
        if (const QModelIndex index = m_model->indexOf(node); index.isValid())
            collapse(index);
    for (const shape::NodeId node : selected)
        if (const QModelIndex index = m_model->indexOf(node); index.isValid())
            selectionModel()->select(index,
                                     QItemSelectionModel::Select | QItemSelectionModel::Rows);
    const QModelIndex there = current ? m_model->indexOf(*current) : QModelIndex();
    selectionModel()->setCurrentIndex(there.isValid() ? there : m_model->index(0, 0, {}),
                                      QItemSelectionModel::NoUpdate);
    verticalScrollBar()->setValue(scrolled);
    m_setting = false;
    if (m_panelShown && !unfolded())
        fold();
    Q_EMIT currentNodeChanged();
}

void ShapeTree::takeCollapse(const QModelIndex& index)
{
    const shape::Node* const node = m_model->nodeAt(index);
    if (node == nullptr || m_setting)
        return;
    // A leaf has nothing else below it.
    if (node->isLeaf())
        fold();
    else
        m_folded.insert(node->id);
}

void ShapeTree::unfold(shape::NodeId node, QWidget* panel)
{
    if (m_panel != panel) {
        m_panel = panel;
        panel->setParent(viewport());
        panel->installEventFilter(this);
    }
    if (unfolded() != node)
        closeRoom();
    m_panelShown = true;
    fitRoom();
    m_model->setUnfolded(node);
    expand(m_model->indexOf(node));
    fitRoom();
    executeDelayedItemsLayout();
    placePanel();
    showWhole(visualRect(m_model->roomIndex()));
    showWhole(visualRect(m_model->indexOf(node)));
}

void ShapeTree::fold()
{
    if (!m_panelShown)
        return;
    const bool focused = m_panel->isAncestorOf(QApplication::focusWidget());
    const auto node = unfolded();
    m_panelShown = false;
    m_panel->hide();
    closeRoom();
    if (focused) {
        if (node)
            setCurrentNode(*node);
        setFocus(Qt::OtherFocusReason);
    }
}

void ShapeTree::closeRoom()
{
    const shape::Node* const node = m_model->nodeAt(m_model->roomIndex().parent());
    // A view takes an item that it knows as expanded for one that shows its next child already.
    if (node != nullptr && node->isLeaf()) {
        const QScopedValueRollback setting(m_setting, true);
        collapse(m_model->indexOf(node->id));
    }
    m_model->setUnfolded(std::nullopt);
}

bool ShapeTree::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_panel && event->type() == QEvent::LayoutRequest)
        fitRoom();
    return QTreeView::eventFilter(watched, event);
}

void ShapeTree::fitRoom()
{
    const QModelIndex room = m_model->roomIndex();
    const int width = viewport()->width() - (room.isValid() ? visualRect(room).left() : 0);
    QLayout* const inside = m_panel->layout();
    inside->activate();
    const int height = inside->hasHeightForWidth() ? inside->totalHeightForWidth(width)
                                                   : inside->totalSizeHint().height();
    if (m_delegate->setRoom(height) && room.isValid())
        Q_EMIT m_delegate->sizeHintChanged(room);
}

void ShapeTree::placePanel()
{
    if (!m_panelShown)
        return;
    const QRect row = visualRect(m_model->roomIndex());
    m_panel->setGeometry(row.left(), row.top(), viewport()->width() - row.left(), row.height());
    m_panel->setVisible(row.isValid());
}

void ShapeTree::showWhole(const QRect& inViewport)
{
    QScrollBar* const bar = verticalScrollBar();
    const int below = inViewport.bottom() + 1 - viewport()->height();
    if (below > 0)
        bar->setValue(bar->value() + below);
    const int above = std::min(inViewport.top() - std::max(below, 0), 0);
    if (above < 0)
        bar->setValue(bar->value() + above);
}

void ShapeTree::updateGeometries()
{
    QTreeView::updateGeometries();
    placePanel();
}

void ShapeTree::scrollContentsBy(int dx, int dy)
{
    QTreeView::scrollContentsBy(dx, dy);
    placePanel();
}

void ShapeTree::setCurrentNode(shape::NodeId node)
{
    const QModelIndex index = m_model->indexOf(node);
    if (!index.isValid())
        return;
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect |
                                                 QItemSelectionModel::Rows);
    scrollTo(index);
}

std::optional<shape::NodeId> ShapeTree::currentNode() const
{
    const shape::Node* const node = m_model->nodeAt(currentIndex());
    return node ? std::optional(node->id) : std::nullopt;
}

std::vector<shape::NodeId> ShapeTree::selectedNodes() const
{
    std::vector<shape::NodeId> nodes;
    for (const QModelIndex& index : selectionModel()->selectedRows())
        if (const shape::Node* node = m_model->nodeAt(index);
            node && node->id != m_model->shape().root.id)
            nodes.push_back(node->id);
    return nodes;
}

void ShapeTree::beginRename()
{
    if (const auto node = currentNode())
        edit(m_model->indexOf(*node));
}

void ShapeTree::startDrag(Qt::DropActions actions)
{
    dragRows(*this, selectionModel()->selectedRows(), actions, defaultDropAction());
}

void ShapeTree::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTreeView::currentChanged(current, previous);
    if (!m_setting)
        Q_EMIT currentNodeChanged();
}

QItemSelectionModel::SelectionFlags ShapeTree::selectionCommand(const QModelIndex& index,
                                                                const QEvent* event) const
{
    return QTreeView::selectionCommand(index, event);
}

QAction* ShapeTree::actionOf(const QKeyEvent& event) const
{
    const QKeySequence keys(event.keyCombination());
    for (QAction* const action : actions())
        if (hasFocus() && action->isEnabled() && action->shortcuts().contains(keys))
            return action;
    return nullptr;
}

bool ShapeTree::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride &&
        actionOf(static_cast<const QKeyEvent&>(*event)) != nullptr) {
        event->accept();
        return true;
    }
    return QTreeView::event(event);
}

void ShapeTree::keyPressEvent(QKeyEvent* event)
{
    if (QAction* const action = actionOf(*event))
        return action->trigger();
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && event->modifiers() == Qt::NoModifier && state() != EditingState) {
        const auto field = currentNode();
        const auto* const proposed = field ? m_model->suggestions().shown(*field) : nullptr;
        if (m_model->isShowAll(currentIndex()))
            m_model->showAllFields();
        else if (proposed != nullptr)
            Q_EMIT bindWanted(*field, shape::ColumnRef(*proposed));
        else if (const auto node = currentNode())
            Q_EMIT inspectWanted(*node);
        return;
    }
    if (event->key() == Qt::Key_Escape && unfolded() && state() != EditingState)
        return fold();
    QTreeView::keyPressEvent(event);
}

bool ShapeTree::focusNextPrevChild(bool next)
{
    const auto field = currentNode();
    const FieldSuggestions& proposed = m_model->suggestions();
    if (!next || !field || !hasFocus() || proposed.shown(*field) == nullptr)
        return QTreeView::focusNextPrevChild(next);
    if (m_model->showNextSuggestion(*field)) {
        Q_EMIT currentNodeChanged();
        return true;
    }
    const auto after = proposed.fieldAfter(*field);
    if (!after)
        return QTreeView::focusNextPrevChild(next);
    setCurrentNode(*after);
    return true;
}

QRect ShapeTree::chipRect(shape::NodeId list, ListChip chip) const
{
    const QModelIndex index = m_model->indexOf(list);
    const shape::Node* const node = m_model->nodeAt(index);
    return node == nullptr || node->isLeaf() ? QRect()
                                             : m_delegate->chipRect(stripRect(index), *node, chip);
}

bool ShapeTree::pressChipAt(const QPoint& at)
{
    const QModelIndex index = indexAt(at);
    const shape::Node* const node = m_model->nodeAt(index);
    if (node == nullptr || node->isLeaf())
        return false;
    const auto chip = m_delegate->chipAt(stripRect(index), *node, at);
    if (!chip)
        return false;
    setCurrentNode(node->id);
    Q_EMIT chipPressed(node->id, *chip);
    return true;
}

void ShapeTree::mousePressEvent(QMouseEvent* event)
{
    const bool left = event->button() == Qt::LeftButton;
    if (left && pressChipAt(event->pos()))
        return;
    if (left && m_model->isShowAll(indexAt(event->pos())))
        return m_model->showAllFields();
    QTreeView::mousePressEvent(event);
}

void ShapeTree::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && pressChipAt(event->pos()))
        return;
    QTreeView::mouseDoubleClickEvent(event);
    if (const shape::Node* node = m_model->nodeAt(indexAt(event->pos())))
        Q_EMIT inspectWanted(node->id);
}

ShapeFocus ShapeTree::focusAt(const QModelIndex& index) const
{
    const shape::Node* const node = m_model->nodeAt(index);
    return {node ? std::optional(node->id) : std::nullopt, std::nullopt, std::nullopt,
            std::nullopt};
}

std::optional<DropTarget> ShapeTree::targetAt(const QPoint& at) const
{
    const QModelIndex index = indexAt(at);
    const shape::Shape& shape = m_model->shape();
    if (!index.isValid() || m_model->isShowAll(index))
        return OntoPlace{{shape.root.id, shape.root.children.size()}};
    if (m_model->isRoom(index))
        return targetAt(visualRect(index.parent()).center());
    if (const connector::FieldInfo* ghost = m_model->ghostAt(index))
        return OntoGhost{ghost->name};
    const shape::Node& node = *m_model->nodeAt(index);
    const QRect row = visualRect(index.siblingAtColumn(0));
    const int edge = row.height() / 4;
    const auto place = shape::placeOf(shape, node.id);
    if (place && at.y() < row.top() + edge)
        return OntoPlace{{place->parent, place->index}};
    if (place && at.y() > row.bottom() - edge && (node.isLeaf() || !isExpanded(index)))
        return OntoPlace{{place->parent, place->index + 1}};
    if (node.isLeaf())
        return OntoLeaf{node.id};
    if (node.kind != shape::NodeKind::Object && stripRect(index).contains(at))
        return OntoStrip{node.id};
    return OntoPlace{{node.id, shape::Place::end}};
}

QRect ShapeTree::stripRect(const QModelIndex& index) const
{
    return visualRect(index.siblingAtColumn(ShapeTreeModel::SourceColumn))
        .united(visualRect(index.siblingAtColumn(ShapeTreeModel::ValueColumn)));
}

bool ShapeTree::isCopy(const QDropEvent& event) const
{
    return event.modifiers().testFlag(Qt::ControlModifier);
}

void ShapeTree::setTarget(std::optional<DropTarget> target)
{
    m_target = std::move(target);
    viewport()->update();
}

void ShapeTree::dragEnterEvent(QDragEnterEvent* event)
{
    const QMimeData& mime = *event->mimeData();
    const bool ours = !columnsOf(mime).empty() || nodeOf(mime) || kindOf(mime);
    event->setAccepted(ours);
}

void ShapeTree::dragMoveEvent(QDragMoveEvent* event)
{
    QTreeView::dragMoveEvent(event);
    const auto target = targetAt(event->position().toPoint());
    event->setAccepted(target.has_value());
    if (!target || target == m_target)
        return;
    setTarget(target);
    Q_EMIT dragMoved(*event->mimeData(), *target, isCopy(*event),
                     viewport()->mapToGlobal(event->position().toPoint()));
}

void ShapeTree::dragLeaveEvent(QDragLeaveEvent* event)
{
    QTreeView::dragLeaveEvent(event);
    setTarget(std::nullopt);
    Q_EMIT dragLeft();
}

void ShapeTree::dropEvent(QDropEvent* event)
{
    const auto target = targetAt(event->position().toPoint());
    setTarget(std::nullopt);
    if (!target)
        return;
    event->setDropAction(Qt::CopyAction); // nothing is taken from where the drag began
    event->accept();
    stopAutoScroll();
    setState(NoState);
    Q_EMIT dropped(*event->mimeData(), *target, isCopy(*event),
                   viewport()->mapToGlobal(event->position().toPoint()));
}

QRect ShapeTree::targetRect() const
{
    const auto rowOf = [this](const QModelIndex& index) {
        QRect rect = visualRect(index);
        rect.setRight(viewport()->width());
        return rect;
    };
    if (const auto* leaf = std::get_if<OntoLeaf>(&*m_target))
        return rowOf(m_model->indexOf(leaf->leaf));
    if (const auto* strip = std::get_if<OntoStrip>(&*m_target))
        return stripRect(m_model->indexOf(strip->list));
    if (const auto* onto = std::get_if<OntoPlace>(&*m_target)) {
        const shape::Node* const parent = m_model->shape().find(onto->place.parent);
        if (parent == nullptr)
            return {};
        const QModelIndex index = m_model->indexOf(parent->id);
        if (onto->place.index >= parent->children.size()) {
            const bool last = parent->children.empty() || onto->place.index == shape::Place::end;
            QRect rect = rowOf(last ? index : m_model->indexOf(parent->children.back().id));
            if (!last)
                rect.setTop(rect.bottom());
            return rect;
        }
        QRect rect = rowOf(m_model->indexOf(parent->children[onto->place.index].id));
        rect.setBottom(rect.top());
        return rect;
    }
    const auto& ghost = std::get<OntoGhost>(*m_target);
    for (int row = 0; row < m_model->rowCount(m_model->index(0, 0, {})); ++row) {
        const QModelIndex index = m_model->index(row, 0, m_model->index(0, 0, {}));
        const connector::FieldInfo* const field = m_model->ghostAt(index);
        if (field != nullptr && field->name == ghost.field)
            return rowOf(index);
    }
    return {};
}

void ShapeTree::paintEvent(QPaintEvent* event)
{
    QTreeView::paintEvent(event);
    if (!m_target)
        return;
    const QRect rect = targetRect();
    if (rect.isNull())
        return;
    QPainter painter(viewport());
    const Tokens& colors = tokens(palette());
    if (rect.height() <= 1) {
        painter.fillRect(rect.left(), rect.top() - 1, rect.width(), 2, colors.accent);
        painter.setBrush(colors.accent);
        painter.setPen(Qt::NoPen);
        painter.drawEllipse(QPoint(rect.left(), rect.top()), 3, 3);
        return;
    }
    SmoothPainting smooth(&painter);
    drawFocusRing(&painter, rect.adjusted(1, 1, -1, -1), colors.accent);
}

} // namespace headgate::ui
