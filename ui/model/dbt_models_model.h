// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dbt/manifest.h"

#include <QAbstractTableModel>
#include <memory>

namespace headgate::ui {

/// The models of a manifest of which a search finds name, relation, description or a column.
class DbtModelsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        NameColumn,
        KindColumn,
        DescriptionColumn,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setManifest(std::shared_ptr<const dbt::Manifest> manifest);
    /// Every word has to be found.
    void setFilter(const QString& filter);
    [[nodiscard]] const dbt::ManifestModel& modelAt(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    void sift();

    std::shared_ptr<const dbt::Manifest> m_manifest = std::make_shared<dbt::Manifest>();
    QStringList m_texts; ///< of each model, what is searched
    QStringList m_words;
    std::vector<std::size_t> m_shown;
};

} // namespace headgate::ui
