// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/columns_pane.h"

#include "shape/drag_label.h"
#include "shape/shape_delegate.h"
#include "shape/view_pointer.h"
#include "theme/tokens.h"
#include "widgets/search_field.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QSortFilterProxyModel>
#include <QVBoxLayout>

namespace headgate::ui {

namespace {

constexpr int valueWidth = 80;

class ColumnsView final : public QTreeView
{
public:
    using QTreeView::QTreeView;

    /// Marks the row, or takes the mark away. While there are marks the keyboard moves without
    /// changing them.
    void mark(const QModelIndex& row)
    {
        const auto how = m_marking ? QItemSelectionModel::Toggle : QItemSelectionModel::Select;
        selectionModel()->select(row, how | QItemSelectionModel::Rows);
        m_marking = true;
    }
    void endMarking() { m_marking = false; }

protected:
    QItemSelectionModel::SelectionFlags selectionCommand(const QModelIndex& index,
                                                         const QEvent* event) const override
    {
        return m_marking ? QItemSelectionModel::NoUpdate
                         : QTreeView::selectionCommand(index, event);
    }
    void mousePressEvent(QMouseEvent* event) override
    {
        m_marking = false;
        QTreeView::mousePressEvent(event);
    }
    void startDrag(Qt::DropActions actions) override
    {
        const QModelIndexList rows = selectionModel()->selectedRows();
        dragRows(*this, rows, actions, Qt::CopyAction);
    }

private:
    bool m_marking = false;
};

} // namespace

ColumnsPane::ColumnsPane(QWidget* parent)
    : QWidget(parent), m_model(new ColumnsModel(this)), m_filter(new QSortFilterProxyModel(this)),
      m_search(new SearchField(tr("Search columns"))), m_view(new ColumnsView)
{
    m_filter->setSourceModel(m_model);
    m_filter->setRecursiveFilteringEnabled(true);
    m_filter->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_search->setAccessibleName(tr("Search columns"));
    m_view->setAccessibleName(tr("Columns"));
    m_view->setModel(m_filter);
    m_view->setItemDelegate(new ColumnsDelegate(m_view));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setUniformRowHeights(true);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setDragEnabled(true);
    m_view->setDragDropMode(QAbstractItemView::DragOnly);
    m_view->setIndentation(14);
    m_view->setExpandsOnDoubleClick(false);
    m_view->header()->setStretchLastSection(false);
    m_view->header()->setMinimumSectionSize(48);
    m_view->header()->setSectionResizeMode(ColumnsModel::NameColumn, QHeaderView::Stretch);
    m_view->header()->resizeSection(ColumnsModel::ValueColumn, valueWidth);
    m_view->installEventFilter(this);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* top = new QVBoxLayout;
    top->setContentsMargins(grid::gap, 0, grid::gap, grid::gap);
    top->addWidget(m_search);
    layout->addLayout(top);
    layout->addWidget(m_view, 1);
    connect(m_search, &SearchField::searched, this, [this](const QString& text) {
        m_filter->setFilterFixedString(text);
        m_view->expandAll();
    });
    connect(m_search, &SearchField::wentDown, m_view, [this] { m_view->setFocus(); });
    connect(m_search, &SearchField::left, m_view, [this] { m_view->setFocus(); });
    connect(m_view, &QTreeView::doubleClicked, this, &ColumnsPane::add);
    auto* const pointer =
        new ViewPointer(*m_view, [this](const QModelIndex& index) { return focusAt(index); });
    connect(pointer, &ViewPointer::hovered, this, &ColumnsPane::hovered);
    connect(pointer, &ViewPointer::caretMoved, this, &ColumnsPane::caretMoved);
    connect(pointer, &ViewPointer::jumpedFrom, this, &ColumnsPane::jumpedFrom);
}

ShapeFocus ColumnsPane::focusAt(const QModelIndex& shown) const
{
    const QModelIndex index = m_filter->mapToSource(shown);
    return {std::nullopt, m_model->columnAt(index), std::nullopt, m_model->madeAt(index)};
}

void ColumnsPane::jumpTo(const ShapeMarks& marks)
{
    if (marks.columns.empty() && marks.made.empty())
        return;
    const QModelIndex index =
        m_filter->mapFromSource(marks.columns.empty() ? m_model->indexOf(*marks.made.begin())
                                                      : m_model->indexOf(marks.columns.front()));
    if (!index.isValid())
        return;
    m_view->selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
    m_view->scrollTo(index);
}

std::vector<shape::ColumnRef> ColumnsPane::selectedColumns() const
{
    QModelIndexList rows = m_view->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    std::vector<shape::ColumnRef> columns;
    for (const QModelIndex& row : rows)
        if (const auto column = m_model->columnAt(m_filter->mapToSource(row)))
            columns.push_back(*column);
    return columns;
}

void ColumnsPane::search()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void ColumnsPane::add()
{
    auto columns = selectedColumns();
    const QModelIndex current = m_filter->mapToSource(m_view->currentIndex());
    if (columns.empty())
        if (const auto column = m_model->columnAt(current))
            columns.push_back(*column);
    static_cast<ColumnsView*>(m_view)->endMarking();
    if (!columns.empty())
        Q_EMIT addWanted(columns);
    else if (const auto made = m_model->madeAt(current))
        Q_EMIT makeWanted(*made);
}

bool ColumnsPane::keyPressed(const QKeyEvent& event)
{
    switch (event.key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        add();
        return true;
    case Qt::Key_Slash:
        search();
        return true;
    case Qt::Key_Space: {
        if (m_view->currentIndex().isValid())
            static_cast<ColumnsView*>(m_view)->mark(m_view->currentIndex());
        return true;
    }
    default:
        return false;
    }
}

bool ColumnsPane::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_view && event->type() == QEvent::KeyPress)
        return keyPressed(*static_cast<QKeyEvent*>(event));
    return QWidget::eventFilter(watched, event);
}

} // namespace headgate::ui
