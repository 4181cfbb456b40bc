// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/value_step.h"

#include "base/hash.h"
#include "data/json_text.h"
#include "shape/matching_key.h"
#include "shape/text_template.h"
#include "shape/unicode_text.h"

namespace headgate::shape {

using data::ValueKind;
using data::ValueView;

namespace {

class TrimStep final : public ValueStep
{
public:
    ValueView apply(ValueView in, std::span<const ValueView>, std::string&) const override
    {
        return {ValueKind::Text, trimmed(in.text)};
    }
};

class LowerStep final : public ValueStep
{
public:
    ValueView apply(ValueView in, std::span<const ValueView>, std::string& out) const override
    {
        appendLower(out, in.text);
        return {ValueKind::Text, out};
    }
};

class UpperStep final : public ValueStep
{
public:
    ValueView apply(ValueView in, std::span<const ValueView>, std::string& out) const override
    {
        appendUpper(out, in.text);
        return {ValueKind::Text, out};
    }
};

bool isSameByValue(ValueView value, ValueView literal)
{
    if (value.isNull() || literal.isNull())
        return value.isNull() && literal.isNull();
    if (data::isNumber(value.kind))
        return data::isJsonNumber(literal.text) &&
               data::compareNumbers(value.text, literal.text) == 0;
    return value.text == literal.text;
}

class CaseStep final : public ValueStep
{
public:
    explicit CaseStep(const Function& function)
    {
        for (const Function::Mapping& mapping : function.cases) {
            m_cases.emplace_back(literalValue(mapping.when), literalValue(mapping.then));
            m_takesNull = m_takesNull || mapping.when.is_null();
        }
        if (function.otherwise)
            m_otherwise = literalValue(*function.otherwise);
    }
    ValueView apply(ValueView in, std::span<const ValueView>, std::string&) const override
    {
        for (const auto& [when, then] : m_cases)
            if (isSameByValue(in, when.view()))
                return then.view();
        return m_otherwise && !in.isNull() ? m_otherwise->view() : in;
    }
    bool takesNull() const override { return m_takesNull; }

private:
    std::vector<std::pair<data::Value, data::Value>> m_cases;
    std::optional<data::Value> m_otherwise;
    bool m_takesNull = false;
};

/// Operands of a function: cells by position, or constants.
class StepOperands
{
public:
    StepOperands(const std::vector<Operand>& operands, CellNames& cells)
    {
        for (const Operand& operand : operands) {
            Entry entry;
            if (operand.column.empty())
                entry.constant = literalValue(operand.value);
            else
                entry.cell = cells.size();
            if (entry.cell)
                cells.push_back(operand.column);
            m_entries.push_back(std::move(entry));
        }
    }
    [[nodiscard]] std::size_t size() const { return m_entries.size(); }
    [[nodiscard]] ValueView at(std::size_t i, std::span<const ValueView> cells) const
    {
        const Entry& entry = m_entries[i];
        return entry.cell ? cells[*entry.cell] : entry.constant.view();
    }

private:
    struct Entry
    {
        std::optional<std::size_t> cell;
        data::Value constant;
    };
    std::vector<Entry> m_entries;
};

class ConcatStep final : public ValueStep
{
public:
    ConcatStep(const Function& function, CellNames& cells)
        : m_operands(function.operands, cells), m_separator(function.separator)
    {}
    ValueView apply(ValueView in, std::span<const ValueView> cells, std::string& out) const override
    {
        bool any = false;
        ValueView part = in;
        for (std::size_t i = 0;; ++i) {
            if (part.kind == ValueKind::Invalid)
                return part;
            if (!part.isNull()) {
                if (any)
                    out += m_separator;
                any = true;
                appendPlainText(out, part);
            }
            if (i == m_operands.size())
                break;
            part = m_operands.at(i, cells);
        }
        return any ? ValueView{ValueKind::Text, out} : ValueView{};
    }
    bool takesNull() const override { return true; }

private:
    StepOperands m_operands;
    std::string m_separator;
};

class CoalesceStep final : public ValueStep
{
public:
    CoalesceStep(const Function& function, CellNames& cells) : m_operands(function.operands, cells)
    {}
    ValueView apply(ValueView in, std::span<const ValueView> cells, std::string&) const override
    {
        for (std::size_t i = 0; in.isNull() && i < m_operands.size(); ++i)
            in = m_operands.at(i, cells);
        return in;
    }
    bool takesNull() const override { return true; }

private:
    StepOperands m_operands;
};

std::string hexDecoded(std::string_view hex)
{
    const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        bytes += static_cast<char>(digit(hex[i]) << 4 | digit(hex[i + 1]));
    return bytes;
}

class Sha256Step final : public ValueStep
{
public:
    explicit Sha256Step(const Function& function)
        : m_key(function.normalise), m_encoding(function.encoding),
          m_countryCode(function.countryCode)
    {}
    ValueView apply(ValueView in, std::span<const ValueView>, std::string& out) const override
    {
        const auto key = normalisedMatchingKey(in.text, m_key, m_countryCode);
        if (!key)
            return {ValueKind::Invalid, step_reason::matchingKey};
        out = sha256Hex(*key);
        if (m_encoding == HashEncoding::Base64)
            out = toBase64(hexDecoded(out));
        return {ValueKind::Text, out};
    }

private:
    MatchingKey m_key;
    HashEncoding m_encoding;
    std::string m_countryCode;
};

class TemplateStep final : public ValueStep
{
public:
    TemplateStep(TextTemplate parsed, CellNames& cells)
        : m_template(std::move(parsed)), m_firstCell(cells.size())
    {
        for (const TextTemplate::Piece& piece : m_template.pieces)
            if (piece.isColumn)
                cells.push_back(piece.text);
    }
    ValueView apply(ValueView, std::span<const ValueView> cells, std::string& out) const override
    {
        std::size_t cell = m_firstCell;
        for (const TextTemplate::Piece& piece : m_template.pieces) {
            if (!piece.isColumn) {
                out += piece.text;
                continue;
            }
            const ValueView value = cells[cell++];
            if (value.isNull() || value.kind == ValueKind::Invalid)
                return value;
            appendPlainText(out, value);
        }
        return {ValueKind::Text, out};
    }
    bool takesNull() const override { return true; }

private:
    TextTemplate m_template;
    std::size_t m_firstCell;
};

class ConstantStep final : public ValueStep
{
public:
    explicit ConstantStep(data::Value value) : m_value(std::move(value)) {}
    ValueView apply(ValueView, std::span<const ValueView>, std::string&) const override
    {
        return m_value.view();
    }
    bool takesNull() const override { return true; }

private:
    data::Value m_value;
};

} // namespace

data::Value literalValue(const data::JsonNode& json)
{
    using Type = data::JsonNode::value_t;
    switch (json.type()) {
    case Type::null:
    case Type::discarded:
    case Type::binary:
        return {};
    case Type::boolean:
        return {ValueKind::Bool, json.dump()};
    case Type::number_integer:
    case Type::number_unsigned:
        return {ValueKind::Integer, json.dump()};
    case Type::number_float:
        return {ValueKind::Float, json.dump()};
    case Type::string:
        return {ValueKind::Text, json.get<std::string>()};
    case Type::array:
    case Type::object:
        return {ValueKind::Json, json.dump()};
    }
    return {};
}

void appendPlainText(std::string& out, ValueView value)
{
    if (value.kind != ValueKind::Json || !data::appendCompactJson(out, value.text))
        out += value.text;
}

Result<ValueStepPtr> makeFunctionStep(const Function& function, CellNames& cells)
{
    switch (function.kind) {
    case FunctionKind::Trim:
        return std::make_unique<TrimStep>();
    case FunctionKind::Lower:
        return std::make_unique<LowerStep>();
    case FunctionKind::Upper:
        return std::make_unique<UpperStep>();
    case FunctionKind::Case:
        return std::make_unique<CaseStep>(function);
    case FunctionKind::Concat:
        return std::make_unique<ConcatStep>(function, cells);
    case FunctionKind::Coalesce:
        return std::make_unique<CoalesceStep>(function, cells);
    case FunctionKind::NumberFormat:
        return makeNumberFormatStep(function.format);
    case FunctionKind::DateFormat:
        return makeDateStep(function.format, DateResult::Text);
    case FunctionKind::RegexReplace:
        return makeRegexStep(function.pattern, function.replacement);
    case FunctionKind::Sha256:
        return std::make_unique<Sha256Step>(function);
    }
    return fail(ErrorKind::Internal, "shape.function", QString());
}

Result<ValueStepPtr> makeTemplateStep(const std::string& text, CellNames& cells)
{
    auto parsed = TextTemplate::parse(text);
    if (!parsed)
        return propagate(std::move(parsed));
    return std::make_unique<TemplateStep>(std::move(*parsed), cells);
}

ValueStepPtr makeConstantStep(const data::JsonNode& value)
{
    return std::make_unique<ConstantStep>(literalValue(value));
}

} // namespace headgate::shape
