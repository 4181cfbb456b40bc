// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/sql_words.h"

#include <algorithm>
#include <array>

namespace headgate::ui {

namespace {

using std::string_view_literals::operator""sv;

constexpr std::array keywords{"all"sv,         "and"sv,
                              "any"sv,         "array"sv,
                              "as"sv,          "asc"sv,
                              "asof"sv,        "at"sv,
                              "between"sv,     "both"sv,
                              "by"sv,          "case"sv,
                              "cast"sv,        "collate"sv,
                              "cross"sv,       "cube"sv,
                              "current"sv,     "date"sv,
                              "desc"sv,        "distinct"sv,
                              "else"sv,        "end"sv,
                              "escape"sv,      "except"sv,
                              "exists"sv,      "extract"sv,
                              "false"sv,       "fetch"sv,
                              "filter"sv,      "first"sv,
                              "flatten"sv,     "following"sv,
                              "for"sv,         "from"sv,
                              "full"sv,        "group"sv,
                              "grouping"sv,    "having"sv,
                              "ilike"sv,       "in"sv,
                              "inner"sv,       "intersect"sv,
                              "interval"sv,    "is"sv,
                              "join"sv,        "last"sv,
                              "lateral"sv,     "leading"sv,
                              "left"sv,        "like"sv,
                              "limit"sv,       "materialized"sv,
                              "minus"sv,       "natural"sv,
                              "next"sv,        "not"sv,
                              "null"sv,        "nulls"sv,
                              "offset"sv,      "on"sv,
                              "only"sv,        "or"sv,
                              "order"sv,       "ordinality"sv,
                              "outer"sv,       "over"sv,
                              "partition"sv,   "pivot"sv,
                              "preceding"sv,   "qualify"sv,
                              "range"sv,       "recursive"sv,
                              "right"sv,       "rlike"sv,
                              "rollup"sv,      "row"sv,
                              "rows"sv,        "select"sv,
                              "sets"sv,        "similar"sv,
                              "some"sv,        "straight_join"sv,
                              "struct"sv,      "table"sv,
                              "tablesample"sv, "then"sv,
                              "time"sv,        "timestamp"sv,
                              "to"sv,          "top"sv,
                              "trailing"sv,    "true"sv,
                              "unbounded"sv,   "union"sv,
                              "unnest"sv,      "unpivot"sv,
                              "using"sv,       "values"sv,
                              "when"sv,        "where"sv,
                              "window"sv,      "with"sv,
                              "within"sv,      "without"sv,
                              "zone"sv};

constexpr std::array functions{"abs"sv,
                               "array_agg"sv,
                               "avg"sv,
                               "bool_and"sv,
                               "bool_or"sv,
                               "ceil"sv,
                               "char_length"sv,
                               "coalesce"sv,
                               "concat"sv,
                               "concat_ws"sv,
                               "count"sv,
                               "current_date"sv,
                               "current_timestamp"sv,
                               "date_add"sv,
                               "date_diff"sv,
                               "date_part"sv,
                               "date_sub"sv,
                               "date_trunc"sv,
                               "datediff"sv,
                               "dense_rank"sv,
                               "first_value"sv,
                               "floor"sv,
                               "generate_series"sv,
                               "greatest"sv,
                               "group_concat"sv,
                               "ifnull"sv,
                               "iif"sv,
                               "json_agg"sv,
                               "json_array"sv,
                               "json_build_object"sv,
                               "json_extract"sv,
                               "json_object"sv,
                               "jsonb_agg"sv,
                               "jsonb_build_object"sv,
                               "lag"sv,
                               "last_value"sv,
                               "lead"sv,
                               "least"sv,
                               "length"sv,
                               "lower"sv,
                               "ltrim"sv,
                               "max"sv,
                               "md5"sv,
                               "min"sv,
                               "mod"sv,
                               "now"sv,
                               "ntile"sv,
                               "nullif"sv,
                               "percent_rank"sv,
                               "power"sv,
                               "rank"sv,
                               "regexp_replace"sv,
                               "replace"sv,
                               "round"sv,
                               "row_number"sv,
                               "rtrim"sv,
                               "split_part"sv,
                               "strftime"sv,
                               "string_agg"sv,
                               "substr"sv,
                               "substring"sv,
                               "sum"sv,
                               "to_char"sv,
                               "to_date"sv,
                               "to_json"sv,
                               "to_timestamp"sv,
                               "trim"sv,
                               "try_cast"sv,
                               "upper"sv};

constexpr std::array reserved{
    "all"sv,       "and"sv,    "as"sv,      "asc"sv,           "between"sv,  "by"sv,
    "case"sv,      "cast"sv,   "cross"sv,   "desc"sv,          "distinct"sv, "else"sv,
    "end"sv,       "except"sv, "exists"sv,  "false"sv,         "fetch"sv,    "for"sv,
    "from"sv,      "full"sv,   "group"sv,   "having"sv,        "in"sv,       "inner"sv,
    "intersect"sv, "is"sv,     "join"sv,    "lateral"sv,       "left"sv,     "like"sv,
    "limit"sv,     "minus"sv,  "natural"sv, "not"sv,           "null"sv,     "offset"sv,
    "on"sv,        "or"sv,     "order"sv,   "outer"sv,         "over"sv,     "pivot"sv,
    "qualify"sv,   "right"sv,  "select"sv,  "straight_join"sv, "table"sv,    "tablesample"sv,
    "then"sv,      "true"sv,   "union"sv,   "unpivot"sv,       "user"sv,     "using"sv,
    "values"sv,    "when"sv,   "where"sv,   "window"sv,        "with"sv};

static_assert(std::is_sorted(keywords.begin(), keywords.end()));
static_assert(std::is_sorted(functions.begin(), functions.end()));
static_assert(std::is_sorted(reserved.begin(), reserved.end()));

char lowerOf(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool holds(std::span<const std::string_view> words, std::string_view word)
{
    return std::binary_search(words.begin(), words.end(), std::string_view(inLowerCase(word)));
}

} // namespace

std::span<const std::string_view> sqlKeywords()
{
    return keywords;
}

std::span<const std::string_view> sqlFunctions()
{
    return functions;
}

bool isSqlKeyword(std::string_view word)
{
    return holds(keywords, word);
}

bool isSqlFunction(std::string_view word)
{
    return holds(functions, word);
}

bool isReservedWord(std::string_view word)
{
    return holds(reserved, word);
}

std::string inLowerCase(std::string_view text)
{
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(), lowerOf);
    return lower;
}

bool equalInEitherCase(std::string_view a, std::string_view b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lowerOf(x) == lowerOf(y); });
}

} // namespace headgate::ui
