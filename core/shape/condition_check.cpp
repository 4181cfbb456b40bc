// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/json_text.h"
#include "shape/check_report.h"
#include "shape/date_time.h"
#include "shape/value_step.h"

namespace headgate::shape {

using data::ValueKind;

namespace {

bool constantFits(const data::Value& constant, ValueKind kind)
{
    if (constant.isNull())
        return false;
    const bool isBool = constant.kind == ValueKind::Bool;
    switch (kind) {
    case ValueKind::Integer:
    case ValueKind::Decimal:
    case ValueKind::Float:
        return !isBool && data::isJsonNumber(constant.text);
    case ValueKind::Bool:
        return constant.text == "true" || constant.text == "false";
    case ValueKind::Date: {
        const auto time = parseDateTime(constant.text);
        return time && !time->hasTime;
    }
    case ValueKind::Timestamp: {
        const auto time = parseDateTime(constant.text);
        return time && !time->offset;
    }
    case ValueKind::TimestampTz:
        return parseDateTime(constant.text).has_value();
    case ValueKind::Null:
    case ValueKind::Text:
    case ValueKind::Bytes:
    case ValueKind::Time:
    case ValueKind::Uuid:
    case ValueKind::Json:
    case ValueKind::Invalid:
        return true;
    }
    return true;
}

bool isTextual(ValueKind kind)
{
    return kind == ValueKind::Text || kind == ValueKind::Uuid || kind == ValueKind::Bytes ||
           kind == ValueKind::Json || kind == ValueKind::Null || kind == ValueKind::Invalid;
}

void checkConstant(const data::JsonNode& json, ValueKind kind, const std::string& field,
                   const CheckReport& report)
{
    const data::Value constant = literalValue(json);
    if (constant.isNull())
        report.error(field, "shape.condition.null", Text::tr("A comparison with null never holds."),
                     Text::tr("Use “is null” or “is not null”."));
    else if (!constantFits(constant, kind))
        report.error(field, "shape.condition.type",
                     Text::tr("“%1” cannot be compared with a column of kind %2.")
                         .arg(toQString(constant.text), toQString(data::name(kind))));
}

void checkComparison(const Condition& condition, const data::Schema& schema,
                     const std::string& field, const CheckReport& report)
{
    const auto column = report.column(field + "/column", condition.column, schema);
    if (!column || condition.op == ConditionOperator::IsNull ||
        condition.op == ConditionOperator::IsNotNull)
        return;
    const ValueKind kind = schema.columns[*column].kind;
    if (condition.op == ConditionOperator::Contains ||
        condition.op == ConditionOperator::StartsWith) {
        if (!isTextual(kind))
            report.error(field + "/op", "shape.condition.type",
                         Text::tr("“%1” is for text; “%2” is of kind %3.")
                             .arg(toQString(name(condition.op)), toQString(condition.column),
                                  toQString(data::name(kind))));
        return;
    }
    if (!condition.value.is_array())
        return checkConstant(condition.value, kind, field + "/value", report);
    for (std::size_t i = 0; i < condition.value.size(); ++i)
        checkConstant(condition.value[i], kind, field + "/value/" + std::to_string(i), report);
}

} // namespace

void checkConditionIn(const Condition& condition, const data::Schema& schema,
                      const std::string& field, const CheckReport& report)
{
    if (!isGroup(condition.op))
        return checkComparison(condition, schema, field, report);
    // An "all" without further fields is a bare array in files.
    const bool isArray = condition.op == ConditionOperator::All && condition.extra.is_null();
    const std::string parts = isArray ? field : field + '/' + name(condition.op);
    for (std::size_t i = 0; i < condition.parts.size(); ++i)
        checkConditionIn(condition.parts[i], schema, parts + '/' + std::to_string(i), report);
}

void checkCondition(const Condition& condition, const data::Schema& schema,
                    const std::string& place, Issues& issues)
{
    std::vector<ShapeFinding> findings;
    checkConditionIn(condition, schema, {}, CheckReport(0, place, findings));
    for (ShapeFinding& finding : findings)
        issues.push_back(std::move(finding.issue));
}

} // namespace headgate::shape
