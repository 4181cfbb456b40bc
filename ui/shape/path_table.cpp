// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/path_table.h"

#include "shape/view_pointer.h"
#include "widgets/table_view.h"

#include <QComboBox>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMetaProperty>
#include <QStyledItemDelegate>

namespace headgate::ui {

namespace {

/// Cells of known choices are chosen from, the others typed.
class PathTableDelegate final : public QStyledItemDelegate
{
public:
    explicit PathTableDelegate(const PathTableModel& model, QObject* parent)
        : QStyledItemDelegate(parent), m_model(model)
    {}

    [[nodiscard]] QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option,
                                        const QModelIndex& index) const override
    {
        const QStringList choices = m_model.choicesAt(index);
        if (choices.isEmpty())
            return QStyledItemDelegate::createEditor(parent, option, index);
        auto* box = new QComboBox(parent);
        box->addItems(choices);
        return box;
    }
    void setEditorData(QWidget* editor, const QModelIndex& index) const override
    {
        if (auto* const box = qobject_cast<QComboBox*>(editor))
            box->setCurrentText(index.data(Qt::EditRole).toString());
        else if (!editor->property(filled).toBool())
            QStyledItemDelegate::setEditorData(editor, index);
        editor->setProperty(filled, true);
    }
    void setModelData(QWidget* editor, QAbstractItemModel* model,
                      const QModelIndex& index) const override
    {
        if (const auto* const box = qobject_cast<QComboBox*>(editor))
            setLater(model, index, box->currentText());
        else
            setLater(model, index, editor->property(editor->metaObject()->userProperty().name()));
    }

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        // Paths differ at their ends.
        if (index.column() == PathTableModel::PathColumn)
            option->textElideMode = Qt::ElideLeft;
    }

private:
    /// Once the editor is closed: an edit resets the model, and the focus would go with the editor.
    static void setLater(QAbstractItemModel* model, const QModelIndex& index, const QVariant& value)
    {
        QMetaObject::invokeMethod(
            model,
            [model, cell = QPersistentModelIndex(index), value] { model->setData(cell, value); },
            Qt::QueuedConnection);
    }

    static constexpr const char* filled = "filled";
    const PathTableModel& m_model;
};

} // namespace

PathTable::PathTable(ShapeEditing& editing, QWidget* parent)
    : QTableView(parent), m_editing(editing), m_model(new PathTableModel(editing, this))
{
    setAccessibleName(tr("Paths"));
    setModel(m_model);
    dressTable(this);
    setItemDelegate(new PathTableDelegate(*m_model, this));
    setFrameShape(QFrame::NoFrame);
    verticalHeader()->hide();
    setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                    QAbstractItemView::AnyKeyPressed);
    setSelectionBehavior(QAbstractItemView::SelectItems);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->resizeSection(PathTableModel::PathColumn, 170);
    connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this, [this] {
        m_kept = currentNode();
        m_keptColumn = currentIndex().column();
    });
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] {
        if (m_kept)
            if (const QModelIndex index = m_model->indexOf(*m_kept); index.isValid())
                setCurrentIndex(index.siblingAtColumn(m_keptColumn));
    });
    auto* const pointer =
        new ViewPointer(*this, [this](const QModelIndex& index) { return focusAt(index); });
    connect(pointer, &ViewPointer::hovered, this, &PathTable::hovered);
    connect(pointer, &ViewPointer::caretMoved, this, &PathTable::caretMoved);
    connect(pointer, &ViewPointer::jumpedFrom, this, &PathTable::jumpedFrom);
}

ShapeFocus PathTable::focusAt(const QModelIndex& index) const
{
    const shape::Node* const node = m_model->nodeAt(index);
    return {node ? std::optional(node->id) : std::nullopt, std::nullopt, std::nullopt,
            std::nullopt};
}

std::optional<shape::NodeId> PathTable::currentNode() const
{
    const shape::Node* const node = m_model->nodeAt(currentIndex());
    return node ? std::optional(node->id) : std::nullopt;
}

void PathTable::setCurrentNode(shape::NodeId node)
{
    const QModelIndex index = m_model->indexOf(node);
    if (!index.isValid())
        return;
    setCurrentIndex(index);
    scrollTo(index);
}

void PathTable::keyPressEvent(QKeyEvent* event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && state() != EditingState) {
        if (m_model->flags(currentIndex()).testFlag(Qt::ItemIsEditable))
            edit(currentIndex());
        else if (const auto node = currentNode())
            Q_EMIT inspectWanted(*node);
        return;
    }
    if (event->key() == Qt::Key_Insert)
        return addPath();
    if (event->key() == Qt::Key_Delete)
        return removeRows();
    QTableView::keyPressEvent(event);
}

void PathTable::addPath()
{
    const shape::Shape& shape = m_editing.shape();
    QString path = QStringLiteral("/new_field");
    for (int number = 2;
         !m_editing.apply(tr("New field"), shape::addAtPath(shape, path.toStdString())) &&
         number < 100;
         ++number)
        path = QStringLiteral("/new_field_%1").arg(number);
    const QModelIndex last = m_model->index(m_model->rowCount() - 1, PathTableModel::PathColumn);
    setCurrentIndex(last);
    edit(last);
}

void PathTable::removeRows()
{
    std::vector<shape::NodeId> nodes;
    for (const QModelIndex& index : selectionModel()->selectedIndexes())
        if (const shape::Node* node = m_model->nodeAt(index))
            nodes.push_back(node->id);
    std::sort(nodes.begin(), nodes.end());
    nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
    if (!nodes.empty())
        m_editing.apply(tr("Remove %n fields", nullptr, static_cast<int>(nodes.size())),
                        shape::removeNodes(m_editing.shape(), nodes));
}

} // namespace headgate::ui
