// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "shape/edit_scope.h"

#include <algorithm>
#include <set>

namespace headgate::shape {

namespace {

/// The one parent of all of them, and where the first of them stands.
Result<Place> commonPlace(const Shape& shape, const std::vector<NodeId>& nodes)
{
    std::optional<Place> common;
    for (const NodeId id : nodes) {
        const auto place = placeOf(shape, id);
        if (!place)
            return Failure(checkLeaving(shape, id).error());
        if (common && common->parent != place->parent)
            return editRefused("siblings",
                               Text::tr("Select fields that stand in one object or list."));
        if (!common || place->index < common->index)
            common = place;
    }
    if (!common)
        return editRefused("nothing", Text::tr("Nothing is selected."));
    return *common;
}

/// In their order.
std::vector<Node> takeChildren(Node& parent, const std::vector<NodeId>& nodes)
{
    const std::set<NodeId> ids(nodes.begin(), nodes.end());
    std::vector<Node> taken;
    std::vector<Node> left;
    for (Node& child : parent.children)
        (ids.count(child.id) != 0 ? taken : left).push_back(std::move(child));
    parent.children = std::move(left);
    return taken;
}

void nameChildren(Node& parent)
{
    for (Node& child : parent.children)
        if (child.name.empty())
            child.name = uniqueName(parent, ownName(child));
}

Failure twoModels(const std::string& a, const std::string& b)
{
    return editRefused("models", Text::tr("These come from the rows of %1 and of %2: a list walks "
                                          "the rows of one model.")
                                     .arg(toQString(a), toQString(b)));
}

bool isToMany(const ShapeModels& models, const std::string& model)
{
    const RelatedModel* related = relatedNamed(models, model);
    return related && !related->toOne;
}

/// The model that a list of these leaves walks: the one whose rows they differ in.
Result<std::string> groupedModel(const std::vector<Node>& leaves, const EditScope& scope,
                                 const ShapeModels& models)
{
    std::set<std::string> all;
    std::set<std::string> many;
    for (const Node& leaf : leaves) {
        if (!leaf.isLeaf())
            return editRefused("leaves", Text::tr("%1 is not a single value: only single values "
                                                  "can be grouped into a list.")
                                             .arg(shownNode(leaf)));
        if (!readsRows(leaf))
            continue;
        const std::string model = leaf.leaf.model.empty() ? scope.model() : leaf.leaf.model;
        all.insert(model);
        const ColumnRef column{model == mainModel ? std::string() : model, leaf.leaf.column};
        if (cardinalityIn(scope, models, column) == Cardinality::Many)
            many.insert(model);
    }
    if (many.size() > 1)
        return twoModels(*many.begin(), *std::next(many.begin()));
    if (many.size() == 1)
        return *many.begin();
    return all.size() == 1 ? *all.begin() : scope.model();
}

/// A pick of one leaf turns into the list's sort and condition.
Result<void> endPick(Node& leaf, ListOptions& list, bool isFirst)
{
    if (leaf.leaf.pick == Pick::Count && leaf.leaf.column.empty())
        return editRefused(
            "counts", Text::tr("%1 counts rows: it has no value per row.").arg(shownNode(leaf)));
    if (isFirst)
        list.where = leaf.leaf.where;
    else if (!(list.where == leaf.leaf.where))
        return editRefused("where", Text::tr("%1 is taken from other rows than the fields before "
                                             "it: their conditions differ.")
                                        .arg(shownNode(leaf)));
    if (list.sortBy.empty() && leaf.leaf.pick != Pick::Last)
        list.sortBy = leaf.leaf.sortBy;
    leaf.leaf.where = {};
    leaf.leaf.sortBy.clear();
    leaf.leaf.pick = Pick::None;
    return {};
}

} // namespace

Result<EditedShape> wrapInObject(Shape shape, const std::vector<NodeId>& nodes,
                                 const std::string& name)
{
    const auto place = commonPlace(shape, nodes);
    if (!place)
        return Failure(place.error());
    if (name.empty())
        return editRefused("name.empty", Text::tr("A field needs a name."));
    Node object;
    const NodeId selected = object.id = freshId(shape);
    Node& parent = *shape.find(place->parent);
    object.children = takeChildren(parent, nodes);
    nameChildren(object);
    object.name = parent.kind == NodeKind::Map ? std::string() : uniqueName(parent, name);
    insertNode(shape, *place, std::move(object));
    return finishedEdit(std::move(shape), selected);
}

Result<EditedShape> unwrap(Shape shape, NodeId object)
{
    const auto place = placeOf(shape, object);
    if (!place)
        return Failure(checkLeaving(shape, object).error());
    const Node wrapped = *shape.find(object);
    if (wrapped.kind != NodeKind::Object)
        return editRefused(
            "object",
            Text::tr("%1 is no object: only objects can be taken apart.").arg(shownNode(wrapped)));
    Node& parent = *shape.find(place->parent);
    const bool single = parent.kind == NodeKind::Map ||
                        (parent.kind == NodeKind::List && parent.list.form == ListForm::Values);
    if (single && wrapped.children.size() != 1)
        return editRefused("single", Text::tr("There is room for one value here, and the object "
                                              "has %1.")
                                         .arg(qulonglong(wrapped.children.size())));
    parent.children.erase(parent.children.begin() + static_cast<std::ptrdiff_t>(place->index));
    Place to = *place;
    for (const Node& child : wrapped.children) {
        const bool taken = std::any_of(parent.children.begin(), parent.children.end(),
                                       [&](const Node& other) { return other.name == child.name; });
        if (taken)
            return editRefused(
                "name.taken",
                Text::tr("There is a “%1” outside the object already.").arg(toQString(child.name)));
        insertNode(shape, to, child);
        ++to.index;
    }
    const NodeId selected = wrapped.children.empty() ? place->parent : wrapped.children.front().id;
    return finishedEdit(std::move(shape), selected);
}

Result<EditedShape> groupIntoList(Shape shape, const ShapeModels& models,
                                  const std::vector<NodeId>& leaves, const std::string& name)
{
    const auto place = commonPlace(shape, leaves);
    if (!place)
        return Failure(place.error());
    if (name.empty())
        return editRefused("name.empty", Text::tr("A list needs a name."));
    const EditScope scope = editScopeIn(shape, place->parent);
    Node list;
    const NodeId selected = list.id = freshId(shape);
    list.kind = NodeKind::List;
    Node& parent = *shape.find(place->parent);
    list.children = takeChildren(parent, leaves);
    const auto model = groupedModel(list.children, scope, models);
    if (!model)
        return Failure(model.error());
    list.list.source.model = scope.reference(*model);
    const EditScope inner = scope.within(list);
    bool isFirst = true;
    for (Node& leaf : list.children) {
        if (!readsRows(leaf))
            continue;
        const std::string read = leaf.leaf.model.empty() ? scope.model() : leaf.leaf.model;
        if (read == *model) {
            HEADGATE_TRY(endPick(leaf, list.list, isFirst));
            isFirst = false;
        } else if (leaf.leaf.pick == Pick::None && isToMany(models, read))
            return twoModels(*model, read);
        leaf.leaf.model = inner.reference(read);
    }
    nameChildren(list);
    list.name = parent.kind == NodeKind::Map ? std::string() : uniqueName(parent, name);
    insertNode(shape, *place, std::move(list));
    return finishedEdit(std::move(shape), selected);
}

} // namespace headgate::shape
