// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/shape_tree_model.h"

#include "base/text.h"
#include "shape/shape_mime.h"
#include "theme/fonts.h"

#include <QMimeData>
#include <algorithm>

namespace headgate::ui {

namespace {

// Node ids are counted from 1 by numberNodes(), far below these.
constexpr quintptr ghostBase = quintptr(1) << 31;
constexpr quintptr showAllId = quintptr(0xFFFFFFFF);
constexpr quintptr roomId = showAllId - 1;
constexpr std::size_t longestLiveText = 200; ///< bytes

Icon iconOf(NodeState state)
{
    switch (state) {
    case NodeState::Bound:
        return Icon::Bound;
    case NodeState::Unbound:
        return Icon::Unbound;
    case NodeState::Required:
        return Icon::Required;
    case NodeState::Ambiguous:
        return Icon::Ambiguous;
    case NodeState::SizeProblem:
        return Icon::SizeProblem;
    case NodeState::TypeProblem:
    case NodeState::Error:
        return Icon::TypeProblem;
    }
    return Icon::Bound;
}

IconColor colorOf(NodeState state)
{
    switch (state) {
    case NodeState::Bound:
    case NodeState::Unbound:
        return IconColor::Quiet;
    case NodeState::Required:
    case NodeState::Ambiguous:
    case NodeState::TypeProblem:
    case NodeState::SizeProblem:
        return IconColor::Warning;
    case NodeState::Error:
        return IconColor::Error;
    }
    return IconColor::Quiet;
}

QString wordOf(NodeState state)
{
    switch (state) {
    case NodeState::Bound:
        return {};
    case NodeState::Unbound:
        return ShapeTreeModel::tr("not filled yet");
    case NodeState::Required:
        return ShapeTreeModel::tr("required");
    case NodeState::Ambiguous:
        return ShapeTreeModel::tr("rows disagree");
    case NodeState::TypeProblem:
        return ShapeTreeModel::tr("does not fit");
    case NodeState::SizeProblem:
        return ShapeTreeModel::tr("too large");
    case NodeState::Error:
        return ShapeTreeModel::tr("error");
    }
    return {};
}

QString spoken(QStringList parts)
{
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", "));
}

NodeState stateFor(const service::SampleSurvey::Problem& problem)
{
    if (problem.code == "record.value.differs")
        return NodeState::Ambiguous;
    return problem.code == "record.size" ? NodeState::SizeProblem : NodeState::TypeProblem;
}

bool isContainer(const shape::Node& node)
{
    return !node.isLeaf();
}

} // namespace

ShapeTreeModel::ShapeTreeModel(QObject* parent) : QAbstractItemModel(parent) {}

void ShapeTreeModel::setShape(const shape::Shape& shape)
{
    beginResetModel();
    m_shape = shape;
    rebuild();
    m_suggestions.update(m_shape, m_models);
    endResetModel();
}

void ShapeTreeModel::setModels(const shape::ShapeModels& models)
{
    m_models = models;
    m_suggestions = {};
    m_suggestions.update(m_shape, m_models);
    refresh();
}

bool ShapeTreeModel::showNextSuggestion(shape::NodeId field)
{
    const bool isAnother = m_suggestions.showNext(field);
    const QModelIndex source = indexOf(field, SourceColumn);
    Q_EMIT dataChanged(source, source);
    return isAnother;
}

void ShapeTreeModel::rebuild()
{
    m_entries.clear();
    addEntries(m_shape.root, 0, 0);
    if (m_unfolded && !m_entries.contains(*m_unfolded))
        m_unfolded.reset();
    m_ghosts.clear();
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        const auto fills = [&](const shape::Node& node) { return node.name == m_fields[i].name; };
        if (m_fields[i].writable &&
            std::none_of(m_shape.root.children.begin(), m_shape.root.children.end(), fills))
            m_ghosts.push_back(i);
    }
    std::stable_partition(m_ghosts.begin(), m_ghosts.end(),
                          [this](std::size_t i) { return m_fields[i].required; });
}

void ShapeTreeModel::addEntries(const shape::Node& node, shape::NodeId parent, int row)
{
    m_entries[node.id] = {&node, parent, row};
    int next = 0;
    for (const shape::Node& child : node.children)
        addEntries(child, node.id, next++);
}

void ShapeTreeModel::setRootName(const QString& name)
{
    m_rootName = name;
    refresh();
}

void ShapeTreeModel::setFields(std::vector<connector::FieldInfo> fields)
{
    beginResetModel();
    m_fields = std::move(fields);
    rebuild();
    endResetModel();
}

