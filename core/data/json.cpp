// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/json.h"

#include "base/text.h"
#include "data/json_text.h"

#include <set>
#include <vector>

namespace headgate::data {

namespace {

constexpr std::size_t longestShownNumber = 40;

/// In the words of the parser that takes it in the end.
bool canBeHeld(std::string_view word)
{
    return !JsonNode::parse(word.begin(), word.end(), nullptr, false).is_discarded();
}

/// Walks a text once, checks it and, if asked, copies it without white space.
class Scanner
{
public:
    /// `fits`: of a number, whether it can be held; empty takes each.
    Scanner(std::string_view text, const JsonLimits& limits, std::string* out,
            bool (*fits)(std::string_view) = nullptr)
        : m_text(text), m_limits(limits), m_out(out), m_fits(fits)
    {}

    Result<void> run()
    {
        if (m_text.size() > m_limits.bytes)
            return problem(
                "json.size",
                Text::tr("The text is larger than %1 bytes.").arg(qulonglong(m_limits.bytes)));
        if (const std::size_t bad = findInvalidUtf8(m_text); bad != std::string_view::npos) {
            m_at = bad;
            return problem("json.utf8", Text::tr("The text is not valid UTF-8."));
        }
        HEADGATE_TRY(value(0));
        space();
        if (m_at != m_text.size())
            return syntax(Text::tr("Something follows after the end of the JSON text."));
        return {};
    }

    [[nodiscard]] TextPlace place() const { return placeAt(m_text, m_at); }

private:
    [[nodiscard]] Failure problem(const char* code, const QString& what) const
    {
        return fail(ErrorKind::Config, code, what);
    }
    [[nodiscard]] Failure syntax(const QString& what) const { return problem("json.syntax", what); }

    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] char peek() const { return atEnd() ? '\0' : m_text[m_at]; }
    void emit(std::string_view bytes)
    {
        if (m_out)
            m_out->append(bytes);
    }
    void space()
    {
        while (!atEnd() && (peek() == ' ' || peek() == '\n' || peek() == '\t' || peek() == '\r'))
            ++m_at;
    }
    bool take(char c)
    {
        space();
        if (peek() != c || atEnd())
            return false;
        emit(m_text.substr(m_at++, 1));
        return true;
    }

    Result<void> value(std::size_t depth)
    {
        if (depth > m_limits.depth)
            return problem("json.depth", Text::tr("The text is nested deeper than %1 levels.")
                                             .arg(qulonglong(m_limits.depth)));
        space();
        switch (peek()) {
        case '{':
            return object(depth);
        case '[':
            return array(depth);
        case '"':
            return string().map([](std::string_view) {});
        default:
            return scalar();
        }
    }

    Result<void> object(std::size_t depth)
    {
        take('{');
        if (take('}'))
            return {};
        std::set<std::string_view> names;
        do {
            space();
            const std::size_t begin = m_at;
            auto name = string();
            if (!name)
                return propagate(std::move(name));
            if (!names.insert(*name).second) {
                m_at = begin;
                return problem(
                    "json.duplicate",
                    Text::tr("The name %1 stands twice in one object.").arg(toQString(*name)));
            }
            if (!take(':'))
                return syntax(Text::tr("A colon is expected after the name."));
            HEADGATE_TRY(value(depth + 1));
        } while (take(','));
        if (!take('}'))
            return syntax(Text::tr("A comma or a closing brace is expected."));
        return {};
    }

    Result<void> array(std::size_t depth)
    {
        take('[');
        if (take(']'))
            return {};
        do {
            HEADGATE_TRY(value(depth + 1));
        } while (take(','));
        if (!take(']'))
            return syntax(Text::tr("A comma or a closing bracket is expected."));
        return {};
    }

    Result<std::string_view> string()
    {
        const std::size_t begin = m_at;
        if (peek() != '"')
            return syntax(Text::tr("A text in double quotes is expected."));
        for (++m_at; !atEnd() && peek() != '"'; ++m_at) {
            if (static_cast<unsigned char>(peek()) < 0x20)
                return syntax(Text::tr("A control character stands in a text."));
            if (peek() == '\\' && !escape())
                return syntax(Text::tr("The escape after the backslash is not one of JSON's."));
        }
        if (atEnd())
            return syntax(Text::tr("A text has no closing quote."));
        ++m_at;
        emit(m_text.substr(begin, m_at - begin));
        return m_text.substr(begin, m_at - begin);
    }

