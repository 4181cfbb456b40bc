// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dbt/manifest.h"

#include <QWidget>

class QLabel;
class QStandardItemModel;
class QTabWidget;
class QTableView;

namespace headgate::ui {

class SqlEditor;

/// What dbt's manifest says of one model: description, relation, key and where it is known from,
/// columns, compiled SQL.
class DbtModelDetails final : public QWidget
{
    Q_OBJECT

public:
    explicit DbtModelDetails(QWidget* parent = nullptr);

    /// Null: of none.
    void showModel(const dbt::ManifestModel* model);

private:
    void showColumns(const dbt::ManifestModel& model);

    QLabel* m_name;
    QLabel* m_description;
    QLabel* m_relation;
    QLabel* m_key;
    QTabWidget* m_tabs;
    QTableView* m_columns;
    QStandardItemModel* m_columnsModel;
    SqlEditor* m_sql;
};

} // namespace headgate::ui
