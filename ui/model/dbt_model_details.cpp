// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/dbt_model_details.h"

#include "base/text.h"
#include "sql/sql_editor.h"
#include "theme/fonts.h"
#include "theme/tokens.h"
#include "widgets/rows_model.h"
#include "widgets/table_view.h"

#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QStandardItemModel>
#include <QTabWidget>

namespace headgate::ui {

namespace {

constexpr qsizetype longestDescription = 600;

QLabel* plainLabel(const QString& name)
{
    auto* label = new QLabel;
    label->setAccessibleName(name);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QString keyText(const dbt::ManifestModel& model)
{
    QStringList columns;
    for (const std::string& column : model.key)
        columns.append(toQString(column));
    const QString key = columns.join(QStringLiteral(", "));
    switch (model.keyEvidence) {
    case dbt::KeyEvidence::None:
        return DbtModelDetails::tr("not known: no column is tested to be unique and not null");
    case dbt::KeyEvidence::Declared:
        return DbtModelDetails::tr("%1 (declared)").arg(key);
    case dbt::KeyEvidence::Tested:
        return model.key.size() == 1
                   ? DbtModelDetails::tr("%1 (tested to be unique and not null)").arg(key)
                   : DbtModelDetails::tr("%1 (tested to be unique together)").arg(key);
    }
    return {};
}

} // namespace

DbtModelDetails::DbtModelDetails(QWidget* parent)
    : QWidget(parent), m_name(new QLabel), m_description(plainLabel(tr("Description"))),
      m_relation(plainLabel(tr("Relation"))), m_key(plainLabel(tr("Row key"))),
      m_tabs(new QTabWidget), m_columns(new QTableView),
      m_columnsModel(new QStandardItemModel(0, 3, m_columns)), m_sql(new SqlEditor)
{
    m_name->setFont(textFont(TextSize::Title, QFont::DemiBold));
    m_name->setTextFormat(Qt::PlainText);
    m_relation->setFont(codeFont());
    m_columns->setAccessibleName(tr("Columns of the model"));
    m_columns->setModel(m_columnsModel);
    dressTable(m_columns);
    m_columns->setFrameShape(QFrame::NoFrame);
    m_columns->verticalHeader()->hide();
    m_columns->horizontalHeader()->setStretchLastSection(true);
    m_columns->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_sql->setAccessibleName(tr("Compiled SQL"));
    m_sql->setReadOnly(true);
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Columns and SQL of the model"));
    m_tabs->addTab(m_columns, tr("Columns"));
    m_tabs->addTab(m_sql, tr("Compiled SQL"));
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setSpacing(grid::gap);
    form->addRow(tr("Relation"), m_relation);
    form->addRow(tr("Row key"), m_key);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(grid::section, 0, 0, 0);
    layout->setSpacing(grid::gap);
    layout->addWidget(m_name);
    layout->addWidget(m_description);
    layout->addLayout(form);
    layout->addWidget(m_tabs, 1);
}

void DbtModelDetails::showModel(const dbt::ManifestModel* model)
{
    const dbt::ManifestModel none;
    const dbt::ManifestModel& shown = model == nullptr ? none : *model;
    m_name->setText(toQString(shown.name));
    const QString description = toQString(shown.description);
    m_description->setText(description.size() > longestDescription
                               ? description.left(longestDescription) + QChar(0x2026)
                               : description);
    m_description->setVisible(!description.isEmpty());
    m_relation->setText(shown.relation.empty() && model != nullptr
                            ? tr("none: it is ephemeral, there is only its SQL")
                            : toQString(shown.relation));
    m_key->setText(model == nullptr ? QString() : keyText(shown));
    showColumns(shown);
    m_sql->setSql(shown.compiledSql);
    m_tabs->setTabEnabled(1, !shown.compiledSql.empty());
}

void DbtModelDetails::showColumns(const dbt::ManifestModel& model)
{
    m_columnsModel->setRowCount(0);
    m_columnsModel->setHorizontalHeaderLabels({tr("Column"), tr("Type"), tr("Description")});
    for (const dbt::ManifestColumn& column : model.columns) {
        auto* type = new QStandardItem(toQString(column.type));
        type->setData(true, RowsModel::NullRole);
        m_columnsModel->appendRow({new QStandardItem(toQString(column.name)), type,
                                   new QStandardItem(toQString(column.description).simplified())});
    }
    m_columns->resizeColumnToContents(0);
    m_columns->resizeColumnToContents(1);
}

} // namespace headgate::ui
