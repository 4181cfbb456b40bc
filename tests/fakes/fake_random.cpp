// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/fake_random.h"

namespace headgate::fakes {

std::uint64_t FakeRandom::next()
{
    std::uint64_t z = (m_state += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

} // namespace headgate::fakes
