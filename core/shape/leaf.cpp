// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/leaf.h"

namespace headgate::shape {

const char* name(LeafType type)
{
    switch (type) {
    case LeafType::AsIs:
        return "as_is";
    case LeafType::Text:
        return "text";
    case LeafType::Number:
        return "number";
    case LeafType::Integer:
        return "integer";
    case LeafType::Boolean:
        return "boolean";
    case LeafType::Date:
        return "date";
    case LeafType::DateTime:
        return "datetime";
    case LeafType::Json:
        return "json";
    case LeafType::List:
        return "list";
    }
    return "";
}

const char* name(NullPolicy policy)
{
    switch (policy) {
    case NullPolicy::SendNull:
        return "send";
    case NullPolicy::LeaveOut:
        return "leave_out";
    case NullPolicy::SetIfEmpty:
        return "set_if_empty";
    }
    return "";
}

const char* name(Pick pick)
{
    switch (pick) {
    case Pick::None:
        return "none";
    case Pick::First:
        return "first";
    case Pick::Last:
        return "last";
    case Pick::Min:
        return "min";
    case Pick::Max:
        return "max";
    case Pick::Sum:
        return "sum";
    case Pick::Count:
        return "count";
    }
    return "";
}

const char* name(Missing missing)
{
    switch (missing) {
    case Missing::Null:
        return "null";
    case Missing::LeaveOut:
        return "leave_out";
    case Missing::Invalid:
        return "invalid";
    }
    return "";
}

} // namespace headgate::shape
