// SPDX-License-Identifier: GPL-3.0-or-later
#include "dbt/env_template.h"

#include <algorithm>
#include <array>

namespace headgate::dbt {

namespace {

constexpr std::array<std::string_view, 6> harmlessFilters{"int",     "float",     "string",
                                                          "as_text", "as_number", "as_bool"};

/// Reads an expression from its beginning on.
class EnvExpression
{
public:
    explicit EnvExpression(std::string_view text) : m_rest(text) {}

    [[nodiscard]] bool skip(std::string_view word)
    {
        skipBlanks();
        if (!m_rest.starts_with(word))
            return false;
        m_rest.remove_prefix(word.size());
        return true;
    }

    /// A text in quotes, without escapes.
    [[nodiscard]] std::optional<std::string> quoted()
    {
        skipBlanks();
        if (m_rest.empty() || (m_rest.front() != '\'' && m_rest.front() != '"'))
            return std::nullopt;
        const std::size_t end = m_rest.find(m_rest.front(), 1);
        if (end == std::string_view::npos)
            return std::nullopt;
        const std::string text(m_rest.substr(1, end - 1));
        m_rest.remove_prefix(end + 1);
        if (text.find('\\') != std::string::npos)
            return std::nullopt;
        return text;
    }

    [[nodiscard]] std::string word()
    {
        skipBlanks();
        const auto isLetter = [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        };
        const auto end = std::find_if_not(m_rest.begin(), m_rest.end(), isLetter);
        std::string text(m_rest.begin(), end);
        m_rest.remove_prefix(text.size());
        return text;
    }

    [[nodiscard]] bool atEnd()
    {
        skipBlanks();
        return m_rest.empty();
    }

private:
    void skipBlanks()
    {
        const std::size_t first = m_rest.find_first_not_of(" \t\r\n");
        m_rest.remove_prefix(first == std::string_view::npos ? m_rest.size() : first);
    }

    std::string_view m_rest;
};

struct EnvCall
{
    std::string name;
    std::optional<std::string> otherwise;
};

std::optional<EnvCall> parseEnvCall(std::string_view inner)
{
    EnvExpression expression(inner);
    EnvCall call;
    if (!expression.skip("env_var") || !expression.skip("("))
        return std::nullopt;
    auto name = expression.quoted();
    if (!name || name->empty())
        return std::nullopt;
    call.name = *std::move(name);
    if (expression.skip(",")) {
        call.otherwise = expression.quoted();
        if (!call.otherwise)
            return std::nullopt;
    }
    if (!expression.skip(")"))
        return std::nullopt;
    while (expression.skip("|")) {
        const std::string filter = expression.word();
        if (std::find(harmlessFilters.begin(), harmlessFilters.end(), filter) ==
            harmlessFilters.end())
            return std::nullopt;
    }
    if (!expression.atEnd())
        return std::nullopt;
    return call;
}

/// "{{- x -}}" is "{{ x }}" as far as we are concerned.
std::string_view withoutDashes(std::string_view inner)
{
    if (inner.starts_with('-'))
        inner.remove_prefix(1);
    if (inner.ends_with('-'))
        inner.remove_suffix(1);
    return inner;
}

void appendValue(EnvTemplate& into, const EnvCall& call, const Environment& environment)
{
    if (const auto value = environment(call.name))
        into.text += *value;
    else if (call.otherwise)
        into.text += *call.otherwise;
    else
        into.missing.push_back(call.name);
}

} // namespace

EnvTemplate renderEnv(std::string_view text, const Environment& environment)
{
    const auto asWritten = [&] {
        EnvTemplate untouched;
        untouched.text = std::string(text);
        untouched.understood = false;
        return untouched;
    };
    EnvTemplate rendered;
    std::string_view rest = text;
    std::size_t literal = 0;
    std::vector<EnvCall> calls;
    while (!rest.empty()) {
        const std::size_t begin = rest.find('{');
        const std::string_view mark =
            begin == std::string_view::npos ? std::string_view() : rest.substr(begin, 2);
        if (mark == "{%" || mark == "{#")
            return asWritten();
        const std::size_t plain = mark == "{{" ? begin : std::min(begin, rest.size() - 1) + 1;
        rendered.text += rest.substr(0, plain);
        literal += plain;
        rest.remove_prefix(plain);
        if (mark != "{{")
            continue;
        const std::size_t end = rest.find("}}");
        const auto call = end == std::string_view::npos
                              ? std::nullopt
                              : parseEnvCall(withoutDashes(rest.substr(2, end - 2)));
        if (!call)
            return asWritten();
        appendValue(rendered, *call, environment);
        calls.push_back(*call);
        rest.remove_prefix(end + 2);
    }
    if (calls.size() == 1 && literal == 0 && !calls.front().otherwise)
        rendered.only = calls.front().name;
    return rendered;
}

} // namespace headgate::dbt
