// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "shape/edit_scope.h"

#include <algorithm>
#include <set>

namespace headgate::shape {

using data::ValueKind;

namespace {

Result<ValueKind> kindOf(const ShapeModels& models, const ColumnRef& column)
{
    const data::Schema* schema = schemaNamed(models, modelOf(column));
    const auto index = schema ? schema->indexOf(column.column) : std::nullopt;
    if (!index)
        return editRefused("column",
                           Text::tr("There is no column “%1” here.").arg(toQString(column.column)));
    return schema->columns[*index].kind;
}

bool isTime(ValueKind kind)
{
    return kind == ValueKind::Timestamp || kind == ValueKind::TimestampTz ||
           kind == ValueKind::Date;
}

/// By the event time, or the only time column.
std::optional<SortKey> newestFirst(const ShapeModels& models, const std::string& model)
{
    const RelatedModel* related = relatedNamed(models, model);
    std::string column = related ? related->eventTime : models.eventTime;
    const data::Schema& schema = related ? related->schema : models.main;
    const auto isTimeColumn = [](const data::Column& other) { return isTime(other.kind); };
    if (column.empty() &&
        std::count_if(schema.columns.begin(), schema.columns.end(), isTimeColumn) == 1) {
        const auto found = std::find_if(schema.columns.begin(), schema.columns.end(), isTimeColumn);
        column =
            schema.addressableNames()[static_cast<std::size_t>(found - schema.columns.begin())];
    }
    if (!schema.indexOf(column))
        return std::nullopt;
    return SortKey{column, true, {}};
}

SortKey firstBy(const ShapeModels& models, const ColumnRef& column)
{
    if (const auto newest = newestFirst(models, modelOf(column)))
        return *newest;
    if (modelOf(column) == mainModel && !models.rowKey.empty())
        return {models.rowKey.front(), true, {}};
    return {column.column, true, {}};
}

Failure askSeveral(const ColumnRef& column)
{
    return editRefused("several", Text::tr("“%1” can have several values for one record. List "
                                           "them, or say which one counts.")
                                      .arg(toQString(column.column)));
}

Result<Pick> pickFor(Several several, const ColumnRef& column, ValueKind kind, bool isLookup,
                     const ShapeModels& models)
{
    switch (several) {
    case Several::Same: {
        const RelatedModel* related = relatedNamed(models, modelOf(column));
        if (isLookup && related && !related->toOne)
            return editRefused("same", Text::tr("“%1” can have several rows for one value: pick "
                                                "one of them, or make a list.")
                                           .arg(toQString(column.model)));
        return Pick::None;
    }
    case Several::List:
        return Pick::None;
    case Several::First:
        return Pick::First;
    case Several::Count:
        return Pick::Count;
    case Several::Min:
        return Pick::Min;
    case Several::Max:
        return Pick::Max;
    case Several::Sum:
        if (!data::isNumber(kind))
            return editRefused("sum", Text::tr("“%1” is no number: it cannot be summed up.")
                                          .arg(toQString(column.column)));
        return Pick::Sum;
    }
    return Pick::None;
}

/// Where the leaf stands, and what it reads from now on.
Result<void> bindLeaf(Leaf& leaf, const EditScope& scope, const ShapeModels& models,
                      const ColumnRef& column, std::optional<Several> several)
{
    const auto kind = kindOf(models, column);
    if (!kind)
        return Failure(kind.error());
    const std::string model = modelOf(column);
    const std::string before = leaf.model.empty() ? scope.model() : leaf.model;
    const bool keepsPick = !several && leaf.pick != Pick::None && before == model &&
                           (leaf.pick != Pick::Sum || data::isNumber(*kind));
    if (!several && !keepsPick && cardinalityIn(scope, models, column) == Cardinality::Many)
        return askSeveral(column);
    if (!keepsPick) {
        const auto pick =
            pickFor(several.value_or(Several::Same), column, *kind, model != scope.model(), models);
        if (!pick)
            return Failure(pick.error());
        leaf.pick = *pick;
        leaf.where = {};
        leaf.sortBy.clear();
        if (leaf.pick == Pick::First)
            leaf.sortBy = {firstBy(models, column)};
    }
    leaf.model = scope.reference(model);
    leaf.column = column.column;
    return {};
}

Result<Node> leafOf(const EditScope& scope, const ShapeModels& models, const ColumnRef& column,
                    std::optional<Several> several)
{
    Node node;
    node.kind = NodeKind::Column;
    node.name = several == Several::Count ? column.column + "_count" : column.column;
    HEADGATE_TRY(bindLeaf(node.leaf, scope, models, column, several));
    return node;
}

/// A list of nothing yet that walks the rows of a model.
Node listOver(const EditScope& scope, const ShapeModels& models, const std::string& model,
              NodeId id)
{
    Node list;
    list.id = id;
    list.kind = NodeKind::List;
    list.list.source.model = scope.reference(model);
    if (const auto newest = newestFirst(models, model))
        list.list.sortBy = {*newest};
    return list;
}

/// A list of the values of one column.
Result<Node> valuesOf(const EditScope& scope, const ShapeModels& models, const ColumnRef& column,
                      NodeId id)
{
    Node list = listOver(scope, models, modelOf(column), id);
    list.list.form = ListForm::Values;
    list.name = column.column;
    auto value = leafOf(scope.within(list), models, column, {});
    if (!value)
        return value;
    list.children.push_back(std::move(*value));
    return list;
}

/// `model`: whose rows the list walks; a leaf may name it or not.
bool dependsOnRows(const Node& node, const std::string& model, NodeId but)
{
    if (node.isLeaf())
        return node.id != but && (node.leaf.model.empty() || node.leaf.model == model) &&
               readsRows(node);
    if (walksRows(node)) {
        const ListOptions& list = node.list;
        if (!list.source.model.empty())
            return false;
        if (!list.where.holdsAlways() || !list.groupBy.empty() || !list.sortBy.empty() ||
            !list.distinct.empty() || !list.key.column.empty())
            return true;
    }
    return std::any_of(node.children.begin(), node.children.end(),
                       [&](const Node& child) { return dependsOnRows(child, model, but); });
}

/// A list that walks nothing in particular yet takes the model of a to-many column.
void adoptRows(Shape& shape, const ShapeModels& models, NodeId parent, const ColumnRef& column,
               NodeId but)
{
    Node* list = shape.find(adoptingList(shape, models, parent, column, but));
    if (!list || !walksRows(*list))
        return;
    list->list.source.model = column.model;
    if (const auto newest = newestFirst(models, column.model))
        list->list.sortBy = {*newest};
}

/// The model whose rows a list of the columns walks.
Result<std::string> walkedModel(const EditScope& scope, const ShapeModels& models,
                                const std::vector<ColumnRef>& columns)
{
    std::set<std::string> all;
    std::set<std::string> many;
    for (const ColumnRef& column : columns) {
        all.insert(modelOf(column));
        if (cardinalityIn(scope, models, column) == Cardinality::Many)
            many.insert(modelOf(column));
    }
    if (many.size() > 1)
        return editRefused("models",
                           Text::tr("These come from the rows of %1 and of %2: a list "
                                    "walks the rows of one model.")
                               .arg(toQString(*many.begin()), toQString(*std::next(many.begin()))));
    if (many.size() == 1)
        return *many.begin();
    return all.size() == 1 ? *all.begin() : scope.model();
}

/// Makes the first column of the list's own rows its key; it is no element field then.
Result<void> takeKey(Node& list, const ShapeModels& models, const std::string& model)
{
    const auto key =
        std::find_if(list.children.begin(), list.children.end(),
                     [](const Node& child) { return child.isLeaf() && child.leaf.model.empty(); });
    if (key == list.children.end())
        return editRefused("key", Text::tr("A dictionary by key needs a column of the rows that "
                                           "it walks for its keys."));
    const auto kind =
        kindOf(models, {model == mainModel ? std::string() : model, key->leaf.column});
    if (kind && *kind == ValueKind::Json)
        return editRefused("key", Text::tr("“%1” holds JSON, which cannot be the name of a member.")
                                      .arg(toQString(key->leaf.column)));
    list.list.key.column = key->leaf.column;
    if (list.children.size() > 1)
        list.children.erase(key);
    return {};
}

ListForm formFor(ColumnsAs as)
{
    switch (as) {
    case ColumnsAs::Fields:
    case ColumnsAs::Dictionaries:
        return ListForm::Dictionaries;
    case ColumnsAs::DictionaryOfLists:
        return ListForm::DictionaryOfLists;
    case ColumnsAs::Values:
        return ListForm::Values;
    case ColumnsAs::DictionaryByKey:
        return ListForm::DictionaryByKey;
    }
    return ListForm::Dictionaries;
}

Result<EditedShape> addFields(Shape shape, const ShapeModels& models, const Place& place,
                              const std::vector<ColumnRef>& columns, std::optional<Several> several)
{
    NodeId first = 0;
    Place next = place;
    for (const ColumnRef& column : columns) {
        auto added = addColumn(shape, models, next, column);
        if (!added && added.error().code == "shape.edit.several" && several)
            added = addColumn(std::move(shape), models, next, column, several);
        if (!added)
            return added;
        shape = std::move(added->shape);
        first = first == 0 ? added->selected : first;
        next.index = next.index == Place::end ? Place::end : next.index + 1;
    }
    return EditedShape{std::move(shape), first};
}

} // namespace

NodeId adoptingList(const Shape& shape, const ShapeModels& models, NodeId parent,
                    const ColumnRef& column, NodeId but)
{
    const EditScope scope = editScopeIn(shape, parent);
    const RelatedModel* related = relatedNamed(models, modelOf(column));
    const Node* list = scope.rows().node == 0 ? nullptr : shape.find(scope.rows().node);
    const bool adopts = list && related && !related->toOne && related->name != scope.model() &&
                        list->list.source.model.empty() &&
                        !dependsOnRows(*list, scope.model(), but);
    return adopts ? list->id : 0;
}

Result<EditedShape> addColumn(Shape shape, const ShapeModels& models, const Place& place,
                              const ColumnRef& column, std::optional<Several> several)
{
    HEADGATE_TRY(checkTarget(shape, place.parent));
    HEADGATE_TRY(kindOf(models, column));
    if (!several)
        adoptRows(shape, models, place.parent, column, 0);
    const EditScope scope = editScopeIn(shape, place.parent);
    const NodeId selected = freshId(shape);
    auto node = several == Several::List ? valuesOf(scope, models, column, selected)
                                         : leafOf(scope, models, column, several);
    if (!node)
        return propagate(std::move(node));
    node->id = selected;
    node->name = uniqueName(*shape.find(place.parent), node->name);
    insertNode(shape, place, std::move(*node));
    return finishedEdit(std::move(shape), selected);
}

Result<EditedShape> addColumns(Shape shape, const ShapeModels& models, const Place& place,
                               const std::vector<ColumnRef>& columns, ColumnsAs as,
                               std::optional<Several> several)
{
    if (columns.empty())
        return editRefused("nothing", Text::tr("No column is selected."));
    if (as == ColumnsAs::Fields)
        return addFields(std::move(shape), models, place, columns, several);
    HEADGATE_TRY(checkTarget(shape, place.parent));
    for (const ColumnRef& column : columns)
        HEADGATE_TRY(kindOf(models, column));
    const EditScope scope = editScopeIn(shape, place.parent);
    const auto model = walkedModel(scope, models, columns);
    if (!model)
        return Failure(model.error());
    const NodeId selected = freshId(shape);
    Node list = listOver(scope, models, *model, selected);
    list.list.form = formFor(as);
    const EditScope inner = scope.within(list);
    for (const ColumnRef& column : columns) {
        const bool varies = cardinalityIn(inner, models, column) == Cardinality::Many;
        auto field =
            varies && several == Several::List
                ? valuesOf(inner, models, column, freshId(shape) + 1 + list.children.size())
                : leafOf(inner, models, column, varies ? several : std::nullopt);
        if (!field)
            return propagate(std::move(field));
        field->name = uniqueName(list, field->name);
        list.children.push_back(std::move(*field));
    }
    if (as == ColumnsAs::DictionaryByKey)
        HEADGATE_TRY(takeKey(list, models, *model));
    list.name = uniqueName(*shape.find(place.parent), columns.size() == 1   ? columns.front().column
                                                      : *model == mainModel ? "items"
                                                                            : *model);
    insertNode(shape, place, std::move(list));
    return finishedEdit(std::move(shape), selected);
}

Result<EditedShape> bindColumn(Shape shape, const ShapeModels& models, NodeId leaf,
                               const ColumnRef& column, std::optional<Several> several)
{
    const auto found = nodeIn(shape, leaf);
    if (!found)
        return Failure(found.error());
    if (!(*found)->isLeaf())
        return editRefused("leaf", Text::tr("%1 is no single value: a column can be bound to the "
                                            "fields in it, or be added to it.")
                                       .arg(shownNode(**found)));
    HEADGATE_TRY(kindOf(models, column));
    const Place place = *placeOf(shape, leaf);
    if (!several)
        adoptRows(shape, models, place.parent, column, leaf);
    EditScope scope = editScopeIn(shape, place.parent);
    Node& node = *shape.find(leaf);
    if (node.kind != NodeKind::Json)
        node.kind = NodeKind::Column;
    if (several != Several::List) {
        HEADGATE_TRY(bindLeaf(node.leaf, scope, models, column, several));
        return finishedEdit(std::move(shape), leaf);
    }
    Node list = listOver(scope, models, modelOf(column), freshId(shape));
    list.list.form = ListForm::Values;
    list.name = node.name;
    node.leaf.model.clear();
    node.leaf.pick = Pick::None;
    HEADGATE_TRY(bindLeaf(node.leaf, scope.within(list), models, column, Several::Same));
    const NodeId selected = list.id;
    std::swap(node, list);
    node.children.push_back(std::move(list));
    return finishedEdit(std::move(shape), selected);
}

} // namespace headgate::shape
