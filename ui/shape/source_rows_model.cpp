// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/source_rows_model.h"

#include "base/text.h"
#include "theme/tokens.h"
#include "widgets/type_icon.h"

#include <QGuiApplication>
#include <QPalette>
#include <algorithm>
#include <map>

namespace headgate::ui {

namespace {

constexpr std::size_t longestCell = 300; ///< bytes that are shown

} // namespace

QString reasonText(shape::DropReason reason)
{
    switch (reason) {
    case shape::DropReason::Where:
        return SourceRowsModel::tr("fails the condition");
    case shape::DropReason::NoMatch:
        return SourceRowsModel::tr("all its values are null");
    case shape::DropReason::Duplicate:
        return SourceRowsModel::tr("like an earlier row");
    case shape::DropReason::BeyondLimit:
        return SourceRowsModel::tr("beyond the maximum");
    case shape::DropReason::RepeatedKey:
        return SourceRowsModel::tr("its key is taken");
    case shape::DropReason::NotPicked:
        return SourceRowsModel::tr("another row was taken");
    case shape::DropReason::Null:
        return SourceRowsModel::tr("null is left out");
    case shape::DropReason::Missing:
        return SourceRowsModel::tr("found no row");
    }
    return {};
}

QString reasonWord(shape::DropReason reason)
{
    switch (reason) {
    case shape::DropReason::Where:
        return SourceRowsModel::tr("condition");
    case shape::DropReason::NoMatch:
        return SourceRowsModel::tr("all null");
    case shape::DropReason::Duplicate:
        return SourceRowsModel::tr("duplicate");
    case shape::DropReason::BeyondLimit:
        return SourceRowsModel::tr("beyond");
    case shape::DropReason::RepeatedKey:
        return SourceRowsModel::tr("key taken");
    case shape::DropReason::NotPicked:
        return SourceRowsModel::tr("not taken");
    case shape::DropReason::Null:
        return SourceRowsModel::tr("null");
    case shape::DropReason::Missing:
        return SourceRowsModel::tr("no row");
    }
    return {};
}

SourceRowsModel::SourceRowsModel(QObject* parent) : QAbstractTableModel(parent) {}

const data::RowBlock& SourceRowsModel::block() const
{
    return m_model == 0 ? m_sample->main : m_sample->related[m_model - 1];
}

const data::Schema& SourceRowsModel::schema() const
{
    return m_model == 0 ? m_sample->models.main : m_sample->models.related[m_model - 1].schema;
}

void SourceRowsModel::setRecord(std::shared_ptr<const service::RecordSample> sample,
                                std::size_t model, const SharedLiveRecord& live)
{
    beginResetModel();
    m_sample = std::move(sample);
    m_model = model;
    m_live = live;
    m_rows.clear();
    m_names = m_sample ? schema().addressableNames() : std::vector<std::string>();
    if (m_sample && m_live && m_live->record < m_sample->records.size())
        addRows();
    endResetModel();
}

void SourceRowsModel::addRows()
{
    const auto& record = m_sample->records[m_live->record];
    const auto& rows = m_model == 0 ? record.rows : record.related[m_model - 1];
    // Rows are numbered from 1 in the order of the sample's block.
    std::map<std::uint64_t, std::pair<std::size_t, std::size_t>> places;
    for (const shape::ProvenanceValue& value : m_live->shaped.provenance.values)
        if (value.element && value.origin && value.origin->model == m_model)
            places.try_emplace(value.origin->row, value.begin, *value.element);
    std::map<std::uint64_t, shape::DropReason> drops;
    for (const shape::ProvenanceDrop& drop : m_live->shaped.provenance.drops)
        if (drop.origin && drop.origin->model == m_model &&
            drop.reason != shape::DropReason::NotPicked)
            drops.try_emplace(drop.origin->row, drop.reason);
    for (const std::uint32_t row : rows) {
        const auto place = places.find(row + 1);
        const auto drop = drops.find(row + 1);
        const bool isDropped = drop != drops.end() && place == places.end();
        m_rows.push_back(
            {row, std::nullopt, isDropped ? std::optional(drop->second) : std::nullopt,
             place == places.end() ? std::pair(SIZE_MAX, std::size_t(0)) : place->second});
    }
    const auto rank = [](const Row& row) { return std::pair(row.dropped ? 1 : 0, row.place); };
    std::stable_sort(m_rows.begin(), m_rows.end(),
                     [&](const Row& a, const Row& b) { return rank(a) < rank(b); });
    std::size_t number = 0;
    for (Row& row : m_rows)
        if (!row.dropped)
            row.number = ++number;
}

void SourceRowsModel::setMarks(const ShapeMarks& marks)
{
    if (m_marks == marks)
        return;
    m_marks = marks;
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1),
                           {FocusRole, Qt::BackgroundRole});
}