bool ShapeTreeModel::isRequired(const std::string& field) const
{
    return std::any_of(m_fields.begin(), m_fields.end(), [&](const connector::FieldInfo& each) {
        return each.required && each.name == field;
    });
}

void ShapeTreeModel::showAllFields()
{
    beginResetModel();
    m_allGhosts = true;
    endResetModel();
}

void ShapeTreeModel::setLive(const SharedLiveRecord& live)
{
    m_live = live;
    refresh();
}

void ShapeTreeModel::setFindings(const std::vector<shape::ShapeFinding>& findings)
{
    m_errors.clear();
    for (const shape::ShapeFinding& finding : findings)
        if (finding.issue.severity == Severity::Error)
            m_errors[finding.node].append(finding.issue.remedy.isEmpty()
                                              ? finding.issue.message
                                              : finding.issue.message + QLatin1Char(' ') +
                                                    finding.issue.remedy);
    refresh();
}

void ShapeTreeModel::setSurvey(const std::shared_ptr<const service::SampleSurvey>& survey)
{
    m_survey = survey;
    refresh();
}

void ShapeTreeModel::setMarks(const ShapeMarks& marks)
{
    if (m_marked == marks.nodes)
        return;
    m_marked = marks.nodes;
    refresh();
}

void ShapeTreeModel::setUnfolded(std::optional<shape::NodeId> node)
{
    if (node && !m_entries.contains(*node))
        node.reset();
    if (node == m_unfolded)
        return;
    if (m_unfolded) {
        beginRemoveRows(indexOf(*m_unfolded), 0, 0);
        m_unfolded.reset();
        endRemoveRows();
    }
    if (!node)
        return;
    beginInsertRows(indexOf(*node), 0, 0);
    m_unfolded = node;
    endInsertRows();
}

void ShapeTreeModel::refresh()
{
    for (const auto& [id, entry] : m_entries) {
        if (entry.node->children.empty())
            continue;
        const QModelIndex parent = indexOf(id);
        Q_EMIT dataChanged(index(0, 0, parent),
                           index(rowCount(parent) - 1, ColumnCount - 1, parent));
    }
    const QModelIndex root = index(0, 0, {});
    Q_EMIT dataChanged(root, root.siblingAtColumn(ColumnCount - 1));
}

const shape::Node* ShapeTreeModel::nodeAt(const QModelIndex& index) const
{
    if (!index.isValid() || index.internalId() >= ghostBase)
        return nullptr;
    const auto found = m_entries.find(static_cast<shape::NodeId>(index.internalId()));
    return found == m_entries.end() ? nullptr : found->second.node;
}

const connector::FieldInfo* ShapeTreeModel::ghostAt(const QModelIndex& index) const
{
    if (!index.isValid() || index.internalId() < ghostBase || index.internalId() >= roomId)
        return nullptr;
    return &m_fields[m_ghosts[index.internalId() - ghostBase]];
}

bool ShapeTreeModel::isShowAll(const QModelIndex& index) const
{
    return index.isValid() && index.internalId() == showAllId;
}

bool ShapeTreeModel::isRoom(const QModelIndex& index) const
{
    return index.isValid() && index.internalId() == roomId;
}

QModelIndex ShapeTreeModel::roomIndex() const
{
    return m_unfolded ? createIndex(0, NameColumn, roomId) : QModelIndex();
}

QModelIndex ShapeTreeModel::indexOf(shape::NodeId node, int column) const
{
    const auto found = m_entries.find(node);
    if (found == m_entries.end())
        return {};
    const int room = found->second.parent == 0 ? 0 : roomBelow(found->second.parent);
    return createIndex(found->second.row + room, column, quintptr(node));
}

QModelIndex ShapeTreeModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    if (!parent.isValid())
        return createIndex(0, column, quintptr(m_shape.root.id));
    const shape::Node* const node = nodeAt(parent);
    const int room = roomBelow(node->id);
    if (row < room)
        return createIndex(row, column, roomId);
    const auto position = static_cast<std::size_t>(row - room);
    if (position < node->children.size())
        return createIndex(row, column, quintptr(node->children[position].id));
    const std::size_t ghost = position - node->children.size();
    const std::size_t shown =
        m_allGhosts ? m_ghosts.size() : std::min(m_ghosts.size(), ghostsShown);
    return createIndex(row, column, ghost < shown ? ghostBase + ghost : showAllId);
}

