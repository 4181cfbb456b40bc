// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/columns_model.h"

#include <QTreeView>
#include <QWidget>

class QSortFilterProxyModel;

namespace headgate::ui {

class SearchField;

/// The columns to drag from: search, several at a time, Enter adds them.
class ColumnsPane final : public QWidget
{
    Q_OBJECT

public:
    explicit ColumnsPane(QWidget* parent = nullptr);

    [[nodiscard]] ColumnsModel* columnsModel() const { return m_model; }
    [[nodiscard]] QTreeView* view() const { return m_view; }
    [[nodiscard]] std::vector<shape::ColumnRef> selectedColumns() const;
    void expandAll() { m_view->expandAll(); }
    void search();
    /// Brings the first column of the marks into sight, with the caret; the selection stays.
    void jumpTo(const ShapeMarks& marks);

Q_SIGNALS:
    /// Enter or a double click.
    void addWanted(const std::vector<headgate::shape::ColumnRef>& columns);
    /// Likewise of what needs no column.
    void makeWanted(headgate::shape::NodeKind kind);
    /// Empty: on nothing.
    void hovered(const headgate::ui::ShapeFocus& focus);
    void caretMoved(const headgate::ui::ShapeFocus& focus);
    /// Ctrl+click: to its counterparts.
    void jumpedFrom(const headgate::ui::ShapeFocus& focus);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] bool keyPressed(const QKeyEvent& event);
    void add();
    [[nodiscard]] ShapeFocus focusAt(const QModelIndex& shown) const;

    ColumnsModel* m_model;
    QSortFilterProxyModel* m_filter;
    SearchField* m_search;
    QTreeView* m_view;
};

} // namespace headgate::ui
