// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/schema.h"

#include <set>

namespace headgate::data {

std::optional<std::size_t> Schema::indexOf(std::string_view name) const
{
    const std::vector<std::string> names = addressableNames();
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == name)
            return i;
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
        names.push_back(ambiguous ? name + ':' + std::to_string(i + 1) : name);
    }
    return names;
}

} // namespace headgate::data
