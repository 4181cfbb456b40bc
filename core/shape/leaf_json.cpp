// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/leaf_json.h"

#include "shape/condition_json.h"

namespace headgate::shape {

using data::JsonNode;

std::vector<SortKey> sortByFromJson(FieldReader& fields)
{
    std::vector<SortKey> keys;
    const JsonNode* json = fields.takeArray("sortBy");
    if (!json)
        return keys;
    for (std::size_t i = 0; i < json->size(); ++i) {
        FieldReader item((*json)[i], fields.placeOf("sortBy") + '/' + std::to_string(i),
                         fields.issues());
        SortKey key;
        item.requireText("column", key.column);
        item.flag("descending", key.descending);
        key.extra = item.rest();
        keys.push_back(std::move(key));
    }
    return keys;
}

void sortByToJson(const std::vector<SortKey>& sortBy, JsonNode& into)
{
    for (const SortKey& key : sortBy) {
        JsonNode json = JsonNode::object();
        json["column"] = key.column;
        if (key.descending)
            json["descending"] = true;
        if (key.extra.is_object())
            json.update(key.extra);
        into["sortBy"].push_back(std::move(json));
    }
}

Condition whereFromJson(FieldReader& fields)
{
    const JsonNode* json = fields.take("where");
    return json ? conditionFromJson(*json, fields.placeOf("where"), fields.issues()) : Condition{};
}

void whereToJson(const Condition& where, JsonNode& into)
{
    if (!where.holdsAlways() || !where.extra.is_null())
        into["where"] = toJson(where);
}

void formatFromJson(FieldReader& fields, Format& into)
{
    constexpr std::uint64_t mostDecimals = 100;
    if (const auto decimals = fields.count("decimals")) {
        if (*decimals > mostDecimals)
            fields.report("decimals", "shape.field.range",
                          Text::tr("At most %1 decimals can be asked for.").arg(mostDecimals));
        else
            into.decimals = static_cast<int>(*decimals);
    }
    fields.choice("rounding", roundings, into.rounding);
    fields.text("grouping", into.grouping);
    fields.text("decimalPoint", into.decimalPoint);
    fields.text("pattern", into.pattern);
    fields.text("zone", into.zone);
    fields.text("sourceZone", into.sourceZone);
}

void formatToJson(const Format& format, JsonNode& into)
{
    const Format standard;
    if (format.decimals)
        into["decimals"] = *format.decimals;
    if (format.rounding != standard.rounding)
        into["rounding"] = name(format.rounding);
    if (!format.grouping.empty())
        into["grouping"] = format.grouping;
    if (format.decimalPoint != standard.decimalPoint)
        into["decimalPoint"] = format.decimalPoint;
    if (!format.pattern.empty())
        into["pattern"] = format.pattern;
    if (!format.zone.empty())
        into["zone"] = format.zone;
    if (!format.sourceZone.empty())
        into["sourceZone"] = format.sourceZone;
    if (format.extra.is_object())
        into.update(format.extra);
}

void leafFromJson(FieldReader& fields, Leaf& into)
{
    fields.text("model", into.model);
    fields.choice("pick", picks, into.pick);
    into.where = whereFromJson(fields);
    into.sortBy = sortByFromJson(fields);
    into.functions = functionsFromJson(fields);
    fields.choice("type", leafTypes, into.type);
    if (const JsonNode* json = fields.take("format")) {
        FieldReader format(*json, fields.placeOf("format"), fields.issues());
        into.format.emplace();
        formatFromJson(format, *into.format);
        into.format->extra = format.rest();
    }
    fields.scalar("whenInvalid", into.whenInvalid);
    fields.scalar("whenNull", into.whenNull);
    fields.choice("nulls", nullPolicies, into.nulls);
    fields.choice("missing", missings, into.missing);
}

void leafToJson(const Leaf& leaf, JsonNode& into)
{
    if (!leaf.model.empty())
        into["model"] = leaf.model;
    if (leaf.pick != Pick::None)
        into["pick"] = name(leaf.pick);
    whereToJson(leaf.where, into);
    sortByToJson(leaf.sortBy, into);
    functionsToJson(leaf.functions, into);
    if (leaf.type != LeafType::AsIs)
        into["type"] = name(leaf.type);
    if (leaf.format) {
        JsonNode format = JsonNode::object();
        formatToJson(*leaf.format, format);
        into["format"] = std::move(format);
    }
    if (leaf.whenInvalid)
        into["whenInvalid"] = *leaf.whenInvalid;
    if (leaf.whenNull)
        into["whenNull"] = *leaf.whenNull;
    if (leaf.nulls != NullPolicy::SendNull)
        into["nulls"] = name(leaf.nulls);
    if (leaf.missing != Missing::Null)
        into["missing"] = name(leaf.missing);
}

} // namespace headgate::shape
