// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/table_view.h"

#include "base/text.h"
#include "theme/fonts.h"
#include "theme/icon.h"
#include "widgets/value_delegate.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <algorithm>

namespace headgate::ui {
namespace {

QString quotedCell(QString text)
{
    const auto needs = [](QChar c) {
        return c == QLatin1Char('\t') || c == QLatin1Char('\n') || c == QLatin1Char('\r') ||
               c == QLatin1Char('"');
    };
    if (std::none_of(text.begin(), text.end(), needs))
        return text;
    return QLatin1Char('"') + text.replace(QLatin1Char('"'), QLatin1String("\"\"")) +
           QLatin1Char('"');
}

QString copiedText(const QModelIndex& index)
{
    if (const auto* rows = qobject_cast<const RowsModel*>(index.model())) {
        const data::ValueView value = rows->valueAt(index);
        return value.isNull() ? QString() : toQString(value.text);
    }
    return index.data().toString();
}

std::vector<int> seenColumns(const QTableView& view)
{
    std::vector<int> columns;
    const QHeaderView* header = view.horizontalHeader();
    for (int place = 0; place < header->count(); ++place) {
        const int column = header->logicalIndex(place);
        if (!header->isSectionHidden(column))
            columns.push_back(column);
    }
    return columns;
}

/// Ascending, `most` of them at most; by ranges, since a million selected cells are one range.
std::vector<int> selectedRowNumbers(const QItemSelection& selection, int most)
{
    std::vector<int> rows;
    for (const QItemSelectionRange& range : selection) {
        const int last = range.top() + std::min(range.height(), most) - 1;
        for (int row = range.top(); row <= last; ++row)
            rows.push_back(row);
    }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    rows.resize(std::min(rows.size(), static_cast<std::size_t>(most)));
    return rows;
}

} // namespace

void dressTable(QTableView* view)
{
    view->setShowGrid(false);
    view->setWordWrap(false);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setTextElideMode(Qt::ElideRight);
    view->setTabKeyNavigation(false);
    view->setItemDelegate(new ValueDelegate(view));
    QHeaderView* across = view->horizontalHeader();
    across->setHighlightSections(false);
    across->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    across->setSectionsMovable(true);
    across->setMinimumSectionSize(48);
    across->setFixedHeight(rowHeight());
    QHeaderView* down = view->verticalHeader();
    down->setMinimumSectionSize(grid::compactRow);
    down->setSectionResizeMode(QHeaderView::Fixed);
    down->setDefaultSectionSize(rowHeight());
    down->setHighlightSections(false);
}

namespace {

QString tabSeparatedCells(const QTableView& view, const std::vector<int>& rows,
                          const std::vector<int>& columns, bool header)
{
    QStringList lines;
    QStringList cells;
    if (header) {
        for (const int column : columns)
            cells << quotedCell(view.model()->headerData(column, Qt::Horizontal).toString());
        lines << cells.join(QLatin1Char('\t'));
    }
    for (const int row : rows) {
        cells.clear();
        for (const int column : columns)
            cells << quotedCell(copiedText(view.model()->index(row, column)));
        lines << cells.join(QLatin1Char('\t'));
    }
    return lines.join(QLatin1Char('\n'));
}

/// Those of the columns that are seen in which something is selected.
std::vector<int> selectedColumns(const QTableView& view, const QItemSelection& selection)
{
    std::vector<int> columns = seenColumns(view);
    columns.erase(std::remove_if(columns.begin(), columns.end(),
                                 [&selection](int column) {
                                     return std::none_of(selection.begin(), selection.end(),
                                                         [column](const auto& range) {
                                                             return range.left() <= column &&
                                                                    column <= range.right();
                                                         });
                                 }),
                  columns.end());
    return columns;
}

} // namespace

QString tabSeparated(const QTableView& view, const std::vector<int>& rows, bool header)
{
    return tabSeparatedCells(view, rows, seenColumns(view), header);
}

TableView::TableView(QWidget* parent)
    : QTableView(parent), m_model(new RowsModel(this)), m_order(new RowOrder(this))
{
    dressTable(this);
    setModel(m_model);
    setAccessibleName(tr("Rows"));
    QHeaderView* header = horizontalHeader();
    header->setSectionsClickable(true);
    header->setSortIndicatorShown(true);
    header->setSortIndicatorClearable(true);
    header->setSortIndicator(-1, Qt::AscendingOrder);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QHeaderView::customContextMenuRequested, this, &TableView::showColumnMenu);
    connect(header, &QHeaderView::sortIndicatorChanged, this,
            [this](int column, Qt::SortOrder order) {
                m_query.sortColumn.reset();
                if (column >= 0)
                    m_query.sortColumn = static_cast<std::size_t>(column);
                m_query.descending = order == Qt::DescendingOrder;
                askOrder();
            });
    connect(m_order, &RowOrder::busyChanged, this, &TableView::busyChanged);
    connect(m_order, &RowOrder::answered, this,
            [this](const std::shared_ptr<const RowSet>& rows, const RowQuery&,
                   const std::vector<std::uint32_t>& numbers) {
                if (rows == m_model->rows())
                    takeOrder(numbers);
            });
}

