// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/canonical_key.h"

#include "data/json_text.h"

namespace headgate::data {

namespace {

char classByte(ValueKind kind)
{
    switch (kind) {
    case ValueKind::Bool:
        return 'b';
    case ValueKind::Integer:
    case ValueKind::Decimal:
    case ValueKind::Float:
        return 'n';
    case ValueKind::Text:
    case ValueKind::Uuid:
        return 't';
    case ValueKind::Bytes:
        return 'x';
    case ValueKind::Date:
        return 'd';
    case ValueKind::Time:
        return 'c';
    case ValueKind::Timestamp:
        return 's';
    case ValueKind::TimestampTz:
        return 'z';
    case ValueKind::Json:
        return 'j';
    case ValueKind::Null:
    case ValueKind::Invalid:
        return '\0';
    }
    return '\0';
}

void appendSized(std::string& out, std::string_view text)
{
    const auto size = static_cast<std::uint32_t>(text.size());
    for (int shift = 24; shift >= 0; shift -= 8)
        out += static_cast<char>(size >> shift & 0xFF);
    out += text;
}

} // namespace

bool appendCanonical(std::string& out, ValueView value)
{
    const char byte = classByte(value.kind);
    if (byte == '\0')
        return false;
    out += byte;
    if (byte == 'n' && value.kind != ValueKind::Integer)
        appendSized(out, normalisedNumber(value.text));
    else
        appendSized(out, value.text);
    return true;
}

std::optional<std::string> canonicalKey(std::span<const ValueView> values)
{
    std::string key;
    for (const ValueView value : values)
        if (!appendCanonical(key, value))
            return std::nullopt;
    return key;
}

std::string keyText(std::span<const ValueView> values)
{
    if (values.size() == 1)
        return std::string(values.front().text);
    std::string text = "[";
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i > 0)
            text += ',';
        appendJsonValue(text, values[i]);
    }
    return text + ']';
}

} // namespace headgate::data
