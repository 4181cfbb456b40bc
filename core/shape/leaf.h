// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/condition.h"
#include "shape/function.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace headgate::shape {

/// What a leaf's value is turned into after its functions. A value that does not fit is Invalid.
enum class LeafType
{
    AsIs,     ///< by the value's own kind
    Text,     ///< the value's canonical text, quoted
    Number,   ///< text is accepted if it is a JSON number; the digits stay as they are
    Integer,  ///< a number without a fraction by value: 5.00 becomes 5, 5.5 is Invalid
    Boolean,  ///< bool; 0 and 1; true/false, t/f, yes/no, y/n in any case
    Date,     ///< YYYY-MM-DD
    DateTime, ///< ISO 8601; with offset if the instant is known
    Json,     ///< text is parsed; objects with repeated names are Invalid
    List      ///< a JSON array as it is; any other value becomes an array of one
};
inline constexpr std::array leafTypes{LeafType::AsIs,     LeafType::Text,    LeafType::Number,
                                      LeafType::Integer,  LeafType::Boolean, LeafType::Date,
                                      LeafType::DateTime, LeafType::Json,    LeafType::List};
[[nodiscard]] const char* name(LeafType type);

/// What becomes of a member whose value is null after default and replacement.
enum class NullPolicy
{
    SendNull,
    LeaveOut,
    SetIfEmpty ///< as LeaveOut; and a value that is there may only fill an empty field of the
               ///< destination, where its connector can (Shape::setIfEmptyPaths)
};
inline constexpr std::array nullPolicies{NullPolicy::SendNull, NullPolicy::LeaveOut,
                                         NullPolicy::SetIfEmpty};
[[nodiscard]] const char* name(NullPolicy policy);

/// How several rows become one value. Without a pick they must agree, or the record is Invalid.
enum class Pick
{
    None,
    First, ///< by sortBy, nulls last; ties by the columns the leaf reads
    Last,  ///< as First with every direction turned: a NULL in sortBy is never the newest
    Min,   ///< nulls ignored; null of nothing
    Max,
    Sum,  ///< exact decimal arithmetic, nulls ignored; null of nothing
    Count ///< rows in which the column is not null, or all rows if no column is named
};
inline constexpr std::array picks{Pick::None, Pick::First, Pick::Last, Pick::Min,
                                  Pick::Max,  Pick::Sum,   Pick::Count};
[[nodiscard]] const char* name(Pick pick);

/// What a look-up in a to-one model yields when no row matches.
enum class Missing
{
    Null,
    LeaveOut,
    Invalid
};
inline constexpr std::array missings{Missing::Null, Missing::LeaveOut, Missing::Invalid};
[[nodiscard]] const char* name(Missing missing);

struct SortKey
{
    std::string column;
    bool descending = false; ///< nulls are last either way
    data::JsonNode extra;

    bool operator==(const SortKey&) const = default;
};

/// Where one value comes from and what is done to it, in this order: rows (model, where), pick,
/// value, functions, type, format, replacement if Invalid, default if null, null policy.
struct Leaf
{
    /// Empty: the rows of the enclosing list, or the main model's outside lists. A related model's
    /// name, or mainModel from within a list of a related one.
    std::string model;
    std::string column;   ///< of Column nodes, and of Json nodes that parse a column
    std::string text;     ///< of Text nodes: "Dear {first_name}", "{{" and "}}" for braces
    data::JsonNode value; ///< of Constant nodes, and of Json nodes without a column
    Pick pick = Pick::None;
    std::vector<SortKey> sortBy; ///< of pick First and Last
    Condition where;             ///< of picks: the rows that take part
    std::vector<Function> functions;
    LeafType type = LeafType::AsIs;
    std::optional<Format> format;              ///< of type Number, Integer, Date and DateTime
    std::optional<data::JsonNode> whenInvalid; ///< the replacement
    std::optional<data::JsonNode> whenNull;    ///< the default
    NullPolicy nulls = NullPolicy::SendNull;
    Missing missing = Missing::Null;

    bool operator==(const Leaf&) const = default;
};

} // namespace headgate::shape
