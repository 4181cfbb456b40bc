// SPDX-License-Identifier: GPL-3.0-or-later
#include "inbox/target.h"

#include <algorithm>
#include <charconv>

namespace headgate::inbox {

namespace {

std::string formDecoded(std::string_view text)
{
    std::string spaced(text);
    std::replace(spaced.begin(), spaced.end(), '+', ' ');
    return percentDecoded(spaced);
}

} // namespace

Target parseTarget(std::string_view target)
{
    const std::size_t question = std::min(target.find('?'), target.size());
    return {std::string(target.substr(0, question)),
            parseForm(target.substr(std::min(question + 1, target.size())))};
}

NameValues parseForm(std::string_view text)
{
    NameValues values;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('&'), text.size());
        const std::string_view pair = text.substr(0, end);
        const std::size_t equals = std::min(pair.find('='), pair.size());
        if (!pair.empty())
            values.emplace_back(formDecoded(pair.substr(0, equals)),
                                formDecoded(pair.substr(std::min(equals + 1, pair.size()))));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return values;
}

std::string percentDecoded(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned byte = 0;
        const char* digits = text.data() + i + 1;
        const bool encoded = text[i] == '%' && i + 2 < text.size() &&
                             std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2;
        out += encoded ? static_cast<char>(byte) : text[i];
        i += encoded ? 2 : 0;
    }
    return out;
}

std::optional<std::string> valueOf(const NameValues& values, std::string_view name)
{
    const auto found = std::find_if(values.begin(), values.end(),
                                    [&](const auto& value) { return value.first == name; });
    return found == values.end() ? std::nullopt : std::optional(found->second);
}

} // namespace headgate::inbox
