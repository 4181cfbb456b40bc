// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/shape_editing.h"

#include "base/text.h"

#include <algorithm>
#include <array>

namespace headgate::ui {

namespace {

struct SeveralChoice
{
    shape::Several several;
    const char* title;
    Icon icon;
};

constexpr std::array severalChoices{
    SeveralChoice{shape::Several::List,
                  QT_TRANSLATE_NOOP("headgate::ui::ShapeEditing", "List them"), Icon::ListOfValues},
    SeveralChoice{shape::Several::First,
                  QT_TRANSLATE_NOOP("headgate::ui::ShapeEditing", "Take the newest"), Icon::Clock},
    SeveralChoice{shape::Several::Count,
                  QT_TRANSLATE_NOOP("headgate::ui::ShapeEditing", "Count them"), Icon::TypeNumber},
    SeveralChoice{shape::Several::Max,
                  QT_TRANSLATE_NOOP("headgate::ui::ShapeEditing", "Take the largest"),
                  Icon::ChevronUp},
    SeveralChoice{shape::Several::Min,
                  QT_TRANSLATE_NOOP("headgate::ui::ShapeEditing", "Take the smallest"),
                  Icon::ChevronDown},
    SeveralChoice{shape::Several::Sum,
                  QT_TRANSLATE_NOOP("headgate::ui::ShapeEditing", "Add them up"), Icon::Add},
    SeveralChoice{shape::Several::Same,
                  QT_TRANSLATE_NOOP("headgate::ui::ShapeEditing", "They are all the same"),
                  Icon::One}};

struct ColumnsChoice
{
    shape::ColumnsAs as;
    const char* title;
    Icon icon;
};

constexpr std::array columnsChoices{
    ColumnsChoice{shape::ColumnsAs::Fields,
                  QT_TRANSLATE_NOOP("headgate::ui::ShapeEditing", "One field each"), Icon::Bound},
    ColumnsChoice{shape::ColumnsAs::Dictionaries,
                  QT_TRANSLATE_NOOP("headgate::ui::ShapeEditing", "List of dictionaries"),
                  Icon::ListOfDictionaries},
    ColumnsChoice{shape::ColumnsAs::DictionaryOfLists,
                  QT_TRANSLATE_NOOP("headgate::ui::ShapeEditing", "Dictionary of lists"),
                  Icon::DictionaryOfLists},
    ColumnsChoice{shape::ColumnsAs::Values,
                  QT_TRANSLATE_NOOP("headgate::ui::ShapeEditing", "List of strings"),
                  Icon::ListOfValues},
    ColumnsChoice{shape::ColumnsAs::DictionaryByKey,
                  QT_TRANSLATE_NOOP("headgate::ui::ShapeEditing", "Dictionary by key"),
                  Icon::DictionaryByKey}};

bool asksForSeveral(const Result<shape::EditedShape>& result)
{
    return !result && result.error().code == "shape.edit.several";
}

bool isListOf(const shape::Node* node)
{
    return node != nullptr &&
           (node->kind == shape::NodeKind::List || node->kind == shape::NodeKind::Map);
}

/// Where the leaf at `path` of `before` is afterwards; the same path where it is gone.
std::string movedLeaf(const shape::Shape& before, const shape::Shape& after,
                      const std::string& path)
{
    if (path.empty())
        return path;
    for (const auto& [id, each] : before.paths())
        if (each == path && before.find(id)->isLeaf() && after.find(id) != nullptr)
            return after.pathOf(id);
    return path;
}

struct NewNode
{
    QString step;
    std::string name; ///< until it is given one
};

NewNode newNodeOf(shape::NodeKind kind)
{
    switch (kind) {
    case shape::NodeKind::Constant:
        return {ShapeEditing::tr("New constant"), "constant"};
    case shape::NodeKind::Text:
        return {ShapeEditing::tr("New text"), "text"};
    case shape::NodeKind::Map:
        return {ShapeEditing::tr("New map"), "map"};
    case shape::NodeKind::Object:
    case shape::NodeKind::List:
    case shape::NodeKind::Column:
    case shape::NodeKind::Json:
        break;
    }
    return {ShapeEditing::tr("New field"), "new_field"};
}

QString namesOf(const std::vector<shape::ColumnRef>& columns)
{
    QStringList names;
    for (const shape::ColumnRef& column : columns)
        names.append(toQString(column.column));
    return names.join(QStringLiteral(", "));
}

} // namespace

ShapeEditing::ShapeEditing(SyncDocument& document, QObject* parent)
    : QObject(parent), m_document(document)
{
    take();
    connect(&document, &Document::changed, this, [this] {
        take();
        Q_EMIT shapeChanged();
    });
}

void ShapeEditing::take()
{
    m_shape = m_document.value().shape.value_or(shape::Shape());
    m_shape.numberNodes();
}

Result<shape::EditedShape> ShapeEditing::place(const shape::ColumnRef& column,
                                               const DropTarget& target,
                                               std::optional<shape::Several> several) const
{
    if (const auto* leaf = std::get_if<OntoLeaf>(&target))
        return shape::bindColumn(m_shape, m_models, leaf->leaf, column, several);
    if (const auto* ghost = std::get_if<OntoGhost>(&target)) {
        auto added = shape::addColumn(m_shape, m_models, {m_shape.root.id, shape::Place::end},
                                      column, several);
        return added ? shape::renameNode(std::move(added->shape), added->selected, ghost->field)
                     : added;
    }
    const auto* onto = std::get_if<OntoPlace>(&target);
    const shape::Place place = onto ? onto->place : shape::Place{m_shape.root.id};
    return shape::addColumn(m_shape, m_models, place, column, several);
}

ShapeChoices ShapeEditing::oneColumn(const shape::ColumnRef& column, const DropTarget& target) const
{
    const QString name = toQString(column.column);
    const bool binds = std::holds_alternative<OntoLeaf>(target);
    const QString step = binds ? tr("Bind %1").arg(name) : tr("Add %1").arg(name);
    const auto* const onto = std::get_if<OntoLeaf>(&target);
    const shape::Node* const leaf = onto ? m_shape.find(onto->leaf) : nullptr;
    if (leaf != nullptr && leaf->kind == shape::NodeKind::Text)
        return ontoText(column, *leaf);
    auto plain = place(column, target, std::nullopt);
    if (!asksForSeveral(plain))
        return {{{step, Icon::Bound, step, std::move(plain)}}};
    ShapeChoices choices;
    for (const SeveralChoice& each : severalChoices) {
        auto result = place(column, target, each.several);
        if (result)
            choices.choices.push_back({tr(each.title), each.icon, step, std::move(result)});
    }
    if (choices.choices.empty())
        choices.choices.push_back({step, Icon::Bound, step, std::move(plain)});
    return choices;
}

/// A text takes the columns of its own rows into itself; any column can take its place.
ShapeChoices ShapeEditing::ontoText(const shape::ColumnRef& column, const shape::Node& text) const
{
    const QString name = toQString(column.column);
    ShapeChoices choices;
    const auto at = shape::placeOf(m_shape, text.id);
    const std::string rows = at ? shape::modelAt(m_shape, at->parent) : std::string();
    if (column.model.empty() ? rows == shape::mainModel : rows == column.model) {
        shape::Shape edited = m_shape;
        std::string& template_ = edited.find(text.id)->leaf.text;
        template_ += (template_.empty() ? "{" : " {") + column.column + '}';
        choices.choices.push_back({tr("Add %1 to the text").arg(name), Icon::TypeText,
                                   tr("Add %1 to the text").arg(name),
                                   shape::EditedShape{std::move(edited), text.id}});
    }
    choices.choices.push_back({tr("%1 in its place").arg(name), Icon::Bound,
                               tr("Bind %1").arg(name), place(column, OntoLeaf{text.id}, {})});
    return choices;
}

/// Two columns as {"first": second}: a dictionary by key without the names inside.
Result<shape::EditedShape> ShapeEditing::mapOf(const shape::Place& at,
                                               const std::vector<shape::ColumnRef>& columns) const
{
    auto made =
        shape::addColumns(m_shape, m_models, at, columns, shape::ColumnsAs::DictionaryByKey);
    if (!made)
        return made;
    shape::Node& list = *made->shape.find(made->selected);
    list.kind = shape::NodeKind::Map;
    list.children.front().name.clear();
    return made;
}

ShapeChoices ShapeEditing::severalColumns(const std::vector<shape::ColumnRef>& columns,
                                          const shape::Place& at) const
{
    const QString step = tr("Add %1").arg(namesOf(columns));
    if (isListOf(m_shape.find(at.parent)))
        return {{{step, Icon::Add, step,
                  shape::addColumns(m_shape, m_models, at, columns, shape::ColumnsAs::Fields)}}};
    ShapeChoices choices;
    for (const ColumnsChoice& each : columnsChoices) {
        auto result = shape::addColumns(m_shape, m_models, at, columns, each.as,
                                        each.as == shape::ColumnsAs::Fields
                                            ? std::optional(shape::Several::First)
                                            : std::nullopt);
        if (result)
            choices.choices.push_back({tr(each.title), each.icon, step, std::move(result)});
    }
    if (columns.size() == 2)
        if (auto map = mapOf(at, columns))
            choices.choices.push_back(
                {tr("Map of %1 to %2")
                     .arg(toQString(columns[0].column), toQString(columns[1].column)),
                 Icon::DictionaryByKey, step, std::move(map)});
    if (choices.choices.empty())
        choices.choices.push_back(
            {step, Icon::Add, step,
             shape::addColumns(m_shape, m_models, at, columns, shape::ColumnsAs::Dictionaries)});
    const bool anyVaries =
        std::any_of(columns.begin(), columns.end(), [&](const shape::ColumnRef& column) {
            return shape::cardinalityOf(m_shape, m_models, at.parent, column) ==
                   shape::Cardinality::Many;
        });
    choices.preselected = anyVaries && choices.choices.size() > 1 ? 1 : 0;
    return choices;
}

ShapeChoices ShapeEditing::ontoStrip(const shape::ColumnRef& column, shape::NodeId list) const
{
    const QString name = toQString(column.column);
    shape::Condition condition;
    condition.op = shape::ConditionOperator::IsNotNull;
    condition.column = column.column;
    ShapeChoices choices;
    choices.choices.push_back({tr("Newest or largest %1 first").arg(name), Icon::Sort,
                               tr("Sort by %1").arg(name),
                               shape::addSort(m_shape, list, column.column, true)});
    choices.choices.push_back({tr("Oldest or smallest %1 first").arg(name), Icon::Sort,
                               tr("Sort by %1").arg(name),
                               shape::addSort(m_shape, list, column.column, false)});
    choices.choices.push_back({tr("Where %1 is not null").arg(name), Icon::Filter,
                               tr("Filter by %1").arg(name),
                               shape::addCondition(m_shape, list, condition)});
    choices.choices.push_back({tr("One per %1").arg(name), Icon::One, tr("One per %1").arg(name),
                               shape::addDistinct(m_shape, list, column.column)});
    choices.choices.push_back(
        {tr("Add %1 to each").arg(name), Icon::Add, tr("Add %1").arg(name),
         shape::addColumn(m_shape, m_models, {list, shape::Place::end}, column)});
    std::erase_if(choices.choices, [](const ShapeChoice& each) { return !each.result; });
    if (choices.choices.empty())
        choices.choices.push_back(
            {name, Icon::Error, name, shape::addSort(m_shape, list, column.column, true)});
    return choices;
}

ShapeChoices ShapeEditing::choicesFor(const std::vector<shape::ColumnRef>& columns,
                                      const DropTarget& target) const
{
    if (columns.empty())
        return {};
    if (const auto* strip = std::get_if<OntoStrip>(&target); strip && columns.size() == 1)
        return ontoStrip(columns.front(), strip->list);
    if (columns.size() == 1)
        return oneColumn(columns.front(), target);
    if (const auto* onto = std::get_if<OntoPlace>(&target))
        return severalColumns(columns, onto->place);
    if (const auto* strip = std::get_if<OntoStrip>(&target))
        return severalColumns(columns, {strip->list, shape::Place::end});
    const auto refusal = fail(ErrorKind::Usage, "shape.edit.one",
                              tr("One value takes one column. Drop them on an object or list."));
    return {{{tr("Bind"), Icon::Bound, tr("Bind"), refusal}}};
}

Result<shape::EditedShape> ShapeEditing::turnedInto(shape::NodeId leaf, shape::NodeKind kind) const
{
    shape::Shape edited = m_shape;
    shape::Node* const node = edited.find(leaf);
    if (node == nullptr)
        return fail(ErrorKind::Usage, "shape.edit.gone", tr("The field is not there any more."));
    node->kind = kind;
    if (kind == shape::NodeKind::Constant && node->leaf.value.is_null())
        node->leaf.value = "";
    if (kind == shape::NodeKind::Text && node->leaf.text.empty() && !node->leaf.column.empty() &&
        node->leaf.model.empty())
        node->leaf.text = '{' + node->leaf.column + '}';
    if (kind == shape::NodeKind::Map) {
        shape::Node value;
        value.kind = shape::NodeKind::Column;
        node->children = {value};
        edited.numberNodes();
    }
    return shape::EditedShape{std::move(edited), leaf};
}

ShapeChoices ShapeEditing::choicesFor(shape::NodeKind made, const DropTarget& target) const
{
    const NewNode fresh = newNodeOf(made);
    const auto add = [&](const shape::Place& at, const std::string& name) {
        return ShapeChoices{
            {{fresh.step, Icon::Add, fresh.step, shape::addField(m_shape, at, name, made)}}, 0};
    };
    if (const auto* leaf = std::get_if<OntoLeaf>(&target))
        return {{{fresh.step, Icon::Add, fresh.step, turnedInto(leaf->leaf, made)}}, 0};
    if (const auto* ghost = std::get_if<OntoGhost>(&target))
        return add({m_shape.root.id, shape::Place::end}, ghost->field);
    if (const auto* strip = std::get_if<OntoStrip>(&target))
        return add({strip->list, shape::Place::end}, fresh.name);
    return add(std::get<OntoPlace>(target).place, fresh.name);
}

ShapeChoices ShapeEditing::choicesFor(shape::NodeId moved, bool copy,
                                      const DropTarget& target) const
{
    shape::Place at{m_shape.root.id, shape::Place::end};
    if (const auto* onto = std::get_if<OntoPlace>(&target))
        at = onto->place;
    else if (const auto* strip = std::get_if<OntoStrip>(&target))
        at.parent = strip->list;
    else if (const auto* leaf = std::get_if<OntoLeaf>(&target)) {
        if (const auto place = shape::placeOf(m_shape, leaf->leaf))
            at = *place;
    }
    const shape::Node* const node = m_shape.find(moved);
    const QString name = node ? nameText(*node) : QString();
    const QString step = copy ? tr("Copy %1").arg(name) : tr("Move %1").arg(name);
    return {{{step, Icon::Bound, step,
              copy ? shape::copyNode(m_shape, moved, at) : shape::moveNode(m_shape, moved, at)}}};
}

bool ShapeEditing::apply(const QString& step, const Result<shape::EditedShape>& result,
                         const QString& mergeKey)
{
    if (!result) {
        Q_EMIT refused(result.error().message);
        return false;
    }
    project::SyncDefinition next = m_document.value();
    next.shape = result->shape;
    next.matching.leaf = movedLeaf(m_shape, result->shape, next.matching.leaf);
    m_document.change(step, std::move(next), mergeKey);
    Q_EMIT selected(result->selected);
    Q_EMIT done(step, result->selected);
    return true;
}

bool ShapeEditing::replaceNode(const QString& step, const shape::Node& node,
                               const QString& mergeKey)
{
    shape::Shape next = m_shape;
    shape::Node* const there = next.find(node.id);
    if (there == nullptr)
        return false;
    *there = node;
    return apply(step, shape::EditedShape{std::move(next), node.id}, mergeKey);
}

} // namespace headgate::ui
