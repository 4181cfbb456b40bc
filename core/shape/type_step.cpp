// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/json_text.h"
#include "shape/unicode_text.h"
#include "shape/value_step.h"

namespace headgate::shape {

using data::ValueKind;
using data::ValueView;

namespace {

class TextTypeStep final : public ValueStep
{
public:
    ValueView apply(ValueView in, std::span<const ValueView>, std::string& out) const override
    {
        if (in.kind != ValueKind::Json)
            return {ValueKind::Text, in.text};
        appendPlainText(out, in);
        return {ValueKind::Text, out};
    }
};

class BooleanTypeStep final : public ValueStep
{
public:
    ValueView apply(ValueView in, std::span<const ValueView>, std::string& out) const override
    {
        if (in.kind == ValueKind::Bool)
            return in;
        if (in.kind != ValueKind::Text && in.kind != ValueKind::Integer)
            return ValueView{ValueKind::Invalid, step_reason::type};
        appendLower(out, trimmed(in.text));
        for (const std::string_view yes : {"true", "t", "yes", "y", "1"})
            if (out == yes)
                return {ValueKind::Bool, "true"};
        for (const std::string_view no : {"false", "f", "no", "n", "0"})
            if (out == no)
                return {ValueKind::Bool, "false"};
        return ValueView{ValueKind::Invalid, step_reason::type};
    }
};

class JsonTypeStep final : public ValueStep
{
public:
    ValueView apply(ValueView in, std::span<const ValueView>, std::string& out) const override
    {
        if (in.kind != ValueKind::Text && in.kind != ValueKind::Json)
            return in;
        if (!data::appendCompactJson(out, in.text))
            return {ValueKind::Invalid, data::invalid_reason::json};
        return out == "null" ? ValueView{} : ValueView{ValueKind::Json, out};
    }
};

class ListTypeStep final : public ValueStep
{
public:
    ValueView apply(ValueView in, std::span<const ValueView>, std::string& out) const override
    {
        out = '[';
        if (in.kind == ValueKind::Json) {
            out.clear();
            if (!data::appendCompactJson(out, in.text))
                return {ValueKind::Invalid, data::invalid_reason::json};
            if (out.starts_with('['))
                return {ValueKind::Json, out};
            out.insert(0, 1, '[');
        } else {
            data::appendJsonValue(out, in);
        }
        out += ']';
        return {ValueKind::Json, out};
    }
};

} // namespace

Result<ValueStepPtr> makeTypeStep(LeafType type, const std::optional<Format>& format)
{
    switch (type) {
    case LeafType::AsIs:
        return ValueStepPtr();
    case LeafType::Text:
        return std::make_unique<TextTypeStep>();
    case LeafType::Number:
        if (format)
            return makeNumberFormatStep(*format);
        return makeNumberTypeStep();
    case LeafType::Integer:
        return makeIntegerTypeStep();
    case LeafType::Boolean:
        return std::make_unique<BooleanTypeStep>();
    case LeafType::Date:
        return makeDateStep(format.value_or(Format{}), DateResult::Date);
    case LeafType::DateTime:
        return makeDateStep(format.value_or(Format{}), DateResult::DateTime);
    case LeafType::Json:
        return std::make_unique<JsonTypeStep>();
    case LeafType::List:
        return std::make_unique<ListTypeStep>();
    }
    return fail(ErrorKind::Internal, "shape.type", QString());
}

} // namespace headgate::shape
