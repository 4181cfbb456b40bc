// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/shape_edit.h"

#include <vector>

namespace headgate::shape {

/// The columns that a node reads: its value, text, functions, conditions, sorts, groups and key.
/// In reading order, each once; unbound parts and texts that do not parse name none. Empty for a
/// node that is not there.
[[nodiscard]] std::vector<ColumnRef> columnsRead(const Shape& shape, NodeId node);
/// Likewise of the node and everything in it.
[[nodiscard]] std::vector<ColumnRef> columnsReadWithin(const Shape& shape, NodeId node);

} // namespace headgate::shape
