// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/shape_edit.h"

namespace headgate::shape {

struct Suggestion
{
    ColumnRef column;
    double score = 0;     ///< 0 to 1
    bool certain = false; ///< of the first: far ahead, of a fitting kind, and bound without asking

    bool operator==(const Suggestion&) const = default;
};

/// Columns for a leaf by its name, that of what it stands in, and its type: snake, camel and title
/// case, plurals and order of words count for nothing. Best first, the hopeless left out.
[[nodiscard]] std::vector<Suggestion> suggestionsFor(const Shape& shape, const ShapeModels& models,
                                                     NodeId leaf);
/// The same for a name that has no node yet: a discovered field of the destination.
[[nodiscard]] std::vector<Suggestion> suggestionsFor(const Shape& shape, const ShapeModels& models,
                                                     NodeId parent, const std::string& name);
/// Unbound leaves in and below a node, in document order.
[[nodiscard]] std::vector<NodeId> unboundLeaves(const Shape& shape, NodeId within);
/// Binds every unbound leaf in and below a node that has a certain suggestion. `selected` is the
/// first that stays unbound. Refused "shape.edit.suggest" where there is none.
[[nodiscard]] Result<EditedShape> bindCertain(Shape shape, const ShapeModels& models,
                                              NodeId within);

} // namespace headgate::shape
