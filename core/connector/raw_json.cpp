// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/raw_json.h"

#include "data/json.h"

#include <vector>

namespace headgate::connector {

namespace {

std::size_t skipSpace(std::string_view text, std::size_t at)
{
    while (at < text.size() &&
           (text[at] == ' ' || text[at] == '\n' || text[at] == '\t' || text[at] == '\r'))
        ++at;
    return at;
}

std::size_t endOfString(std::string_view text, std::size_t at)
{
    for (++at; at < text.size() && text[at] != '"'; ++at)
        at += text[at] == '\\' ? 1 : 0;
    return std::min(at + 1, text.size());
}

std::size_t endOfValue(std::string_view text, std::size_t at)
{
    std::size_t depth = 0;
    while (at < text.size()) {
        const char c = text[at];
        if (c == '"') {
            at = endOfString(text, at);
        } else if (c == '{' || c == '[') {
            ++depth;
            ++at;
            continue;
        } else if (c == '}' || c == ']') {
            if (depth == 0)
                return at;
            --depth;
            ++at;
        } else if (depth == 0) {
            const std::size_t end = text.find_first_of(",]} \n\t\r", at);
            return end == std::string_view::npos ? text.size() : end;
        } else {
            ++at;
            continue;
        }
        if (depth == 0)
            return at;
    }
    return text.size();
}

std::vector<std::string> pointerTokens(std::string_view pointer)
{
    std::vector<std::string> tokens;
    while (!pointer.empty() && pointer.front() == '/') {
        pointer.remove_prefix(1);
        const std::string_view raw = pointer.substr(0, pointer.find('/'));
        pointer.remove_prefix(raw.size());
        std::string token;
        for (std::size_t i = 0; i < raw.size(); ++i) {
            const bool escaped = raw[i] == '~' && i + 1 < raw.size();
            token += escaped ? (raw[i + 1] == '1' ? '/' : '~') : raw[i];
            i += escaped ? 1 : 0;
        }
        tokens.push_back(std::move(token));
    }
    return tokens;
}

bool isMember(const RawMember& member, std::size_t position, const std::string& token)
{
    if (member.name.empty())
        return std::to_string(position) == token;
    const auto memberName = rawString(member.name);
    return memberName && *memberName == token;
}

} // namespace

RawWalk::RawWalk(std::string_view text) : m_text(text)
{
    m_at = skipSpace(m_text, 0);
    m_open = m_at < m_text.size() && (m_text[m_at] == '{' || m_text[m_at] == '[');
    m_object = m_open && m_text[m_at] == '{';
    ++m_at;
}

bool RawWalk::next(RawMember& into)
{
    if (!m_open)
        return false;
    m_at = skipSpace(m_text, m_at);
    if (m_at < m_text.size() && m_text[m_at] == ',')
        m_at = skipSpace(m_text, m_at + 1);
    into = {};
    if (m_object && m_at < m_text.size() && m_text[m_at] == '"') {
        const std::size_t end = endOfString(m_text, m_at);
        into.name = m_text.substr(m_at, end - m_at);
        m_at = skipSpace(m_text, end);
        m_at = m_at < m_text.size() && m_text[m_at] == ':' ? skipSpace(m_text, m_at + 1)
                                                           : m_text.size();
    } else if (m_object) {
        m_at = m_text.size();
    }
    const std::size_t end = m_at < m_text.size() ? endOfValue(m_text, m_at) : m_at;
    m_open = end > m_at;
    if (m_open)
        into.value = m_text.substr(m_at, end - m_at);
    m_at = end;
    return m_open;
}

char rawKind(std::string_view value)
{
    return value.empty() ? '\0' : value.front();
}

std::optional<std::string> rawString(std::string_view quoted)
{
    if (quoted.size() < 2 || quoted.front() != '"')
        return std::nullopt;
    if (quoted.find('\\') == std::string_view::npos)
        return std::string(quoted.substr(1, quoted.size() - 2));
    const auto node = data::JsonNode::parse(quoted.begin(), quoted.end(), nullptr, false);
    if (!node.is_string())
        return std::nullopt;
    return node.get<std::string>();
}

std::optional<std::size_t> rawOffset(std::string_view text, std::string_view pointer)
{
    const std::size_t begin = skipSpace(text, 0);
    std::string_view value = text.substr(begin);
    for (const std::string& token : pointerTokens(pointer)) {
        RawWalk walk(value);
        RawMember member;
        bool found = false;
        for (std::size_t position = 0; !found && walk.next(member); ++position) {
            found = isMember(member, position, token);
            value = found ? member.value : value;
        }
        if (!found)
            return std::nullopt;
    }
    return static_cast<std::size_t>(value.data() - text.data());
}

} // namespace headgate::connector
