// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/shape_edit.h"

namespace headgate::shape {

/// One edit that makes a problem go away, with its name for people: "Bind to price".
struct ShapeRepair
{
    QString name;
    EditedShape edited;
};

/// The likeliest repair of a problem of checkShape() or of a record; none where nothing better can
/// be offered than to look at it.
[[nodiscard]] std::optional<ShapeRepair> repairFor(const Shape& shape, const ShapeModels& models,
                                                   NodeId node, const std::string& code);

/// What makes a payload smaller: a list or map that sends at most `elements`, or, where that is
/// none or not said, nothing of the node.
[[nodiscard]] std::optional<ShapeRepair> makeSmaller(const Shape& shape, NodeId node,
                                                     std::optional<std::uint64_t> elements);

} // namespace headgate::shape
