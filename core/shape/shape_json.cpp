// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/shape_json.h"

#include "shape/leaf_json.h"

namespace headgate::shape {

using data::JsonNode;

namespace {

constexpr int deepestShapeNode = 24;

Node readNode(const JsonNode& json, const std::string& place, Issues& issues, int depth);

void readChildren(FieldReader& fields, const char* field, int depth, Node& into)
{
    if (!fields.require(field))
        return;
    const JsonNode* json = fields.takeArray(field);
    if (!json)
        return;
    for (std::size_t i = 0; i < json->size(); ++i)
        into.children.push_back(readNode((*json)[i],
                                         fields.placeOf(field) + '/' + std::to_string(i),
                                         fields.issues(), depth + 1));
}

void readKey(FieldReader& fields, ListKey& into)
{
    const JsonNode* json = fields.require("key");
    if (!json)
        return;
    FieldReader key(*json, fields.placeOf("key"), fields.issues());
    key.requireText("column", into.column);
    into.functions = functionsFromJson(key);
    into.extra = key.rest();
}

void readSource(FieldReader& fields, ListSource& into)
{
    const JsonNode* json = fields.take("source");
    if (!json)
        return;
    FieldReader source(*json, fields.placeOf("source"), fields.issues());
    source.text("model", into.model);
    into.extra = source.rest();
}

void readRepeating(FieldReader& fields, Node& into)
{
    ListOptions& list = into.list;
    readSource(fields, list.source);
    list.where = whereFromJson(fields);
    fields.texts("groupBy", list.groupBy);
    fields.choice("order", listOrders, list.order);
    list.sortBy = sortByFromJson(fields);
    fields.texts("distinct", list.distinct);
    list.limit = fields.count("limit");
    if (into.kind == NodeKind::Map || list.form == ListForm::DictionaryByKey) {
        readKey(fields, list.key);
        fields.choice("repeatedKeys", repeatedKeys, list.repeated);
    }
    fields.choice("whenEmpty", whenEmpties, into.whenEmpty);
}

void readMapValue(FieldReader& fields, int depth, Node& into)
{
    if (const JsonNode* value = fields.require("value"))
        into.children.push_back(
            readNode(*value, fields.placeOf("value"), fields.issues(), depth + 1));
}

void readJsonLeaf(FieldReader& fields, Node& into)
{
    const JsonNode* value = fields.take("value");
    if (value)
        into.leaf.value = *value;
    fields.text("column", into.leaf.column);
    if (into.leaf.column.empty() == !value)
        fields.report("column", "shape.field.choice",
                      Text::tr("Either “column” or “value” is expected."));
}

void readConstant(FieldReader& fields, Node& into)
{
    std::optional<JsonNode> value;
    if (fields.require("value"))
        fields.scalar("value", value);
    if (value)
        into.leaf.value = *value;
}

void readByKind(FieldReader& fields, int depth, Node& into)
{
    if (into.isLeaf())
        leafFromJson(fields, into.leaf);
    switch (into.kind) {
    case NodeKind::Object:
        fields.choice("whenEmpty", whenEmpties, into.whenEmpty);
        readChildren(fields, "fields", depth, into);
        return;
    case NodeKind::List:
        fields.choice("form", listForms, into.list.form);
        readRepeating(fields, into);
        readChildren(fields, "element", depth, into);
        return;
    case NodeKind::Map:
        readRepeating(fields, into);
        readMapValue(fields, depth, into);
        return;
    case NodeKind::Column:
        fields.text("column", into.leaf.column);
        return;
    case NodeKind::Constant:
        readConstant(fields, into);
        return;
    case NodeKind::Text:
        fields.requireText("text", into.leaf.text);
        return;
    case NodeKind::Json:
        readJsonLeaf(fields, into);
        return;
    }
}

Node readNode(const JsonNode& json, const std::string& place, Issues& issues, int depth)
{
    Node node;
    FieldReader fields(json, place, issues);
    if (depth > deepestShapeNode) {
        issues.push_back(
            {Severity::Error,
             "shape.depth",
             place,
             Text::tr("The shape is nested deeper than %1 levels.").arg(deepestShapeNode),
             {}});
        return node;
    }
    fields.text("name", node.name);
    if (fields.require("kind"))
        fields.choice("kind", nodeKinds, node.kind);
    readByKind(fields, depth, node);
    node.extra = fields.rest();
    return node;
}

JsonNode nodeToJson(const Node& node);

JsonNode childrenToJson(const Node& node)
{
    JsonNode json = JsonNode::array();
    for (const Node& child : node.children)
        json.push_back(nodeToJson(child));
    return json;
}

void keyToJson(const ListOptions& list, JsonNode& into)
{
    JsonNode key = JsonNode::object();
    key["column"] = list.key.column;
    functionsToJson(list.key.functions, key);
    if (list.key.extra.is_object())
        key.update(list.key.extra);
    into["key"] = std::move(key);
    if (list.repeated != RepeatedKeys::Invalid)
        into["repeatedKeys"] = name(list.repeated);
}

void sourceToJson(const ListSource& source, JsonNode& into)
{
    if (source.model.empty() && source.extra.is_null())
        return;
    JsonNode json = JsonNode::object();
    if (!source.model.empty())
        json["model"] = source.model;
    if (source.extra.is_object())
        json.update(source.extra);
    into["source"] = std::move(json);
}

void repeatingToJson(const Node& node, JsonNode& into)
{
    const ListOptions& list = node.list;
    sourceToJson(list.source, into);
    whereToJson(list.where, into);
    if (!list.groupBy.empty())
        into["groupBy"] = list.groupBy;
    if (list.order != ListOrder::Sorted)
        into["order"] = name(list.order);
    sortByToJson(list.sortBy, into);
    if (!list.distinct.empty())
        into["distinct"] = list.distinct;
    if (list.limit)
        into["limit"] = *list.limit;
    if (node.kind == NodeKind::Map || list.form == ListForm::DictionaryByKey)
        keyToJson(list, into);
}

void byKindToJson(const Node& node, JsonNode& into)
{
    switch (node.kind) {
    case NodeKind::Object:
        into["fields"] = childrenToJson(node);
        return;
    case NodeKind::List:
        into["form"] = name(node.list.form);
        repeatingToJson(node, into);
        into["element"] = childrenToJson(node);
        return;
    case NodeKind::Map:
        repeatingToJson(node, into);
        if (!node.children.empty())
            into["value"] = nodeToJson(node.children.front());
        return;
    case NodeKind::Column:
        if (!node.leaf.column.empty())
            into["column"] = node.leaf.column;
        return;
    case NodeKind::Constant:
        into["value"] = node.leaf.value;
        return;
    case NodeKind::Text:
        into["text"] = node.leaf.text;
        return;
    case NodeKind::Json:
        if (node.leaf.column.empty())
            into["value"] = node.leaf.value;
        else
            into["column"] = node.leaf.column;
        return;
    }
}

JsonNode nodeToJson(const Node& node)
{
    JsonNode json = JsonNode::object();
    if (!node.name.empty())
        json["name"] = node.name;
    json["kind"] = name(node.kind);
    if (!node.isLeaf() && node.whenEmpty != WhenEmpty::Send)
        json["whenEmpty"] = name(node.whenEmpty);
    byKindToJson(node, json);
    if (node.isLeaf())
        leafToJson(node.leaf, json);
    if (node.extra.is_object())
        json.update(node.extra);
    return json;
}

} // namespace

std::optional<Shape> shapeFromJson(const JsonNode& json, const std::string& place, Issues& issues)
{
    Issues found;
    Shape shape{readNode(json, place, found, 0)};
    if (!hasErrors(found) && shape.root.kind != NodeKind::Object)
        found.push_back({Severity::Error,
                         "shape.root.kind",
                         place + "/kind",
                         Text::tr("The outermost node must be an object."),
                         {}});
    const bool failed = hasErrors(found);
    issues.insert(issues.end(), found.begin(), found.end());
    if (failed)
        return std::nullopt;
    shape.numberNodes();
    return shape;
}

JsonNode toJson(const Shape& shape)
{
    return nodeToJson(shape.root);
}

} // namespace headgate::shape
