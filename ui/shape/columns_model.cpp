// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/columns_model.h"

#include "base/text.h"
#include "shape/columns_read.h"
#include "shape/node_text.h"
#include "shape/shape_mime.h"
#include "theme/fonts.h"
#include "widgets/type_icon.h"

#include <QMimeData>
#include <algorithm>
#include <array>

namespace headgate::ui {

namespace {

constexpr quintptr groupId = 0; ///< of the rows of models; columns have their group's number + 1
constexpr std::size_t rowsLookedAt = 1000;
constexpr std::size_t longestValue = 120; ///< bytes of a value that are shown

/// In the order of the group.
constexpr std::array makers{shape::NodeKind::Constant, shape::NodeKind::Text, shape::NodeKind::Map};

bool holds(const shape::Node& node, shape::NodeKind kind)
{
    return node.kind == kind ||
           std::any_of(node.children.begin(), node.children.end(),
                       [kind](const shape::Node& child) { return holds(child, kind); });
}

struct MakerTexts
{
    QString name;
    QString example;
    QString explanation;
};

MakerTexts textsOf(shape::NodeKind maker)
{
    switch (maker) {
    case shape::NodeKind::Constant:
        return {ColumnsModel::tr("Constant"), QStringLiteral("\"EUR\""),
                ColumnsModel::tr("The same text, number, true or false in every record.")};
    case shape::NodeKind::Text:
        return {ColumnsModel::tr("Text"), QStringLiteral("Dear {name}"),
                ColumnsModel::tr("A text with the values of columns in it. A column that is "
                                 "dropped on it is added to its text.")};
    case shape::NodeKind::Map:
        return {ColumnsModel::tr("Map"), QStringLiteral("{\"a\": 1}"),
                ColumnsModel::tr("An object with a member for each row, named by a column.")};
    case shape::NodeKind::Object:
    case shape::NodeKind::List:
    case shape::NodeKind::Column:
    case shape::NodeKind::Json:
        break;
    }
    return {};
}

Icon makerIcon(shape::NodeKind kind)
{
    shape::Node node;
    node.kind = kind;
    return iconOf(node);
}

} // namespace

ColumnsModel::ColumnsModel(QObject* parent) : QAbstractItemModel(parent) {}

void ColumnsModel::addGroup(const QString& name, const QString& note, const std::string& model,
                            const data::Schema& schema)
{
    Group group{name, note, {}};
    const auto names = schema.addressableNames();
    for (std::size_t i = 0; i < names.size(); ++i) {
        Entry entry;
        entry.column = {model, names[i]};
        entry.kind = schema.columns[i].kind;
        entry.nativeType = toQString(schema.columns[i].nativeType);
        entry.comment = toQString(schema.columns[i].comment);
        group.entries.push_back(std::move(entry));
    }
    m_groups.push_back(std::move(group));
}

void ColumnsModel::addConstants()
{
    Group group{tr("Constants"), {}, {}};
    for (const shape::NodeKind kind : makers) {
        Entry entry;
        entry.made = kind;
        group.entries.push_back(std::move(entry));
    }
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
    addConstants();
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
    const auto used = shape::columnsReadWithin(shape, shape.root.id);
    for (Group& group : m_groups)
        for (Entry& entry : group.entries) {
            if (entry.made) {
                entry.used = holds(shape.root, *entry.made);
                continue;
            }
            entry.used = std::find(used.begin(), used.end(), entry.column) != used.end();
            entry.varies = shape::cardinalityOf(shape, m_sample->models, shape.root.id,
                                                entry.column) == shape::Cardinality::Many;
        }
    refresh();
}

void ColumnsModel::setMarks(const ShapeMarks& marks)
{
    if (m_marks == marks)
        return;
    m_marks = marks;
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
    return entry && !entry->made ? std::optional(entry->column) : std::nullopt;
}

std::optional<shape::NodeKind> ColumnsModel::madeAt(const QModelIndex& index) const
{
    const Entry* const entry = entryAt(index);
    return entry ? entry->made : std::nullopt;
}

QModelIndex ColumnsModel::indexOf(shape::NodeKind made) const
{
    const auto found = std::find(makers.begin(), makers.end(), made);
    return found == makers.end() || m_groups.empty()
               ? QModelIndex()
               : createIndex(static_cast<int>(found - makers.begin()), 0, m_groups.size());
}

QModelIndex ColumnsModel::indexOf(const shape::ColumnRef& column) const
{
    for (std::size_t group = 0; group < m_groups.size(); ++group)
        for (std::size_t row = 0; row < m_groups[group].entries.size(); ++row)
            if (!m_groups[group].entries[row].made && m_groups[group].entries[row].column == column)
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
        return themeIcon(index.row() == 0             ? Icon::Model
                         : group.entries.front().made ? Icon::Pin
                                                      : Icon::Link);
    return {};
}

QVariant ColumnsModel::madeData(const Entry& entry, const QModelIndex& index, int role) const
{
    const bool named = index.column() == NameColumn;
    const MakerTexts texts = textsOf(*entry.made);
    switch (role) {
    case Qt::DisplayRole:
        return named ? texts.name : texts.example;
    case Qt::DecorationRole:
        return named ? QVariant(themeIcon(makerIcon(*entry.made))) : QVariant();
    case Qt::ToolTipRole:
        return texts.explanation;
    case Qt::AccessibleTextRole:
        return named ? QVariant(texts.name + (entry.used ? tr(", used") : QString())) : QVariant();
    case UsedRole:
        return entry.used;
    case FocusRole:
        return m_marks.made.contains(*entry.made);
    default:
        return {};
    }
}

QVariant ColumnsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Entry* const entry = entryAt(index);
    if (entry == nullptr)
        return modelData(m_groups[static_cast<std::size_t>(index.row())], index, role);
    if (entry->made)
        return madeData(*entry, index, role);
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
        return m_marks.hasColumn(entry->column);
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
    return {columnsMimeType(), kindMimeType()};
}

QMimeData* ColumnsModel::mimeData(const QModelIndexList& indexes) const
{
    std::vector<shape::ColumnRef> columns;
    for (const QModelIndex& index : indexes)
        if (const auto column = columnAt(index); column && index.column() == NameColumn)
            columns.push_back(*column);
    if (!columns.empty())
        return mimeOf(columns).release();
    for (const QModelIndex& index : indexes)
        if (const auto made = madeAt(index))
            return mimeOfKind(*made).release();
    return nullptr;
}

} // namespace headgate::ui
