// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/shape.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace headgate::shape {

/// A row of a model as the Shaper was given it.
struct RowOrigin
{
    std::size_t model = 0; ///< 0: the main model; n: ShapeModels::related[n - 1]
    std::uint64_t row = 0; ///< its number (ModelRows)

    bool operator==(const RowOrigin&) const = default;
};

/// One value of a payload: a member's value, a list, or an element of a list or map.
struct ProvenanceValue
{
    NodeId node = 0;
    std::size_t begin = 0; ///< bytes of the payload, end excluded
    std::size_t end = 0;
    /// Of an element of the list or map `node`: its number, counted from 0. Elements of the form
    /// DictionaryOfLists have no bytes of their own.
    std::optional<std::size_t> element;
    std::optional<RowOrigin> origin; ///< of one row; none for constants, sums and containers
    std::optional<std::size_t> column;

    bool operator==(const ProvenanceValue&) const = default;
};

enum class DropReason
{
    Where,       ///< the row fails the list's or pick's condition
    NoMatch,     ///< all item columns of the row are null
    Duplicate,   ///< equal to an earlier row in the distinct columns
    BeyondLimit, ///< behind the last that the limit admits
    RepeatedKey, ///< another row of the same key was taken
    NotPicked,   ///< a pick took another row
    Null,        ///< the value is null and its policy leaves it out
    Missing      ///< the look-up found no row
};

/// A row that a list or pick left out, or a member that is not in the payload.
struct ProvenanceDrop
{
    NodeId node = 0;
    DropReason reason = DropReason::Where;
    std::optional<RowOrigin> origin;

    bool operator==(const ProvenanceDrop&) const = default;
};

/// Where every value of one payload came from, in the order of its beginning; a container follows
/// what it holds.
struct Provenance
{
    std::vector<ProvenanceValue> values;
    std::vector<ProvenanceDrop> drops;
};

} // namespace headgate::shape
