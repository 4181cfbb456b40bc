// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/random.h"

#include <array>
#include <cstdio>
#include <sodium.h>
#include <utility>

namespace headgate {

double Random::fraction()
{
    return static_cast<double>(next() >> 11) * 0x1.0p-53;
}

/// Asked for many words at once: a question of its own for each costs more than all that is done
/// with a batch while it is planned.
std::uint64_t SystemRandom::next()
{
    [[maybe_unused]] static const int ready = sodium_init(); // before threads ask
    thread_local std::array<std::uint64_t, 64> words;
    thread_local std::size_t left = 0;
    if (left == 0) {
        randombytes_buf(words.data(), sizeof words);
        left = words.size();
    }
    return std::exchange(words[--left], 0);
}

std::string makeUuid(Random& random)
{
    const std::uint64_t high = (random.next() & ~0xF000ULL) | 0x4000ULL;
    const std::uint64_t low = (random.next() & ~(3ULL << 62)) | (2ULL << 62);
    std::array<char, 37> text{};
    std::snprintf(text.data(), text.size(), "%08x-%04x-%04x-%04x-%012llx",
                  static_cast<unsigned>(high >> 32), static_cast<unsigned>(high >> 16 & 0xFFFF),
                  static_cast<unsigned>(high & 0xFFFF), static_cast<unsigned>(low >> 48),
                  static_cast<unsigned long long>(low & 0xFFFFFFFFFFFFULL));
    return text.data();
}

} // namespace headgate
