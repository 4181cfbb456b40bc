// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/json_indent.h"

namespace headgate::data {

namespace {

/// Position after the string that begins at `at`.
std::size_t endOfString(std::string_view json, std::size_t at)
{
    for (++at; at < json.size() && json[at] != '"'; ++at) {
        if (json[at] == '\\')
            ++at;
    }
    return at + 1;
}

} // namespace

std::string indentedJson(std::string_view json, std::size_t margin)
{
    std::string out;
    std::size_t depth = 0;
    const auto newLine = [&] {
        out += '\n';
        out.append(margin + 2 * depth, ' ');
    };
    for (std::size_t at = 0; at < json.size();) {
        const char c = json[at];
        if (c == '"') {
            const std::size_t end = endOfString(json, at);
            out += json.substr(at, end - at);
            at = end;
            continue;
        }
        const bool opens = c == '{' || c == '[';
        const bool closes = c == '}' || c == ']';
        if (opens && at + 1 < json.size() && (json[at + 1] == '}' || json[at + 1] == ']')) {
            out += json.substr(at, 2);
            at += 2;
            continue;
        }
        if (closes) {
            depth -= depth > 0 ? 1 : 0;
            newLine();
        }
        out += c;
        if (opens)
            ++depth;
        if (opens || c == ',')
            newLine();
        if (c == ':')
            out += ' ';
        ++at;
    }
    return out;
}

} // namespace headgate::data