QModelIndex ShapeTreeModel::parent(const QModelIndex& child) const
{
    if (!child.isValid())
        return {};
    if (isRoom(child))
        return indexOf(*m_unfolded);
    if (child.internalId() >= ghostBase)
        return indexOf(m_shape.root.id);
    const auto found = m_entries.find(static_cast<shape::NodeId>(child.internalId()));
    if (found == m_entries.end() || found->second.node == &m_shape.root)
        return {};
    return indexOf(found->second.parent);
}

int ShapeTreeModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return 1;
    const shape::Node* const node = nodeAt(parent);
    if (node == nullptr || parent.column() != 0)
        return 0;
    std::size_t rows = node->children.size() + static_cast<std::size_t>(roomBelow(node->id));
    if (node == &m_shape.root)
        rows += m_allGhosts || m_ghosts.size() <= ghostsShown ? m_ghosts.size() : ghostsShown + 1;
    return static_cast<int>(rows);
}

int ShapeTreeModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

NodeState ShapeTreeModel::stateOf(const shape::Node& node) const
{
    if (m_errors.contains(node.id)) {
        const bool unbound = node.kind == shape::NodeKind::Column && node.leaf.column.empty();
        return unbound ? NodeState::Unbound : NodeState::Error;
    }
    if (!m_survey)
        return NodeState::Bound;
    NodeState state = NodeState::Bound;
    for (const service::SampleSurvey::Problem& problem : m_survey->problems)
        if (problem.node == node.id)
            state = std::max(state, stateFor(problem));
    return state;
}

QString ShapeTreeModel::problemText(shape::NodeId node) const
{
    QStringList lines;
    if (const auto found = m_errors.find(node); found != m_errors.end())
        lines = found->second;
    if (m_survey)
        for (const service::SampleSurvey::Problem& problem : m_survey->problems)
            if (problem.node == node)
                lines.append(tr("%1 (in %2 of %3 records)", nullptr, pluralOf(m_survey->records))
                                 .arg(problem.message)
                                 .arg(problem.records)
                                 .arg(m_survey->records));
    return lines.join(QLatin1Char('\n'));
}

QString ShapeTreeModel::liveText(const shape::Node& node) const
{
    if (!m_live || m_live->error || m_live->shaped.payload.empty())
        return {};
    const LiveRecord::NodeValue* const value = m_live->find(node.id);
    if (value == nullptr || value->values == 0)
        return node.id == m_shape.root.id ? QString() : tr("left out");
    if (node.kind == shape::NodeKind::List || node.kind == shape::NodeKind::Map)
        return value->dropped == 0
                   ? tr("%1 of %1 rows", nullptr, pluralOf(value->elements)).arg(value->elements)
                   : tr("%1 of %2 rows").arg(value->elements).arg(value->elements + value->dropped);
    if (node.kind == shape::NodeKind::Object)
        return {};
    const std::string_view text = m_live->textOf(*value);
    const QString shown = toQString(text.substr(0, longestLiveText));
    return value->values > 1 ? tr("%1, \u2026").arg(shown) : shown;
}

QString ShapeTreeModel::liveType(const shape::Node& node) const
{
    const QString declared = typeText(node);
    if (!declared.isEmpty() || !m_live || m_live->error)
        return declared;
    const LiveRecord::NodeValue* const value = m_live->find(node.id);
    if (value == nullptr || value->values == 0 || value->end <= value->begin)
        return {};
    switch (m_live->textOf(*value).front()) {
    case '"':
        return tr("text");
    case '[':
        return tr("list");
    case '{':
        return tr("object");
    case 't':
    case 'f':
        return tr("true/false");
    case 'n':
        return tr("null");
    default:
        return tr("number");
    }
}

QString ShapeTreeModel::fromText(const shape::Node& node) const
{
    const shape::ColumnRef* const proposed = m_suggestions.shown(node.id);
    return proposed ? tr("%1?").arg(toQString(proposed->column)) : sourceText(node);
}

