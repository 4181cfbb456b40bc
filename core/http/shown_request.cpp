// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/shown_request.h"

#include "base/redaction.h"
#include "data/json_text.h"

#include <algorithm>

namespace headgate::http {

namespace {

std::string_view shownUrlOf(const Request& request)
{
    return request.shownUrl.empty() ? request.url : request.shownUrl;
}

std::string_view shownValueOf(const Header& header)
{
    return header.secret ? secretMask : std::string_view(header.value);
}

std::string shellQuoted(std::string_view text)
{
    std::string quoted = "'";
    for (const char c : text) {
        if (c == '\'')
            quoted += "'\\''";
        else
            quoted += c;
    }
    return quoted + '\'';
}

bool isPlainText(std::string_view bytes)
{
    return bytes.find('\0') == std::string_view::npos &&
           data::findInvalidUtf8(bytes) == std::string_view::npos;
}

std::string curlBodyOption(const Request& request)
{
    if (request.secretBody)
        return "--data-raw " + shellQuoted(secretMask);
    if (!isPlainText(*request.body))
        return "--data-binary @body.bin";
    return "--data-raw " + shellQuoted(*request.body);
}

bool hasContentType(const Request& request)
{
    return std::any_of(request.headers.begin(), request.headers.end(), [](const Header& header) {
        return sameHeaderName(header.name, "Content-Type");
    });
}

std::string variableFor(std::string_view name)
{
    std::string variable = "SECRET_";
    for (const char c : name) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        variable += letter ? static_cast<char>(c & ~0x20) : c >= '0' && c <= '9' ? c : '_';
    }
    return variable;
}

/// Of a text whose secrets are masked, for a POSIX shell.
class ShownCurl
{
public:
    explicit ShownCurl(std::string_view shown) : m_shown(shown) {}

    CurlCommand make()
    {
        const std::string_view line = takeLine();
        const std::size_t space = line.find(' ');
        if (space == 0 || space == std::string_view::npos)
            return {};
        m_command.text = "curl --globoff --request " + shellQuoted(line.substr(0, space));
        add(url(line.substr(space + 1)));
        bool typed = false;
        while (!m_shown.empty() && m_shown.front() != '\n') {
            const std::string_view header = takeLine();
            typed = typed || sameHeaderName(header.substr(0, header.find(':')), "Content-Type");
            add("--header " + headerWord(header));
        }
        if (m_shown.size() > 1)
            body(m_shown.substr(1), typed);
        return std::move(m_command);
    }

private:
    std::string_view takeLine()
    {
        const std::size_t end = std::min(m_shown.find('\n'), m_shown.size());
        const std::string_view line = m_shown.substr(0, end);
        m_shown.remove_prefix(std::min(end + 1, m_shown.size()));
        return line;
    }

    void add(const std::string& words) { m_command.text += " \\\n  " + words; }

    /// The text as one word of the shell, a variable in the place of each mask.
    std::string word(std::string_view text, std::string_view name)
    {
        std::string word;
        for (std::size_t at = text.find(secretMask); at != std::string_view::npos;
             at = text.find(secretMask)) {
            word += at > 0 ? shellQuoted(text.substr(0, at)) : std::string();
            word += "\"$" + use(variableFor(name)) + '"';
            text.remove_prefix(at + secretMask.size());
        }
        return text.empty() && !word.empty() ? word : word + shellQuoted(text);
    }

    std::string use(std::string variable)
    {
        auto& known = m_command.variables;
        if (std::find(known.begin(), known.end(), variable) == known.end())
            known.push_back(variable);
        return variable;
    }

    /// Each parameter of the query names its own secret.
    std::string url(std::string_view text)
    {
        std::string words;
        while (!text.empty()) {
            const std::string_view part =
                text.substr(0, std::min(text.find('&'), text.size() - 1) + 1);
            const std::size_t mask = part.find(secretMask);
            const std::size_t equals = part.rfind('=', mask);
            const std::size_t before = part.find_last_of("?&", equals) + 1;
            const bool named = mask != std::string_view::npos && equals != std::string_view::npos;
            words += word(part, named ? part.substr(before, equals - before) : "URL");
            text.remove_prefix(part.size());
        }
        return words;
    }

    std::string headerWord(std::string_view header)
    {
        const std::string_view name = header.substr(0, header.find(':'));
        return header.size() <= name.size() + 2 ? shellQuoted(std::string(name) + ';')
                                                : word(header, name);
    }

    void body(std::string_view text, bool typed)
    {
        if (!typed)
            add("--header 'Content-Type:'");
        add(isPlainText(text) ? "--data-raw " + word(text, "BODY")
                              : std::string("--data-binary @body.bin"));
    }

    std::string_view m_shown;
    CurlCommand m_command;
};

} // namespace

std::string masked(const Request& request)
{
    std::string text = request.method + ' ' + std::string(shownUrlOf(request)) + '\n';
    for (const Header& header : request.headers) {
        text += header.name + ": ";
        text += shownValueOf(header);
        text += '\n';
    }
    if (request.body) {
        text += '\n';
        text += request.secretBody ? secretMask : std::string_view(*request.body);
    }
    return Redaction::redact(std::move(text));
}

std::string masked(const Answer& answer)
{
    std::string text = "HTTP " + std::to_string(answer.status) + '\n';
    for (const Header& header : answer.headers) {
        const bool secret = header.secret || sameHeaderName(header.name, "Set-Cookie");
        text += header.name + ": ";
        text += secret ? secretMask : std::string_view(header.value);
        text += '\n';
    }
    return Redaction::redact(text + '\n' + answer.body);
}

std::string asCurlCommand(const Request& request)
{
    constexpr std::string_view next = " \\\n  ";
    std::string command = "curl --globoff --request " + shellQuoted(request.method);
    command += next;
    command += shellQuoted(shownUrlOf(request));
    for (const Header& header : request.headers) {
        const bool empty = header.value.empty() && !header.secret;
        command += next;
        command += "--header ";
        command +=
            shellQuoted(header.name + (empty ? ";" : ": ") + std::string(shownValueOf(header)));
    }
    if (request.body) {
        if (!hasContentType(request)) {
            command += next;
            command += "--header 'Content-Type:'";
        }
        command += next;
        command += curlBodyOption(request);
    }
    return Redaction::redact(std::move(command));
}

CurlCommand curlOfShown(std::string_view shown)
{
    return ShownCurl(shown).make();
}

} // namespace headgate::http
