// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/row_order.h"
#include "widgets/rows_model.h"

#include <QTableView>

namespace headgate::ui {

/// The look of every table: rows of rowHeight(), no grid, whole rows selected, quiet headers.
/// For tables over other models.
void dressTable(QTableView* view);
/// Rows of a table as lines with tabs between the columns that are seen, in the order they are
/// seen: whole values, nulls empty, cells with tabs, quotes or line ends quoted.
[[nodiscard]] QString tabSeparated(const QTableView& view, const std::vector<int>& rows,
                                   bool header);

/// A table over rows of a warehouse, a million of them too: sorting (a click on a header) and
/// filtering happen on a thread of their own, and the rows shown stay until the answer is there.
/// Ctrl+C copies the selected rows, or cells where the selection behaviour is by items; a header's
/// context menu sorts, hides and fits columns.
class TableView final : public QTableView
{
    Q_OBJECT

public:
    static constexpr int mostCopied = 100000; ///< rows

    explicit TableView(QWidget* parent = nullptr);

    void setRows(std::shared_ptr<const RowSet> rows);
    [[nodiscard]] RowsModel* rowsModel() const { return m_model; }
    void setFilter(const QString& filter);
    /// Of both sorting and filtering.
    [[nodiscard]] bool isBusy() const { return m_order->isBusy(); }
    void copy();
    void copyWithHeader();

Q_SIGNALS:
    void busyChanged(bool busy);
    /// After an answer: rows shown, of how many.
    void orderChanged(int shown, int all);
    /// `copied` is less than `selected` where that was more than mostCopied.
    void copied(int copied, int selected);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void askOrder();
    void takeOrder(const std::vector<std::uint32_t>& numbers);
    void copyRows(bool header);
    void showColumnMenu(const QPoint& at);
    void fitColumn(int column);

    RowsModel* m_model;
    RowOrder* m_order;
    RowQuery m_query;
};

} // namespace headgate::ui
