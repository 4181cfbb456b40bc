// SPDX-License-Identifier: GPL-3.0-or-later
#include "dbt/yaml_reader.h"

#include "base/text.h"

#include <map>
#include <optional>
#include <vector>
#include <yaml.h>

namespace headgate::dbt {

namespace {

using data::JsonNode;

Failure yamlFailure(const yaml_mark_t& at, const QString& why)
{
    return fail(ErrorKind::Config, "dbt.yaml",
                Text::tr("The YAML cannot be read at line %1, column %2: %3")
                    .arg(at.line + 1)
                    .arg(at.column + 1)
                    .arg(why));
}

std::string textOf(const yaml_char_t* text, std::size_t length)
{
    return {reinterpret_cast<const char*>(text), length};
}

std::string textOf(const yaml_char_t* text)
{
    return text == nullptr ? std::string() : reinterpret_cast<const char*>(text);
}

bool isPlainNull(const std::string& text)
{
    return text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL";
}

std::size_t countNodes(const JsonNode& node)
{
    std::size_t count = 1;
    if (node.is_structured())
        for (const JsonNode& child : node)
            count += countNodes(child);
    return count;
}

class YamlTree
{
public:
    YamlTree(std::string_view bytes, const YamlLimits& limits) : m_limits(limits)
    {
        m_ready = yaml_parser_initialize(&m_parser) != 0;
        if (m_ready)
            yaml_parser_set_input_string(
                &m_parser, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    }
    ~YamlTree()
    {
        if (m_ready)
            yaml_parser_delete(&m_parser);
    }
    YamlTree(const YamlTree&) = delete;
    YamlTree& operator=(const YamlTree&) = delete;

    [[nodiscard]] Result<JsonNode> read();

private:
    /// A mapping or sequence that is being read.
    struct Open
    {
        JsonNode node;
        std::string anchor;
        std::optional<std::string> key; ///< of a mapping, while its value is awaited
        std::vector<JsonNode> merged;   ///< what its merge keys named
    };

    /// False when the document is over.
    [[nodiscard]] Result<bool> take(const yaml_event_t& event);
    [[nodiscard]] Result<void> open(JsonNode node, const yaml_char_t* anchor,
                                    const yaml_mark_t& at);
    [[nodiscard]] Result<void> close(const yaml_mark_t& at);
    [[nodiscard]] Result<void> takeScalar(const yaml_event_t& event);
    [[nodiscard]] Result<void> takeAlias(const yaml_event_t& event);
    [[nodiscard]] Result<void> put(JsonNode node, const yaml_mark_t& at);
    [[nodiscard]] Result<void> count(std::size_t nodes, const yaml_mark_t& at);
    static void merge(Open& mapping, JsonNode node);

    YamlLimits m_limits;
    yaml_parser_t m_parser{};
    bool m_ready = false;
    std::vector<Open> m_open;
    std::map<std::string, JsonNode> m_anchors;
    JsonNode m_root;
    std::size_t m_nodes = 0;
};

Result<JsonNode> YamlTree::read()
{
    if (!m_ready)
        return yamlFailure({}, Text::tr("there is not enough memory."));
    for (bool more = true; more;) {
        yaml_event_t event;
        if (yaml_parser_parse(&m_parser, &event) == 0)
            return yamlFailure(m_parser.problem_mark,
                               m_parser.problem != nullptr
                                   ? QString::fromUtf8(m_parser.problem)
                                   : Text::tr("it is not in the form of YAML."));
        const auto taken = take(event);
        yaml_event_delete(&event);
        if (!taken)
            return Failure(taken.error());
        more = *taken;
    }
    return std::move(m_root);
}

Result<bool> YamlTree::take(const yaml_event_t& event)
{
    const yaml_mark_t& at = event.start_mark;
    switch (event.type) {
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_DOCUMENT_START_EVENT:
        return true;
    case YAML_STREAM_END_EVENT:
    case YAML_DOCUMENT_END_EVENT:
        return false;
    case YAML_ALIAS_EVENT:
        HEADGATE_TRY(takeAlias(event));
        return true;
    case YAML_SCALAR_EVENT:
        HEADGATE_TRY(takeScalar(event));
        return true;
    case YAML_SEQUENCE_START_EVENT:
        HEADGATE_TRY(open(JsonNode::array(), event.data.sequence_start.anchor, at));
        return true;
    case YAML_MAPPING_START_EVENT:
        HEADGATE_TRY(open(JsonNode::object(), event.data.mapping_start.anchor, at));
        return true;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        HEADGATE_TRY(close(at));
        return true;
    }
    return false;
}

Result<void> YamlTree::open(JsonNode node, const yaml_char_t* anchor, const yaml_mark_t& at)
{
    if (m_open.size() == m_limits.depth)
        return yamlFailure(at, Text::tr("it is nested deeper than %1.").arg(m_limits.depth));
    const bool isKey = !m_open.empty() && m_open.back().node.is_object() && !m_open.back().key;
    if (isKey)
        return yamlFailure(at, Text::tr("a key must be a text."));
    HEADGATE_TRY(count(1, at));
    m_open.push_back({std::move(node), textOf(anchor), std::nullopt, {}});
    return {};
}

Result<void> YamlTree::close(const yaml_mark_t& at)
{
    Open done = std::move(m_open.back());
    m_open.pop_back();
    for (const JsonNode& merged : done.merged)
        for (const auto& [key, value] : merged.items())
            if (!done.node.contains(key))
                done.node[key] = value;
    if (!done.anchor.empty())
        m_anchors[done.anchor] = done.node;
    return put(std::move(done.node), at);
}

Result<void> YamlTree::takeScalar(const yaml_event_t& event)
{
    const auto& scalar = event.data.scalar;
    HEADGATE_TRY(count(1, event.start_mark));
    std::string text = textOf(scalar.value, scalar.length);
    const bool isKey = !m_open.empty() && m_open.back().node.is_object() && !m_open.back().key;
    const bool isNull = !isKey && scalar.style == YAML_PLAIN_SCALAR_STYLE && isPlainNull(text);
    JsonNode node = isNull ? JsonNode() : JsonNode(std::move(text));
    if (scalar.anchor != nullptr)
        m_anchors[textOf(scalar.anchor)] = node;
    return put(std::move(node), event.start_mark);
}

Result<void> YamlTree::takeAlias(const yaml_event_t& event)
{
    const auto found = m_anchors.find(textOf(event.data.alias.anchor));
    if (found == m_anchors.end())
        return yamlFailure(event.start_mark, Text::tr("an anchor that it names is not there."));
    HEADGATE_TRY(count(countNodes(found->second), event.start_mark));
    return put(found->second, event.start_mark);
}

Result<void> YamlTree::put(JsonNode node, const yaml_mark_t& at)
{
    if (m_open.empty()) {
        m_root = std::move(node);
        return {};
    }
    Open& into = m_open.back();
    if (into.node.is_array()) {
        into.node.push_back(std::move(node));
    } else if (!into.key) {
        if (!node.is_string())
            return yamlFailure(at, Text::tr("a key must be a text."));
        into.key = node.get<std::string>();
    } else {
        const std::string key = *std::exchange(into.key, std::nullopt);
        if (key == "<<")
            merge(into, std::move(node));
        else
            into.node[key] = std::move(node);
    }
    return {};
}

Result<void> YamlTree::count(std::size_t nodes, const yaml_mark_t& at)
{
    m_nodes += nodes;
    if (m_nodes > m_limits.nodes)
        return yamlFailure(at, Text::tr("it has more than %1 parts.").arg(m_limits.nodes));
    return {};
}

void YamlTree::merge(Open& mapping, JsonNode node)
{
    if (node.is_object()) {
        mapping.merged.push_back(std::move(node));
        return;
    }
    if (!node.is_array())
        return;
    for (JsonNode& each : node)
        if (each.is_object())
            mapping.merged.push_back(std::move(each));
}

} // namespace

Result<JsonNode> readYaml(std::string_view bytes, const YamlLimits& limits)
{
    if (bytes.size() > limits.bytes)
        return yamlFailure({}, Text::tr("it is longer than %1 bytes.").arg(limits.bytes));
    return YamlTree(bytes, limits).read();
}

} // namespace headgate::dbt
