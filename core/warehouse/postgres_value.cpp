// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/postgres_value.h"

#include "data/json_text.h"
#include "warehouse/date_text.h"
#include "warehouse/value_text.h"

namespace headgate::warehouse {

namespace {

using data::ValueKind;

constexpr std::size_t dateLength = 10;
constexpr std::size_t deepestArray = 64;

bool isPostgresDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// "2024-01-02" in front, of a year of four digits; BC stands at the far end.
bool hasPlainDate(std::string_view text)
{
    return text.size() >= dateLength && text[4] == '-' && text[7] == '-' &&
           isPostgresDigit(text[0]) && text.back() != 'C';
}

int hexDigit(char c)
{
    if (isPostgresDigit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

class PostgresArrayReader
{
public:
    PostgresArrayReader(std::string& out, std::string_view text, PostgresDecode element,
                        char delimiter)
        : m_out(out), m_text(text), m_element(element), m_delimiter(delimiter)
    {}

    ValueKind read()
    {
        const std::size_t begin = m_out.size();
        if (!skipBounds() || !array(1) || m_at != m_text.size()) {
            m_out.resize(begin);
            if (m_invalid.empty())
                m_invalid = std::string(data::invalid_reason::unsupported) + ":array";
            m_out += m_invalid;
            return ValueKind::Invalid;
        }
        return ValueKind::Json;
    }

private:
    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] char peek() const { return atEnd() ? '\0' : m_text[m_at]; }
    bool take(char c)
    {
        if (peek() != c || atEnd())
            return false;
        ++m_at;
        return true;
    }

    bool skipBounds()
    {
        if (peek() != '[')
            return true;
        m_at = m_text.find("]=");
        if (m_at == std::string_view::npos)
            return false;
        m_at += 2;
        return true;
    }

    bool array(std::size_t depth)
    {
        if (depth > deepestArray || !take('{'))
            return false;
        m_out += '[';
        if (take('}')) {
            m_out += ']';
            return true;
        }
        for (;;) {
            if (!(peek() == '{' ? array(depth + 1) : item()))
                return false;
            if (take('}'))
                break;
            if (!take(m_delimiter))
                return false;
            m_out += ',';
        }
        m_out += ']';
        return true;
    }

    bool item()
    {
        m_item.clear();
        if (take('"')) {
            while (!atEnd() && peek() != '"') {
                if (peek() == '\\')
                    ++m_at;
                if (atEnd())
                    return false;
                m_item += m_text[m_at++];
            }
            return take('"') && convert(m_item);
        }
        const std::size_t begin = m_at;
        while (!atEnd() && peek() != m_delimiter && peek() != '}') {
            if (peek() == '\\')
                ++m_at;
            if (atEnd())
                return false;
            m_item += m_text[m_at++];
        }
        if (m_at == begin)
            return false;
        if (m_text.substr(begin, m_at - begin) == "NULL") {
            m_out += "null";
            return true;
        }
        return convert(m_item);
    }

    bool convert(std::string_view text)
    {
        m_value.clear();
        const ValueKind kind = m_element(m_value, text);
        if (kind == ValueKind::Invalid) {
            m_invalid = m_value;
            return false;
        }
        data::appendJsonValue(m_out, {kind, m_value});
        return true;
    }

    std::string& m_out;
    std::string_view m_text;
    PostgresDecode m_element;
    char m_delimiter;
    std::size_t m_at = 0;
    std::string m_item;
    std::string m_value;
    std::string m_invalid;
};

} // namespace

ValueKind decodePostgresBool(std::string& out, std::string_view text)
{
    out += text == "t" ? "true" : "false";
    return ValueKind::Bool;
}

ValueKind decodePostgresInteger(std::string& out, std::string_view text)
{
    out += text;
    return ValueKind::Integer;
}

ValueKind decodePostgresDecimal(std::string& out, std::string_view text)
{
    if (!text.empty() && isPostgresDigit(text.back())) {
        out += text;
        return ValueKind::Decimal;
    }
    return appendDecimal(out, text);
}

ValueKind decodePostgresFloat(std::string& out, std::string_view text)
{
    if (!text.empty() && isPostgresDigit(text.back())) {
        out += text;
        return ValueKind::Float;
    }
    return appendFloatText(out, text);
}

ValueKind decodePostgresText(std::string& out, std::string_view text)
{
    return appendText(out, text);
}

ValueKind decodePostgresBytes(std::string& out, std::string_view text)
{
    if (text.substr(0, 2) != "\\x" || text.size() % 2 != 0)
        return appendInvalid(out, data::invalid_reason::unsupported, "bytea");
    std::string bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 2; i < text.size(); i += 2) {
        const int high = hexDigit(text[i]);
        const int low = hexDigit(text[i + 1]);
        if (high < 0 || low < 0)
            return appendInvalid(out, data::invalid_reason::unsupported, "bytea");
        bytes += static_cast<char>(high << 4 | low);
    }
    return appendBytes(out, bytes);
}

ValueKind decodePostgresDate(std::string& out, std::string_view text)
{
    if (!hasPlainDate(text))
        return appendInvalid(out, data::invalid_reason::dateRange, text);
    out += text;
    return ValueKind::Date;
}

ValueKind decodePostgresTime(std::string& out, std::string_view text)
{
    out += text;
    return ValueKind::Time;
}

ValueKind decodePostgresTimestamp(std::string& out, std::string_view text)
{
    if (!hasPlainDate(text) || text.size() <= dateLength)
        return appendInvalid(out, data::invalid_reason::dateRange, text);
    out += text.substr(0, dateLength);
    out += 'T';
    out += text.substr(dateLength + 1);
    return ValueKind::Timestamp;
}

ValueKind decodePostgresTimestampTz(std::string& out, std::string_view text)
{
    if (text.size() < 3 || text.substr(text.size() - 3) != "+00")
        return appendTimestampText(out, text, ZoneRule::Utc);
    if (decodePostgresTimestamp(out, text) == ValueKind::Invalid)
        return ValueKind::Invalid;
    out += ":00";
    return ValueKind::TimestampTz;
}

ValueKind decodePostgresUuid(std::string& out, std::string_view text)
{
    out += text;
    return ValueKind::Uuid;
}

ValueKind decodePostgresJson(std::string& out, std::string_view text)
{
    return appendJson(out, text);
}

ValueKind decodePostgresArray(std::string& out, std::string_view text, PostgresDecode element,
                              char delimiter)
{
    return PostgresArrayReader(out, text, element, delimiter).read();
}

} // namespace headgate::warehouse
