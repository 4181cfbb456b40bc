// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/hash.h"

#include <cstdint>
#include <vector>

namespace headgate::plan {

/// Tells, while records are read, which of them the destination holds as they are, so that these
/// need neither be written to the spool nor be sorted. Per known record 64 bits of its key, its
/// fingerprint and its match value are kept, at its place in key-hash order; the leading bits of a
/// key hash lead to the few places that are compared. A changed record of ten million is taken for
/// an unchanged one with a probability of 10^-18. 9 bytes per known record, of at most `mostTags`;
/// of those behind, nothing is told.
class SettledTags
{
public:
    static constexpr std::uint64_t mostTags = 5'000'000;

    /// `known`: how many records will be added, roughly.
    explicit SettledTags(std::uint64_t known, std::uint64_t most = mostTags);

    /// In ascending order of key hashes, each of the known records.
    void addSettled(const Hash128& keyHash, const Hash128& fingerprint, const Hash128& matchHash);
    /// One about which there is more to decide.
    void addOther(const Hash128& keyHash);

    /// Whether the record is settled as it is. Remembers that it was read.
    [[nodiscard]] bool take(const Hash128& keyHash, const Hash128& fingerprint,
                            const Hash128& matchHash);

    /// By the order in which the records were added.
    [[nodiscard]] bool isTaken(std::uint64_t index) const
    {
        return index < m_taken.size() && m_taken[index];
    }
    [[nodiscard]] bool isTakenTwice(std::uint64_t index) const
    {
        return index < m_takenTwice.size() && m_takenTwice[index];
    }
    [[nodiscard]] std::uint64_t taken() const { return m_count; }

private:
    [[nodiscard]] std::uint64_t bucketOf(const Hash128& keyHash) const;
    void add(const Hash128& keyHash, std::uint64_t tag);

    std::uint64_t m_most;
    int m_shift = 0;
    std::vector<std::uint64_t> m_tags;   ///< 0: of no settled record
    std::vector<std::uint32_t> m_starts; ///< of the buckets begun so far
    std::vector<bool> m_taken;
    std::vector<bool> m_takenTwice; ///< empty until there is one
    std::uint64_t m_count = 0;
};

} // namespace headgate::plan
