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
    std::uint64_t offset = 0;
    std::uint32_t size = 0;
    Seen::Kind kind = Seen::Kind::Valid;

    [[nodiscard]] std::uint64_t sortPrefix() const { return keyHash.prefix(); }
    bool operator<(const KeyEntry& other) const
    {
        return keyHash != other.keyHash ? keyHash < other.keyHash : offset < other.offset;
    }
};

} // namespace headgate::plan
