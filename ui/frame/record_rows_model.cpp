// SPDX-License-Identifier: GPL-3.0-or-later
#include "frame/record_rows_model.h"

#include "base/text.h"
#include "data/json.h"

namespace headgate::ui {

namespace {

QString shown(const data::JsonNode& value)
{
    return value.is_string() ? toQString(value.get_ref<const std::string&>())
                             : toQString(value.dump());
}

} // namespace

void RecordRowsModel::setRows(const std::string& json)
{
    beginResetModel();
    m_columns.clear();
    m_rows.clear();
    const auto rows = data::parseJson(json);
    if (rows && rows->is_array()) {
        for (const data::JsonNode& row : *rows) {
            QStringList cells;
            for (const auto& [name, value] : row.items()) {
                if (m_rows.empty())
                    m_columns.append(toQString(name));
                cells.append(shown(value));
            }
            m_rows.push_back(std::move(cells));
        }
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
