// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/held_matches.h"

#include "data/canonical_key.h"
#include "plan/match_text.h"

#include <algorithm>
#include <utility>

namespace headgate::plan {

std::vector<std::string> heldMatches(const state::KnownRecord& known)
{
    std::vector<std::string> held;
    if (!known.match.empty())
        held.push_back(known.match);
    held.insert(held.end(), known.alsoUnder.begin(), known.alsoUnder.end());
    return held;
}

std::vector<std::string> heldMatchesBut(const state::KnownRecord& known, const std::string& match)
{
    std::vector<std::string> held = heldMatches(known);
    held.erase(std::remove(held.begin(), held.end(), match), held.end());
    return held;
}

Hash128 matchHashOf(const HashKey& hashKey, const std::string& match)
{
    std::string canonical;
    if (!data::appendCanonical(canonical, unpackMatch(match).view()))
        return {};
    return keyedHash(hashKey, canonical);
}

void setHeldMatches(state::KnownRecord& known, std::vector<std::string> held,
                    const HashKey& hashKey)
{
    known.match = std::move(held.front());
    held.erase(held.begin());
    known.alsoUnder = std::move(held);
    known.matchHash = matchHashOf(hashKey, known.match);
}

} // namespace headgate::plan