std::optional<shape::RowOrigin> SourceRowsModel::originAt(const QModelIndex& index) const
{
    if (!index.isValid())
        return std::nullopt;
    return shape::RowOrigin{m_model, m_rows[static_cast<std::size_t>(index.row())].row + 1};
}

std::optional<shape::ColumnRef> SourceRowsModel::columnAt(const QModelIndex& index) const
{
    if (!index.isValid() || index.column() == 0)
        return std::nullopt;
    return shape::ColumnRef{m_model == 0 ? std::string()
                                         : m_sample->models.related[m_model - 1].name,
                            m_names[static_cast<std::size_t>(index.column() - 1)]};
}

QModelIndex SourceRowsModel::indexOf(const shape::RowOrigin& row) const
{
    for (std::size_t i = 0; row.model == m_model && i < m_rows.size(); ++i)
        if (m_rows[i].row + 1 == row.row)
            return index(static_cast<int>(i), 0);
    return {};
}

bool SourceRowsModel::isMarked(const ShapeMarks& marks, const QModelIndex& index) const
{
    const bool rowsMeant = marks.hasRowsOf(m_model);
    if (rowsMeant && !marks.hasRow(*originAt(index)))
        return false;
    const auto column = columnAt(index);
    return column ? marks.hasColumn(*column) : rowsMeant;
}

QModelIndex SourceRowsModel::firstMarked(const ShapeMarks& marks) const
{
    QModelIndex number;
    for (int row = 0; row < rowCount(); ++row)
        for (int column = columnCount() - 1; column >= 0; --column)
            if (const QModelIndex cell = index(row, column); isMarked(marks, cell)) {
                number = cell;
                if (column > 0)
                    return cell;
            }
    return number;
}

int SourceRowsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int SourceRowsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() || m_names.empty() ? 0 : static_cast<int>(m_names.size()) + 1;
}

QVariant SourceRowsModel::numberData(const Row& row, int role)
{
    switch (role) {
    case Qt::DisplayRole:
        return row.dropped ? reasonWord(*row.dropped) : QString::number(row.number.value_or(0));
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return row.dropped ? QVariant(reasonText(*row.dropped)) : QVariant();
    default:
        return {};
    }
}

QVariant SourceRowsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    const bool focused = isMarked(m_marks, index);
    switch (role) {
    case DroppedRole:
        return row.dropped.has_value();
    case FocusRole:
        return focused;
    case Qt::BackgroundRole:
        return focused ? QVariant(tokens(QGuiApplication::palette()).link(0).fill) : QVariant();
    case Qt::ForegroundRole:
        return !row.dropped && !data(index, RowsModel::NullRole).toBool()
                   ? QVariant()
                   : QVariant(tokens(QGuiApplication::palette()).tertiary);
    default:
        break;
    }
    if (index.column() == 0)
        return numberData(row, role);
    const data::ValueView cell = block().at(row.row, static_cast<std::size_t>(index.column() - 1));
    if (role == RowsModel::NullRole)
        return cell.isNull();
    if (role == Qt::DisplayRole)
        return cell.isNull() ? tr("NULL") : toQString(cell.text.substr(0, longestCell));
    if (role == Qt::ToolTipRole)
        return toQString(cell.text.substr(0, 20 * longestCell));
    return {};
}

QVariant SourceRowsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (section == 0)
        return role == Qt::DisplayRole ? QVariant(tr("#")) : QVariant();
    const auto column = static_cast<std::size_t>(section - 1);
    if (role == Qt::DisplayRole)
        return toQString(m_names[column]);
    if (role == Qt::DecorationRole)
        return themeIcon(typeIcon(schema().columns[column].kind), IconColor::Quiet);
    return {};
}

} // namespace headgate::ui
