// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/id.h"

#include <algorithm>

namespace headgate {

namespace {
constexpr std::string_view idAlphabet = "abcdefghijklmnopqrstuvwxyz234567";
constexpr std::size_t idLength = 16;
} // namespace

std::string makeId(Random& random)
{
    std::string id;
    for (std::size_t i = 0; i < idLength; ++i)
        id += idAlphabet[random.next() % idAlphabet.size()];
    return id;
}

bool isId(std::string_view text)
{
    return text.size() == idLength && text.find_first_not_of(idAlphabet) == std::string_view::npos;
}

bool isSlug(std::string_view text)
{
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
}

} // namespace headgate
