// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/icon.h"

#include <QAbstractTableModel>
#include <string>
#include <unordered_map>
#include <vector>

namespace headgate::ui {

/// What is known of one chosen record.
struct PushState
{
    Tone tone = Tone::Neutral;
    QString text;
};

/// The keys that were chosen, each once, beside what would become or became of them.
class PushKeysModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        KeyColumn,
        StateColumn,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setKeys(std::vector<std::string> keys);
    /// How many of them were there before.
    std::size_t add(const std::vector<std::string>& keys);
    void remove(const std::vector<int>& rows);
    [[nodiscard]] const std::vector<std::string>& keys() const { return m_keys; }
    /// By key; `other` of those that are not named.
    void setStates(std::unordered_map<std::string, PushState> states, const PushState& other);
    void clearStates();

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] const PushState& stateOf(int row) const;
    void statesChanged();

    std::vector<std::string> m_keys;
    std::unordered_map<std::string, PushState> m_states;
    PushState m_other;
};

} // namespace headgate::ui
