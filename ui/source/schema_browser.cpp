// SPDX-License-Identifier: GPL-3.0-or-later
#include "source/schema_browser.h"

#include "base/text.h"
#include "theme/fonts.h"
#include "widgets/count_text.h"
#include "widgets/elided_label.h"
#include "widgets/empty_state.h"
#include "widgets/message_strip.h"
#include "widgets/search_field.h"
#include "widgets/spinner.h"
#include "widgets/table_view.h"
#include "widgets/type_icon.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace headgate::ui {

namespace {

constexpr int tableRole = Qt::UserRole;

enum ColumnsColumn
{
    ColumnName,
    ColumnType,
    ColumnNative,
    ColumnComment,
    ColumnsCount
};

QLabel* smallHeading(const QString& text)
{
    auto* label = new QLabel(text);
    label->setFont(textFont(TextSize::Small, QFont::DemiBold));
    label->setContentsMargins(grid::section, grid::gap, grid::section, grid::unit);
    return label;
}

bool fitsSearch(const warehouse::TableInfo& table, const QString& text)
{
    const QString name = toQString(table.schema + '.' + table.name);
    return name.contains(text, Qt::CaseInsensitive) ||
           toQString(table.comment).contains(text, Qt::CaseInsensitive);
}

} // namespace

SchemaBrowser::SchemaBrowser(QWidget* parent)
    : QWidget(parent), m_stack(new QStackedWidget),
      m_nothing(new EmptyState(Icon::Table, QString(), QString()))
{
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->setObjectName(QStringLiteral("source.tables"));
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(makeList());
    splitter->addWidget(makeDetails());
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({280, 720});
    m_stack->addWidget(m_nothing);
    m_stack->addWidget(splitter);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
}

QWidget* SchemaBrowser::makeList()
{
    m_search = new SearchField(tr("Search tables"));
    m_list = new QTreeWidget;
    m_list->setAccessibleName(tr("Tables and views"));
    m_list->setHeaderHidden(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->setIndentation(12);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_count = new QLabel;
    m_count->setAccessibleName(tr("How many tables"));
    m_count->setFont(textFont(TextSize::Small));
    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_count->setContentsMargins(grid::gap, grid::unit, grid::gap, grid::unit);
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* search = new QHBoxLayout;
    search->setContentsMargins(grid::gap, grid::gap, grid::gap, grid::gap);
    search->addWidget(m_search);
    layout->addLayout(search);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_count);
    connect(m_search, &SearchField::searched, this, &SchemaBrowser::filter);
    connect(m_search, &SearchField::wentDown, m_list, [this] { m_list->setFocus(); });
    connect(m_list, &QTreeWidget::currentItemChanged, this, &SchemaBrowser::choose);
    return box;
}

QWidget* SchemaBrowser::makeDetails()
{
    m_title = new ElidedLabel;
    m_title->setAccessibleName(tr("Table"));
    m_title->setFont(textFont(TextSize::Body, QFont::DemiBold));
    m_comment = new ElidedLabel;
    m_comment->setForegroundRole(QPalette::PlaceholderText);
    m_spinner = new Spinner;
    m_message = new MessageStrip;
    m_columns = new QTableWidget(0, ColumnsCount);
    m_columns->setAccessibleName(tr("Columns"));
    m_columns->setFrameShape(QFrame::NoFrame);
    m_columns->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_columns->setHorizontalHeaderLabels(
        {tr("Column"), tr("Type"), tr("In the warehouse"), tr("Comment")});
    m_columns->verticalHeader()->hide();
    m_columns->horizontalHeader()->setSectionResizeMode(ColumnComment, QHeaderView::Stretch);
    dressTable(m_columns);
    m_rows = new TableView;
    m_rows->setAccessibleName(tr("Sample rows"));
    m_rows->setFrameShape(QFrame::NoFrame);
    m_rowsHead = smallHeading({});

    auto* texts = new QVBoxLayout;
    texts->setSpacing(0);
    texts->addWidget(m_title);
    texts->addWidget(m_comment);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(grid::section, grid::gap, grid::section, grid::gap);
    head->addLayout(texts, 1);
    head->addWidget(m_spinner);
    auto* rows = new QWidget;
    auto* rowsLayout = new QVBoxLayout(rows);
    rowsLayout->setContentsMargins(0, 0, 0, 0);
    rowsLayout->setSpacing(0);
    rowsLayout->addWidget(m_rowsHead);
    rowsLayout->addWidget(m_rows, 1);
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->setObjectName(QStringLiteral("source.details"));
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_columns);
    splitter->addWidget(rows);
    splitter->setSizes({300, 300});
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_message);
    layout->addWidget(splitter, 1);

    m_right = new QStackedWidget;
    m_right->addWidget(new EmptyState(Icon::Table, tr("Choose a table"),
                                      tr("Its columns and some of its rows are shown here.")));
    m_right->addWidget(box);
    return m_right;
}

void SchemaBrowser::setNothing(const QString& title, const QString& sentence)
{
    m_tables.clear();
    m_nothing->setTexts(title, sentence);
    m_stack->setCurrentIndex(0);
}

