// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "shape/edit_scope.h"

#include <algorithm>

namespace headgate::shape {

using data::JsonNode;

namespace {

constexpr data::JsonLimits pasteLimits{1 << 20, 64};
constexpr std::size_t mostPastedNodes = 5000;

/// Adds nodes for an example to a shape.
class ExamplePaste
{
public:
    explicit ExamplePaste(NodeId firstId) : m_next(firstId) {}

    /// The first leaf added; 0: none.
    [[nodiscard]] NodeId firstLeaf() const { return m_firstLeaf; }
    [[nodiscard]] std::size_t added() const { return m_added; }

    Result<void> addMembers(const JsonNode& members, Node& into)
    {
        for (const auto& [name, value] : members.items()) {
            if (name.empty())
                return editRefused("paste.name",
                                   Text::tr("The example has a member without a name."));
            const auto known =
                std::find_if(into.children.begin(), into.children.end(),
                             [&, &key = name](const Node& child) { return child.name == key; });
            if (known != into.children.end()) {
                HEADGATE_TRY(merge(value, *known));
                continue;
            }
            auto node = made(value);
            if (!node)
                return propagate(std::move(node));
            node->name = name;
            into.children.push_back(std::move(*node));
        }
        return {};
    }

private:
    Result<Node> made(const JsonNode& value)
    {
        Node node;
        node.id = m_next++;
        if (++m_added > mostPastedNodes)
            return editRefused(
                "paste.size",
                Text::tr("The example has more than %1 fields.").arg(qulonglong(mostPastedNodes)));
        if (value.is_object()) {
            HEADGATE_TRY(addMembers(value, node));
            return node;
        }
        if (value.is_array() && !isMixed(value)) {
            node.kind = NodeKind::List;
            HEADGATE_TRY(addElements(value, node));
            return node;
        }
        node.kind = NodeKind::Column;
        node.leaf.value = value;
        node.leaf.type = typeOf(value);
        if (m_firstLeaf == 0)
            m_firstLeaf = node.id;
        return node;
    }

    Result<void> addElements(const JsonNode& array, Node& list)
    {
        if (!array.empty() && array.front().is_object()) {
            for (const JsonNode& element : array)
                HEADGATE_TRY(addMembers(element, list));
            return {};
        }
        list.list.form = ListForm::Values;
        auto value = made(array.empty() ? JsonNode() : array.front());
        if (!value)
            return propagate(std::move(value));
        value->name = "value";
        list.children.push_back(std::move(*value));
        return {};
    }

    /// What the example has more than a node that is there.
    Result<void> merge(const JsonNode& value, Node& node)
    {
        if (value.is_object() && node.kind == NodeKind::Object)
            return addMembers(value, node);
        const bool hasMembers = node.kind == NodeKind::List && node.list.form != ListForm::Values;
        if (value.is_array() && hasMembers)
            for (const JsonNode& element : value)
                if (element.is_object())
                    HEADGATE_TRY(addMembers(element, node));
        return {};
    }

    /// Objects beside other values: no list says that.
    static bool isMixed(const JsonNode& array)
    {
        const auto kind = [](const JsonNode& value) {
            return value.is_object() ? 1 : value.is_array() ? 2 : 3;
        };
        return std::any_of(array.begin(), array.end(), [&](const JsonNode& element) {
            return kind(element) != kind(array.front());
        });
    }

    static LeafType typeOf(const JsonNode& value)
    {
        if (value.is_string())
            return LeafType::Text;
        if (value.is_boolean())
            return LeafType::Boolean;
        if (value.is_number())
            return LeafType::Number;
        return value.is_array() ? LeafType::Json : LeafType::AsIs;
    }

    NodeId m_next;
    NodeId m_firstLeaf = 0;
    std::size_t m_added = 0;
};

} // namespace

Result<EditedShape> pasteJson(Shape shape, NodeId object, std::string_view json)
{
    const auto target = nodeIn(shape, object);
    if (!target)
        return Failure(target.error());
    const bool takesMembers =
        (*target)->kind == NodeKind::Object ||
        ((*target)->kind == NodeKind::List && (*target)->list.form != ListForm::Values);
    if (!takesMembers)
        return editRefused("paste.target",
                           Text::tr("%1 has no members: paste the example on an object.")
                               .arg(shownNode(**target)));
    auto parsed = data::parseJson(json, pasteLimits);
    if (!parsed)
        return editRefused("paste.json", parsed.error().message);
    JsonNode example = std::move(*parsed);
    if ((*target)->kind == NodeKind::List && example.is_array() && !example.empty())
        example = JsonNode(example.front());
    if (example.is_array())
        example = JsonNode::object({{"items", std::move(example)}});
    if (!example.is_object())
        return editRefused("paste.kind", Text::tr("The example is a single value: paste a JSON "
                                                  "object, as the destination expects it."));
    shape.numberNodes();
    ExamplePaste paste(freshId(shape));
    HEADGATE_TRY(paste.addMembers(example, **target));
    if (paste.added() == 0)
        return editRefused("paste.nothing",
                           Text::tr("Everything in the example is in the shape already."));
    const NodeId selected = paste.firstLeaf() != 0 ? paste.firstLeaf() : (*target)->id;
    return finishedEdit(std::move(shape), selected);
}

} // namespace headgate::shape
