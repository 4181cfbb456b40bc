// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/profile_model.h"

#include "base/text.h"
#include "widgets/count_text.h"
#include "widgets/rows_model.h"
#include "widgets/type_icon.h"

#include <QLocale>

namespace headgate::ui {

namespace {

constexpr int longestValue = 60;

QString shownValue(const data::Value& value)
{
    QString text = toQString(std::string_view(value.text).substr(0, 4 * longestValue));
    if (text.size() > longestValue)
        text = text.left(longestValue) + QChar(0x2026);
    return text.replace(QLatin1Char('\n'), QLatin1Char(' '));
}

QString nullsText(const ColumnProfile& profile)
{
    if (profile.nulls == 0)
        return QStringLiteral("0");
    const double share = 100.0 * double(profile.nulls) / double(profile.rows);
    return ProfileModel::tr("%1 (%2 %)")
        .arg(countText(profile.nulls),
             share < 1 ? ProfileModel::tr("<1") : QLocale().toString(share, 'f', 0));
}

QString frequentText(const ColumnProfile& profile)
{
    QStringList values;
    for (const ColumnProfile::Frequent& frequent : profile.frequent)
        values << QStringLiteral("%1 × %2").arg(shownValue(frequent.value),
                                                countText(frequent.count));
    if (!values.isEmpty())
        return values.join(QStringLiteral(" · "));
    return profile.distinct > 0 ? ProfileModel::tr("each once") : QString();
}

} // namespace

void ProfileModel::setColumns(const data::Schema& schema, std::vector<ColumnProfile> profiles)
{
    if (schema == m_schema) {
        m_profiles = std::move(profiles);
        if (rowCount() > 0)
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_schema = schema;
    m_names = schema.addressableNames();
    m_profiles = std::move(profiles);
    endResetModel();
}

void ProfileModel::setDescriptions(std::map<std::string, std::string> descriptions)
{
    if (m_descriptions == descriptions)
        return;
    m_descriptions = std::move(descriptions);
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, DescriptionColumn), index(rowCount() - 1, DescriptionColumn));
}

int ProfileModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_schema.columns.size());
}

int ProfileModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString ProfileModel::textAt(std::size_t row, int column) const
{
    const data::Column& of = m_schema.columns[row];
    if (column == NameColumn)
        return toQString(m_names[row]);
    if (column == TypeColumn)
        return of.nativeType.empty() ? typeName(of.kind) : toQString(of.nativeType);
    if (column == DescriptionColumn) {
        const auto found = m_descriptions.find(m_names[row]);
        return toQString(found == m_descriptions.end() ? of.comment : found->second);
    }
    if (row >= m_profiles.size())
        return QStringLiteral("…");
    const ColumnProfile& profile = m_profiles[row];
    switch (column) {
    case NullsColumn:
        return nullsText(profile);
    case DistinctColumn:
        return countText(profile.distinct);
    case SmallestColumn:
        return shownValue(profile.smallest);
    case LargestColumn:
        return shownValue(profile.largest);
    case FrequentColumn:
        return frequentText(profile);
    default:
        return {};
    }
}

QVariant ProfileModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const auto row = static_cast<std::size_t>(index.row());
    const bool described = m_descriptions.contains(m_names[row]);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return textAt(row, index.column());
    case Qt::EditRole:
        return index.column() == DescriptionColumn && !described ? QString()
                                                                 : textAt(row, index.column());
    case Qt::DecorationRole:
        return index.column() == NameColumn
                   ? QVariant(themeIcon(typeIcon(m_schema.columns[row].kind), IconColor::Quiet))
                   : QVariant();
    case Qt::TextAlignmentRole:
        return index.column() == NullsColumn || index.column() == DistinctColumn
                   ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                   : QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    case RowsModel::NullRole:
        // The warehouse's own comment is quieter than a description of this model.
        return index.column() == TypeColumn || (index.column() == DescriptionColumn && !described);
    default:
        return {};
    }
}

QVariant ProfileModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical || (role != Qt::DisplayRole && role != Qt::TextAlignmentRole))
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(
            (section == NullsColumn || section == DistinctColumn ? Qt::AlignRight : Qt::AlignLeft) |
            Qt::AlignVCenter);
    switch (section) {
    case NameColumn:
        return tr("Column");
    case TypeColumn:
        return tr("Type");
    case NullsColumn:
        return tr("NULL");
    case DistinctColumn:
        return tr("Distinct");
    case SmallestColumn:
        return tr("Smallest");
    case LargestColumn:
        return tr("Largest");
    case FrequentColumn:
        return tr("Most frequent");
    case DescriptionColumn:
        return tr("Description");
    default:
        return {};
    }
}

Qt::ItemFlags ProfileModel::flags(const QModelIndex& index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return index.column() == DescriptionColumn ? flags | Qt::ItemIsEditable : flags;
}

bool ProfileModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::EditRole || index.column() != DescriptionColumn)
        return false;
    const std::string& column = m_names[static_cast<std::size_t>(index.row())];
    const std::string text = value.toString().trimmed().toStdString();
    const auto found = m_descriptions.find(column);
    if (text == (found == m_descriptions.end() ? std::string() : found->second))
        return false;
    if (text.empty())
        m_descriptions.erase(column);
    else
        m_descriptions[column] = text;
    Q_EMIT dataChanged(index, index);
    Q_EMIT described(column, text);
    return true;
}

} // namespace headgate::ui
