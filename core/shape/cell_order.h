// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/value.h"

#include <compare>

namespace headgate::shape {

/// data::compare with a short way for integers and equal cells.
[[nodiscard]] std::strong_ordering compareCells(data::ValueView a, data::ValueView b);

/// Nulls last in both directions.
[[nodiscard]] std::strong_ordering compareSorted(data::ValueView a, data::ValueView b,
                                                 bool descending);

/// One value by the canonical form of keys: 1 and 1.0 are the same, "a" and "A" are not, NULL is
/// the same as NULL.
[[nodiscard]] bool isSameCell(data::ValueView a, data::ValueView b);

} // namespace headgate::shape
