// SPDX-License-Identifier: GPL-3.0-or-later
#include "inbox/inquiry_writer.h"

#include "inbox/result_body.h"

namespace headgate::inbox {

using connector::DiscoverySpec;
using data::JsonNode;

namespace {

std::string theirType(const DiscoverySpec& discovery, const std::string& ours)
{
    for (const connector::TypeName& type : discovery.types)
        if (type.ours == ours)
            return type.theirs;
    return discovery.types.empty() ? ours : discovery.types.front().theirs;
}

void putPart(JsonNode& item, const std::string& pointer, const JsonNode& value)
{
    if (!pointer.empty())
        putAt(item, pointer, value);
}

JsonNode listed(const DiscoverySpec& discovery, const std::string& id, const std::string& type)
{
    JsonNode item = JsonNode::object();
    putPart(item, discovery.id, id);
    putPart(item, discovery.label, id);
    putPart(item, discovery.writable, true);
    putPart(item, discovery.readOnly, false);
    putPart(item, discovery.matchable, true);
    putPart(item, discovery.required, false);
    if (!type.empty() && discovery.layout == connector::ListLayout::Map && discovery.type.empty() &&
        item.empty())
        return theirType(discovery, type);
    if (!type.empty())
        putPart(item, discovery.type, theirType(discovery, type));
    return item;
}

void writeList(JsonNode& body, const DiscoverySpec& discovery, const FieldTypes& entries)
{
    const bool map = discovery.layout == connector::ListLayout::Map;
    JsonNode list = map ? JsonNode::object() : JsonNode::array();
    for (const auto& [id, type] : entries) {
        if (map)
            list[id] = listed(discovery, id, type);
        else
            list.push_back(listed(discovery, id, type));
    }
    putAt(body, discovery.items, std::move(list));
}

} // namespace

HttpAnswer writeInquiry(const std::vector<RouteMatch>& matches, const std::string& account,
                        const std::vector<std::string>& objects, const FieldTypes& fields)
{
    JsonNode body = JsonNode::object();
    for (const RouteMatch& match : matches) {
        if (match.route.kind != RouteKind::Discovery)
            continue;
        FieldTypes entries = fields;
        if (!match.route.discoversFields) {
            entries.clear();
            for (const std::string& object : objects)
                entries.emplace(object, std::string());
        }
        writeList(body, *match.route.discovery, entries);
    }
    for (const RouteMatch& match : matches) {
        if (match.route.kind != RouteKind::Check)
            continue;
        const connector::CheckSpec& check = *match.route.check;
        putPart(body, check.account, account);
        putPart(body, check.title, "Headgate's inbox");
        if (check.success)
            fulfil(*check.success, body);
    }
    return jsonAnswer(200, body.dump(-1, ' ', false, JsonNode::error_handler_t::replace));
}

} // namespace headgate::inbox
