// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/hash.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace headgate::plan {

/// Tells, while records are read, which of them the destination holds as they are, so that these
/// need neither be written to the spool nor be sorted. Per known record 64 bits of its key, its
/// fingerprint and its match value are kept, at its place in key-hash order; the leading bits of a
/// key hash lead to the few places that are compared. A changed record of ten million is taken for
/// an unchanged one with a probability of 10^-18. At most 9.2 bytes per known record, of at most
/// `mostTags`; of those behind, nothing is told.
class SettledTags
{
public:
    static constexpr std::uint64_t mostTags = 12'000'000;

    /// What a known record is to a read that finds it, or does not.
    enum class Kind
    {
        Settled, ///< delivered, nothing outstanding
        Gone,    ///< not delivered, nothing outstanding: nothing to do if it is absent
        Other
    };

    /// `known`: how many records will be added, roughly.
    explicit SettledTags(std::uint64_t known, std::uint64_t most = mostTags);

    /// All that is known, in ascending order of key hashes; only of a settled record fingerprint
    /// and match value count.
    void add(Kind kind, const Hash128& keyHash, const Hash128& fingerprint,
             const Hash128& matchHash);

    /// Brings near what take() will look at: in random order each look waits for the memory.
    void fetch(const Hash128& keyHash) const;
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
    [[nodiscard]] std::uint64_t taken() const { return m_takenCount; }
    /// When reading is over: only what was taken is told any more.
    void forgetTags();
    /// Bytes that all this takes.
    [[nodiscard]] std::size_t memory() const;
    /// Everything that is known is gone or was taken, and that once: nothing is left to decide.
    [[nodiscard]] bool tookAll() const
    {
        return m_counts.other == 0 && m_takenCount == m_counts.settled && m_takenTwice.empty();
    }

    /// As a file has them.
    struct Counts
    {
        std::uint64_t settled = 0;
        std::uint64_t other = 0;
    };
    [[nodiscard]] int shift() const { return m_shift; }
    [[nodiscard]] const Counts& counts() const { return m_counts; }
    [[nodiscard]] std::span<const std::uint64_t> tags() const { return m_tags; }
    [[nodiscard]] std::span<const std::uint32_t> starts() const { return m_starts; }
    /// Nothing if the parts do not fit together.
    [[nodiscard]] static std::optional<SettledTags> fromParts(int shift, Counts counts,
                                                              std::vector<std::uint64_t> tags,
                                                              std::vector<std::uint32_t> starts);

private:
    SettledTags() = default;
    [[nodiscard]] std::uint64_t bucketOf(const Hash128& keyHash) const
    {
        return keyHash.prefix() >> m_shift;
    }

    std::uint64_t m_most = mostTags;
    int m_shift = 63;
    Counts m_counts;
    std::vector<std::uint64_t> m_tags;   ///< 0: of no settled record
    std::vector<std::uint32_t> m_starts; ///< of the buckets begun so far
    std::vector<bool> m_taken;
    std::vector<bool> m_takenTwice; ///< empty until there is one
    std::uint64_t m_takenCount = 0;
};

} // namespace headgate::plan
