// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "service/sample_shaper.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace headgate::ui {

/// One record of a sample as a shape makes it, ready to be shown. Made by a worker, then immutable.
struct LiveRecord
{
    std::size_t record = 0; ///< in the sample
    service::ShapedSample shaped;
    std::optional<Error> error; ///< the shape cannot be used at all; `shaped` is empty

    /// What a node came to: the bytes of its first value.
    struct NodeValue
    {
        std::size_t begin = 0; ///< bytes of shaped.payload
        std::size_t end = 0;
        std::size_t values = 0;   ///< how many places of the payload it has
        std::size_t elements = 0; ///< of a list or map: in its first place
        std::size_t dropped = 0;  ///< rows that its options left out
    };
    std::map<shape::NodeId, NodeValue> nodes;

    /// The chain of one leaf: the value before its functions and after each, as JSON.
    std::optional<shape::NodeId> traced;
    std::vector<std::string> trace;

    [[nodiscard]] const NodeValue* find(shape::NodeId node) const;
    [[nodiscard]] std::string_view textOf(const NodeValue& value) const;
    /// The innermost value at a byte of the payload; null where there is none.
    [[nodiscard]] const shape::ProvenanceValue* at(std::size_t byte) const;
};

[[nodiscard]] std::map<shape::NodeId, LiveRecord::NodeValue>
nodeValues(const shape::Provenance& provenance);

using SharedLiveRecord = std::shared_ptr<const LiveRecord>;

} // namespace headgate::ui
