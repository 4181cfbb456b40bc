// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/ini_text.h"

#include <algorithm>

namespace headgate::warehouse {

namespace {

std::string_view trimmedIni(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\f\v";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

char lowerAscii(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool sameKey(std::string_view a, std::string_view b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lowerAscii(x) == lowerAscii(y); });
}

void readIniLine(std::string_view line, std::vector<IniSection>& sections)
{
    if (line.empty() || line.front() == '#' || line.front() == ';')
        return;
    if (line.front() == '[') {
        const std::size_t end = line.find(']');
        if (end != std::string_view::npos)
            sections.push_back({std::string(trimmedIni(line.substr(1, end - 1))), {}});
        return;
    }
    const std::size_t equals = line.find('=');
    if (sections.empty() || equals == std::string_view::npos)
        return;
    sections.back().entries.emplace_back(trimmedIni(line.substr(0, equals)),
                                         trimmedIni(line.substr(equals + 1)));
}

} // namespace

std::string_view IniSection::value(std::string_view key) const
{
    for (const auto& [theirs, text] : entries)
        if (sameKey(theirs, key))
            return text;
    return {};
}

std::vector<IniSection> readIni(std::string_view bytes)
{
    std::vector<IniSection> sections;
    while (!bytes.empty()) {
        const std::size_t end = bytes.find('\n');
        readIniLine(trimmedIni(bytes.substr(0, end)), sections);
        bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
    }
    return sections;
}

} // namespace headgate::warehouse
