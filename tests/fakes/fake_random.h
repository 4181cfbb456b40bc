// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/random.h"

namespace headgate::fakes {

/// SplitMix64 from a seed: the same on every platform.
class FakeRandom final : public Random
{
public:
    explicit FakeRandom(std::uint64_t seed) : m_state(seed) {}
    [[nodiscard]] std::uint64_t next() override;

private:
    std::uint64_t m_state;
};

} // namespace headgate::fakes
