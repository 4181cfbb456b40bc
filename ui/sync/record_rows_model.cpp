// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/record_rows_model.h"

#include "base/text.h"
#include "data/json_members.h"

namespace headgate::ui {

namespace {

using Elements = std::vector<std::string_view>;
using Members = std::vector<data::JsonMember>;

QString shown(std::string_view value)
{
    return toQString(data::jsonText(value));
}

} // namespace

void RecordRowsModel::setRows(const std::string& json)
{
    beginResetModel();
    m_columns.clear();
    m_rows.clear();
    for (const std::string_view row : data::jsonElements(json).value_or(Elements())) {
        const auto model = data::jsonAt(row, "/model");
        const auto values = data::jsonAt(row, "/values");
        if (!values || !model || data::jsonText(*model) != "main")
            continue;
        QStringList cells;
        for (const data::JsonMember& member : data::jsonMembers(*values).value_or(Members())) {
            if (m_rows.empty())
                m_columns.append(toQString(member.name));
            cells.append(shown(member.value));
        }
        m_rows.push_back(std::move(cells));
    }
    endResetModel();
}

int RecordRowsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RecordRowsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant RecordRowsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    return m_rows[static_cast<std::size_t>(index.row())].value(index.column());
}

QVariant RecordRowsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole)
        return {};
    return orientation == Qt::Horizontal ? QVariant(m_columns.value(section))
                                         : QVariant(section + 1);
}

} // namespace headgate::ui
