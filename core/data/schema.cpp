// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/schema.h"

#include <algorithm>
#include <set>

namespace headgate::data {

namespace {

std::string numberedName(const std::string& name, std::size_t index)
{
    return name + ':' + std::to_string(index + 1);
}

} // namespace

std::optional<std::size_t> Schema::indexOf(std::string_view name) const
{
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::string& own = columns[i].name;
        const bool isPlain = own == name;
        if (!isPlain && (name.size() <= own.size() || name.substr(0, own.size()) != own ||
                         name != numberedName(own, i)))
            continue;
        const bool isAmbiguous =
            own.empty() || std::count_if(columns.begin(), columns.end(), [&](const Column& column) {
                               return column.name == own;
                           }) > 1;
        if (isPlain != isAmbiguous)
            return i;
    }
    return std::nullopt;
}

std::vector<std::string> Schema::addressableNames() const
{
    std::set<std::string, std::less<>> repeated;
    std::set<std::string, std::less<>> seen;
    for (const Column& column : columns)
        if (!seen.insert(column.name).second)
            repeated.insert(column.name);
    std::vector<std::string> names;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::string& name = columns[i].name;
        const bool ambiguous = name.empty() || repeated.contains(name);
        names.push_back(ambiguous ? numberedName(name, i) : name);
    }
    return names;
}

} // namespace headgate::data
