// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/edit_scope.h"

#include "base/text.h"

#include <algorithm>

namespace headgate::shape {

namespace {

/// Nodes from the root down to `id`, both included; empty if it is not there.
std::vector<const Node*> pathTo(const Node& from, NodeId id)
{
    if (from.id == id)
        return {&from};
    for (const Node& child : from.children) {
        std::vector<const Node*> path = pathTo(child, id);
        if (!path.empty()) {
            path.insert(path.begin(), &from);
            return path;
        }
    }
    return {};
}

bool isAmong(const std::vector<std::string>& names, const std::string& name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool isOneRow(const RowLevel& level, const ShapeModels& models)
{
    return level.node == 0 ? models.isRowPerRecord() : level.groupBy.empty();
}

const std::vector<std::string>& fixedColumns(const RowLevel& level, const ShapeModels& models)
{
    return level.node == 0 ? models.recordKey : level.groupBy;
}

/// Whether a value that is read of the rows of `from` is as well defined at `to`, of one model.
bool readsAlike(const Node& leaf, const EditScope& target, const RowLevel& from, const RowLevel& to)
{
    if (from.node == to.node || target.level(from.node))
        return true;
    return from.node != 0 && to.node != 0 &&
           (to.groupBy.empty() || isAmong(to.groupBy, leaf.leaf.column));
}

QString rowsOf(const std::string& model)
{
    return model == mainModel ? Text::tr("the record") : Text::tr("“%1”").arg(toQString(model));
}

Result<void> rehomeLeaf(Node& leaf, const EditScope& from, const EditScope& to)
{
    if (!readsRows(leaf))
        return {};
    const std::string model = leaf.leaf.model.empty() ? from.model() : leaf.leaf.model;
    const bool lookedUp = model != from.model();
    const bool looksUp = model != to.model();
    if (leaf.leaf.pick == Pick::None) {
        const RowLevel& before = lookedUp ? from.mainRows() : from.rows();
        const RowLevel& after = looksUp ? to.mainRows() : to.rows();
        const bool sameWay = lookedUp == looksUp || model == mainModel;
        const bool alike = sameWay ? readsAlike(leaf, to, before, after) : lookedUp;
        if (!alike)
            return editRefused(
                "rows", Text::tr("%1 differs between the rows of %2, and this place has no list "
                                 "over them. Drop its column here to say which row counts.")
                            .arg(shownNode(leaf), rowsOf(model)));
    }
    leaf.leaf.model = to.reference(model);
    return {};
}

} // namespace

const RowLevel& EditScope::mainRows() const
{
    const auto found = std::find_if(levels.rbegin(), levels.rend(),
                                    [](const RowLevel& level) { return level.model == mainModel; });
    return found == levels.rend() ? levels.front() : *found;
}

const RowLevel* EditScope::level(NodeId node) const
{
    const auto found = std::find_if(levels.begin(), levels.end(),
                                    [&](const RowLevel& level) { return level.node == node; });
    return found == levels.end() ? nullptr : &*found;
}

EditScope EditScope::within(const Node& node) const
{
    EditScope inner = *this;
    if (walksRows(node))
        inner.levels.push_back({node.id,
                                node.list.source.model.empty() ? model() : node.list.source.model,
                                node.list.groupBy});
    return inner;
}

std::string EditScope::reference(const std::string& model) const
{
    return model == this->model() ? std::string() : model;
}

EditScope editScopeIn(const Shape& shape, NodeId parent)
{
    EditScope scope;
    for (const Node* node : pathTo(shape.root, parent))
        scope = scope.within(*node);
    return scope;
}

std::string modelOf(const ColumnRef& column)
{
    return column.model.empty() ? std::string(mainModel) : column.model;
}

const RelatedModel* relatedNamed(const ShapeModels& models, const std::string& model)
{
    const auto found =
        std::find_if(models.related.begin(), models.related.end(),
                     [&](const RelatedModel& related) { return related.name == model; });
    return found == models.related.end() ? nullptr : &*found;
}

const data::Schema* schemaNamed(const ShapeModels& models, const std::string& model)
{
    if (model == mainModel)
        return &models.main;
    const RelatedModel* related = relatedNamed(models, model);
    return related ? &related->schema : nullptr;
}

bool walksRows(const Node& node)
{
    return node.kind == NodeKind::List || node.kind == NodeKind::Map;
}

bool readsRows(const Node& leaf)
{
    const auto hasColumn = [](const Function& function) {
        return std::any_of(function.operands.begin(), function.operands.end(),
                           [](const Operand& operand) { return !operand.column.empty(); });
    };
    const auto& functions = leaf.leaf.functions;
    if (leaf.leaf.pick == Pick::Count || std::any_of(functions.begin(), functions.end(), hasColumn))
        return true;
    switch (leaf.kind) {
    case NodeKind::Column:
    case NodeKind::Json:
        return !leaf.leaf.column.empty();
    case NodeKind::Text:
        return leaf.leaf.text.find('{') != std::string::npos;
    case NodeKind::Constant:
    case NodeKind::Object:
    case NodeKind::List:
    case NodeKind::Map:
        return false;
    }
    return false;
}

Cardinality cardinalityIn(const EditScope& scope, const ShapeModels& models,
                          const ColumnRef& column)
{
    const std::string model = modelOf(column);
    if (model == scope.model() || model == mainModel) {
        const RowLevel& level = model == scope.model() ? scope.rows() : scope.mainRows();
        const bool one =
            isOneRow(level, models) || isAmong(fixedColumns(level, models), column.column);
        return one ? Cardinality::One : Cardinality::Many;
    }
    const RelatedModel* related = relatedNamed(models, model);
    const RowLevel& level = scope.mainRows();
    const auto isFixed = [&](const std::string& name) {
        return isAmong(fixedColumns(level, models), name);
    };
    const bool one = related && related->toOne &&
                     (isOneRow(level, models) || std::all_of(related->mainColumns.begin(),
                                                             related->mainColumns.end(), isFixed));
    return one ? Cardinality::One : Cardinality::Many;
}

Result<void> rehome(Node& node, const EditScope& from, const EditScope& to)
{
    if (node.isLeaf())
        return rehomeLeaf(node, from, to);
    const EditScope inner = from.within(node);
    if (walksRows(node) && node.list.source.model.empty())
        node.list.source.model = to.reference(from.model());
    const EditScope innerTo = to.within(node);
    for (Node& child : node.children)
        HEADGATE_TRY(rehome(child, inner, innerTo));
    return {};
}

std::optional<Place> placeOf(const Shape& shape, NodeId node)
{
    const std::vector<const Node*> path = pathTo(shape.root, node);
    if (path.size() < 2)
        return std::nullopt;
    const Node& parent = **std::prev(path.end(), 2);
    const auto index = static_cast<std::size_t>(path.back() - parent.children.data());
    return Place{parent.id, index};
}

std::string modelAt(const Shape& shape, NodeId parent)
{
    return editScopeIn(shape, parent).model();
}

Cardinality cardinalityOf(const Shape& shape, const ShapeModels& models, NodeId parent,
                          const ColumnRef& column)
{
    return cardinalityIn(editScopeIn(shape, parent), models, column);
}

} // namespace headgate::shape
