// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/check_report.h"
#include "shape/date_time.h"
#include "shape/value_program.h"

#include <algorithm>

namespace headgate::shape {

using data::ValueKind;

namespace {

bool isOneOf(KnownKind kind, std::initializer_list<ValueKind> kinds)
{
    return !kind || *kind == ValueKind::Null || *kind == ValueKind::Invalid ||
           std::find(kinds.begin(), kinds.end(), *kind) != kinds.end();
}

bool acceptsNumber(KnownKind kind)
{
    return isOneOf(kind,
                   {ValueKind::Integer, ValueKind::Decimal, ValueKind::Float, ValueKind::Text});
}

bool acceptsDate(KnownKind kind)
{
    return isOneOf(
        kind, {ValueKind::Date, ValueKind::Timestamp, ValueKind::TimestampTz, ValueKind::Text});
}

void checkDateFormat(const Format& format, KnownKind kind, const std::string& field,
                     const CheckReport& report)
{
    const auto pattern = DatePattern::compile(format.pattern.empty() ? "iso" : format.pattern);
    if (!pattern)
        report.error(field + "/pattern", pattern.error().code, pattern.error().message);
    for (const auto& [part, zone] :
         {std::pair("/zone", format.zone), std::pair("/sourceZone", format.sourceZone)})
        if (const auto found = zoneNamed(zone); !found)
            report.error(field + part, found.error().code, found.error().message);
    const bool needsInstant = !format.zone.empty() || (pattern && pattern->needsOffset());
    if (kind == ValueKind::Timestamp && needsInstant && format.sourceZone.empty())
        report.error(field, "shape.zone.source",
                     Text::tr("The column's times have no zone, so they cannot be moved to another "
                              "one."),
                     Text::tr("Name the zone in which they were meant as “sourceZone”."));
}

bool functionAccepts(FunctionKind function, KnownKind kind)
{
    switch (function) {
    case FunctionKind::Trim:
    case FunctionKind::Lower:
    case FunctionKind::Upper:
    case FunctionKind::RegexReplace:
        return isOneOf(kind, {ValueKind::Text, ValueKind::Uuid});
    case FunctionKind::Sha256:
        return isOneOf(kind, {ValueKind::Text, ValueKind::Uuid, ValueKind::Integer});
    case FunctionKind::NumberFormat:
        return acceptsNumber(kind);
    case FunctionKind::DateFormat:
        return acceptsDate(kind);
    case FunctionKind::Case:
    case FunctionKind::Concat:
    case FunctionKind::Coalesce:
        return true;
    }
    return true;
}

KnownKind kindAfter(const Function& function, KnownKind kind)
{
    switch (function.kind) {
    case FunctionKind::Trim:
    case FunctionKind::Lower:
    case FunctionKind::Upper:
    case FunctionKind::RegexReplace:
    case FunctionKind::Sha256:
    case FunctionKind::Concat:
        return ValueKind::Text;
    case FunctionKind::NumberFormat:
        return function.format.grouping.empty() && function.format.decimalPoint == "."
                   ? ValueKind::Decimal
                   : ValueKind::Text;
    case FunctionKind::DateFormat: {
        const auto pattern = DatePattern::compile(function.format.pattern);
        return pattern && pattern->givesNumber() ? ValueKind::Integer : ValueKind::Text;
    }
    case FunctionKind::Case:
    case FunctionKind::Coalesce:
        return kind && function.cases.empty() && function.operands.empty() ? kind : std::nullopt;
    }
    return std::nullopt;
}

void checkOperands(const Function& function, const data::Schema& schema, const std::string& field,
                   const CheckReport& report)
{
    for (std::size_t i = 0; i < function.operands.size(); ++i)
        if (!function.operands[i].column.empty())
            report.column(field + "/with/" + std::to_string(i) + "/column",
                          function.operands[i].column, schema);
    const bool needsOperands =
        function.kind == FunctionKind::Concat || function.kind == FunctionKind::Coalesce;
    if (needsOperands && function.operands.empty())
        report.error(
            field + "/with", "shape.function.operands",
            Text::tr("“%1” has nothing to work with.").arg(toQString(name(function.kind))));
    if (function.kind == FunctionKind::Case && function.cases.empty() && !function.otherwise)
        report.error(field + "/cases", "shape.function.operands",
                     Text::tr("“case” maps no values."));
}

bool typeAccepts(LeafType type, KnownKind kind)
{
    switch (type) {
    case LeafType::AsIs:
    case LeafType::Text:
    case LeafType::Json:
    case LeafType::List:
        return true;
    case LeafType::Number:
    case LeafType::Integer:
        return acceptsNumber(kind);
    case LeafType::Boolean:
        return isOneOf(kind, {ValueKind::Bool, ValueKind::Integer, ValueKind::Text});
    case LeafType::Date:
    case LeafType::DateTime:
        return acceptsDate(kind);
    }
    return true;
}

void checkFormat(const Leaf& leaf, KnownKind kind, const CheckReport& report)
{
    const bool isDate = leaf.type == LeafType::Date || leaf.type == LeafType::DateTime;
    if (isDate)
        return checkDateFormat(leaf.format.value_or(Format{}), kind, "/format", report);
    if (!leaf.format)
        return;
    if (leaf.type != LeafType::Number)
        report.error("/format", "shape.format.unused",
                     Text::tr("A format is for the types number, date and datetime."));
    else if (!leaf.format->grouping.empty() || leaf.format->decimalPoint != ".")
        report.error("/format", "shape.format.number",
                     Text::tr("JSON numbers have no grouping and a point before decimals."),
                     Text::tr("Use the function number_format and the type text."));
}

void checkLiteral(const std::optional<data::JsonNode>& literal, const Leaf& leaf, const char* field,
                  const CheckReport& report)
{
    if (!literal || literal->is_null())
        return;
    const auto step = makeTypeStep(leaf.type, leaf.format);
    if (!step || !*step)
        return;
    const data::Value value = literalValue(*literal);
    std::string out;
    if ((*step)->apply(value.view(), {}, out).kind == ValueKind::Invalid)
        report.error(field, "shape.literal.type",
                     Text::tr("“%1” is not of the type %2.")
                         .arg(toQString(value.text), toQString(name(leaf.type))));
}

void checkFixedValue(const Node& node, const CheckReport& report)
{
    const auto program = ValueProgram::compile(node);
    if (!program || !program->isConstant())
        return;
    ValueProgram::Scratch scratch;
    if (program->run({}, scratch).kind == ValueKind::Invalid && !node.leaf.whenInvalid)
        report.error("/value", "shape.constant.type",
                     Text::tr("The constant does not fit its functions and its type."));
}

} // namespace

KnownKind checkFunctions(const std::vector<Function>& functions, KnownKind kind,
                         const data::Schema& schema, const std::string& field,
                         const CheckReport& report)
{
    for (std::size_t i = 0; i < functions.size(); ++i) {
        const Function& function = functions[i];
        const std::string place = field + '/' + std::to_string(i);
        if (!functionAccepts(function.kind, kind))
            report.error(place, "shape.function.type",
                         Text::tr("“%1” cannot work on a value of kind %2.")
                             .arg(toQString(name(function.kind)), toQString(data::name(*kind))));
        checkOperands(function, schema, place, report);
        if (function.kind == FunctionKind::DateFormat)
            checkDateFormat(function.format, kind, place, report);
        if (function.kind == FunctionKind::RegexReplace)
            if (const auto step = makeRegexStep(function.pattern, function.replacement); !step)
                report.error(place + "/pattern", step.error().code, step.error().message);
        kind = kindAfter(function, kind);
    }
    return kind;
}

void checkValueChain(const Node& node, KnownKind kind, const data::Schema& schema,
                     const CheckReport& report)
{
    const Leaf& leaf = node.leaf;
    kind = checkFunctions(leaf.functions, kind, schema, "/functions", report);
    if (node.kind == NodeKind::Json && !leaf.column.empty())
        kind = std::nullopt;
    if (!typeAccepts(leaf.type, kind))
        report.error("/type", "shape.type",
                     Text::tr("A value of kind %1 cannot become the type %2.")
                         .arg(toQString(data::name(*kind)), toQString(name(leaf.type))));
    checkFormat(leaf, kind, report);
    checkFixedValue(node, report);
    checkLiteral(leaf.whenInvalid, leaf, "/whenInvalid", report);
    checkLiteral(leaf.whenNull, leaf, "/whenNull", report);
}

} // namespace headgate::shape
