// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/dbt_models_model.h"

#include "base/text.h"
#include "theme/icon.h"
#include "widgets/rows_model.h"

#include <algorithm>

namespace headgate::ui {

namespace {

QString searchedText(const dbt::ManifestModel& model)
{
    QStringList parts{toQString(model.name), toQString(model.relation),
                      toQString(model.description)};
    for (const dbt::ManifestColumn& column : model.columns)
        parts.append(toQString(column.name));
    return parts.join(QLatin1Char('\n'));
}

} // namespace

void DbtModelsModel::setManifest(std::shared_ptr<const dbt::Manifest> manifest)
{
    m_manifest = std::move(manifest);
    m_texts.clear();
    for (const dbt::ManifestModel& model : m_manifest->models)
        m_texts.append(searchedText(model));
    sift();
}

void DbtModelsModel::setFilter(const QString& filter)
{
    m_words = filter.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    sift();
}

void DbtModelsModel::sift()
{
    beginResetModel();
    m_shown.clear();
    for (std::size_t i = 0; i < m_manifest->models.size(); ++i) {
        const QString& text = m_texts[static_cast<qsizetype>(i)];
        if (std::all_of(m_words.begin(), m_words.end(), [&](const QString& word) {
                return text.contains(word, Qt::CaseInsensitive);
            }))
            m_shown.push_back(i);
    }
    endResetModel();
}

const dbt::ManifestModel& DbtModelsModel::modelAt(int row) const
{
    return m_manifest->models[m_shown[static_cast<std::size_t>(row)]];
}

int DbtModelsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int DbtModelsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant DbtModelsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const dbt::ManifestModel& model = modelAt(index.row());
    if (role == Qt::DecorationRole && index.column() == NameColumn)
        return themeIcon(Icon::Model, IconColor::Quiet);
    if (role == RowsModel::NullRole)
        return index.column() != NameColumn;
    if (role == Qt::ToolTipRole && index.column() == NameColumn)
        return toQString(model.relation);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case NameColumn:
        return toQString(model.name);
    case KindColumn:
        return toQString(model.kind);
    case DescriptionColumn:
        return toQString(model.description).simplified();
    default:
        return {};
    }
}

QVariant DbtModelsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Model");
    case KindColumn:
        return tr("Kind");
    case DescriptionColumn:
        return tr("Description");
    default:
        return {};
    }
}

} // namespace headgate::ui
