// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/hash.h"
#include "plan/situation.h"

#include <cstdint>

namespace headgate::plan {

/// One key of a read. `offset` is for what is spooled, `size` (of the record in a request's body)
/// for Valid ones.
struct KeyEntry
{
    Hash128 keyHash;
    Hash128 fingerprint;
    Hash128 matchHash;
    /// Of its frame in the spool. What has none counts down from `unspooled`.
    std::uint64_t offset = 0;
    std::uint32_t size = 0;
    Seen::Kind kind = Seen::Kind::Valid;

    static constexpr std::uint64_t unspooled = ~std::uint64_t(0);
    [[nodiscard]] bool isSpooled() const { return offset <= unspooled / 2; }
    [[nodiscard]] std::uint64_t sortPrefix() const { return keyHash.prefix(); }
    bool operator<(const KeyEntry& other) const
    {
        return keyHash != other.keyHash ? keyHash < other.keyHash : offset < other.offset;
    }
};

} // namespace headgate::plan
