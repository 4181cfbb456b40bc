// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/leaf_json.h"

namespace headgate::shape {

using data::JsonNode;

namespace {

void readCases(FieldReader& fields, Function& into)
{
    const JsonNode* json = fields.takeArray("cases");
    if (!json)
        return;
    for (std::size_t i = 0; i < json->size(); ++i) {
        FieldReader item((*json)[i], fields.placeOf("cases") + '/' + std::to_string(i),
                         fields.issues());
        std::optional<JsonNode> when;
        std::optional<JsonNode> then;
        if (item.require("when"))
            item.scalar("when", when);
        if (item.require("then"))
            item.scalar("then", then);
        if (when && then)
            into.cases.push_back({*when, *then});
    }
}

void readOperands(FieldReader& fields, Function& into)
{
    const JsonNode* json = fields.takeArray("with");
    if (!json)
        return;
    for (std::size_t i = 0; i < json->size(); ++i) {
        FieldReader item((*json)[i], fields.placeOf("with") + '/' + std::to_string(i),
                         fields.issues());
        Operand operand;
        std::optional<JsonNode> value;
        item.text("column", operand.column);
        item.scalar("value", value);
        if (operand.column.empty() == !value)
            item.report("column", "shape.field.choice",
                        Text::tr("Either “column” or “value” is expected."));
        if (value)
            operand.value = *value;
        into.operands.push_back(std::move(operand));
    }
}

Function readFunction(const JsonNode& json, const std::string& place, Issues& issues)
{
    Function function;
    if (json.is_string()) {
        JsonNode object;
        object["function"] = json;
        FieldReader fields(object, place, issues);
        fields.choice("function", functionKinds, function.kind);
        return function;
    }
    FieldReader fields(json, place, issues);
    if (fields.require("function"))
        fields.choice("function", functionKinds, function.kind);
    readCases(fields, function);
    fields.scalar("otherwise", function.otherwise);
    readOperands(fields, function);
    fields.text("separator", function.separator);
    if (function.kind == FunctionKind::RegexReplace)
        fields.text("pattern", function.pattern);
    else
        formatFromJson(fields, function.format);
    fields.text("replacement", function.replacement);
    fields.choice("normalise", matchingKeys, function.normalise);
    fields.choice("encoding", hashEncodings, function.encoding);
    fields.text("countryCode", function.countryCode);
    function.extra = fields.rest();
    return function;
}

JsonNode casesToJson(const Function& function)
{
    JsonNode json = JsonNode::array();
    for (const Function::Mapping& mapping : function.cases) {
        JsonNode item = JsonNode::object();
        item["when"] = mapping.when;
        item["then"] = mapping.then;
        json.push_back(std::move(item));
    }
    return json;
}

JsonNode operandsToJson(const Function& function)
{
    JsonNode json = JsonNode::array();
    for (const Operand& operand : function.operands) {
        JsonNode item = JsonNode::object();
        if (operand.column.empty())
            item["value"] = operand.value;
        else
            item["column"] = operand.column;
        json.push_back(std::move(item));
    }
    return json;
}

void hashToJson(const Function& function, JsonNode& into)
{
    if (function.normalise != MatchingKey::None)
        into["normalise"] = name(function.normalise);
    if (function.encoding != HashEncoding::Hex)
        into["encoding"] = name(function.encoding);
    if (!function.countryCode.empty())
        into["countryCode"] = function.countryCode;
}

JsonNode functionToJson(const Function& function)
{
    JsonNode json = JsonNode::object();
    json["function"] = name(function.kind);
    if (!function.cases.empty())
        json["cases"] = casesToJson(function);
    if (function.otherwise)
        json["otherwise"] = *function.otherwise;
    if (!function.operands.empty())
        json["with"] = operandsToJson(function);
    if (!function.separator.empty())
        json["separator"] = function.separator;
    if (function.kind == FunctionKind::RegexReplace)
        json["pattern"] = function.pattern;
    else
        formatToJson(function.format, json);
    if (!function.replacement.empty() || function.kind == FunctionKind::RegexReplace)
        json["replacement"] = function.replacement;
    hashToJson(function, json);
    if (function.extra.is_object())
        json.update(function.extra);
    return json.size() == 1 ? json["function"] : json;
}

} // namespace

std::vector<Function> functionsFromJson(FieldReader& fields)
{
    std::vector<Function> functions;
    if (const JsonNode* json = fields.takeArray("functions"))
        for (std::size_t i = 0; i < json->size(); ++i)
            functions.push_back(readFunction((*json)[i],
                                             fields.placeOf("functions") + '/' + std::to_string(i),
                                             fields.issues()));
    return functions;
}

void functionsToJson(const std::vector<Function>& functions, JsonNode& into)
{
    for (const Function& function : functions)
        into["functions"].push_back(functionToJson(function));
}

} // namespace headgate::shape
