// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/category.h"

#include "data/json.h"

#include <array>

namespace headgate::plan {

namespace {
constexpr std::array allCategories = {Category::Added,    Category::Changed, Category::Rekeyed,
                                      Category::Retried,  Category::Removed, Category::Unchanged,
                                      Category::Filtered, Category::Invalid, Category::Held};
}

const char* name(Category category)
{
    switch (category) {
    case Category::Added:
        return "added";
    case Category::Changed:
        return "changed";
    case Category::Rekeyed:
        return "rekeyed";
    case Category::Retried:
        return "retried";
    case Category::Removed:
        return "removed";
    case Category::Unchanged:
        return "unchanged";
    case Category::Filtered:
        return "filtered";
    case Category::Invalid:
        return "invalid";
    case Category::Held:
        return "held";
    }
    return "held";
}

bool isSent(Category category)
{
    switch (category) {
    case Category::Added:
    case Category::Changed:
    case Category::Rekeyed:
    case Category::Retried:
    case Category::Removed:
        return true;
    case Category::Unchanged:
    case Category::Filtered:
    case Category::Invalid:
    case Category::Held:
        return false;
    }
    return false;
}

void PlanCounts::count(Category category, std::uint64_t records)
{
    of[category] += records;
    if (category != Category::Removed)
        read += records;
}

std::uint64_t PlanCounts::operator[](Category category) const
{
    const auto found = of.find(category);
    return found == of.end() ? 0 : found->second;
}

std::uint64_t PlanCounts::sent() const
{
    std::uint64_t sum = 0;
    for (const Category category : allCategories)
        if (isSent(category))
            sum += (*this)[category];
    return sum;
}

bool PlanCounts::addUp() const
{
    std::uint64_t sum = 0;
    for (const Category category : allCategories)
        if (category != Category::Removed)
            sum += (*this)[category];
    return sum == read;
}

std::string toJson(const PlanCounts& counts)
{
    data::JsonNode json = {{"rows", counts.rows}, {"read", counts.read}};
    for (const Category category : allCategories)
        json[name(category)] = counts[category];
    return json.dump();
}

std::optional<PlanCounts> planCountsFromJson(std::string_view text)
{
    const auto json = data::parseJson(text);
    if (!json || !json->is_object())
        return std::nullopt;
    PlanCounts counts;
    const auto number = [&](const char* key) -> std::uint64_t {
        const auto member = json->find(key);
        return member != json->end() && member->is_number_unsigned() ? member->get<std::uint64_t>()
                                                                     : 0;
    };
    counts.rows = number("rows");
    counts.read = number("read");
    for (const Category category : allCategories)
        if (const std::uint64_t n = number(name(category)))
            counts.of[category] = n;
    return counts;
}

} // namespace headgate::plan
