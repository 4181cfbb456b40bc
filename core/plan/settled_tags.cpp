// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/settled_tags.h"

#include "base/prefetch.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace headgate::plan {

namespace {

/// At least so many, and less than twice as many where there are many.
constexpr std::uint64_t tagsPerBucket = 4;

std::uint64_t tagOf(const Hash128& keyHash, const Hash128& fingerprint, const Hash128& matchHash)
{
    constexpr std::size_t size = sizeof(Hash128::bytes);
    std::array<char, 3 * size> bytes;
    std::memcpy(bytes.data(), keyHash.bytes.data(), size);
    std::memcpy(bytes.data() + size, fingerprint.bytes.data(), size);
    std::memcpy(bytes.data() + 2 * size, matchHash.bytes.data(), size);
    return std::max<std::uint64_t>(fastHash({bytes.data(), bytes.size()}).prefix(), 1);
}

} // namespace

SettledTags::SettledTags(std::uint64_t known, std::uint64_t most) : m_most(most)
{
    const std::uint64_t expected = std::min(known, most);
    const std::uint64_t buckets = std::bit_floor(std::max<std::uint64_t>(known / tagsPerBucket, 2));
    m_shift = 64 - std::countr_zero(buckets);
    m_tags.reserve(expected);
    m_taken.reserve(expected);
    const std::uint64_t begun = most / tagsPerBucket + most / (16 * tagsPerBucket);
    m_starts.reserve(std::min(buckets, begun) + 1);
}

void SettledTags::add(Kind kind, const Hash128& keyHash, const Hash128& fingerprint,
                      const Hash128& matchHash)
{
    const bool told = m_tags.size() < m_most;
    m_counts.settled += kind == Kind::Settled && told ? 1U : 0U;
    m_counts.other += kind == Kind::Other || (kind == Kind::Settled && !told) ? 1U : 0U;
    if (!told)
        return;
    const auto place = static_cast<std::uint32_t>(m_tags.size());
    m_starts.resize(std::max<std::size_t>(m_starts.size(), bucketOf(keyHash) + 1), place);
    m_tags.push_back(kind == Kind::Settled ? tagOf(keyHash, fingerprint, matchHash) : 0);
    m_taken.push_back(false);
}

void SettledTags::fetch(const Hash128& keyHash) const
{
    const std::uint64_t bucket = bucketOf(keyHash);
    if (bucket >= m_starts.size() || m_starts[bucket] >= m_tags.size())
        return;
    const std::size_t place = m_starts[bucket];
    prefetch(&m_tags[place]);
    // Of a few tags in a row, most end in the next line.
    prefetch(&m_tags[std::min<std::size_t>(place + 7, m_tags.size() - 1)]);
}

bool SettledTags::take(const Hash128& keyHash, const Hash128& fingerprint, const Hash128& matchHash)
{
    const std::uint64_t bucket = bucketOf(keyHash);
    if (bucket >= m_starts.size())
        return false;
    const std::size_t end = bucket + 1 < m_starts.size() ? m_starts[bucket + 1] : m_tags.size();
    const std::uint64_t tag = tagOf(keyHash, fingerprint, matchHash);
    for (std::size_t i = m_starts[bucket]; i < end; ++i) {
        if (m_tags[i] != tag)
            continue;
        if (m_taken[i]) {
            m_takenTwice.resize(m_tags.size());
            m_takenTwice[i] = true;
        }
        m_takenCount += m_taken[i] ? 0U : 1U;
        m_taken[i] = true;
        return true;
    }
    return false;
}

void SettledTags::forgetTags()
{
    m_tags = {};
    m_starts = {};
}

std::size_t SettledTags::memory() const
{
    constexpr std::size_t bitsPerByte = 8;
    return m_tags.capacity() * sizeof(m_tags[0]) + m_starts.capacity() * sizeof(m_starts[0]) +
           (m_taken.capacity() + m_takenTwice.capacity()) / bitsPerByte;
}

std::optional<SettledTags> SettledTags::fromParts(int shift, Counts counts,
                                                  std::vector<std::uint64_t> tags,
                                                  std::vector<std::uint32_t> starts)
{
    const bool inRange =
        shift > 0 && shift < 64 && starts.size() <= std::uint64_t(1) << (64 - shift);
    if (!inRange || !std::is_sorted(starts.begin(), starts.end()) ||
        (!starts.empty() && starts.back() > tags.size()))
        return std::nullopt;
    SettledTags whole;
    whole.m_shift = shift;
    whole.m_counts = counts;
    whole.m_taken.resize(tags.size());
    whole.m_tags = std::move(tags);
    whole.m_starts = std::move(starts);
    return whole;
}

} // namespace headgate::plan
