// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/workspace.h"

#include <QWidget>

class QLabel;
class QSplitter;
class QStackedWidget;
class QTableWidget;
class QTreeWidget;
class QTreeWidgetItem;

namespace headgate::ui {

class ElidedLabel;
class EmptyState;
class MessageStrip;
class SearchField;
class Spinner;
class TableView;

/// The tables of a warehouse; of the chosen one its columns and some rows. What it shows is asked
/// for by the page.
class SchemaBrowser final : public QWidget
{
    Q_OBJECT

public:
    explicit SchemaBrowser(QWidget* parent = nullptr);

    void setTables(const std::vector<warehouse::TableInfo>& tables);
    /// Instead of the tables: why there are none.
    void setNothing(const QString& title, const QString& sentence);
    void showDetails(service::TableDetails details);
    void showTrouble(const Error& error);

Q_SIGNALS:
    void tableChosen(const headgate::warehouse::TableInfo& table);
    /// Nothing is being looked at any more.
    void tableLeft();

private:
    [[nodiscard]] QWidget* makeList();
    [[nodiscard]] QWidget* makeDetails();
    void filter(const QString& text);
    void choose(const QTreeWidgetItem* item);
    void showColumns(const data::Schema& columns);

    std::vector<warehouse::TableInfo> m_tables;
    QStackedWidget* m_stack;
    EmptyState* m_nothing;
    SearchField* m_search = nullptr;
    QTreeWidget* m_list = nullptr;
    QLabel* m_count = nullptr;
    QStackedWidget* m_right = nullptr;
    ElidedLabel* m_title = nullptr;
    ElidedLabel* m_comment = nullptr;
    Spinner* m_spinner = nullptr;
    MessageStrip* m_message = nullptr;
    QTableWidget* m_columns = nullptr;
    TableView* m_rows = nullptr;
    QLabel* m_rowsHead = nullptr;
};

} // namespace headgate::ui
