// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/json.h"

#include <array>
#include <string>
#include <vector>

namespace headgate::shape {

/// The comparisons of Where and of a sync's filter. A comparison with NULL on either side is
/// false, as in SQL; IsNull and IsNotNull ask for it.
enum class ConditionOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    IsNull,
    IsNotNull,
    In,         ///< value is an array of scalars
    Contains,   ///< of text, by code point, case-sensitive
    StartsWith, ///< likewise
    All,        ///< a group: every part holds; true of no parts
    Any         ///< a group: at least one part holds; false of no parts
};

inline constexpr std::array conditionOperators{
    ConditionOperator::Equal,      ConditionOperator::NotEqual,
    ConditionOperator::Less,       ConditionOperator::LessOrEqual,
    ConditionOperator::Greater,    ConditionOperator::GreaterOrEqual,
    ConditionOperator::IsNull,     ConditionOperator::IsNotNull,
    ConditionOperator::In,         ConditionOperator::Contains,
    ConditionOperator::StartsWith, ConditionOperator::All,
    ConditionOperator::Any};

/// As in files: "=", "!=", "<", "<=", ">", ">=", "is null", "is not null", "in", "contains",
/// "starts with", "all", "any".
[[nodiscard]] const char* name(ConditionOperator op);
[[nodiscard]] bool isGroup(ConditionOperator op);

/// One comparison of a column with a constant, or a group of conditions. Default: holds always.
struct Condition
{
    ConditionOperator op = ConditionOperator::All;
    std::string column;           ///< of a comparison
    data::JsonNode value;         ///< of a comparison: scalar, or array of scalars for In
    std::vector<Condition> parts; ///< of a group
    data::JsonNode extra;         ///< fields of the file that this version does not know

    [[nodiscard]] bool holdsAlways() const { return op == ConditionOperator::All && parts.empty(); }
    bool operator==(const Condition&) const = default;
};

} // namespace headgate::shape
