// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/push_keys_model.h"

#include "base/text.h"
#include "theme/fonts.h"

#include <unordered_set>

namespace headgate::ui {

std::size_t PushKeysModel::add(const std::vector<std::string>& keys)
{
    std::unordered_set<std::string> known(m_keys.begin(), m_keys.end());
    std::vector<std::string> fresh;
    for (const std::string& key : keys)
        if (!key.empty() && known.insert(key).second)
            fresh.push_back(key);
    if (!fresh.empty()) {
        const auto first = static_cast<int>(m_keys.size());
        beginInsertRows({}, first, first + static_cast<int>(fresh.size()) - 1);
        m_keys.insert(m_keys.end(), fresh.begin(), fresh.end());
        endInsertRows();
        clearStates();
    }
    return keys.size() - fresh.size();
}

void PushKeysModel::setKeys(std::vector<std::string> keys)
{
    beginResetModel();
    m_keys = std::move(keys);
    m_states.clear();
    m_other = {};
    endResetModel();
}

void PushKeysModel::remove(const std::vector<int>& rows)
{
    const std::unordered_set<int> gone(rows.begin(), rows.end());
    std::vector<std::string> left;
    for (int row = 0; row < rowCount(); ++row)
        if (!gone.contains(row))
            left.push_back(m_keys[static_cast<std::size_t>(row)]);
    setKeys(std::move(left));
}

void PushKeysModel::setStates(std::unordered_map<std::string, PushState> states,
                              const PushState& other)
{
    m_states = std::move(states);
    m_other = other;
    statesChanged();
}

void PushKeysModel::clearStates()
{
    setStates({}, {});
}

void PushKeysModel::statesChanged()
{
    if (!m_keys.empty())
        Q_EMIT dataChanged(index(0, StateColumn), index(rowCount() - 1, StateColumn));
}

const PushState& PushKeysModel::stateOf(int row) const
{
    const auto found = m_states.find(m_keys[static_cast<std::size_t>(row)]);
    return found == m_states.end() ? m_other : found->second;
}

int PushKeysModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_keys.size());
}

int PushKeysModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant PushKeysModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const PushState& state = stateOf(index.row());
    const bool isKey = index.column() == KeyColumn;
    switch (role) {
    case Qt::DisplayRole:
        return isKey ? toQString(m_keys[static_cast<std::size_t>(index.row())]) : state.text;
    case Qt::FontRole:
        return isKey ? QVariant(codeFont()) : QVariant();
    case Qt::ToolTipRole:
        return isKey ? QVariant() : QVariant(state.text);
    case Qt::DecorationRole:
        return isKey || state.text.isEmpty() ? QVariant() : QVariant(themeIcon(state.tone));
    default:
        return {};
    }
}

QVariant PushKeysModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    return section == KeyColumn ? tr("Record key") : tr("What becomes of it");
}

} // namespace headgate::ui
