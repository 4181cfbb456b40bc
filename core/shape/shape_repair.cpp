// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/shape_repair.h"

#include "base/text.h"
#include "shape/edit_scope.h"
#include "shape/shape_suggest.h"

namespace headgate::shape {

namespace {

using MaybeRepair = std::optional<ShapeRepair>;

MaybeRepair repaired(const QString& name, Result<EditedShape> edited)
{
    return edited ? MaybeRepair({name, *std::move(edited)}) : std::nullopt;
}

MaybeRepair bindToLikeliest(const Shape& shape, const ShapeModels& models, const Node& leaf)
{
    for (const Suggestion& suggestion : suggestionsFor(shape, models, leaf.id)) {
        const QString name = Text::tr("Bind to %1").arg(toQString(suggestion.column.column));
        auto bound = bindColumn(shape, models, leaf.id, suggestion.column);
        if (!bound && bound.error().code == "shape.edit.several")
            bound = bindColumn(shape, models, leaf.id, suggestion.column, Several::First);
        if (bound)
            return repaired(name, std::move(bound));
    }
    return std::nullopt;
}

MaybeRepair takeOne(const Shape& shape, const ShapeModels& models, const Node& leaf)
{
    if (leaf.leaf.column.empty())
        return std::nullopt;
    return repaired(
        Text::tr("Take the newest"),
        bindColumn(shape, models, leaf.id, {leaf.leaf.model, leaf.leaf.column}, Several::First));
}

MaybeRepair sendAsText(Shape shape, const Node& leaf)
{
    if (!leaf.isLeaf() || leaf.leaf.type == LeafType::Text)
        return std::nullopt;
    shape.find(leaf.id)->leaf.type = LeafType::Text;
    return ShapeRepair{Text::tr("Send as text"), {std::move(shape), leaf.id}};
}

MaybeRepair nameAnew(const Shape& shape, const Node& node)
{
    const auto place = placeOf(shape, node.id);
    if (!place)
        return std::nullopt;
    const std::string wanted = !node.name.empty()          ? node.name
                               : !node.leaf.column.empty() ? node.leaf.column
                                                           : "field";
    const std::string name = uniqueName(*shape.find(place->parent), wanted);
    return repaired(Text::tr("Rename to %1").arg(toQString(name)),
                    renameNode(shape, node.id, name));
}

MaybeRepair removeIt(const Shape& shape, const Node& node)
{
    return node.id == shape.root.id
               ? std::nullopt
               : repaired(Text::tr("Remove it"), removeNodes(shape, {node.id}));
}

MaybeRepair sortIt(const Shape& shape, const ShapeModels& models, const Node& list)
{
    const std::string model = editScopeIn(shape, list.id).model();
    const RelatedModel* const related = relatedNamed(models, model);
    const std::string time = related ? related->eventTime : models.eventTime;
    if (time.empty())
        return std::nullopt;
    return repaired(Text::tr("Newest first"), addSort(shape, list.id, time, true));
}

bool isAbout(const std::string& code, std::initializer_list<std::string_view> codes)
{
    return std::find(codes.begin(), codes.end(), code) != codes.end();
}

} // namespace

std::optional<ShapeRepair> repairFor(const Shape& shape, const ShapeModels& models, NodeId id,
                                     const std::string& code)
{
    const Node* const node = shape.find(id);
    if (node == nullptr)
        return std::nullopt;
    // Of what is filled by nothing that is there, nothing is lost when it goes.
    if (isAbout(code, {"shape.leaf.unbound", "shape.column.unknown", "shape.model.unknown"})) {
        auto bound = bindToLikeliest(shape, models, *node);
        return bound ? bound : removeIt(shape, *node);
    }
    if (isAbout(code, {"shape.leaf.several", "record.value.differs", "record.lookup.several"}))
        return takeOne(shape, models, *node);
    if (isAbout(code, {"shape.name.empty", "shape.name.duplicate"}))
        return nameAnew(shape, *node);
    if (isAbout(code, {"shape.list.order", "shape.list.limit", "shape.list.last"}))
        return sortIt(shape, models, *node);
    if (code.rfind("value.", 0) == 0)
        return sendAsText(shape, *node);
    return std::nullopt;
}

std::optional<ShapeRepair> makeSmaller(const Shape& shape, NodeId id,
                                       std::optional<std::uint64_t> elements)
{
    const Node* const node = shape.find(id);
    if (node == nullptr || id == shape.root.id)
        return std::nullopt;
    const QString name = toQString(node->name);
    if (elements.value_or(0) == 0 || node->isLeaf())
        return repaired(Text::tr("Leave out %1").arg(name), removeNodes(shape, {id}));
    Shape limited = shape;
    limited.find(id)->list.limit = elements;
    return ShapeRepair{Text::tr("At most %1 of %2").arg(qulonglong(*elements)).arg(name),
                       {std::move(limited), id}};
}

} // namespace headgate::shape
