// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/rows_model.h"

#include "base/text.h"
#include "widgets/type_icon.h"

#include <QLocale>
#include <algorithm>
#include <numeric>

namespace headgate::ui {
namespace {

constexpr std::uint32_t notShown = ~std::uint32_t(0);
constexpr std::uint8_t rowIsShown = 1;
constexpr std::uint8_t rowIsWanted = 2;

/// The first bytes of a text without cutting a character.
std::string_view beginningOf(std::string_view text, std::size_t bytes)
{
    if (text.size() <= bytes)
        return text;
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xc0) == 0x80)
        --bytes;
    return text.substr(0, bytes);
}

QString shownText(std::string_view text)
{
    const std::string_view begin = beginningOf(text, 4 * std::size_t(RowsModel::longestCell));
    QString shown = toQString(begin).left(RowsModel::longestCell);
    const bool cut = begin.size() < text.size() || toQString(begin).size() > shown.size();
    for (QChar& c : shown) {
        if (c == QLatin1Char('\n') || c == QLatin1Char('\r') || c == QLatin1Char('\t'))
            c = QLatin1Char(' ');
    }
    return cut ? shown + QChar(0x2026) : shown;
}

} // namespace

RowsModel::RowsModel(QObject* parent)
    : QAbstractTableModel(parent), m_rows(std::make_shared<RowSet>())
{}

void RowsModel::setRows(std::shared_ptr<const RowSet> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    m_names = m_rows->schema().addressableNames();
    m_order.resize(m_rows->rowCount());
    std::iota(m_order.begin(), m_order.end(), 0u);
    endResetModel();
}

void RowsModel::setOrder(const std::vector<std::uint32_t>& order)
{
    const std::size_t all = m_rows->rowCount();
    if (order.size() == all && m_order.size() == all) {
        permute(order);
        return;
    }
    // Rows that come are appended first and rows that go are cut off last, so that in between
    // there is only a change of order, which selections survive.
    std::vector<std::uint8_t> marks(all, 0);
    for (const std::uint32_t row : m_order)
        marks[row] |= rowIsShown;
    std::vector<std::uint32_t> coming;
    for (const std::uint32_t row : order) {
        marks[row] |= rowIsWanted;
        if ((marks[row] & rowIsShown) == 0)
            coming.push_back(row);
    }
    std::vector<std::uint32_t> next = order;
    for (const std::uint32_t row : m_order) {
        if ((marks[row] & rowIsWanted) == 0)
            next.push_back(row);
    }
    append(coming);
    permute(std::move(next));
    cut(order.size());
}

void RowsModel::append(const std::vector<std::uint32_t>& coming)
{
    if (coming.empty())
        return;
    const auto first = static_cast<int>(m_order.size());
    beginInsertRows({}, first, first + static_cast<int>(coming.size()) - 1);
    m_order.insert(m_order.end(), coming.begin(), coming.end());
    endInsertRows();
}

void RowsModel::cut(std::size_t rows)
{
    if (m_order.size() == rows)
        return;
    beginRemoveRows({}, static_cast<int>(rows), static_cast<int>(m_order.size()) - 1);
    m_order.resize(rows);
    endRemoveRows();
}

void RowsModel::permute(std::vector<std::uint32_t> order)
{
    if (order == m_order)
        return;
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    std::vector<std::uint32_t> places(m_rows->rowCount(), notShown);
    for (std::size_t row = 0; row < order.size(); ++row)
        places[order[row]] = static_cast<std::uint32_t>(row);
    const QModelIndexList before = persistentIndexList();
    QModelIndexList after;
    after.reserve(before.size());
    for (const QModelIndex& index : before)
        after.append(createIndex(static_cast<int>(places[sourceRow(index.row())]), index.column()));
    m_order = std::move(order);
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

std::size_t RowsModel::sourceRow(int row) const
{
    return m_order[static_cast<std::size_t>(row)];
}

data::ValueView RowsModel::valueAt(const QModelIndex& index) const
{
    return m_rows->at(sourceRow(index.row()), static_cast<std::size_t>(index.column()));
}

bool RowsModel::isRightAligned(int column) const
{
    return data::isNumber(m_rows->schema().columns[static_cast<std::size_t>(column)].kind);
}

int RowsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_order.size());
}

int RowsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows->columnCount());
}

QVariant RowsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const data::ValueView value = valueAt(index);
    switch (role) {
    case Qt::DisplayRole:
        if (value.isNull())
            return QStringLiteral("NULL");
        if (value.kind == data::ValueKind::Bytes)
            return tr("binary, %1")
                .arg(QLocale().formattedDataSize(static_cast<qint64>(value.text.size() / 4 * 3)));
        return shownText(value.text);
    case Qt::TextAlignmentRole:
        return QVariant(isRightAligned(index.column()) ? Qt::AlignRight | Qt::AlignVCenter
                                                       : Qt::AlignLeft | Qt::AlignVCenter);
    case NullRole:
        return value.isNull();
    case InvalidRole:
        return value.kind == data::ValueKind::Invalid;
    case SourceRowRole:
        return static_cast<qulonglong>(sourceRow(index.row()));
    default:
        return {};
    }
}

QVariant RowsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical) {
        const bool known = role == Qt::DisplayRole && section < rowCount();
        return known ? QVariant(static_cast<qulonglong>(sourceRow(section) + 1)) : QVariant();
    }
    if (section < 0 || section >= columnCount())
        return {};
    const auto number = static_cast<std::size_t>(section);
    const data::Column& column = m_rows->schema().columns[number];
    switch (role) {
    case Qt::DisplayRole:
        return toQString(m_names[number]);
    case Qt::DecorationRole:
        return themeIcon(typeIcon(column.kind), IconColor::Quiet);
    case Qt::TextAlignmentRole:
        return QVariant((isRightAligned(section) ? Qt::AlignRight : Qt::AlignLeft) |
                        Qt::AlignVCenter);
    case Qt::ToolTipRole:
        return QStringList{toQString(m_names[number]),
                           column.nativeType.empty() ? typeName(column.kind)
                                                     : toQString(column.nativeType),
                           toQString(column.comment)}
            .join(QLatin1Char('\n'))
            .trimmed();
    default:
        return {};
    }
}

} // namespace headgate::ui
