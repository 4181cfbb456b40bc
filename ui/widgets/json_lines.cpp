// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/json_lines.h"

#include "base/text.h"
#include "data/json_members.h"

#include <algorithm>
#include <functional>

namespace headgate::ui {

namespace {

bool isJsonSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

bool endsScalar(char c)
{
    return c == ',' || c == '}' || c == ']' || c == ':' || isJsonSpace(c);
}

std::size_t endOfJsonString(std::string_view json, std::size_t at)
{
    for (++at; at < json.size() && json[at] != '"'; ++at) {
        if (json[at] == '\\')
            ++at;
    }
    return std::min(at + 1, json.size());
}

std::size_t endOfScalar(std::string_view json, std::size_t at)
{
    if (json[at] == '"')
        return endOfJsonString(json, at);
    if (json[at] == '{' || json[at] == '[')
        return at + 1;
    const std::size_t begin = at;
    while (at < json.size() && !endsScalar(json[at]))
        ++at;
    return std::max(at, begin + 1);
}

std::uint64_t childPath(std::uint64_t parent, std::uint64_t part)
{
    std::uint64_t mixed = (parent ^ (part + 0x9e3779b97f4a7c15ULL + (parent << 6) + (parent >> 2)));
    mixed ^= mixed >> 33;
    mixed *= 0xff51afd7ed558ccdULL;
    return mixed ^ (mixed >> 33);
}

JsonToken tokenOf(char first)
{
    if (first == '"')
        return JsonToken::String;
    if (first == '-' || (first >= '0' && first <= '9'))
        return JsonToken::Number;
    return JsonToken::Literal;
}

/// One code point of UTF-8; a byte that is none stands for U+FFFD.
char32_t codePointAt(std::string_view text, std::size_t& at)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(at);
    const std::size_t length = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (length == 1 || at + length > text.size() || lead < 0xc0) {
        ++at;
        return lead < 0x80 ? char32_t(lead) : char32_t(0xfffd);
    }
    char32_t point = lead & (0xff >> (length + 1));
    for (std::size_t i = 1; i < length; ++i)
        point = (point << 6) | (byte(at + i) & 0x3f);
    at += length;
    return point;
}

QString decodedKey(std::string_view quoted)
{
    const auto members = data::jsonMembers('{' + std::string(quoted) + ":0}");
    return members && members->size() == 1 ? toQString(members->front().name) : toQString(quoted);
}

void appendToken(JsonLineText& out, std::string_view json, std::size_t begin, std::size_t end,
                 JsonToken token)
{
    const int first = static_cast<int>(out.text.size());
    for (std::size_t at = begin; at < end && !out.cut;) {
        const std::size_t from = at;
        const char32_t point = codePointAt(json, at);
        for (const char16_t unit : QChar::fromUcs4(point)) {
            out.text += QChar(unit);
            out.bytes.push_back(static_cast<std::uint32_t>(from));
        }
        if (out.text.size() >= static_cast<qsizetype>(JsonLines::longestLine)) {
            out.cut = true;
            out.text += QChar(0x2026);
            out.bytes.push_back(static_cast<std::uint32_t>(at));
        }
    }
    out.spans.push_back({first, static_cast<int>(out.text.size()), token});
}

void appendLine(JsonLineText& out, std::string_view json, const JsonLine& line)
{
    bool key = line.hasKey;
    for (std::size_t at = line.begin; at < line.end && !out.cut;) {
        if (isJsonSpace(json[at])) {
            ++at;
            continue;
        }
        const char c = json[at];
        const bool mark = c == '{' || c == '}' || c == '[' || c == ']' || c == ',' || c == ':';
        const std::size_t end = mark ? at + 1 : endOfScalar(json, at);
        const JsonToken token = mark ? JsonToken::Punctuation : key ? JsonToken::Key : tokenOf(c);
        appendToken(out, json, at, end, token);
        if (c == ':') {
            out.text += QLatin1Char(' ');
            out.bytes.push_back(static_cast<std::uint32_t>(end));
            key = false;
        }
        at = end;
    }
}

} // namespace

