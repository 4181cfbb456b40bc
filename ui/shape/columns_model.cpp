// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/columns_model.h"

#include "base/text.h"
#include "shape/shape_mime.h"
#include "theme/fonts.h"
#include "widgets/type_icon.h"

#include <QMimeData>
#include <algorithm>

namespace headgate::ui {

namespace {

constexpr quintptr groupId = 0; ///< of the rows of models; columns have their group's number + 1
constexpr std::size_t rowsLookedAt = 1000;
constexpr std::size_t longestValue = 120; ///< bytes of a value that are shown

std::string modelOf(const shape::Leaf& leaf, const std::string& scope)
{
    const std::string& model = leaf.model.empty() ? scope : leaf.model;
    return model == shape::mainModel ? std::string() : model;
}

void addUsed(const shape::Node& node, const std::string& scope, std::vector<shape::ColumnRef>& used)
{
    const auto add = [&](const std::string& model, const std::string& column) {
        if (!column.empty())
            used.push_back({model == shape::mainModel ? std::string() : model, column});
    };
    if (node.isLeaf())
        return add(modelOf(node.leaf, scope), node.leaf.column);
    std::string inner = scope;
    if (node.kind == shape::NodeKind::List || node.kind == shape::NodeKind::Map) {
        if (!node.list.source.model.empty())
            inner = node.list.source.model;
        for (const shape::SortKey& key : node.list.sortBy)
            add(inner, key.column);
        for (const std::string& column : node.list.distinct)
            add(inner, column);
        for (const std::string& column : node.list.groupBy)
            add(inner, column);
        add(inner, node.list.key.column);
    }
    for (const shape::Node& child : node.children)
        addUsed(child, inner, used);
}

} // namespace

std::vector<shape::ColumnRef> usedColumns(const shape::Shape& shape)
{
    std::vector<shape::ColumnRef> used;
    addUsed(shape.root, std::string(), used);
    return used;
}

ColumnsModel::ColumnsModel(QObject* parent) : QAbstractItemModel(parent) {}

void ColumnsModel::addGroup(const QString& name, const QString& note, const std::string& model,
                            const data::Schema& schema)
{
    Group group{name, note, {}};
    const auto names = schema.addressableNames();
    for (std::size_t i = 0; i < names.size(); ++i)
        group.entries.push_back({{model, names[i]},
                                 schema.columns[i].kind,
                                 toQString(schema.columns[i].nativeType),
                                 toQString(schema.columns[i].comment)});
    m_groups.push_back(std::move(group));
}

void ColumnsModel::setSample(std::shared_ptr<const service::RecordSample> sample,
                             const QString& mainName)
{
    beginResetModel();
    m_sample = std::move(sample);
    m_record = 0;
    m_groups.clear();
    addGroup(mainName, {}, {}, m_sample->models.main);
    for (const shape::RelatedModel& related : m_sample->models.related) {
        QStringList joins;
        for (std::size_t i = 0; i < related.columns.size() && i < related.mainColumns.size(); ++i)
            joins.append(QStringLiteral("%1 = %2").arg(toQString(related.mainColumns[i]),
                                                       toQString(related.columns[i])));
        addGroup(toQString(related.name), joins.join(QStringLiteral(", ")), related.name,
                 related.schema);
    }
    endResetModel();
}

void ColumnsModel::setRecord(std::size_t record)
{
    m_record = record;
    refresh();
}

void ColumnsModel::setShape(const shape::Shape& shape)
{
    if (!m_sample)
        return;
    const auto used = usedColumns(shape);
    for (Group& group : m_groups)
        for (Entry& entry : group.entries) {
            entry.used = std::find(used.begin(), used.end(), entry.column) != used.end();
            entry.varies = shape::cardinalityOf(shape, m_sample->models, shape.root.id,
                                                entry.column) == shape::Cardinality::Many;
        }
    refresh();
}

void ColumnsModel::setFocus(const ShapeFocus& focus)
{
    if (m_focus.column == focus.column)
        return;
    m_focus = focus;
    refresh();
}

void ColumnsModel::refresh()
{
    for (int group = 0; group < static_cast<int>(m_groups.size()); ++group) {
        const int rows = static_cast<int>(m_groups[static_cast<std::size_t>(group)].entries.size());
        const QModelIndex top = index(group, 0, {});
        if (rows > 0)
            Q_EMIT dataChanged(index(0, 0, top), index(rows - 1, ColumnCount - 1, top));
    }
}

QModelIndex ColumnsModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column,
                       parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : groupId);
}

QModelIndex ColumnsModel::parent(const QModelIndex& child) const
{
    if (!child.isValid() || child.internalId() == groupId)
        return {};
    return createIndex(static_cast<int>(child.internalId()) - 1, 0, groupId);
}

int ColumnsModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_groups.size());
    if (parent.internalId() != groupId || parent.column() != 0)
        return 0;
    return static_cast<int>(m_groups[static_cast<std::size_t>(parent.row())].entries.size());
}

int ColumnsModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

const ColumnsModel::Entry* ColumnsModel::entryAt(const QModelIndex& index) const
{
    if (!index.isValid() || index.internalId() == groupId)
        return nullptr;
    return &m_groups[index.internalId() - 1].entries[static_cast<std::size_t>(index.row())];
}

std::optional<shape::ColumnRef> ColumnsModel::columnAt(const QModelIndex& index) const
{
    const Entry* const entry = entryAt(index);
    return entry ? std::optional(entry->column) : std::nullopt;
}

QModelIndex ColumnsModel::indexOf(const shape::ColumnRef& column) const
{
    for (std::size_t group = 0; group < m_groups.size(); ++group)
        for (std::size_t row = 0; row < m_groups[group].entries.size(); ++row)
            if (m_groups[group].entries[row].column == column)
                return createIndex(static_cast<int>(row), 0, group + 1);
    return {};
}

QString ColumnsModel::valueText(std::size_t model, std::size_t column) const
{
    if (!m_sample || m_record >= m_sample->records.size())
        return {};
    const service::RecordSample::Record& record = m_sample->records[m_record];
    const data::RowBlock& block = model == 0 ? m_sample->main : m_sample->related[model - 1];
    const auto& rows = model == 0 ? record.rows : record.related[model - 1];
    QStringList distinct;
    for (std::size_t i = 0; i < rows.size() && i < rowsLookedAt && distinct.size() < 4; ++i) {
        const data::ValueView cell = block.at(rows[i], column);
        const QString text =
            cell.isNull() ? tr("NULL") : toQString(cell.text.substr(0, longestValue));
        if (!distinct.contains(text))
            distinct.append(text);
    }
    if (distinct.size() == 4)
        distinct.back() = QStringLiteral("\u2026");
    return distinct.isEmpty() ? tr("no rows") : distinct.join(QStringLiteral(" \u00B7 "));
}

QVariant ColumnsModel::modelData(const Group& group, const QModelIndex& index, int role) const
{
    if (role == Qt::DisplayRole)
        return index.column() == NameColumn ? group.name : group.note;
    if (role == Qt::FontRole && index.column() == NameColumn)
        return textFont(TextSize::Small, QFont::DemiBold);
    if (role == Qt::DecorationRole && index.column() == NameColumn)
        return themeIcon(index.row() == 0 ? Icon::Model : Icon::Link);
    return {};
}

QVariant ColumnsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Entry* const entry = entryAt(index);
    if (entry == nullptr)
        return modelData(m_groups[static_cast<std::size_t>(index.row())], index, role);
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == NameColumn
                   ? toQString(entry->column.column)
                   : valueText(index.internalId() - 1, static_cast<std::size_t>(index.row()));
    case Qt::DecorationRole:
        return index.column() == NameColumn ? QVariant(themeIcon(typeIcon(entry->kind)))
                                            : QVariant();
    case Qt::ToolTipRole:
        return tr("%1 (%2)%3")
            .arg(toQString(entry->column.column), entry->nativeType,
                 entry->comment.isEmpty() ? QString() : QLatin1Char('\n') + entry->comment);
    case Qt::AccessibleTextRole:
        return index.column() == NameColumn
                   ? tr("%1, %2, %3%4")
                         .arg(toQString(entry->column.column), typeName(entry->kind),
                              entry->varies ? tr("several values a record")
                                            : tr("one value a record"),
                              entry->used ? tr(", used") : QString())
                   : QVariant();
    case VariesRole:
        return entry->varies;
    case UsedRole:
        return entry->used;
    case FocusRole:
        return m_focus.column == entry->column;
    default:
        return {};
    }
}

QVariant ColumnsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == NameColumn ? tr("Column") : tr("In this record");
}

Qt::ItemFlags ColumnsModel::flags(const QModelIndex& index) const
{
    if (entryAt(index) == nullptr)
        return index.isValid() ? Qt::ItemIsEnabled : Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled |
           Qt::ItemNeverHasChildren;
}

QStringList ColumnsModel::mimeTypes() const
{
    return {columnsMimeType()};
}

QMimeData* ColumnsModel::mimeData(const QModelIndexList& indexes) const
{
    std::vector<shape::ColumnRef> columns;
    for (const QModelIndex& index : indexes)
        if (const auto column = columnAt(index); column && index.column() == NameColumn)
            columns.push_back(*column);
    return columns.empty() ? nullptr : mimeOf(columns).release();
}

} // namespace headgate::ui
