// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace headgate::plan {

/// Sorts by operator<. Entries that have a sortPrefix(), a number that decides wherever it differs,
/// are not moved about while being compared: what is sorted are the numbers.
template <typename Entry>
void sortEntries(std::vector<Entry>& entries)
{
    if constexpr (!requires(const Entry& entry) { entry.sortPrefix(); }) {
        std::sort(entries.begin(), entries.end());
    } else {
        struct Place
        {
            std::uint64_t prefix;
            std::size_t from;
        };
        std::vector<Place> places(entries.size());
        for (std::size_t i = 0; i < entries.size(); ++i)
            places[i] = {entries[i].sortPrefix(), i};
        std::sort(places.begin(), places.end(), [&](const Place& a, const Place& b) {
            return a.prefix != b.prefix ? a.prefix < b.prefix : entries[a.from] < entries[b.from];
        });
        // Each cycle of the permutation is walked once; places that are done point to themselves.
        for (std::size_t begin = 0; begin < places.size(); ++begin) {
            const Entry first = entries[begin];
            std::size_t at = begin;
            while (places[at].from != begin) {
                const std::size_t from = std::exchange(places[at].from, at);
                entries[at] = entries[from];
                at = from;
            }
            places[at].from = at;
            entries[at] = first;
        }
    }
}

} // namespace headgate::plan