    bool escape()
    {
        ++m_at;
        if (peek() != 'u')
            return !atEnd() &&
                   std::string_view("\"\\/bfnrt").find(peek()) != std::string_view::npos;
        unsigned first = 0;
        if (!hex4(first) || (first >= 0xDC00 && first <= 0xDFFF))
            return false;
        if (first < 0xD800 || first > 0xDBFF)
            return true;
        unsigned second = 0;
        return m_text.substr(m_at + 1, 2) == "\\u" && (m_at += 2, hex4(second)) &&
               second >= 0xDC00 && second <= 0xDFFF;
    }

    /// Stands on the 'u' before and on the last digit after.
    bool hex4(unsigned& code)
    {
        code = 0;
        for (int i = 0; i < 4; ++i) {
            ++m_at;
            const char c = peek();
            if (c >= '0' && c <= '9')
                code = code * 16 + unsigned(c - '0');
            else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
                code = code * 16 + unsigned((c | 0x20) - 'a') + 10;
            else
                return false;
        }
        return true;
    }

    Result<void> scalar()
    {
        const std::size_t begin = m_at;
        while (!atEnd() && std::string_view(",]} \n\t\r").find(peek()) == std::string_view::npos)
            ++m_at;
        const std::string_view word = m_text.substr(begin, m_at - begin);
        if (word != "true" && word != "false" && word != "null" && !isJsonNumber(word)) {
            m_at = begin;
            return syntax(Text::tr("A JSON value is expected."));
        }
        if (m_fits && !m_fits(word)) {
            m_at = begin;
            return syntax(Text::tr("The number %1 is too large.")
                              .arg(toQString(word.substr(0, longestShownNumber))));
        }
        emit(word);
        return {};
    }

    std::string_view m_text;
    const JsonLimits& m_limits;
    std::string* m_out;
    bool (*m_fits)(std::string_view);
    std::size_t m_at = 0;
};

Error withPlace(Error error, const TextPlace& place)
{
    error.message = Text::tr("Line %1, column %2: %3")
                        .arg(qulonglong(place.line))
                        .arg(qulonglong(place.column))
                        .arg(error.message);
    return error;
}

} // namespace

TextPlace placeAt(std::string_view text, std::size_t offset)
{
    TextPlace place;
    for (const char c : text.substr(0, offset)) {
        const bool continues = (static_cast<unsigned char>(c) & 0xC0) == 0x80;
        if (c == '\n')
            place = {place.line + 1, 1};
        else if (!continues)
            ++place.column;
    }
    return place;
}

Result<JsonNode> parseJson(std::string_view bytes, const JsonLimits& limits, TextPlace& failedAt)
{
    Scanner scanner(bytes, limits, nullptr);
    if (auto checked = scanner.run(); !checked) {
        failedAt = scanner.place();
        return propagate(std::move(checked));
    }
    JsonNode json = JsonNode::parse(bytes.begin(), bytes.end(), nullptr, false);
    if (!json.is_discarded())
        return json;
    Scanner numbers(bytes, limits, nullptr, canBeHeld);
    if (auto checked = numbers.run(); !checked) {
        failedAt = numbers.place();
        return propagate(std::move(checked));
    }
    return fail(ErrorKind::Config, "json.syntax", Text::tr("The text is not valid JSON."));
}

Result<JsonNode> parseJson(std::string_view bytes, const JsonLimits& limits)
{
    TextPlace place;
    return parseJson(bytes, limits, place).map_error([&](Error error) {
        return withPlace(std::move(error), place);
    });
}

Result<void> checkJson(std::string_view bytes, const JsonLimits& limits)
{
    return Scanner(bytes, limits, nullptr).run();
}

Result<void> appendCompactJson(std::string& out, std::string_view json, const JsonLimits& limits)
{
    const std::size_t before = out.size();
    Scanner scanner(json, limits, &out);
    auto done = scanner.run();
    if (done)
        return {};
    out.resize(before);
    return Failure(withPlace(std::move(done).error(), scanner.place()));
}

std::string toFileText(const JsonNode& json)
{
    return json.dump(2) + '\n';
}

} // namespace headgate::data