void SchemaBrowser::setTables(const std::vector<warehouse::TableInfo>& tables)
{
    if (tables.empty())
        return setNothing(tr("No tables"),
                          tr("This user can see no table or view. Its rights decide that."));
    {
        const QSignalBlocker blocker(m_list);
        m_list->clear();
        m_tables = tables;
        std::map<std::string, QTreeWidgetItem*> schemas;
        for (std::size_t i = 0; i < m_tables.size(); ++i) {
            const warehouse::TableInfo& table = m_tables[i];
            QTreeWidgetItem*& schema = schemas[table.schema];
            if (schema == nullptr) {
                schema = new QTreeWidgetItem(m_list, {toQString(table.schema)});
                schema->setFlags(Qt::ItemIsEnabled);
                schema->setFont(0, textFont(TextSize::Small, QFont::DemiBold));
            }
            auto* item = new QTreeWidgetItem(schema, {toQString(table.name)});
            item->setIcon(0, themeIcon(table.kind == "table" ? Icon::Table : Icon::Model));
            item->setToolTip(
                0,
                toQString(table.comment.empty() ? table.kind : table.kind + ": " + table.comment));
            item->setData(0, tableRole, static_cast<qulonglong>(i));
        }
        m_list->setRootIsDecorated(schemas.size() > 1);
        m_list->expandAll();
    }
    m_right->setCurrentIndex(0);
    m_stack->setCurrentIndex(1);
    filter(m_search->text());
}

void SchemaBrowser::filter(const QString& text)
{
    int shown = 0;
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        QTreeWidgetItem* const schema = m_list->topLevelItem(i);
        bool any = false;
        for (int k = 0; k < schema->childCount(); ++k) {
            QTreeWidgetItem* const item = schema->child(k);
            const bool fits =
                text.isEmpty() || fitsSearch(m_tables[item->data(0, tableRole).toUInt()], text);
            item->setHidden(!fits);
            shown += fits ? 1 : 0;
            any = any || fits;
        }
        schema->setHidden(!any);
    }
    const std::size_t all = m_tables.size();
    m_count->setText(text.isEmpty()
                         ? tr("%1 tables and views", nullptr, pluralOf(all)).arg(countText(all))
                         : tr("%1 of %2").arg(QLocale().toString(shown), countText(all)));
}

void SchemaBrowser::choose(const QTreeWidgetItem* item)
{
    const QVariant number = item == nullptr ? QVariant() : item->data(0, tableRole);
    if (!number.isValid()) {
        m_right->setCurrentIndex(0);
        return Q_EMIT tableLeft();
    }
    const warehouse::TableInfo& table = m_tables[number.toUInt()];
    m_title->setText(
        toQString(table.schema.empty() ? table.name : table.schema + '.' + table.name));
    m_comment->setText(toQString(table.comment.empty() ? table.kind : table.comment));
    m_message->clear();
    m_columns->setRowCount(0);
    m_rowsHead->setText(tr("Sample rows"));
    m_rows->setRows(std::make_shared<const RowSet>(data::Schema(), std::vector<data::RowBlock>()));
    m_right->setCurrentIndex(1);
    m_spinner->start();
    Q_EMIT tableChosen(table);
}

void SchemaBrowser::showColumns(const data::Schema& columns)
{
    m_columns->setRowCount(static_cast<int>(columns.columns.size()));
    int row = 0;
    for (const data::Column& column : columns.columns) {
        auto* name = new QTableWidgetItem(themeIcon(typeIcon(column.kind)), toQString(column.name));
        m_columns->setItem(row, ColumnName, name);
        m_columns->setItem(row, ColumnType, new QTableWidgetItem(typeName(column.kind)));
        m_columns->setItem(row, ColumnNative, new QTableWidgetItem(toQString(column.nativeType)));
        auto* comment = new QTableWidgetItem(toQString(column.comment));
        comment->setToolTip(comment->text());
        m_columns->setItem(row, ColumnComment, comment);
        ++row;
    }
    for (const int column : {ColumnName, ColumnType, ColumnNative})
        m_columns->resizeColumnToContents(column);
}

void SchemaBrowser::showDetails(service::TableDetails details)
{
    m_spinner->stop();
    m_message->clear();
    showColumns(details.columns);
    const std::size_t rows = details.sample.block.rowCount();
    m_rowsHead->setText((details.sample.complete ? tr("All %1 rows", nullptr, pluralOf(rows))
                                                 : tr("First %1 rows", nullptr, pluralOf(rows)))
                            .arg(countText(rows)));
    std::vector<data::RowBlock> blocks;
    blocks.push_back(std::move(details.sample.block));
    m_rows->setRows(
        std::make_shared<const RowSet>(std::move(details.sample.schema), std::move(blocks)));
}

void SchemaBrowser::showTrouble(const Error& error)
{
    m_spinner->stop();
    m_message->showMessage(messageOf(error));
}

} // namespace headgate::ui
