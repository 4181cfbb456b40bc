// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/path_table_model.h"

#include "base/text.h"
#include "shape/node_text.h"
#include "theme/fonts.h"
#include "theme/tokens.h"
#include "widgets/condition_editor.h"

#include <QGuiApplication>
#include <algorithm>

namespace headgate::ui {

namespace {

constexpr std::size_t longestShown = 120; ///< bytes

QString typeName(shape::LeafType type)
{
    return type == shape::LeafType::AsIs ? PathTableModel::tr("as it is")
                                         : QString::fromLatin1(shape::name(type));
}

QString columnText(const shape::ColumnRef& column)
{
    return column.model.empty() ? toQString(column.column)
                                : toQString(column.model + '.' + column.column);
}

std::vector<shape::ColumnRef> columnsOf(const shape::ShapeModels& models)
{
    std::vector<shape::ColumnRef> columns;
    for (const std::string& name : models.main.addressableNames())
        columns.push_back({{}, name});
    for (const shape::RelatedModel& related : models.related)
        for (const std::string& name : related.schema.addressableNames())
            columns.push_back({related.name, name});
    return columns;
}

/// What a source is edited as.
QString typedSource(const shape::Node& node)
{
    if (node.kind == shape::NodeKind::Column)
        return columnText({node.leaf.model, node.leaf.column});
    if (node.kind == shape::NodeKind::Constant)
        return constantText(node.leaf);
    return node.kind == shape::NodeKind::Text ? toQString(node.leaf.text) : sourceText(node);
}

} // namespace

PathTableModel::PathTableModel(ShapeEditing& editing, QObject* parent)
    : QAbstractTableModel(parent), m_editing(editing)
{
    connect(&m_editing, &ShapeEditing::shapeChanged, this, &PathTableModel::take);
    take();
}

void PathTableModel::take()
{
    beginResetModel();
    m_rows.clear();
    addRows(m_editing.shape().root, m_editing.shape().paths());
    endResetModel();
}

void PathTableModel::addRows(const shape::Node& node,
                             const std::map<shape::NodeId, std::string>& paths)
{
    for (const shape::Node& child : node.children) {
        m_rows.push_back({child.id, paths.at(child.id)});
        addRows(child, paths);
    }
}

void PathTableModel::setLive(const SharedLiveRecord& live)
{
    m_live = live;
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, ValueColumn), index(rowCount() - 1, ValueColumn));
}

void PathTableModel::setMarks(const ShapeMarks& marks)
{
    if (m_marked == marks.nodes)
        return;
    m_marked = marks.nodes;
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1),
                           {Qt::BackgroundRole});
}

const shape::Node* PathTableModel::nodeAt(const QModelIndex& index) const
{
    return index.isValid()
               ? m_editing.shape().find(m_rows[static_cast<std::size_t>(index.row())].node)
               : nullptr;
}

QModelIndex PathTableModel::indexOf(shape::NodeId node) const
{
    for (std::size_t row = 0; row < m_rows.size(); ++row)
        if (m_rows[row].node == node)
            return index(static_cast<int>(row), PathColumn);
    return {};
}

QStringList PathTableModel::choicesAt(const QModelIndex& index) const
{
    const shape::Node* const node = nodeAt(index);
    QStringList choices;
    if (node == nullptr)
        return choices;
    if (index.column() == SourceColumn && node->kind == shape::NodeKind::Column)
        for (const shape::ColumnRef& column : columnsOf(m_editing.models()))
            choices.append(columnText(column));
    if (index.column() == KindColumn && node->kind == shape::NodeKind::List)
        for (const shape::ListForm form : shape::listForms)
            choices.append(formName(form));
    if (index.column() == KindColumn && node->isLeaf())
        for (const shape::LeafType type : shape::leafTypes)
            choices.append(typeName(type));
    return choices;
}

int PathTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int PathTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString PathTableModel::textAt(const shape::Node& node, int row, int column) const
{
    switch (column) {
    case PathColumn:
        return toQString(m_rows[static_cast<std::size_t>(row)].path);
    case SourceColumn: {
        if (node.isLeaf())
            return sourceText(node);
        QStringList parts;
        for (const ListChipText& chip : listChips(node))
            if (chip.chip != ListChip::Form)
                parts.append(chip.text);
        return parts.join(QStringLiteral(", "));
    }
    case KindColumn:
        if (node.kind == shape::NodeKind::List)
            return formName(node.list.form);
        return node.isLeaf() ? typeName(node.leaf.type) : typeText(node);
    case ValueColumn: {
        const LiveRecord::NodeValue* const value =
            m_live && !m_live->error ? m_live->find(node.id) : nullptr;
        return value == nullptr || value->values == 0
                   ? QString()
                   : toQString(m_live->textOf(*value).substr(0, longestShown));
    }
    default:
        return {};
    }
}

QVariant PathTableModel::data(const QModelIndex& index, int role) const
{
    const shape::Node* const node = nodeAt(index);
    if (node == nullptr)
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        if (role == Qt::EditRole && index.column() == SourceColumn)
            return typedSource(*node);
        return textAt(*node, index.row(), index.column());
    case Qt::DecorationRole:
        return index.column() == PathColumn ? QVariant(themeIcon(iconOf(*node), IconColor::Quiet))
                                            : QVariant();
    case Qt::BackgroundRole:
        return m_marked.contains(node->id)
                   ? QVariant(tokens(QGuiApplication::palette()).link(0).fill)
                   : QVariant();
    case Qt::FontRole:
        return index.column() == PathColumn || index.column() == ValueColumn ? QVariant(codeFont())
                                                                             : QVariant();
    default:
        return {};
    }
}

bool PathTableModel::setSource(const shape::Node& node, const QString& text)
{
    if (node.kind == shape::NodeKind::Constant || node.kind == shape::NodeKind::Text) {
        shape::Node next = node;
        if (node.kind == shape::NodeKind::Text)
            next.leaf.text = text.toStdString();
        else
            sayConstant(next.leaf, text);
        return m_editing.replaceNode(node.kind == shape::NodeKind::Text ? tr("Text") : tr("Value"),
                                     next);
    }
    for (const shape::ColumnRef& column : columnsOf(m_editing.models()))
        if (columnText(column) == text) {
            Q_EMIT bindWanted(node.id, column);
            return true;
        }
    return false;
}

bool PathTableModel::setKind(const shape::Node& node, const QString& text)
{
    if (node.kind == shape::NodeKind::List)
        for (const shape::ListForm form : shape::listForms)
            if (formName(form) == text)
                return m_editing.apply(text, shape::setListForm(m_editing.shape(), node.id, form));
    if (!node.isLeaf())
        return false;
    for (const shape::LeafType type : shape::leafTypes)
        if (typeName(type) == text) {
            shape::Node next = node;
            next.leaf.type = type;
            return m_editing.replaceNode(tr("Type"), next);
        }
    return false;
}

bool PathTableModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    const shape::Node* const node = nodeAt(index);
    if (node == nullptr || role != Qt::EditRole || value == data(index, role))
        return false;
    const QString text = value.toString();
    switch (index.column()) {
    case PathColumn:
        return m_editing.apply(tr("Path %1").arg(text),
                               shape::setPath(m_editing.shape(), node->id, text.toStdString()));
    case SourceColumn:
        return setSource(*node, text);
    case KindColumn:
        return setKind(*node, text);
    default:
        return false;
    }
}

QVariant PathTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case PathColumn:
        return tr("Path");
    case SourceColumn:
        return tr("From");
    case KindColumn:
        return tr("Type or form");
    case ValueColumn:
        return tr("In this record");
    default:
        return {};
    }
}

Qt::ItemFlags PathTableModel::flags(const QModelIndex& index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    const shape::Node* const node = nodeAt(index);
    const bool typed =
        node != nullptr && index.column() == SourceColumn &&
        (node->kind == shape::NodeKind::Constant || node->kind == shape::NodeKind::Text);
    if (node != nullptr && (typed || index.column() == PathColumn || !choicesAt(index).isEmpty()))
        flags |= Qt::ItemIsEditable;
    return flags;
}

} // namespace headgate::ui