/// Cuts a JSON text into lines.
class JsonLineReader
{
public:
    explicit JsonLineReader(JsonLines& out) : m_out(out), m_json(out.m_json) {}

    void read()
    {
        skipSpace();
        while (m_at < m_json.size()) {
            const char c = m_json[m_at];
            if ((c == '}' || c == ']') && !m_open.empty())
                readClose();
            else
                readMember();
            skipSpace();
        }
        for (const std::uint32_t open : m_open) // cut off: folds to the end
            m_out.m_lines[open].partner = static_cast<std::uint32_t>(m_out.m_lines.size() - 1);
        for (std::uint32_t line = 0; line < m_out.m_lines.size(); ++line) {
            if (m_out.m_lines[line].kind != JsonLineKind::Close)
                m_out.m_paths.emplace_back(m_out.m_lines[line].path, line);
        }
        std::sort(m_out.m_paths.begin(), m_out.m_paths.end());
    }

private:
    void skipSpace()
    {
        while (m_at < m_json.size() && isJsonSpace(m_json[m_at]))
            ++m_at;
    }
    std::uint32_t place() const { return static_cast<std::uint32_t>(m_at); }

    void takeComma(JsonLine& line)
    {
        line.valueEnd = place();
        skipSpace();
        if (m_at < m_json.size() && m_json[m_at] == ',')
            ++m_at;
        line.end = place();
    }

    void readClose()
    {
        const std::uint32_t open = m_open.back();
        m_open.pop_back();
        const auto number = static_cast<std::uint32_t>(m_out.m_lines.size());
        JsonLine line = m_out.m_lines[open];
        line.kind = JsonLineKind::Close;
        line.hasKey = false;
        line.begin = line.valueBegin = place();
        line.partner = open;
        ++m_at;
        takeComma(line);
        m_out.m_lines[open].partner = number;
        m_out.m_lines.push_back(line);
    }

    void readMember()
    {
        JsonLine line;
        line.begin = place();
        line.depth = static_cast<std::uint16_t>(std::min<std::size_t>(m_open.size(), 0xffff));
        line.partner = static_cast<std::uint32_t>(m_out.m_lines.size());
        std::uint64_t parentPath = 1;
        bool inObject = false;
        if (!m_open.empty()) {
            JsonLine& parent = m_out.m_lines[m_open.back()];
            line.parent = m_open.back();
            line.index = parent.children++;
            parentPath = parent.path;
            inObject = m_json[parent.valueBegin] == '{';
        }
        line.path = childPath(parentPath, line.index);
        if (inObject && m_json[m_at] == '"')
            readKey(line, parentPath);
        line.valueBegin = place();
        readValue(line);
    }

    void readKey(JsonLine& line, std::uint64_t parentPath)
    {
        const std::size_t end = endOfJsonString(m_json, m_at);
        const std::string_view key = std::string_view(m_json).substr(m_at, end - m_at);
        line.path = childPath(parentPath, std::hash<std::string_view>()(key));
        line.hasKey = true;
        m_at = end;
        skipSpace();
        if (m_at < m_json.size() && m_json[m_at] == ':')
            ++m_at;
        skipSpace();
    }

    void readValue(JsonLine& line)
    {
        if (m_at >= m_json.size()) {
            line.valueEnd = line.end = place();
            m_out.m_lines.push_back(line);
            return;
        }
        const char c = m_json[m_at];
        if (c != '{' && c != '[') {
            m_at = endOfScalar(m_json, m_at);
            takeComma(line);
            m_out.m_lines.push_back(line);
            return;
        }
        ++m_at;
        const std::size_t inside = m_at;
        skipSpace();
        if (m_at < m_json.size() && (m_json[m_at] == '}' || m_json[m_at] == ']')) {
            ++m_at;
            takeComma(line);
            m_out.m_lines.push_back(line);
            return;
        }
        m_at = inside;
        line.kind = JsonLineKind::Open;
        line.valueEnd = line.end = place();
        m_open.push_back(static_cast<std::uint32_t>(m_out.m_lines.size()));
        m_out.m_lines.push_back(line);
    }

    JsonLines& m_out;
    const std::string& m_json;
    std::size_t m_at = 0;
    std::vector<std::uint32_t> m_open;
};

