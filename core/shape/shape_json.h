// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/issue.h"
#include "shape/shape.h"

#include <optional>
#include <string>

namespace headgate::shape {

/// Reads the tree as sync files hold it; resources/schema/shape.schema.json describes the form.
/// All findings are appended to `issues`, their places JSON Pointers under `place`; empty if one
/// of them is an error. What the columns and models must be is shape_check.h's to say.
[[nodiscard]] std::optional<Shape> shapeFromJson(const data::JsonNode& json,
                                                 const std::string& place, Issues& issues);
/// Stable field order; defaults are not written; unknown fields come last.
[[nodiscard]] data::JsonNode toJson(const Shape& shape);

} // namespace headgate::shape
