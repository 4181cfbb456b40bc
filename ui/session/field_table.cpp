// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/field_table.h"

#include "base/text.h"
#include "theme/icon.h"
#include "widgets/table_view.h"

#include <QHeaderView>
#include <algorithm>

namespace headgate::ui {

namespace {

enum FieldColumn
{
    Name,
    Type,
    Needed,
    Last,
    Count
};

Icon iconOfType(const std::string& type)
{
    if (type == "number" || type == "integer")
        return Icon::TypeNumber;
    if (type == "boolean")
        return Icon::TypeBool;
    if (type == "date" || type == "datetime")
        return Icon::TypeDate;
    return type == "string" ? Icon::TypeText : Icon::TypeJson;
}

} // namespace

FieldTable::FieldTable(const QString& title, QWidget* parent) : QTableWidget(0, Count, parent)
{
    setAccessibleName(tr("Fields"));
    setFrameShape(QFrame::NoFrame);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalHeaderLabels({tr("Field"), tr("Type"), tr("Needed"), title});
    verticalHeader()->hide();
    horizontalHeader()->setSectionResizeMode(Last, QHeaderView::Stretch);
    dressTable(this);
}

void FieldTable::setFields(std::vector<connector::FieldInfo> fields,
                           const std::function<Remark(const connector::FieldInfo&)>& remark)
{
    std::stable_partition(fields.begin(), fields.end(),
                          [](const connector::FieldInfo& field) { return field.required; });
    setRowCount(static_cast<int>(fields.size()));
    int row = 0;
    for (const connector::FieldInfo& field : fields) {
        const QString name = toQString(field.name);
        setItem(row, Name,
                new QTableWidgetItem(themeIcon(iconOfType(field.type)),
                                     field.label.isEmpty() || field.label == name
                                         ? name
                                         : tr("%1  (%2)").arg(name, field.label)));
        setItem(row, Type, new QTableWidgetItem(toQString(field.type)));
        auto* needed = new QTableWidgetItem(field.required ? tr("needed") : QString());
        if (field.required)
            needed->setIcon(themeIcon(Icon::Required, IconColor::Accent));
        setItem(row, Needed, needed);
        const Remark said = remark(field);
        auto* last = new QTableWidgetItem(said.text);
        if (said.isTrouble)
            last->setIcon(themeIcon(Tone::Warning));
        setItem(row, Last, last);
        ++row;
    }
    for (const int column : {Name, Type, Needed})
        resizeColumnToContents(column);
}

void FieldTable::filter(const QString& text)
{
    for (int row = 0; row < rowCount(); ++row)
        setRowHidden(row, !text.isEmpty() &&
                              !item(row, Name)->text().contains(text, Qt::CaseInsensitive));
}

} // namespace headgate::ui
