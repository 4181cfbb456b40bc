// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "shape/edit_scope.h"

#include <algorithm>

namespace headgate::shape {

namespace {

bool isJson(const data::Schema* schema, const std::string& column)
{
    const auto index = schema ? schema->indexOf(column) : std::nullopt;
    return index && schema->columns[*index].kind == data::ValueKind::Json;
}

/// The first element field that is a column of the list's own rows, and can be a name.
std::string firstKeyColumn(const Node& list, const data::Schema* schema)
{
    for (const Node& child : list.children)
        if (child.kind == NodeKind::Column && child.leaf.model.empty() &&
            child.leaf.pick == Pick::None && !child.leaf.column.empty() &&
            !isJson(schema, child.leaf.column))
            return child.leaf.column;
    return {};
}

void nameElements(Node& list)
{
    for (Node& child : list.children) {
        if (!child.name.empty())
            continue;
        child.name = uniqueName(list, ownName(child));
    }
}

Result<void> checkColumnName(const std::string& column)
{
    if (column.empty())
        return editRefused("column", Text::tr("A column is needed here."));
    return {};
}

} // namespace

Result<EditedShape> setListForm(Shape shape, NodeId list, ListForm form, const ShapeModels* models)
{
    const auto node = listIn(shape, list);
    if (!node)
        return Failure(node.error());
    if ((*node)->kind == NodeKind::Map)
        return editRefused("map", Text::tr("A map has one form only. Use a list for the others."));
    ListOptions& options = (*node)->list;
    if (form == ListForm::DictionaryByKey && options.key.column.empty()) {
        const data::Schema* schema = models ? schemaNamed(*models, modelAt(shape, list)) : nullptr;
        options.key.column =
            options.groupBy.empty() ? firstKeyColumn(**node, schema) : options.groupBy.front();
        if (options.key.column.empty())
            return editRefused("key", Text::tr("A dictionary by key needs a column for its keys: "
                                               "add one to the list first."));
    }
    options.form = form;
    if (form != ListForm::Values)
        nameElements(**node);
    return finishedEdit(std::move(shape), list);
}

Result<EditedShape> addSort(Shape shape, NodeId list, const std::string& column, bool descending)
{
    HEADGATE_TRY(checkColumnName(column));
    const auto node = listIn(shape, list);
    if (!node)
        return Failure(node.error());
    auto& keys = (*node)->list.sortBy;
    SortKey key{column, descending, {}};
    const auto known = std::find_if(keys.begin(), keys.end(),
                                    [&](const SortKey& other) { return other.column == column; });
    if (known != keys.end()) {
        key.extra = known->extra;
        keys.erase(known);
    }
    keys.insert(keys.begin(), std::move(key));
    (*node)->list.order = ListOrder::Sorted;
    return finishedEdit(std::move(shape), list);
}

Result<EditedShape> addDistinct(Shape shape, NodeId list, const std::string& column)
{
    HEADGATE_TRY(checkColumnName(column));
    const auto node = listIn(shape, list);
    if (!node)
        return Failure(node.error());
    ListOptions& options = (*node)->list;
    if (!options.groupBy.empty())
        return editRefused("distinct", Text::tr("The elements of groups are distinct already."));
    if (std::find(options.distinct.begin(), options.distinct.end(), column) !=
        options.distinct.end())
        return editRefused(
            "distinct", Text::tr("The list is distinct by “%1” already.").arg(toQString(column)));
    options.distinct.push_back(column);
    return finishedEdit(std::move(shape), list);
}

Result<EditedShape> addCondition(Shape shape, NodeId list, const Condition& condition)
{
    const auto node = listIn(shape, list);
    if (!node)
        return Failure(node.error());
    Condition& where = (*node)->list.where;
    if (where.op != ConditionOperator::All || !where.extra.is_null()) {
        Condition both;
        both.parts.push_back(std::move(where));
        where = std::move(both);
    }
    where.parts.push_back(condition);
    return finishedEdit(std::move(shape), list);
}

Result<EditedShape> setKey(Shape shape, NodeId list, const std::string& column)
{
    HEADGATE_TRY(checkColumnName(column));
    const auto node = listIn(shape, list);
    if (!node)
        return Failure(node.error());
    (*node)->list.key.column = column;
    if ((*node)->kind == NodeKind::List) {
        (*node)->list.form = ListForm::DictionaryByKey;
        nameElements(**node);
    }
    return finishedEdit(std::move(shape), list);
}

} // namespace headgate::shape
