// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/json_text.h"
#include "shape/decimal.h"
#include "shape/unicode_text.h"
#include "shape/value_step.h"

namespace headgate::shape {

using data::ValueKind;
using data::ValueView;

namespace {

constexpr ValueView notANumber{ValueKind::Invalid, step_reason::type};

ValueView asNumber(ValueView in)
{
    if (data::isNumber(in.kind))
        return in;
    const std::string_view text = trimmed(in.text);
    if (in.kind != ValueKind::Text || !data::isJsonNumber(text))
        return notANumber;
    return {ValueKind::Decimal, text};
}

class NumberFormatStep final : public ValueStep
{
public:
    explicit NumberFormatStep(const Format& format)
        : m_format(format),
          m_kind(format.grouping.empty() && format.decimalPoint == "." ? ValueKind::Decimal
                                                                       : ValueKind::Text)
    {}
    ValueView apply(ValueView in, std::span<const ValueView>, std::string& out) const override
    {
        const ValueView number = asNumber(in);
        auto text = number.kind == ValueKind::Invalid ? std::nullopt
                                                      : formattedNumber(number.text, m_format);
        if (!text)
            return {ValueKind::Invalid, data::invalid_reason::number};
        out = std::move(*text);
        return {m_kind, out};
    }

private:
    Format m_format;
    ValueKind m_kind;
};

class NumberTypeStep final : public ValueStep
{
public:
    ValueView apply(ValueView in, std::span<const ValueView>, std::string&) const override
    {
        return asNumber(in);
    }
};

class IntegerTypeStep final : public ValueStep
{
public:
    ValueView apply(ValueView in, std::span<const ValueView>, std::string& out) const override
    {
        const ValueView number = asNumber(in);
        if (number.kind == ValueKind::Invalid || number.kind == ValueKind::Integer)
            return number;
        auto integer = integerNumber(number.text);
        if (!integer)
            return notANumber;
        out = std::move(*integer);
        return {ValueKind::Integer, out};
    }
};

} // namespace

ValueStepPtr makeNumberFormatStep(const Format& format)
{
    return std::make_unique<NumberFormatStep>(format);
}

ValueStepPtr makeNumberTypeStep()
{
    return std::make_unique<NumberTypeStep>();
}

ValueStepPtr makeIntegerTypeStep()
{
    return std::make_unique<IntegerTypeStep>();
}

} // namespace headgate::shape
