// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/shape_edit.h"

#include "base/text.h"
#include "shape/edit_scope.h"

#include <algorithm>
#include <set>

namespace headgate::shape {

namespace {

bool holdsNode(const Node& node, NodeId id)
{
    return node.id == id || std::any_of(node.children.begin(), node.children.end(),
                                        [&](const Node& child) { return holdsNode(child, id); });
}

void forgetIds(Node& node)
{
    node.id = 0;
    for (Node& child : node.children)
        forgetIds(child);
}

Node takenOut(Shape& shape, const Place& place)
{
    auto& children = shape.find(place.parent)->children;
    Node node = std::move(children[place.index]);
    children.erase(children.begin() + static_cast<std::ptrdiff_t>(place.index));
    return node;
}

Failure nameTaken(const Node& parent, const std::string& name)
{
    return editRefused(
        "name.taken",
        parent.name.empty()
            ? Text::tr("There is a “%1” here already.").arg(toQString(name))
            : Text::tr("%1 has a “%2” already.").arg(shownNode(parent), toQString(name)));
}

Result<void> checkName(const Node& parent, NodeId self, const std::string& name)
{
    if (name.empty())
        return editRefused("name.empty", Text::tr("A field needs a name."));
    for (const Node& child : parent.children)
        if (child.id != self && child.name == name)
            return nameTaken(parent, name);
    return {};
}

/// Outermost nodes of `ids` in document order.
void collectOutermost(const Node& node, const std::set<NodeId>& ids, std::vector<NodeId>& into)
{
    for (const Node& child : node.children)
        if (ids.count(child.id) != 0)
            into.push_back(child.id);
        else
            collectOutermost(child, ids, into);
}

NodeId neighbourAt(const Shape& shape, const Place& place)
{
    const Node& parent = *shape.find(place.parent);
    if (parent.children.empty())
        return parent.id;
    return parent.children[std::min(place.index, parent.children.size() - 1)].id;
}

Result<EditedShape> movedBy(Shape shape, NodeId node, bool up)
{
    const auto place = checkLeaving(shape, node);
    if (!place)
        return Failure(place.error());
    const std::size_t last = shape.find(place->parent)->children.size() - 1;
    if (up && place->index == 0)
        return editRefused(
            "first", Text::tr("%1 is the first here already.").arg(shownNode(*shape.find(node))));
    if (!up && place->index == last)
        return editRefused(
            "last", Text::tr("%1 is the last here already.").arg(shownNode(*shape.find(node))));
    const std::size_t index = up ? place->index - 1 : place->index + 2;
    return moveNode(std::move(shape), node, {place->parent, index});
}

} // namespace

Result<EditedShape> addField(Shape shape, const Place& place, const std::string& name,
                             NodeKind kind)
{
    HEADGATE_TRY(checkTarget(shape, place.parent));
    if (name.empty())
        return editRefused("name.empty", Text::tr("A field needs a name."));
    Node node;
    node.id = freshId(shape);
    node.name = uniqueName(*shape.find(place.parent), name);
    node.kind = kind;
    if (kind == NodeKind::Constant)
        node.leaf.value = "";
    if (kind == NodeKind::Json)
        node.leaf.value = data::JsonNode::object();
    if (kind == NodeKind::Map) {
        node.children.emplace_back();
        node.children.front().kind = NodeKind::Column;
    }
    const NodeId selected = node.id;
    insertNode(shape, place, std::move(node));
    return finishedEdit(std::move(shape), selected);
}

Result<EditedShape> moveNode(Shape shape, NodeId node, const Place& place)
{
    const auto from = checkLeaving(shape, node);
    if (!from)
        return Failure(from.error());
    const Node& moved = *shape.find(node);
    if (holdsNode(moved, place.parent))
        return editRefused("cycle",
                           walksRows(moved)
                               ? Text::tr("A list cannot go into its own element.")
                               : Text::tr("%1 cannot go into itself.").arg(shownNode(moved)));
    Place to = place;
    if (place.parent == from->parent) {
        to.index = std::min(place.index, shape.find(place.parent)->children.size());
        to.index -= to.index > from->index ? 1 : 0;
        insertNode(shape, to, takenOut(shape, *from));
        return finishedEdit(std::move(shape), node);
    }
    HEADGATE_TRY(checkTarget(shape, place.parent));
    const EditScope scope = editScopeIn(shape, from->parent);
    const EditScope target = editScopeIn(shape, place.parent);
    Node taken = takenOut(shape, *from);
    const Node& parent = *shape.find(place.parent);
    taken.name = taken.name.empty() ? uniqueName(parent, ownName(taken)) : taken.name;
    HEADGATE_TRY(checkName(parent, node, taken.name));
    HEADGATE_TRY(rehome(taken, scope, target));
    insertNode(shape, to, std::move(taken));
    return finishedEdit(std::move(shape), node);
}

Result<EditedShape> copyNode(Shape shape, NodeId node, const Place& place)
{
    const auto from = placeOf(shape, node);
    if (!from)
        return Failure(checkLeaving(shape, node).error());
    HEADGATE_TRY(checkTarget(shape, place.parent));
    Node copy = *shape.find(node);
    HEADGATE_TRY(rehome(copy, editScopeIn(shape, from->parent), editScopeIn(shape, place.parent)));
    forgetIds(copy);
    const NodeId selected = copy.id = freshId(shape);
    copy.name = uniqueName(*shape.find(place.parent), ownName(copy));
    insertNode(shape, place, std::move(copy));
    return finishedEdit(std::move(shape), selected);
}

Result<EditedShape> removeNodes(Shape shape, const std::vector<NodeId>& nodes)
{
    for (const NodeId id : nodes)
        if (!shape.find(id) || shape.root.id == id)
            return Failure(checkLeaving(shape, id).error());
    std::vector<NodeId> outermost;
    collectOutermost(shape.root, {nodes.begin(), nodes.end()}, outermost);
    if (outermost.empty())
        return editRefused("nothing", Text::tr("Nothing is selected."));
    for (const NodeId id : outermost)
        HEADGATE_TRY(checkLeaving(shape, id));
    const Place first = *placeOf(shape, outermost.front());
    for (const NodeId id : outermost)
        takenOut(shape, *placeOf(shape, id));
    const NodeId selected = neighbourAt(shape, first);
    return finishedEdit(std::move(shape), selected);
}

Result<EditedShape> renameNode(Shape shape, NodeId node, const std::string& name)
{
    const auto place = placeOf(shape, node);
    if (!place)
        return shape.root.id == node
                   ? editRefused("root", Text::tr("The outermost object has no name."))
                   : Failure(checkLeaving(shape, node).error());
    const Node& parent = *shape.find(place->parent);
    if (parent.kind == NodeKind::Map)
        return editRefused("map_value",
                           Text::tr("The values of a map are named by its key column."));
    HEADGATE_TRY(checkName(parent, node, name));
    shape.find(node)->name = name;
    return finishedEdit(std::move(shape), node);
}

Result<EditedShape> moveUp(Shape shape, NodeId node)
{
    return movedBy(std::move(shape), node, true);
}

Result<EditedShape> moveDown(Shape shape, NodeId node)
{
    return movedBy(std::move(shape), node, false);
}

Result<EditedShape> outdent(Shape shape, NodeId node)
{
    const auto place = checkLeaving(shape, node);
    if (!place)
        return Failure(place.error());
    const auto parent = placeOf(shape, place->parent);
    if (!parent)
        return editRefused(
            "outdent",
            Text::tr("%1 is at the outermost level already.").arg(shownNode(*shape.find(node))));
    return moveNode(std::move(shape), node, {parent->parent, parent->index + 1});
}

Result<EditedShape> indent(Shape shape, NodeId node)
{
    const auto place = checkLeaving(shape, node);
    if (!place)
        return Failure(place.error());
    const Node& parent = *shape.find(place->parent);
    if (place->index == 0 || parent.children[place->index - 1].isLeaf())
        return editRefused("indent",
                           Text::tr("There is no object or list right before %1 to go into.")
                               .arg(shownNode(*shape.find(node))));
    const NodeId into = parent.children[place->index - 1].id;
    return moveNode(std::move(shape), node, {into, Place::end});
}

} // namespace headgate::shape
