// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace headgate {

/// Randomness of the engine: ids, idempotency keys, jitter. Tests give a seed.
class Random
{
public:
    virtual ~Random() = default;
    [[nodiscard]] virtual std::uint64_t next() = 0;
    /// In [0, 1).
    [[nodiscard]] double fraction();
};

/// The operating system's generator, fit for idempotency keys and hash keys.
class SystemRandom final : public Random
{
public:
    [[nodiscard]] std::uint64_t next() override;
};

/// A version 4 UUID, lower case, with dashes.
[[nodiscard]] std::string makeUuid(Random& random);

} // namespace headgate
