// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/condition_json.h"

#include "shape/field_reader.h"

namespace headgate::shape {

using data::JsonNode;

namespace {

constexpr int deepestCondition = 16;

Condition readCondition(const JsonNode& json, const std::string& place, Issues& issues, int depth);

void readParts(const JsonNode& parts, const std::string& place, Issues& issues, int depth,
               Condition& into)
{
    for (std::size_t i = 0; i < parts.size(); ++i)
        into.parts.push_back(
            readCondition(parts[i], place + '/' + std::to_string(i), issues, depth + 1));
}

Condition readGroup(FieldReader& fields, const char* field, ConditionOperator op, int depth)
{
    Condition group;
    group.op = op;
    if (const JsonNode* parts = fields.takeArray(field))
        readParts(*parts, fields.placeOf(field), fields.issues(), depth, group);
    group.extra = fields.rest();
    return group;
}

void readOperator(FieldReader& fields, Condition& into)
{
    into.op = ConditionOperator::Equal;
    if (!fields.require("op"))
        return;
    fields.choice("op", conditionOperators, into.op);
    if (isGroup(into.op)) {
        into.op = ConditionOperator::Equal;
        fields.report("op", "shape.field.choice",
                      Text::tr("A group is written as {\"all\": [...]} or {\"any\": [...]}."));
    }
}

void readConditionValue(FieldReader& fields, Condition& into)
{
    if (into.op == ConditionOperator::IsNull || into.op == ConditionOperator::IsNotNull)
        return;
    const JsonNode* value = fields.require("value");
    if (!value)
        return;
    bool fits = !value->is_structured();
    if (into.op == ConditionOperator::In) {
        fits = value->is_array();
        for (const JsonNode& item : *value)
            fits = fits && !item.is_structured();
    }
    if (fits)
        into.value = *value;
    else
        fields.report("value", "shape.field.type",
                      into.op == ConditionOperator::In
                          ? Text::tr("“in” expects an array of single values.")
                          : Text::tr("A single value is expected here."));
}

Condition readComparison(FieldReader& fields)
{
    Condition comparison;
    fields.requireText("column", comparison.column);
    readOperator(fields, comparison);
    readConditionValue(fields, comparison);
    comparison.extra = fields.rest();
    return comparison;
}

Condition readCondition(const JsonNode& json, const std::string& place, Issues& issues, int depth)
{
    Condition group;
    if (depth > deepestCondition) {
        issues.push_back(
            {Severity::Error,
             "shape.depth",
             place,
             Text::tr("Conditions are nested deeper than %1 levels.").arg(deepestCondition),
             {}});
        return group;
    }
    if (json.is_array()) {
        readParts(json, place, issues, depth, group);
        return group;
    }
    FieldReader fields(json, place, issues);
    if (fields.has("all"))
        return readGroup(fields, "all", ConditionOperator::All, depth);
    if (fields.has("any"))
        return readGroup(fields, "any", ConditionOperator::Any, depth);
    return readComparison(fields);
}

} // namespace

Condition conditionFromJson(const JsonNode& json, const std::string& place, Issues& issues)
{
    return readCondition(json, place, issues, 0);
}

JsonNode toJson(const Condition& condition)
{
    JsonNode json = JsonNode::object();
    if (isGroup(condition.op)) {
        JsonNode parts = JsonNode::array();
        for (const Condition& part : condition.parts)
            parts.push_back(toJson(part));
        if (condition.op == ConditionOperator::All && condition.extra.is_null())
            return parts;
        json[name(condition.op)] = std::move(parts);
    } else {
        json["column"] = condition.column;
        json["op"] = name(condition.op);
        if (condition.op != ConditionOperator::IsNull &&
            condition.op != ConditionOperator::IsNotNull)
            json["value"] = condition.value;
    }
    if (condition.extra.is_object())
        json.update(condition.extra);
    return json;
}

} // namespace headgate::shape
