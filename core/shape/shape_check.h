// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/issue.h"
#include "shape/shape.h"
#include "shape/shape_models.h"

#include <string>
#include <vector>

namespace headgate::shape {

struct ShapeFinding
{
    NodeId node = 0;
    Issue issue; ///< its place is a JSON Pointer into the shape's file form
};

/// Everything that can be known to be wrong before a row is read, in document order: unknown
/// columns and models, names empty or used twice, types and functions that cannot fit, look-ups
/// without a pick, lists over rows that cannot vary. A shape without errors compiles. `place` goes
/// before every place.
[[nodiscard]] std::vector<ShapeFinding> checkShape(const Shape& shape, const ShapeModels& models,
                                                   const std::string& place = {});

[[nodiscard]] Issues issuesOf(const std::vector<ShapeFinding>& findings);

/// Of a condition over one schema: a sync's filter.
void checkCondition(const Condition& condition, const data::Schema& schema,
                    const std::string& place, Issues& issues);

} // namespace headgate::shape
