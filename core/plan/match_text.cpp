// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/match_text.h"

namespace headgate::plan {

std::string packMatch(data::ValueView match)
{
    return static_cast<char>('a' + static_cast<int>(match.kind)) + std::string(match.text);
}

data::Value unpackMatch(std::string_view packed)
{
    if (packed.empty() || packed.front() < 'a' ||
        packed.front() > 'a' + static_cast<int>(data::ValueKind::Invalid))
        return {};
    return {static_cast<data::ValueKind>(packed.front() - 'a'), std::string(packed.substr(1))};
}

} // namespace headgate::plan
