// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/condition_program.h"

#include "data/json_text.h"
#include "shape/cell_order.h"
#include "shape/date_time.h"
#include "shape/value_step.h"

#include <algorithm>

namespace headgate::shape {

using data::ValueKind;
using data::ValueView;

ConditionProgram::Constant::Constant(const data::JsonNode& json) : value(literalValue(json))
{
    if (value.kind != ValueKind::Bool && data::isJsonNumber(value.text))
        number = value.text;
    const auto time = parseDateTime(value.text);
    if (!time)
        return;
    if (!time->hasTime)
        date = canonicalText(*time, ValueKind::Date);
    if (!time->offset)
        timestamp = canonicalText(*time, ValueKind::Timestamp);
    timestampTz = canonicalText(*time, ValueKind::TimestampTz);
}

ConditionProgram::ConditionProgram(const Condition& condition, const data::Schema& schema)
{
    if (!condition.holdsAlways())
        add(condition, schema);
}

void ConditionProgram::add(const Condition& condition, const data::Schema& schema)
{
    const std::size_t index = m_nodes.size();
    m_nodes.emplace_back();
    m_nodes[index].op = condition.op;
    for (const Condition& part : condition.parts)
        add(part, schema);
    m_nodes[index].end = m_nodes.size();
    if (isGroup(condition.op))
        return;
    m_nodes[index].column = schema.indexOf(condition.column).value_or(0);
    if (!condition.value.is_array()) {
        m_nodes[index].constants.emplace_back(condition.value);
        return;
    }
    for (const data::JsonNode& item : condition.value)
        m_nodes[index].constants.emplace_back(item);
}

ConditionProgram::Answer ConditionProgram::test(const data::RowBlock& block, std::size_t row) const
{
    return m_nodes.empty() ? Answer::Holds : testNode(0, block, row);
}

ConditionProgram::Answer ConditionProgram::testNode(std::size_t index, const data::RowBlock& block,
                                                    std::size_t row) const
{
    const Node& node = m_nodes[index];
    if (!isGroup(node.op))
        return testCell(node, block.at(row, node.column));
    const bool all = node.op == ConditionOperator::All;
    Answer answer = all ? Answer::Holds : Answer::Fails;
    for (std::size_t part = index + 1; part < node.end; part = m_nodes[part].end) {
        const Answer found = testNode(part, block, row);
        if (found == Answer::Invalid)
            answer = Answer::Invalid;
        else if (found == (all ? Answer::Fails : Answer::Holds))
            return found;
    }
    return answer;
}

std::size_t ConditionProgram::invalidColumn(const data::RowBlock& block, std::size_t row) const
{
    for (const Node& node : m_nodes)
        if (!isGroup(node.op) && block.at(row, node.column).kind == ValueKind::Invalid)
            return node.column;
    return 0;
}

void ConditionProgram::addColumns(std::set<std::size_t>& columns) const
{
    for (const Node& node : m_nodes)
        if (!isGroup(node.op))
            columns.insert(node.column);
}

std::optional<std::string_view> ConditionProgram::Constant::textFor(ValueKind kind) const
{
    const auto ifAny = [](std::string_view text) {
        return text.empty() ? std::nullopt : std::optional(text);
    };
    switch (kind) {
    case ValueKind::Integer:
    case ValueKind::Decimal:
    case ValueKind::Float:
        return ifAny(number);
    case ValueKind::Date:
        return ifAny(date);
    case ValueKind::Timestamp:
        return ifAny(timestamp);
    case ValueKind::TimestampTz:
        return ifAny(timestampTz);
    case ValueKind::Null:
    case ValueKind::Bool:
    case ValueKind::Text:
    case ValueKind::Bytes:
    case ValueKind::Time:
    case ValueKind::Uuid:
    case ValueKind::Json:
    case ValueKind::Invalid:
        break;
    }
    return value.isNull() ? std::nullopt : std::optional<std::string_view>(value.text);
}

bool ConditionProgram::holds(ConditionOperator op, ValueView cell, const Constant& constant)
{
    if (constant.value.isNull())
        return false;
    const auto text = constant.textFor(cell.kind);
    if (!text)
        return op == ConditionOperator::NotEqual;
    const auto order = data::isNumber(cell.kind) ? data::compareNumbers(cell.text, *text)
                                                 : compareCells(cell, {cell.kind, *text});
    switch (op) {
    case ConditionOperator::Equal:
    case ConditionOperator::In:
        return order == 0;
    case ConditionOperator::NotEqual:
        return order != 0;
    case ConditionOperator::Less:
        return order < 0;
    case ConditionOperator::LessOrEqual:
        return order <= 0;
    case ConditionOperator::Greater:
        return order > 0;
    case ConditionOperator::GreaterOrEqual:
        return order >= 0;
    case ConditionOperator::Contains:
        return cell.text.find(constant.value.text) != std::string_view::npos;
    case ConditionOperator::StartsWith:
        return cell.text.starts_with(constant.value.text);
    case ConditionOperator::IsNull:
    case ConditionOperator::IsNotNull:
    case ConditionOperator::All:
    case ConditionOperator::Any:
        return false;
    }
    return false;
}

ConditionProgram::Answer ConditionProgram::testCell(const Node& node, ValueView cell)
{
    const auto answer = [](bool yes) { return yes ? Answer::Holds : Answer::Fails; };
    if (cell.kind == ValueKind::Invalid)
        return Answer::Invalid;
    if (node.op == ConditionOperator::IsNull || node.op == ConditionOperator::IsNotNull)
        return answer(cell.isNull() == (node.op == ConditionOperator::IsNull));
    if (cell.isNull())
        return Answer::Fails;
    return answer(std::any_of(node.constants.begin(), node.constants.end(),
                              [&](const Constant& c) { return holds(node.op, cell, c); }));
}

} // namespace headgate::shape
