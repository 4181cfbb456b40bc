// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/sql_condition.h"

#include "base/text.h"
#include "data/json_text.h"
#include "shape/date_time.h"
#include "shape/value_step.h"

#include <optional>

namespace headgate::shape {

using data::ValueKind;

namespace {

constexpr const char* sqlNever = "1 = 0";

std::string symbolOf(ConditionOperator op)
{
    return op == ConditionOperator::NotEqual ? "<>"
           : op == ConditionOperator::In     ? "="
                                             : std::string(name(op));
}

/// The constant in the form in which the column's kind is compared; empty: it is no such value.
std::optional<std::string> timeFor(ValueKind kind, const data::Value& constant)
{
    const auto time = parseDateTime(constant.text);
    if (!time || (kind == ValueKind::Date && time->hasTime) ||
        (kind == ValueKind::Timestamp && time->offset))
        return std::nullopt;
    return canonicalText(*time, kind);
}

bool isTime(ValueKind kind)
{
    return kind == ValueKind::Date || kind == ValueKind::Timestamp ||
           kind == ValueKind::TimestampTz;
}

/// PostgreSQL compares times as such, the others by their texts.
std::string compareTimes(const SqlWords& words, ConditionOperator op, const SqlValue& cell,
                         const std::string& time)
{
    if (words.dialect() != SqlDialect::Postgres)
        return words.text(cell) + ' ' + symbolOf(op) + ' ' + words.literal(time);
    const char* const type = cell.kind == ValueKind::Date        ? "date "
                             : cell.kind == ValueKind::Timestamp ? "timestamp "
                                                                 : "timestamptz ";
    return cell.text + ' ' + symbolOf(op) + ' ' + type + words.literal(time);
}

std::string compareOne(const SqlWords& words, ConditionOperator op, const SqlValue& cell,
                       const data::JsonNode& json)
{
    const data::Value constant = literalValue(json);
    if (constant.isNull())
        return sqlNever;
    const auto incomparable = [&] {
        return op == ConditionOperator::NotEqual ? cell.text + " IS NOT NULL"
                                                 : std::string(sqlNever);
    };
    const std::string symbol = ' ' + symbolOf(op) + ' ';
    if (data::isNumber(cell.kind)) {
        if (constant.kind == ValueKind::Bool || !data::isJsonNumber(constant.text))
            return incomparable();
        return cell.text + symbol + constant.text;
    }
    if (isTime(cell.kind)) {
        const auto time = timeFor(cell.kind, constant);
        return time ? compareTimes(words, op, cell, *time) : incomparable();
    }
    if (cell.kind == ValueKind::Bool) {
        const bool equals = op == ConditionOperator::Equal || op == ConditionOperator::NotEqual ||
                            op == ConditionOperator::In;
        if (!equals)
            return words.cannot(Text::tr("Truth values have no order here.")) + " IS NOT NULL";
        if (constant.text != "true" && constant.text != "false")
            return incomparable();
        const bool yes = constant.text == "true";
        return cell.text + symbol +
               (words.dialect() == SqlDialect::Postgres ? constant.text
                : yes                                   ? "1"
                                                        : "0");
    }
    const SqlValue text{words.text(cell), ValueKind::Text};
    return words.ordered(text) + symbol + words.literal(constant.text);
}

std::string containing(const SqlWords& words, ConditionOperator op, const SqlValue& cell,
                       const data::JsonNode& json)
{
    const data::Value constant = literalValue(json);
    if (constant.isNull())
        return sqlNever;
    const SqlValue text{words.text(cell), ValueKind::Text};
    const std::string found =
        (words.dialect() == SqlDialect::Postgres ? "strpos(" : "instr(") +
        (words.dialect() == SqlDialect::MariaDb ? words.exact(text) : text.text) + ", " +
        words.literal(constant.text) + ')';
    return found + (op == ConditionOperator::StartsWith ? " = 1" : " > 0");
}

std::string compareColumn(const SqlWords& words, const Condition& condition,
                          const SqlColumns& columns)
{
    const SqlValue cell = columns(condition.column);
    const auto one = [&](const data::JsonNode& value) {
        const bool contains = condition.op == ConditionOperator::Contains ||
                              condition.op == ConditionOperator::StartsWith;
        return contains ? containing(words, condition.op, cell, value)
                        : compareOne(words, condition.op, cell, value);
    };
    if (condition.op == ConditionOperator::IsNull)
        return cell.text + " IS NULL";
    if (condition.op == ConditionOperator::IsNotNull)
        return cell.text + " IS NOT NULL";
    if (!condition.value.is_array())
        return one(condition.value);
    std::string any;
    for (const data::JsonNode& value : condition.value)
        any += (any.empty() ? "" : " OR ") + one(value);
    return any.empty() ? sqlNever : '(' + any + ')';
}

} // namespace

std::string sqlCondition(const SqlWords& words, const Condition& condition,
                         const SqlColumns& columns)
{
    if (!isGroup(condition.op))
        return compareColumn(words, condition, columns);
    const bool all = condition.op == ConditionOperator::All;
    std::string parts;
    for (const Condition& part : condition.parts) {
        const std::string written = sqlCondition(words, part, columns);
        if (written.empty() && all)
            continue;
        parts += (parts.empty() ? ""
                  : all         ? " AND "
                                : " OR ") +
                 (written.empty() ? std::string("1 = 1") : written);
    }
    if (parts.empty())
        return all ? parts : sqlNever;
    return condition.parts.size() > 1 ? '(' + parts + ')' : parts;
}

} // namespace headgate::shape
