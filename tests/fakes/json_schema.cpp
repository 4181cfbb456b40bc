// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/json_schema.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

namespace headgate::fakes {

using data::JsonNode;

namespace {

const std::set<std::string> annotations{"$schema", "$id",     "$defs", "title", "description",
                                        "format",  "default", "then",  "else",  "examples"};

bool isOfType(const JsonNode& value, const std::string& type)
{
    if (type == "object")
        return value.is_object();
    if (type == "array")
        return value.is_array();
    if (type == "string")
        return value.is_string();
    if (type == "boolean")
        return value.is_boolean();
    if (type == "null")
        return value.is_null();
    if (type == "integer")
        return value.is_number_integer() ||
               (value.is_number() && value.get<double>() == std::trunc(value.get<double>()));
    return type == "number" && value.is_number();
}

bool isOfTypes(const JsonNode& value, const JsonNode& types)
{
    if (types.is_string())
        return isOfType(value, types.get<std::string>());
    return std::any_of(types.begin(), types.end(), [&](const JsonNode& type) {
        return isOfType(value, type.get<std::string>());
    });
}

std::size_t characters(const std::string& utf8)
{
    return std::size_t(
        std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

/// Rules about one scalar or a size; true for values of another type.
bool obeys(const JsonNode& value, const std::string& keyword, const JsonNode& rule)
{
    if (keyword == "minimum")
        return !value.is_number() || value >= rule;
    if (keyword == "exclusiveMinimum")
        return !value.is_number() || value > rule;
    if (keyword == "maximum")
        return !value.is_number() || value <= rule;
    if (keyword == "minLength")
        return !value.is_string() || characters(value.get<std::string>()) >= rule;
    if (keyword == "maxLength")
        return !value.is_string() || characters(value.get<std::string>()) <= rule;
    if (keyword == "minItems")
        return !value.is_array() || value.size() >= rule;
    if (keyword == "pattern")
        return !value.is_string() || std::regex_search(value.get_ref<const std::string&>(),
                                                       std::regex(rule.get<std::string>()));
    return false;
}

} // namespace

struct JsonSchemas::Context
{
    std::string file;
    std::string pointer;
    const JsonNode& value;

    [[nodiscard]] Context member(const std::string& name, const JsonNode& node) const
    {
        return {file, pointer + '/' + name, node};
    }
};

JsonSchemas::JsonSchemas(const std::filesystem::path& folder)
{
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (!entry.path().filename().string().ends_with(".schema.json"))
            continue;
        std::ifstream in(entry.path(), std::ios::binary);
        m_schemas[entry.path().filename().string()] =
            JsonNode::parse(std::string(std::istreambuf_iterator<char>(in), {}));
    }
}

std::vector<std::string> JsonSchemas::findings(const std::string& file, const JsonNode& value) const
{
    Findings found;
    check({file, "", value}, m_schemas.at(file), found);
    return found;
}

void JsonSchemas::check(const Context& at, const JsonNode& schema, Findings& into) const
{
    if (schema.is_boolean()) {
        if (!schema.get<bool>())
            into.push_back(at.pointer + ": false");
        return;
    }
    for (const auto& [keyword, unused] : schema.items()) {
        if (annotations.count(keyword) == 0)
            checkKeyword(at, schema, keyword, into);
    }
}

void JsonSchemas::checkKeyword(const Context& at, const JsonNode& schema,
                               const std::string& keyword, Findings& into) const
{
    static const std::set<std::string> ofMembers{"required", "properties", "additionalProperties",
                                                 "propertyNames", "items"};
    static const std::set<std::string> ofChoices{"$ref", "allOf", "anyOf", "oneOf", "not", "if"};
    const JsonNode& rule = schema.at(keyword);
    bool good = true;
    if (ofMembers.count(keyword) != 0)
        checkMembers(at, schema, keyword, into);
    else if (ofChoices.count(keyword) != 0)
        checkChoices(at, schema, keyword, into);
    else if (keyword == "type")
        good = isOfTypes(at.value, rule);
    else if (keyword == "enum")
        good = std::find(rule.begin(), rule.end(), at.value) != rule.end();
    else if (keyword == "const")
        good = at.value == rule;
    else
        good = obeys(at.value, keyword, rule);
    if (!good)
        into.push_back(at.pointer + ": " + keyword);
}

void JsonSchemas::checkMembers(const Context& at, const JsonNode& schema,
                               const std::string& keyword, Findings& into) const
{
    const JsonNode& rule = schema.at(keyword);
    if (keyword == "items" && at.value.is_array()) {
        for (std::size_t i = 0; i < at.value.size(); ++i)
            check(at.member(std::to_string(i), at.value[i]), rule, into);
    }
    if (!at.value.is_object())
        return;
    if (keyword == "required") {
        for (const JsonNode& name : rule) {
            if (!at.value.contains(name.get<std::string>()))
                into.push_back(at.pointer + ": required " + name.get<std::string>());
        }
    }
    for (const auto& [name, member] : at.value.items()) {
        if (keyword == "propertyNames")
            check(at.member(name, JsonNode(name)), rule, into);
        const bool named = schema.contains("properties") && schema["properties"].contains(name);
        if (keyword == "properties" && named)
            check(at.member(name, member), rule.at(name), into);
        if (keyword == "additionalProperties" && !named)
            check(at.member(name, member), rule, into);
    }
}

void JsonSchemas::checkChoices(const Context& at, const JsonNode& schema,
                               const std::string& keyword, Findings& into) const
{
    const JsonNode& rule = schema.at(keyword);
    if (keyword == "$ref") {
        const auto reference = rule.get<std::string>();
        const std::size_t hash = reference.find('#');
        const std::string file = hash == 0 ? at.file : reference.substr(0, hash);
        const std::string pointer =
            hash == std::string::npos ? std::string() : reference.substr(hash + 1);
        check({file, at.pointer, at.value}, m_schemas.at(file).at(JsonNode::json_pointer(pointer)),
              into);
    } else if (keyword == "allOf") {
        for (const JsonNode& one : rule)
            check(at, one, into);
    } else if (keyword == "if") {
        const char* next = holds(at, rule) ? "then" : "else";
        if (schema.contains(next))
            check(at, schema[next], into);
    } else if (keyword == "not") {
        if (holds(at, rule))
            into.push_back(at.pointer + ": not");
    } else {
        const auto count = std::count_if(rule.begin(), rule.end(),
                                         [&](const JsonNode& one) { return holds(at, one); });
        if (count == 0 || (keyword == "oneOf" && count > 1))
            into.push_back(at.pointer + ": " + keyword);
    }
}

bool JsonSchemas::holds(const Context& at, const JsonNode& schema) const
{
    Findings found;
    check(at, schema, found);
    return found.empty();
}

} // namespace headgate::fakes
