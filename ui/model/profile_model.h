// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/column_profile.h"

#include <QAbstractTableModel>
#include <map>
#include <string>

namespace headgate::ui {

/// A row per column of a model: what the fetched rows say of it, and its
/// description, which can be edited.
class ProfileModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        NameColumn,
        TypeColumn,
        NullsColumn,
        DistinctColumn,
        SmallestColumn,
        LargestColumn,
        FrequentColumn,
        DescriptionColumn,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// `profiles` empty: not known yet.
    void setColumns(const data::Schema& schema, std::vector<ColumnProfile> profiles);
    void setDescriptions(std::map<std::string, std::string> descriptions);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

Q_SIGNALS:
    void described(const std::string& column, const std::string& description);

private:
    [[nodiscard]] QString textAt(std::size_t row, int column) const;

    data::Schema m_schema;
    std::vector<std::string> m_names;
    std::vector<ColumnProfile> m_profiles;
    std::map<std::string, std::string> m_descriptions;
};

} // namespace headgate::ui
