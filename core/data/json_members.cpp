// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/json_members.h"

#include <algorithm>
#include <charconv>

namespace headgate::data {

namespace {

/// Steps over the values of a valid text.
class MemberWalker
{
public:
    explicit MemberWalker(std::string_view text) : m_text(text) { space(); }

    [[nodiscard]] char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    bool take(char c)
    {
        if (peek() != c || m_at >= m_text.size())
            return false;
        ++m_at;
        space();
        return true;
    }
    std::string_view value()
    {
        const std::size_t begin = m_at;
        if (peek() == '"')
            skipString();
        else if (peek() == '{' || peek() == '[')
            skipNested();
        else
            while (m_at < m_text.size() &&
                   std::string_view(",:]} \n\t\r").find(peek()) == std::string_view::npos)
                ++m_at;
        const std::string_view found = m_text.substr(begin, m_at - begin);
        space();
        return found;
    }

private:
    void space()
    {
        while (peek() == ' ' || peek() == '\n' || peek() == '\t' || peek() == '\r')
            ++m_at;
    }
    void skipString()
    {
        ++m_at;
        for (; m_at < m_text.size(); ++m_at) {
            const char c = m_text[m_at];
            if (c == '"') {
                ++m_at;
                return;
            }
            m_at += c == '\\' ? 1 : 0;
        }
        m_at = m_text.size();
    }
    void skipNested()
    {
        std::size_t depth = 0;
        while (m_at < m_text.size()) {
            const char c = peek();
            if (c == '"') {
                skipString();
                continue;
            }
            ++m_at;
            depth += c == '{' || c == '[' ? 1 : 0;
            depth -= c == '}' || c == ']' ? 1 : 0;
            if (depth == 0)
                return;
        }
    }

    std::string_view m_text;
    std::size_t m_at = 0;
};

void appendCodePoint(std::string& out, unsigned code)
{
    const auto put = [&](unsigned byte) { out += static_cast<char>(byte); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0 | (code >> 6));
        put(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        put(0xE0 | (code >> 12));
        put(0x80 | ((code >> 6) & 0x3F));
        put(0x80 | (code & 0x3F));
    } else {
        put(0xF0 | (code >> 18));
        put(0x80 | ((code >> 12) & 0x3F));
        put(0x80 | ((code >> 6) & 0x3F));
        put(0x80 | (code & 0x3F));
    }
}

unsigned hexQuad(std::string_view text, std::size_t at)
{
    unsigned code = 0;
    const std::string_view digits = text.substr(std::min(at, text.size()), 4);
    std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
    return code;
}

/// `at` stands on the character after the backslash and is moved behind the escape.
void appendDecodedEscape(std::string& out, std::string_view text, std::size_t& at)
{
    constexpr std::string_view names = "bfnrt";
    constexpr std::string_view meanings = "\b\f\n\r\t";
    const char escape = text[at++];
    if (escape != 'u') {
        const std::size_t known = names.find(escape);
        out += known == std::string_view::npos ? escape : meanings[known];
        return;
    }
    unsigned code = hexQuad(text, at);
    at += 4;
    if (code >= 0xD800 && code < 0xDC00 && text.substr(std::min(at, text.size()), 2) == "\\u") {
        code = 0x10000 + ((code - 0xD800) << 10) + (hexQuad(text, at + 2) - 0xDC00);
        at += 6;
    }
    appendCodePoint(out, code);
}

std::string pointerToken(std::string_view token)
{
    std::string name;
    for (std::size_t i = 0; i < token.size(); ++i) {
        const bool escaped = token[i] == '~' && i + 1 < token.size();
        if (escaped)
            ++i;
        name += escaped ? (token[i] == '1' ? '/' : '~') : token[i];
    }
    return name;
}

std::optional<std::string_view> jsonChild(std::string_view json, const std::string& token)
{
    if (const auto members = jsonMembers(json)) {
        const auto found = std::find_if(members->begin(), members->end(),
                                        [&](const JsonMember& m) { return m.name == token; });
        return found == members->end() ? std::nullopt : std::optional(found->value);
    }
    const auto elements = jsonElements(json);
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), index);
    if (!elements || error != std::errc{} || end != token.data() + token.size() ||
        (token.size() > 1 && token[0] == '0') || index >= elements->size())
        return std::nullopt;
    return (*elements)[index];
}

} // namespace

std::optional<std::vector<JsonMember>> jsonMembers(std::string_view json)
{
    MemberWalker walker(json);
    if (!walker.take('{'))
        return std::nullopt;
    std::vector<JsonMember> members;
    while (walker.peek() == '"') {
        std::string name = jsonText(walker.value());
        if (!walker.take(':'))
            return std::nullopt;
        members.push_back({std::move(name), walker.value()});
        if (!walker.take(','))
            break;
    }
    return walker.take('}') ? std::optional(std::move(members)) : std::nullopt;
}

std::optional<std::vector<std::string_view>> jsonElements(std::string_view json)
{
    MemberWalker walker(json);
    if (!walker.take('['))
        return std::nullopt;
    std::vector<std::string_view> elements;
    if (walker.take(']'))
        return elements;
    do {
        elements.push_back(walker.value());
    } while (walker.take(','));
    return walker.take(']') ? std::optional(std::move(elements)) : std::nullopt;
}

std::optional<std::string_view> jsonFirstElement(std::string_view json)
{
    MemberWalker walker(json);
    if (!walker.take('['))
        return std::nullopt;
    const std::string_view element = walker.value();
    return element.empty() ? std::nullopt : std::optional(element);
}

JsonObjectView::JsonObjectView(std::string_view json)
    : m_json(json), m_members(jsonMembers(json).value_or(std::vector<JsonMember>()))
{}

std::optional<std::string_view> JsonObjectView::at(std::string_view pointer) const
{
    if (pointer.empty())
        return m_json;
    const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
    const std::string token = pointerToken(pointer.substr(1, end - 1));
    for (const JsonMember& member : m_members)
        if (member.name == token)
            return end == pointer.size() ? std::optional(member.value)
                                         : jsonAt(member.value, pointer.substr(end));
    return std::nullopt;
}

std::optional<std::string_view> jsonAt(std::string_view json, std::string_view pointer)
{
    std::optional<std::string_view> found = MemberWalker(json).value();
    while (found && !pointer.empty()) {
        if (pointer.front() != '/')
            return std::nullopt;
        const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
        found = jsonChild(*found, pointerToken(pointer.substr(1, end - 1)));
        pointer.remove_prefix(end);
    }
    return found;
}

JsonType jsonType(std::string_view value)
{
    switch (value.empty() ? '\0' : value.front()) {
    case '{':
        return JsonType::Object;
    case '[':
        return JsonType::Array;
    case '"':
        return JsonType::String;
    case 't':
    case 'f':
        return JsonType::Bool;
    case 'n':
        return JsonType::Null;
    default:
        return JsonType::Number;
    }
}

std::string jsonText(std::string_view value)
{
    if (value.size() < 2 || value.front() != '"')
        return std::string(value);
    const std::string_view inner = value.substr(1, value.size() - 2);
    if (inner.find('\\') == std::string_view::npos)
        return std::string(inner);
    std::string out;
    out.reserve(inner.size());
    for (std::size_t at = 0; at < inner.size();) {
        if (inner[at] == '\\' && at + 1 < inner.size())
            appendDecodedEscape(out, inner, ++at);
        else
            out += inner[at++];
    }
    return out;
}

} // namespace headgate::data
