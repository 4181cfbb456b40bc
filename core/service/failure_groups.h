// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/hash.h"
#include "shape/shape.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace headgate::service {

/// A record that did not arrive, and why.
struct FailedRecord
{
    Hash128 keyHash;
    std::string keyText;
    std::string code;
    std::string message;
    bool invalid = false; ///< it was not fit to be sent
    std::string run;      ///< in which; empty: not known
};

/// Records that did not arrive for one reason: the same code, and the same words but for the
/// values in them.
struct FailureGroup
{
    std::string code;
    std::string message; ///< of the first of them, as it was
    bool invalid = false;
    std::uint64_t count = 0;
    std::vector<FailedRecord> examples; ///< the first few
    std::vector<Hash128> records;       ///< all that can be named so
    std::vector<std::string> keys;      ///< all that have one
    std::string field;                  ///< path of the node that the message names; empty: none
    shape::NodeId node = 0;             ///< 0: none

    static constexpr std::size_t mostExamples = 3;
};

/// The most frequent first. `shape` tells which words of a message are names of fields.
[[nodiscard]] std::vector<FailureGroup> groupFailures(std::span<const FailedRecord> failures,
                                                      const shape::Shape& shape);

/// What messages of one cause have in common: values in quotes, numbers, addresses and ids become
/// "…"; names of the shape stay.
[[nodiscard]] std::string messagePattern(std::string_view message, const shape::Shape& shape);

/// The node that a message names: by its path, or by a name of its own that stands in quotes or in
/// a path, is the last word behind "field", or is no common word. 0: none.
[[nodiscard]] shape::NodeId nodeNamedIn(std::string_view message, const shape::Shape& shape);

} // namespace headgate::service
