// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/slot_context.h"

#include "base/text.h"
#include "connector/raw_json.h"
#include "data/json.h"

namespace headgate::connector {

namespace {

using data::Value;
using data::ValueKind;

std::optional<Value> valueOfRaw(std::string_view raw)
{
    switch (rawKind(raw)) {
    case '"': {
        auto text = rawString(raw);
        if (!text)
            return std::nullopt;
        return Value(ValueKind::Text, std::move(*text));
    }
    case 't':
    case 'f':
        return Value(ValueKind::Bool, std::string(raw));
    case 'n':
        return Value();
    case '{':
    case '[':
        return Value(ValueKind::Json, std::string(raw));
    default:
        return Value(ValueKind::Decimal, std::string(raw));
    }
}

Value unfilteredText(std::string_view text)
{
    return {ValueKind::Text, std::string(text)};
}

} // namespace

Result<RequestValues> RequestValues::read(const ObjectSpec& object, std::string_view json)
{
    RequestValues values;
    for (const FormField& option : object.options)
        if (!option.initial.empty())
            values.m_values[option.key] = formValue(option, option.initial);
    if (json.empty())
        return values;
    const auto broken = [] {
        return fail(
            ErrorKind::Internal, "connector.request_values",
            Text::tr("The options of a planned request cannot be read. Plan the run anew."));
    };
    std::string checked;
    if (rawKind(json) != '{' || !data::appendCompactJson(checked, json))
        return broken();
    RawWalk walk(json);
    RawMember member;
    while (walk.next(member)) {
        auto key = rawString(member.name);
        auto value = valueOfRaw(member.value);
        if (!key || !value)
            return broken();
        values.m_values[std::move(*key)] = std::move(*value);
    }
    return values;
}

const Value* RequestValues::find(std::string_view key) const
{
    const auto found = m_values.find(key);
    return found == m_values.end() ? nullptr : &found->second;
}

std::optional<SlotValue> SlotContext::resolve(const Slot& slot) const
{
    SlotValue resolved;
    switch (slot.kind) {
    case SlotKind::Literal:
        resolved.value = unfilteredText(slot.text);
        break;
    case SlotKind::Account: {
        const AccountValues::Entry* entry = account ? account->find(slot.text) : nullptr;
        if (!entry)
            return std::nullopt;
        resolved = {entry->value, entry->secret};
        break;
    }
    case SlotKind::Option: {
        const Value* value = options ? options->find(slot.text) : nullptr;
        if (!value)
            return std::nullopt;
        resolved.value = *value;
        break;
    }
    case SlotKind::Object:
        resolved.value = unfilteredText(object);
        break;
    case SlotKind::Operation:
        resolved.value = unfilteredText(name(operation));
        break;
    case SlotKind::MatchField:
        resolved.value = unfilteredText(matchField);
        break;
    case SlotKind::Match:
        resolved.value = record ? Value(record->match) : Value();
        break;
    case SlotKind::PreviousMatch:
        resolved.value = record ? Value(record->previousMatch) : Value();
        break;
    case SlotKind::Key:
        resolved.value = unfilteredText(record ? record->key : std::string_view());
        break;
    case SlotKind::IdempotencyKey:
        resolved.value = unfilteredText(idempotencyKey);
        break;
    case SlotKind::Trace:
        resolved.value = unfilteredText(std::to_string(trace));
        break;
    case SlotKind::Found:
        resolved.value = unfilteredText(found);
        break;
    case SlotKind::Receipt:
        resolved.value = unfilteredText(receipt);
        break;
    }
    if (slot.filter != SlotFilter::None)
        resolved.value = {ValueKind::Text,
                          applyFilter(slot.filter, std::move(resolved.value.text))};
    return resolved;
}

std::optional<std::string> SlotContext::resolveText(const SlotText& text) const
{
    std::string whole;
    for (const Slot& part : text.parts) {
        const auto resolved = resolve(part);
        if (!resolved)
            return std::nullopt;
        whole += resolved->value.text;
    }
    return whole;
}

} // namespace headgate::connector
