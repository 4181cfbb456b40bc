// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/settled_sieve.h"

#include "data/canonical_key.h"

namespace headgate::plan {

namespace {

SettledTags::Kind tagKindOf(const state::KnownRecord& known)
{
    if (known.status != state::RecordStatus::Settled || !known.alsoUnder.empty())
        return SettledTags::Kind::Other;
    if (!known.delivered)
        return SettledTags::Kind::Gone;
    return known.matchHash == Hash128() ? SettledTags::Kind::Other : SettledTags::Kind::Settled;
}

} // namespace

SettledSieve::SettledSieve(SettledSieveOptions options, const connector::Destination& destination,
                           SettledTags tags)
    : m_options(std::move(options)), m_destination(destination), m_tags(std::move(tags)),
      m_fingerprint(m_options.fingerprintVersion, m_options.operation, m_options.object,
                    m_options.matchField)
{}

void SettledSieve::add(const state::KnownRecord& known)
{
    m_tags.add(tagKindOf(known), known.keyHash, known.fingerprint, known.matchHash);
}

void SettledSieve::expect(std::string_view key)
{
    m_tags.fetch(keyedHash(m_options.hashKey, key));
}

bool SettledSieve::takes(const shape::ShapedRecord& record)
{
    const bool tooLarge =
        m_options.recordBytes > 0 && record.payload.size() > m_options.recordBytes;
    if (record.key.empty() || record.match.isNull() || tooLarge)
        return false;
    const data::Value match{
        record.match.kind,
        m_destination.normalisedMatch(m_options.object, m_options.matchField, record.match.view())};
    m_canonicalMatch.clear();
    if (!data::appendCanonical(m_canonicalMatch, match.view()))
        return false;
    const bool matchDiffers = m_canonicalMatch != record.key;
    const Hash128 keyHash = keyedHash(m_options.hashKey, record.key);
    const Hash128 matchHash =
        matchDiffers ? keyedHash(m_options.hashKey, m_canonicalMatch) : keyHash;
    if (!m_tags.take(keyHash, m_fingerprint.of(m_canonicalMatch, record.payload), matchHash))
        return false;
    m_matchesDiffer = m_matchesDiffer || matchDiffers;
    m_taken.store(m_tags.taken(), std::memory_order_relaxed);
    return true;
}

} // namespace headgate::plan
