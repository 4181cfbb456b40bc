// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fakes/fake_random.h"

#include <cstdint>
#include <initializer_list>
#include <iterator>

namespace headgate::simulation {

/// The chances of one simulated history: the same for a seed on every platform.
class Dice
{
public:
    explicit Dice(std::uint64_t seed) : m_random(seed) {}

    /// 0 to `count` - 1.
    [[nodiscard]] std::size_t below(std::size_t count)
    {
        return static_cast<std::size_t>(m_random.next() % count);
    }
    /// Both included.
    [[nodiscard]] std::size_t between(std::size_t low, std::size_t high)
    {
        return low + below(high - low + 1);
    }
    [[nodiscard]] bool chance(std::size_t percent) { return below(100) < percent; }
    template <typename T>
    [[nodiscard]] T pick(std::initializer_list<T> choices)
    {
        return *std::next(choices.begin(), static_cast<std::ptrdiff_t>(below(choices.size())));
    }
    [[nodiscard]] std::uint64_t seed() { return m_random.next(); }

private:
    fakes::FakeRandom m_random;
};

} // namespace headgate::simulation