QVariant ShapeTreeModel::nodeData(const shape::Node& node, int column, int role) const
{
    const bool isRoot = node.id == m_shape.root.id;
    const NodeState state = stateOf(node);
    switch (role) {
    case Qt::DisplayRole:
        if (column == NameColumn)
            return isRoot ? (m_rootName.isEmpty() ? tr("payload") : m_rootName) : nameText(node);
        if (column == TypeColumn)
            return liveType(node);
        return column == SourceColumn ? fromText(node) : liveText(node);
    case Qt::EditRole:
        return column == NameColumn ? QVariant(toQString(node.name)) : QVariant();
    case Qt::DecorationRole:
        if (column != NameColumn)
            return {};
        return state == NodeState::Bound
                   ? themeIcon(isRoot ? Icon::Destination : ui::iconOf(node), IconColor::Quiet)
                   : themeIcon(iconOf(state), colorOf(state));
    case Qt::FontRole:
        if (column == ValueColumn)
            return codeFont();
        return isContainer(node) && column == NameColumn ? textFont(TextSize::Body, QFont::DemiBold)
                                                         : QVariant();
    case Qt::ToolTipRole: {
        const QString problems = problemText(node.id);
        return problems.isEmpty() ? data(indexOf(node.id, column), Qt::DisplayRole)
                                  : QVariant(problems);
    }
    case Qt::AccessibleTextRole:
        if (column != NameColumn)
            return {};
        return spoken({data(indexOf(node.id), Qt::DisplayRole).toString(), typeText(node),
                       fromText(node), liveText(node), wordOf(state)});
    case StateRole:
        return static_cast<int>(state);
    case FocusRole:
        return m_marked.contains(node.id);
    case NullRole:
        return column == SourceColumn
                   ? m_suggestions.shown(node.id) != nullptr
                   : column == ValueColumn && liveText(node) == QLatin1String("null");
    default:
        return {};
    }
}

QVariant ShapeTreeModel::ghostData(const connector::FieldInfo& field, int column, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        if (column == NameColumn)
            return toQString(field.name);
        if (column == TypeColumn)
            return toQString(field.type);
        return column == SourceColumn && field.required ? tr("required, drop a column here")
                                                        : QString();
    case Qt::DecorationRole:
        return column == NameColumn
                   ? QVariant(themeIcon(field.required ? Icon::Required : Icon::Unbound,
                                        field.required ? IconColor::Warning : IconColor::Quiet))
                   : QVariant();
    case Qt::FontRole: {
        QFont font = textFont(TextSize::Body);
        font.setItalic(true);
        return font;
    }
    case Qt::ToolTipRole:
        return field.label.isEmpty() ? toQString(field.name) : field.label;
    case StateRole:
        return static_cast<int>(field.required ? NodeState::Required : NodeState::Unbound);
    case GhostRole:
        return true;
    default:
        return {};
    }
}

QVariant ShapeTreeModel::data(const QModelIndex& index, int role) const
{
    if (isRoom(index))
        return {};
    if (isShowAll(index)) {
        if (role == Qt::DisplayRole && index.column() == NameColumn)
            return tr("Show all %n fields", nullptr, static_cast<int>(m_ghosts.size()));
        return role == GhostRole ? QVariant(true) : QVariant();
    }
    if (const connector::FieldInfo* field = ghostAt(index))
        return ghostData(*field, index.column(), role);
    const shape::Node* const node = nodeAt(index);
    return node ? nodeData(*node, index.column(), role) : QVariant();
}

bool ShapeTreeModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    const shape::Node* const node = nodeAt(index);
    if (node == nullptr || role != Qt::EditRole || index.column() != NameColumn)
        return false;
    Q_EMIT renameWanted(node->id, value.toString());
    return false;
}

QVariant ShapeTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Name");
    case SourceColumn:
        return tr("From");
    case TypeColumn:
        return tr("Type");
    case ValueColumn:
        return tr("In this record");
    default:
        return {};
    }
}

Qt::ItemFlags ShapeTreeModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::ItemIsDropEnabled;
    if (isRoom(index))
        return Qt::ItemNeverHasChildren;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDropEnabled;
    const shape::Node* const node = nodeAt(index);
    if (node == nullptr || (node->isLeaf() && m_unfolded != node->id))
        flags |= Qt::ItemNeverHasChildren;
    if (node != nullptr && node->id != m_shape.root.id) {
        flags |= Qt::ItemIsDragEnabled;
        if (index.column() == NameColumn)
            flags |= Qt::ItemIsEditable;
    }
    return flags;
}

QStringList ShapeTreeModel::mimeTypes() const
{
    return {columnsMimeType(), nodeMimeType(), kindMimeType()};
}

QMimeData* ShapeTreeModel::mimeData(const QModelIndexList& indexes) const
{
    for (const QModelIndex& index : indexes)
        if (const shape::Node* node = nodeAt(index))
            return mimeOfNode(node->id).release();
    return nullptr;
}

} // namespace headgate::ui
