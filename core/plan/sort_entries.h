// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <utility>
#include <vector>

namespace headgate::plan {

/// Where an entry stands, and the number that it is sorted by.
struct SortPlace
{
    std::uint64_t prefix;
    std::size_t from;
};

/// Sorts by the leading 22 of the bits in which prefixes differ, in a time that grows with their
/// number alone; what has these bits in common is handed to `sortRun` afterwards.
template <typename SortRun>
void sortByLeadingBits(std::vector<SortPlace>& places, SortRun sortRun)
{
    constexpr int digitBits = 11;
    constexpr std::size_t digits = std::size_t(1) << digitBits;
    std::uint64_t differing = 0;
    for (const SortPlace& place : places)
        differing |= place.prefix ^ places.front().prefix;
    const int width = static_cast<int>(std::bit_width(differing));
    const int shift = std::max(0, width - 2 * digitBits);
    std::vector<SortPlace> sorted(places.size());
    for (const int low : {shift, shift + digitBits}) {
        const auto digitOf = [&](const SortPlace& place) {
            return place.prefix >> low & (digits - 1);
        };
        std::array<std::size_t, digits> ends{};
        for (const SortPlace& place : places)
            ++ends[digitOf(place)];
        std::size_t begin = 0;
        for (std::size_t& end : ends)
            begin += std::exchange(end, begin);
        for (const SortPlace& place : places)
            sorted[ends[digitOf(place)]++] = place;
        places.swap(sorted);
    }
    for (auto run = places.begin(); run != places.end();) {
        const auto end = std::find_if(run + 1, places.end(), [&](const SortPlace& other) {
            return other.prefix >> shift != run->prefix >> shift;
        });
        if (end - run > 1)
            sortRun(run, end);
        run = end;
    }
}

/// Sorts by operator<. Entries that have a sortPrefix(), a number that decides wherever it differs,
/// are not moved about while being compared: what is sorted are the numbers.
template <typename Entry>
void sortEntries(std::vector<Entry>& entries)
{
    if constexpr (!requires(const Entry& entry) { entry.sortPrefix(); }) {
        std::sort(entries.begin(), entries.end());
    } else {
        constexpr std::size_t few = 1024;
        std::vector<SortPlace> places(entries.size());
        for (std::size_t i = 0; i < entries.size(); ++i)
            places[i] = {entries[i].sortPrefix(), i};
        const auto less = [&](const SortPlace& a, const SortPlace& b) {
            return a.prefix != b.prefix ? a.prefix < b.prefix : entries[a.from] < entries[b.from];
        };
        if (std::is_sorted(places.begin(), places.end(), less))
            return;
        const auto sortRun = [&](auto begin, auto end) { std::sort(begin, end, less); };
        if (places.size() < few)
            sortRun(places.begin(), places.end());
        else
            sortByLeadingBits(places, sortRun);
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
