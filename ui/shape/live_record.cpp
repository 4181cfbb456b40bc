// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/live_record.h"

namespace headgate::ui {

const LiveRecord::NodeValue* LiveRecord::find(shape::NodeId node) const
{
    const auto found = nodes.find(node);
    return found == nodes.end() ? nullptr : &found->second;
}

std::string_view LiveRecord::textOf(const NodeValue& value) const
{
    return std::string_view(shaped.payload).substr(value.begin, value.end - value.begin);
}

const shape::ProvenanceValue* LiveRecord::at(std::size_t byte) const
{
    const shape::ProvenanceValue* innermost = nullptr;
    for (const shape::ProvenanceValue& value : shaped.provenance.values) {
        if (byte < value.begin || byte >= value.end)
            continue;
        const bool smaller =
            innermost == nullptr || value.end - value.begin < innermost->end - innermost->begin;
        if (smaller)
            innermost = &value;
    }
    return innermost;
}

std::map<shape::NodeId, LiveRecord::NodeValue> nodeValues(const shape::Provenance& provenance)
{
    std::map<shape::NodeId, LiveRecord::NodeValue> nodes;
    for (const shape::ProvenanceValue& value : provenance.values) {
        LiveRecord::NodeValue& node = nodes[value.node];
        if (value.element) {
            node.elements += node.values == 0 ? 1 : 0;
            continue;
        }
        if (node.values++ == 0) {
            node.begin = value.begin;
            node.end = value.end;
        }
    }
    for (const shape::ProvenanceDrop& drop : provenance.drops)
        if (drop.origin)
            ++nodes[drop.node].dropped;
    return nodes;
}

} // namespace headgate::ui
