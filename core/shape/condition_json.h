// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/issue.h"
#include "shape/condition.h"

#include <string>

namespace headgate::shape {

/// [{"column":"price","op":">","value":0}, ...] is a group of which all hold; {"any":[...]} and
/// {"all":[...]} are groups, inside groups too. Findings go to `issues`, placed by JSON Pointer.
[[nodiscard]] Condition conditionFromJson(const data::JsonNode& json, const std::string& place,
                                          Issues& issues);
[[nodiscard]] data::JsonNode toJson(const Condition& condition);

} // namespace headgate::shape