void TableView::setRows(std::shared_ptr<const RowSet> rows)
{
    m_order->cancel();
    const bool sameColumns = rows->schema() == m_model->rows()->schema();
    m_model->setRows(std::move(rows));
    if (!sameColumns) {
        m_query.sortColumn.reset();
        const QSignalBlocker quiet(horizontalHeader());
        horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
        for (int column = 0; column < m_model->columnCount(); ++column)
            fitColumn(column);
    }
    if (m_query != RowQuery())
        askOrder();
    else
        Q_EMIT orderChanged(m_model->rowCount(), m_model->rowCount());
}

void TableView::setFilter(const QString& filter)
{
    m_query.filter = filter.toStdString();
    askOrder();
}

void TableView::askOrder()
{
    m_order->ask(m_model->rows(), m_query);
}

void TableView::takeOrder(const std::vector<std::uint32_t>& numbers)
{
    m_model->setOrder(numbers);
    Q_EMIT orderChanged(m_model->rowCount(), static_cast<int>(m_model->rows()->rowCount()));
}

void TableView::fitColumn(int column)
{
    const QFontMetrics metrics(font());
    int width = horizontalHeader()->sectionSizeHint(column);
    const int rows = std::min(m_model->rowCount(), 100);
    for (int row = 0; row < rows; ++row) {
        const QString text = m_model->index(row, column).data().toString();
        width = std::max(width, metrics.horizontalAdvance(text) + 20);
    }
    setColumnWidth(column, std::clamp(width, 64, 360));
}

void TableView::copyRows(bool header)
{
    const QItemSelection selection = selectionModel()->selection();
    const std::vector<int> rows = selectedRowNumbers(selection, mostCopied);
    if (rows.empty())
        return;
    const std::vector<int> columns =
        selectionBehavior() == SelectItems ? selectedColumns(*this, selection) : seenColumns(*this);
    const bool oneCell = rows.size() == 1 && columns.size() == 1 && !header;
    QApplication::clipboard()->setText(
        oneCell ? copiedText(model()->index(rows.front(), columns.front()))
                : tabSeparatedCells(*this, rows, columns, header));
    int selected = 0;
    for (const QItemSelectionRange& range : selection)
        selected += range.height();
    Q_EMIT copied(static_cast<int>(rows.size()), selected);
}

void TableView::copy()
{
    copyRows(false);
}

void TableView::copyWithHeader()
{
    copyRows(true);
}

void TableView::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy))
        copy();
    else
        QTableView::keyPressEvent(event);
}

void TableView::contextMenuEvent(QContextMenuEvent* event)
{
    QMenu menu(this);
    menu.addAction(themeIcon(Icon::Copy), tr("Copy"), this, &TableView::copy)
        ->setShortcut(QKeySequence::Copy);
    menu.addAction(tr("Copy with column names"), this, &TableView::copyWithHeader);
    menu.setEnabled(selectionModel()->hasSelection());
    menu.exec(event->globalPos());
}

void TableView::showColumnMenu(const QPoint& at)
{
    QHeaderView* header = horizontalHeader();
    const int column = header->logicalIndexAt(at);
    QMenu menu(this);
    if (column >= 0) {
        const auto sort = [header, column](Qt::SortOrder order) {
            return [header, column, order] { header->setSortIndicator(column, order); };
        };
        menu.addAction(themeIcon(Icon::ChevronUp), tr("Sort ascending"), this,
                       sort(Qt::AscendingOrder));
        menu.addAction(themeIcon(Icon::ChevronDown), tr("Sort descending"), this,
                       sort(Qt::DescendingOrder));
        menu.addSeparator();
        menu.addAction(tr("Fit to contents"), this, [this, column] { fitColumn(column); });
        menu.addAction(themeIcon(Icon::Copy), tr("Copy name"), this, [this, column] {
            QApplication::clipboard()->setText(
                m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        });
        QAction* hide =
            menu.addAction(tr("Hide column"), this, [this, column] { hideColumn(column); });
        hide->setEnabled(header->count() - header->hiddenSectionCount() > 1);
    }
    menu.addAction(tr("As read"), this,
                   [header] { header->setSortIndicator(-1, Qt::AscendingOrder); });
    QAction* all = menu.addAction(tr("Show all columns"), this, [this] {
        for (int each = 0; each < m_model->columnCount(); ++each)
            showColumn(each);
    });
    all->setEnabled(header->hiddenSectionCount() > 0);
    menu.exec(header->mapToGlobal(at));
}

} // namespace headgate::ui
