// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/table_picker.h"

#include "base/text.h"
#include "theme/icon.h"
#include "theme/tokens.h"
#include "widgets/rows_model.h"
#include "widgets/search_field.h"
#include "widgets/table_view.h"
#include "widgets/type_icon.h"

#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QStandardItemModel>
#include <QVBoxLayout>

namespace headgate::ui {

namespace {

enum TableColumn
{
    TableName,
    TableSchema,
    TableKind,
    TableColumnCount
};

bool namesTable(const SqlTable& table, const project::TableReference& reference)
{
    return table.name == reference.name &&
           (reference.schema.empty() || table.schema == reference.schema);
}

} // namespace

void TablesModel::setCatalog(std::shared_ptr<const SqlCatalog> catalog)
{
    m_catalog = std::move(catalog);
    sift();
}

void TablesModel::setFilter(const QString& filter)
{
    m_filter = filter;
    sift();
}

void TablesModel::sift()
{
    beginResetModel();
    m_shown.clear();
    for (std::size_t i = 0; i < m_catalog->tables.size(); ++i) {
        const SqlTable& table = m_catalog->tables[i];
        const QString whole = toQString(table.schema) + QLatin1Char('.') + toQString(table.name);
        if (m_filter.isEmpty() || whole.contains(m_filter, Qt::CaseInsensitive))
            m_shown.push_back(i);
    }
    endResetModel();
}

const SqlTable& TablesModel::tableAt(int row) const
{
    return m_catalog->tables[m_shown[static_cast<std::size_t>(row)]];
}

int TablesModel::rowOf(const project::TableReference& table) const
{
    for (int row = 0; row < rowCount(); ++row)
        if (namesTable(tableAt(row), table))
            return row;
    return -1;
}

int TablesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int TablesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(TableColumnCount);
}

QVariant TablesModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const SqlTable& table = tableAt(index.row());
    if (role == Qt::DecorationRole && index.column() == TableName)
        return themeIcon(Icon::Table, IconColor::Quiet);
    if (role == RowsModel::NullRole)
        return index.column() != TableName;
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case TableName:
        return toQString(table.name);
    case TableSchema:
        return toQString(table.schema);
    case TableKind:
        return toQString(table.kind);
    default:
        return {};
    }
}

QVariant TablesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TableName:
        return tr("Table");
    case TableSchema:
        return tr("Schema");
    case TableKind:
        return tr("Kind");
    default:
        return {};
    }
}

TablePicker::TablePicker(QWidget* parent)
    : QWidget(parent), m_search(new SearchField(tr("Search tables"))), m_tables(new QTableView),
      m_columns(new QTableView), m_count(new QLabel)
{
    m_tables->setAccessibleName(tr("Tables of the source"));
    m_tables->setModel(&m_model);
    m_columns->setAccessibleName(tr("Columns of the table"));
    m_columns->setModel(new QStandardItemModel(0, 3, m_columns));
    for (QTableView* view : {m_tables, m_columns}) {
        dressTable(view);
        view->setFrameShape(QFrame::NoFrame);
        view->verticalHeader()->hide();
        view->horizontalHeader()->setStretchLastSection(true);
        view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    }
    m_tables->setSelectionMode(QAbstractItemView::SingleSelection);
    m_tables->setColumnWidth(TableName, 260);
    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_count->setContentsMargins(0, 0, grid::gap, 0);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(grid::gap, grid::unit, grid::gap, grid::unit);
    head->addWidget(m_search, 1);
    head->addWidget(m_count);
    auto* left = new QWidget;
    auto* leftLayout = new QVBoxLayout(left);
    leftLayout->setContentsMargins(0, 0, 0, 0);
    leftLayout->setSpacing(0);
    leftLayout->addLayout(head);
    leftLayout->addWidget(m_tables, 1);
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(left);
    splitter->addWidget(m_columns);
    splitter->setSizes({500, 400});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);
    connect(m_search, &SearchField::searched, this, [this](const QString& text) {
        const QScopedValueRollback selecting(m_selecting, true);
        m_model.setFilter(text);
        select();
    });
    connect(m_search, &SearchField::wentDown, m_tables, qOverload<>(&QWidget::setFocus));
    connect(m_tables->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& index) {
                if (m_selecting || !index.isValid())
                    return;
                const SqlTable& table = m_model.tableAt(index.row());
                m_table = project::TableReference{table.schema, table.name, {}};
                m_table->extra = data::JsonNode::object();
                showColumns();
                Q_EMIT chosen(*m_table);
            });
}

void TablePicker::setCatalog(std::shared_ptr<const SqlCatalog> catalog)
{
    const QScopedValueRollback selecting(m_selecting, true);
    m_model.setCatalog(std::move(catalog));
    const int tables = m_model.rowCount();
    m_count->setText(tr("%n tables", nullptr, tables));
    select();
    showColumns();
}

void TablePicker::setTable(const std::optional<project::TableReference>& table)
{
    if (m_table == table)
        return;
    m_table = table;
    const QScopedValueRollback selecting(m_selecting, true);
    select();
    showColumns();
}

void TablePicker::select()
{
    const int row = m_table ? m_model.rowOf(*m_table) : -1;
    if (row >= 0)
        m_tables->setCurrentIndex(m_model.index(row, 0));
    else
        m_tables->clearSelection();
}

void TablePicker::showColumns()
{
    auto* model = static_cast<QStandardItemModel*>(m_columns->model());
    model->setRowCount(0);
    model->setHorizontalHeaderLabels({tr("Column"), tr("Type"), tr("Comment")});
    const int row = m_table ? m_model.rowOf(*m_table) : -1;
    if (row < 0)
        return;
    const SqlTable& table = m_model.tableAt(row);
    if (!table.columns) {
        Q_EMIT columnsWanted({table});
        return;
    }
    for (const data::Column& column : *table.columns) {
        auto* name = new QStandardItem(themeIcon(typeIcon(column.kind), IconColor::Quiet),
                                       toQString(column.name));
        auto* type = new QStandardItem(column.nativeType.empty() ? typeName(column.kind)
                                                                 : toQString(column.nativeType));
        type->setData(true, RowsModel::NullRole);
        model->appendRow({name, type, new QStandardItem(toQString(column.comment))});
    }
    for (int each = 0; each < model->columnCount(); ++each)
        model->setHeaderData(each, Qt::Horizontal, QVariant(Qt::AlignLeft | Qt::AlignVCenter),
                             Qt::TextAlignmentRole);
    m_columns->setColumnWidth(0, 180);
    m_columns->setColumnWidth(1, 120);
}

} // namespace headgate::ui
