// SPDX-License-Identifier: GPL-3.0-or-later
#include "overview/trouble_records.h"

#include "theme/fonts.h"
#include "widgets/count_text.h"
#include "widgets/table_view.h"

#include <QHeaderView>
#include <QLabel>
#include <QTableWidget>

namespace headgate::ui {

QTableWidget* recordsTable(const QString& name, const QStringList& columns,
                           const std::vector<QStringList>& rows)
{
    auto* table = new QTableWidget(static_cast<int>(rows.size()), static_cast<int>(columns.size()));
    table->setAccessibleName(name);
    dressTable(table);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setHorizontalHeaderLabels(columns);
    table->verticalHeader()->hide();
    table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    for (int row = 0; row < table->rowCount(); ++row)
        for (int column = 0; column < table->columnCount(); ++column) {
            const QString text = rows[static_cast<std::size_t>(row)].value(column);
            auto* item = new QTableWidgetItem(text);
            item->setToolTip(text);
            table->setItem(row, column, item);
        }
    table->resizeColumnsToContents();
    table->horizontalHeader()->setStretchLastSection(true);
    table->setFixedHeight(rowHeight() * (table->rowCount() + 1) + 2 * table->frameWidth());
    return table;
}

QLabel* sectionHeading(const QString& text)
{
    auto* label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setFont(textFont(TextSize::Body, QFont::DemiBold));
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QLabel* sectionText(const QString& text)
{
    auto* label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace headgate::ui
