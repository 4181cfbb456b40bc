// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/json_schema.h"

#include <algorithm>
#include <regex>
#include <set>

namespace headgate::fakes {

using data::JsonNode;

namespace {

const std::set<std::string> annotations = {"$schema",     "$id",    "$defs",   "title",
                                           "description", "format", "default", "examples"};

bool isType(const JsonNode& value, const std::string& type)
{
    if (type == "integer")
        return value.is_number_integer() ||
               (value.is_number() && value.get<double>() == std::int64_t(value.get<double>()));
    return (type == "object" && value.is_object()) || (type == "array" && value.is_array()) ||
           (type == "string" && value.is_string()) || (type == "boolean" && value.is_boolean()) ||
           (type == "number" && value.is_number()) || (type == "null" && value.is_null());
}

bool isOneOf(const JsonNode& value, const JsonNode& list)
{
    return std::find(list.begin(), list.end(), value) != list.end();
}

std::size_t characters(const std::string& utf8)
{
    return std::size_t(
        std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

} // namespace

std::vector<std::string> JsonSchema::check(const JsonNode& value) const
{
    std::vector<std::string> findings;
    check(value, m_schema, "", findings);
    return findings;
}

const JsonNode& JsonSchema::resolve(const std::string& reference) const
{
    return m_schema.at(JsonNode::json_pointer(reference.substr(1)));
}

void JsonSchema::check(const JsonNode& value, const JsonNode& schema, const std::string& at,
                       std::vector<std::string>& findings) const
{
    const auto find = [&](const std::string& what) { findings.push_back(at + ": " + what); };
    if (schema.is_boolean()) {
        if (!schema.get<bool>())
            find("nothing is allowed here");
        return;
    }
    for (const auto& [keyword, rule] : schema.items()) {
        if (annotations.count(keyword) > 0 || keyword == "properties" ||
            keyword == "additionalProperties" || keyword == "required" ||
            keyword == "propertyNames")
            continue;
        if (keyword == "$ref") {
            check(value, resolve(rule.get<std::string>()), at, findings);
        } else if (keyword == "type") {
            if (!isType(value, rule.get<std::string>()))
                find("is not of type " + rule.get<std::string>());
        } else if (keyword == "enum") {
            if (!isOneOf(value, rule))
                find("is none of " + rule.dump());
        } else if (keyword == "const") {
            if (value != rule)
                find("is not " + rule.dump());
        } else if (keyword == "pattern") {
            if (value.is_string() &&
                !std::regex_search(value.get<std::string>(), std::regex(rule.get<std::string>())))
                find("does not match " + rule.dump());
        } else if (keyword == "minLength" || keyword == "maxLength") {
            const std::size_t length = value.is_string() ? characters(value) : 0;
            const auto limit = rule.get<std::size_t>();
            if (value.is_string() && (keyword == "minLength" ? length < limit : length > limit))
                find("is too short or too long");
        } else if (keyword == "minimum" || keyword == "exclusiveMinimum" || keyword == "maximum") {
            const double number = value.is_number() ? value.get<double>() : 0;
            const auto limit = rule.get<double>();
            if (value.is_number() && (keyword == "maximum"   ? number > limit
                                      : keyword == "minimum" ? number < limit
                                                             : number <= limit))
                find("is out of range");
        } else if (keyword == "minItems") {
            if (value.is_array() && value.size() < rule.get<std::size_t>())
                find("has too few items");
        } else if (keyword == "items") {
            for (std::size_t i = 0; value.is_array() && i < value.size(); ++i)
                check(value[i], rule, at + '/' + std::to_string(i), findings);
        } else if (keyword == "anyOf") {
            const bool any = std::any_of(rule.begin(), rule.end(), [&](const JsonNode& option) {
                std::vector<std::string> inner;
                check(value, option, at, inner);
                return inner.empty();
            });
            if (!any)
                find("fits none of the alternatives");
        } else {
            find("the schema's keyword " + keyword + " is not known to this checker");
        }
    }
    if (value.is_object())
        checkObject(value, schema, at, findings);
}

void JsonSchema::checkObject(const JsonNode& value, const JsonNode& schema, const std::string& at,
                             std::vector<std::string>& findings) const
{
    for (const JsonNode& name : schema.value("required", JsonNode::array()))
        if (!value.contains(name.get<std::string>()))
            findings.push_back(at + ": " + name.get<std::string>() + " is missing");
    const JsonNode properties = schema.value("properties", JsonNode::object());
    for (const auto& [name, member] : value.items()) {
        if (schema.contains("propertyNames"))
            check(JsonNode(name), schema["propertyNames"], at + '/' + name, findings);
        if (properties.contains(name))
            check(member, properties[name], at + '/' + name, findings);
        else if (schema.contains("additionalProperties"))
            check(member, schema["additionalProperties"], at + '/' + name, findings);
    }
}

} // namespace headgate::fakes
