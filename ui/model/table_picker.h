// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"
#include "sql/sql_completion.h"

#include <QAbstractTableModel>
#include <QWidget>

class QLabel;
class QTableView;

namespace headgate::ui {

class SearchField;

/// Tables whose name, schema or comment hold a text.
class TablesModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    void setCatalog(std::shared_ptr<const SqlCatalog> catalog);
    void setFilter(const QString& filter);
    [[nodiscard]] const SqlTable& tableAt(int row) const;
    [[nodiscard]] int rowOf(const project::TableReference& table) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    void sift();

    std::shared_ptr<const SqlCatalog> m_catalog = std::make_shared<SqlCatalog>();
    QString m_filter;
    std::vector<std::size_t> m_shown;
};

/// The tables of a source to choose one from, with the columns of the one that
/// is chosen.
class TablePicker final : public QWidget
{
    Q_OBJECT

public:
    explicit TablePicker(QWidget* parent = nullptr);

    void setCatalog(std::shared_ptr<const SqlCatalog> catalog);
    void setTable(const std::optional<project::TableReference>& table);

Q_SIGNALS:
    void chosen(const headgate::project::TableReference& table);
    /// Of the table that is chosen; they are not known yet.
    void columnsWanted(const std::vector<headgate::ui::SqlTable>& tables);

private:
    void showColumns();
    void select();

    TablesModel m_model;
    std::optional<project::TableReference> m_table;
    SearchField* m_search;
    QTableView* m_tables;
    QTableView* m_columns;
    QLabel* m_count;
    bool m_selecting = false;
};

} // namespace headgate::ui