int JsonLineText::unitOf(std::size_t byte) const
{
    const auto found = std::upper_bound(bytes.begin(), bytes.end(), byte);
    if (found == bytes.begin())
        return 0;
    // The first unit of the code point, and the byte's own rather than the space before it.
    const std::uint32_t value = *(found - 1);
    auto first = std::lower_bound(bytes.begin(), bytes.end(), value);
    if (first + 1 != bytes.end() && *(first + 1) == value &&
        text.at(first - bytes.begin()) == QLatin1Char(' '))
        ++first;
    return static_cast<int>(first - bytes.begin());
}

JsonLines::JsonLines(std::string json) : m_json(std::move(json))
{
    JsonLineReader(*this).read();
}

JsonLineText JsonLines::textOf(std::size_t line) const
{
    JsonLineText out;
    appendLine(out, m_json, m_lines[line]);
    out.bytes.push_back(m_lines[line].end);
    return out;
}

JsonLineText JsonLines::foldedTextOf(std::size_t line) const
{
    JsonLineText out;
    const JsonLine& open = m_lines[line];
    appendLine(out, m_json, open);
    const int begin = static_cast<int>(out.text.size());
    out.text += QStringLiteral(" \u2026 ");
    out.bytes.insert(out.bytes.end(), 3, open.valueEnd);
    out.spans.push_back({begin, begin + 3, JsonToken::Punctuation});
    appendLine(out, m_json, m_lines[open.partner]);
    out.bytes.push_back(m_lines[open.partner].end);
    return out;
}

std::string JsonLines::plainTextOf(std::size_t line) const
{
    const JsonLine& one = m_lines[line];
    std::string out(std::size_t(2) * one.depth, ' ');
    if (one.hasKey) {
        const std::string_view json(m_json);
        out += json.substr(one.begin, endOfJsonString(json, one.begin) - one.begin);
        out += ": ";
    }
    for (std::size_t at = one.valueBegin; at < one.end;) {
        if (isJsonSpace(m_json[at])) {
            ++at;
            continue;
        }
        const std::size_t end = endOfScalar(m_json, at);
        out.append(m_json, at, end - at);
        at = end;
    }
    return out;
}

std::size_t JsonLines::lineOfByte(std::size_t byte) const
{
    const auto behind =
        std::upper_bound(m_lines.begin(), m_lines.end(), byte,
                         [](std::size_t at, const JsonLine& line) { return at < line.begin; });
    return behind == m_lines.begin() ? 0 : static_cast<std::size_t>(behind - m_lines.begin()) - 1;
}

std::string_view JsonLines::valueOf(std::size_t line) const
{
    const JsonLine& one = m_lines[line];
    const JsonLine& first = one.kind == JsonLineKind::Close ? m_lines[one.partner] : one;
    const JsonLine& last = one.kind == JsonLineKind::Open ? m_lines[one.partner] : one;
    return std::string_view(m_json).substr(first.valueBegin, last.valueEnd - first.valueBegin);
}

QString JsonLines::pointerOf(std::size_t line) const
{
    const JsonLine* at = &m_lines[line];
    if (at->kind == JsonLineKind::Close)
        at = &m_lines[at->partner];
    QString pointer;
    while (at->depth > 0) {
        QString part = QString::number(at->index);
        if (at->hasKey) {
            const std::string_view json(m_json);
            const std::size_t end = endOfJsonString(json, at->begin);
            part = decodedKey(json.substr(at->begin, end - at->begin));
            part.replace(QLatin1Char('~'), QLatin1String("~0"));
            part.replace(QLatin1Char('/'), QLatin1String("~1"));
        }
        pointer.prepend(QLatin1Char('/') + part);
        at = &m_lines[at->parent];
    }
    return pointer;
}

std::optional<std::size_t> JsonLines::lineOfPath(std::uint64_t path) const
{
    const auto found = std::lower_bound(m_paths.begin(), m_paths.end(),
                                        std::pair<std::uint64_t, std::uint32_t>(path, 0));
    if (found == m_paths.end() || found->first != path)
        return std::nullopt;
    return found->second;
}

} // namespace headgate::ui
