// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/condition.h"
#include "shape/sql_words.h"

namespace headgate::shape {

/// The cell of a column, by its name.
using SqlColumns = std::function<SqlValue(const std::string&)>;

/// A condition as SQL decides it: true where ConditionProgram holds, false or null elsewhere.
/// Empty: it holds always.
[[nodiscard]] std::string sqlCondition(const SqlWords& words, const Condition& condition,
                                       const SqlColumns& columns);

} // namespace headgate::shape
