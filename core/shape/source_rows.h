// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/model_rows.h"
#include "shape/shape_program.h"

#include <string>

namespace headgate::shape {

/// [{"model":"main","row":17,"values":{"id":1,...}},...,{"leftOut":3}]: the rows of a record as
/// its history keeps them, main rows first, as many as fit into `bytes`. Invalid cells are null.
[[nodiscard]] std::string sourceRowsJson(const ShapeProgram& program, const ModelRows& own,
                                         std::span<const ModelRows> related, std::size_t bytes);

} // namespace headgate::shape
