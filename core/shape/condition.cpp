// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/condition.h"

namespace headgate::shape {

const char* name(ConditionOperator op)
{
    switch (op) {
    case ConditionOperator::Equal:
        return "=";
    case ConditionOperator::NotEqual:
        return "!=";
    case ConditionOperator::Less:
        return "<";
    case ConditionOperator::LessOrEqual:
        return "<=";
    case ConditionOperator::Greater:
        return ">";
    case ConditionOperator::GreaterOrEqual:
        return ">=";
    case ConditionOperator::IsNull:
        return "is null";
    case ConditionOperator::IsNotNull:
        return "is not null";
    case ConditionOperator::In:
        return "in";
    case ConditionOperator::Contains:
        return "contains";
    case ConditionOperator::StartsWith:
        return "starts with";
    case ConditionOperator::All:
        return "all";
    case ConditionOperator::Any:
        return "any";
    }
    return "";
}

bool isGroup(ConditionOperator op)
{
    return op == ConditionOperator::All || op == ConditionOperator::Any;
}

} // namespace headgate::shape
