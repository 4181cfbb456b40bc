// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "shape/edit_scope.h"

#include <algorithm>

namespace headgate::shape {

namespace {

/// What shapeFromJson() still reads.
constexpr std::size_t deepestEditedNode = 24;

std::size_t depthBelow(const Node& node)
{
    std::size_t depth = 0;
    for (const Node& child : node.children)
        depth = std::max(depth, 1 + depthBelow(child));
    return depth;
}

NodeId greatestId(const Node& node)
{
    NodeId greatest = node.id;
    for (const Node& child : node.children)
        greatest = std::max(greatest, greatestId(child));
    return greatest;
}

bool hasChildNamed(const Node& parent, const std::string& name)
{
    return std::any_of(parent.children.begin(), parent.children.end(),
                       [&](const Node& child) { return child.name == name; });
}

} // namespace

Failure editRefused(const char* code, QString sentence)
{
    return fail(ErrorKind::Usage, std::string("shape.edit.") + code, std::move(sentence));
}

QString shownNode(const Node& node)
{
    if (!node.name.empty())
        return Text::tr("“%1”").arg(toQString(node.name));
    switch (node.kind) {
    case NodeKind::Object:
        return Text::tr("This object");
    case NodeKind::List:
        return Text::tr("This list");
    case NodeKind::Map:
        return Text::tr("This map");
    case NodeKind::Column:
        return node.leaf.column.empty() ? Text::tr("This field")
                                        : Text::tr("“%1”").arg(toQString(node.leaf.column));
    case NodeKind::Constant:
    case NodeKind::Text:
    case NodeKind::Json:
        return Text::tr("This field");
    }
    return {};
}

Result<Node*> nodeIn(Shape& shape, NodeId id)
{
    if (Node* node = shape.find(id))
        return node;
    return editRefused("gone", Text::tr("This is no longer in the shape."));
}

Result<Node*> listIn(Shape& shape, NodeId id)
{
    auto node = nodeIn(shape, id);
    if (node && !walksRows(**node))
        return editRefused("list", Text::tr("%1 is no list.").arg(shownNode(**node)));
    return node;
}

Result<void> checkTarget(const Shape& shape, NodeId parent)
{
    const Node* node = shape.find(parent);
    if (!node)
        return editRefused("gone", Text::tr("This is no longer in the shape."));
    if (node->isLeaf())
        return editRefused(
            "target",
            Text::tr("%1 is a single value: nothing can go into it.").arg(shownNode(*node)));
    if (node->children.empty())
        return {};
    if (node->kind == NodeKind::Map)
        return editRefused("map", Text::tr("A map has one value per key. To send several, wrap "
                                           "its value in an object."));
    if (node->kind == NodeKind::List && node->list.form == ListForm::Values)
        return editRefused("values", Text::tr("A list of values has one value per element. Make "
                                              "it a list of dictionaries to add fields."));
    return {};
}

Result<Place> checkLeaving(const Shape& shape, NodeId node)
{
    const auto place = placeOf(shape, node);
    if (place) {
        if (shape.find(place->parent)->kind == NodeKind::Map)
            return editRefused("map_value", Text::tr("A map needs its value: change it, or take "
                                                     "the whole map."));
        return *place;
    }
    if (shape.root.id == node)
        return editRefused("root", Text::tr("The outermost object is the payload itself: it stays "
                                            "where it is."));
    return editRefused("gone", Text::tr("This is no longer in the shape."));
}

std::string uniqueName(const Node& parent, const std::string& wanted)
{
    std::string name = wanted;
    for (int number = 2; hasChildNamed(parent, name); ++number)
        name = wanted + '_' + std::to_string(number);
    return name;
}

std::string ownName(const Node& node)
{
    if (!node.name.empty())
        return node.name;
    return node.leaf.column.empty() ? "value" : node.leaf.column;
}

NodeId freshId(const Shape& shape)
{
    return greatestId(shape.root) + 1;
}

void insertNode(Shape& shape, const Place& place, Node node)
{
    auto& children = shape.find(place.parent)->children;
    const auto index = static_cast<std::ptrdiff_t>(std::min(place.index, children.size()));
    children.insert(children.begin() + index, std::move(node));
}

Result<EditedShape> finishedEdit(Shape shape, NodeId selected)
{
    if (depthBelow(shape.root) > deepestEditedNode)
        return editRefused(
            "depth",
            Text::tr("The payload would be nested deeper than %1 levels.").arg(deepestEditedNode));
    shape.numberNodes();
    return EditedShape{std::move(shape), selected};
}

} // namespace headgate::shape
