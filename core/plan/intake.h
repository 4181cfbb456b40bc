// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/destination.h"
#include "plan/external_sorter.h"
#include "plan/fingerprint.h"
#include "plan/plan.h"
#include "plan/spool_sorter.h"

#include <functional>
#include <memory>
#include <optional>
#include <set>

namespace headgate::plan {

struct IntakeOptions
{
    static constexpr std::size_t mostSortMemory = std::size_t(16) << 20;
    HashKey hashKey{};
    connector::Operation operation = connector::Operation::Upsert; ///< that writes a record
    std::string object;
    std::string matchField;
    std::string requestValues; ///< of every record, see connector::OutgoingRecord
    std::string fingerprintVersion;
    bool namesInvalid = false;   ///< Invalid records are spooled too, as far as their keys
    bool sendsByKey = false;     ///< the order of sending says nothing, so it may be that of keys
    std::size_t recordBytes = 0; ///< a larger payload makes its record Invalid
    std::string scratchDirectory;
    std::size_t sortMemory = mostSortMemory; ///< bytes, for the keys of what is spooled
    std::optional<std::set<Hash128>> onlyKeys;
};

/// The reading half of a plan. Valid records go to the spool as they come: it is certain only after
/// the merge which of them changed. Their hashes are sorted. Afterwards nextKey() gives each key
/// once, in key-hash order; repeated keys have become Invalid, and what shares its match value does
/// in refuseShared().
class Intake
{
public:
    /// The key of a record as people know it, for what is refused behind finish().
    using KeyTextOf = std::function<Result<std::string>(const KeyEntry& entry)>;

    Intake(IntakeOptions options, const connector::Destination& destination,
           state::SpoolWriter& spool, KeyTextOf keyTextOf);

    [[nodiscard]] Result<void> add(shape::ShapedRecord&& record);
    /// How many keys nextKey() will give, each as often as it was read.
    [[nodiscard]] std::uint64_t keys() const { return m_keys.size() + m_spool.unplaced(); }
    /// Whether some record is matched by another value than its key, so that two may share one.
    [[nodiscard]] bool matchesDiffer() const { return m_matchesDiffer; }
    /// Of a record that a sieve took, which is in no key's entry. Before finish().
    [[nodiscard]] Result<void> addMatch(const Hash128& matchHash, const Hash128& keyHash)
    {
        m_matchesDiffer = m_matchesDiffer || matchHash != keyHash;
        return m_matches.add({matchHash, keyHash});
    }
    /// Sorts; to be called when reading is over.
    [[nodiscard]] Result<void> finish();
    /// See SpoolSorter; after finish().
    [[nodiscard]] bool isReadableByKey() const { return m_spool.isReadableByKey(); }
    [[nodiscard]] Result<std::optional<KeyEntry>> nextKey();
    /// Several rows have its key.
    [[nodiscard]] Result<void> refuseRepeated(KeyEntry& entry);
    /// To be called for every key that is Valid, in ascending order.
    [[nodiscard]] Result<void> refuseShared(KeyEntry& entry);

    /// Records whose key could not even be read: they count, and they block removals.
    [[nodiscard]] std::uint64_t keyless() const { return m_keyless; }
    /// Of IntakeOptions::onlyKeys, those that records were read of.
    [[nodiscard]] const std::set<Hash128>& metKeys() const { return m_met; }
    [[nodiscard]] const data::Value& newestCursor() const { return m_newestCursor; }
    [[nodiscard]] std::uint64_t problemCount() const { return m_problemCount; }
    [[nodiscard]] std::vector<PlanProblem> takeProblems() { return std::move(m_problems); }

private:
    struct MatchEntry
    {
        Hash128 matchHash;
        Hash128 keyHash;
        [[nodiscard]] std::uint64_t sortPrefix() const { return matchHash.prefix(); }
        bool operator<(const MatchEntry& other) const
        {
            return matchHash != other.matchHash ? matchHash < other.matchHash
                                                : keyHash < other.keyHash;
        }
    };
    struct SharedKey
    {
        Hash128 keyHash;
        [[nodiscard]] std::uint64_t sortPrefix() const { return keyHash.prefix(); }
        bool operator<(const SharedKey& other) const { return keyHash < other.keyHash; }
    };

    [[nodiscard]] Result<void> addValid(shape::ShapedRecord&& record, KeyEntry entry);
    [[nodiscard]] Result<void> noteMatch(const shape::ShapedRecord& record, const KeyEntry& entry);
    [[nodiscard]] Result<void> takeMatches();
    [[nodiscard]] Result<void> findSharedMatches();
    [[nodiscard]] Result<bool> sharesItsMatch(const Hash128& keyHash);
    [[nodiscard]] Result<void> addInvalid(const std::string& keyText, KeyEntry entry);
    [[nodiscard]] Result<void> refuse(KeyEntry& entry, shape::RecordProblem problem);
    void note(std::string keyText, shape::RecordProblem problem);

    IntakeOptions m_options;
    const connector::Destination& m_destination;
    KeyTextOf m_keyTextOf;
    SpoolSorter m_spool;
    connector::DeliveryBatch m_batch; ///< without records; for their sizes
    ExternalSorter<KeyEntry> m_keys;
    ExternalSorter<MatchEntry> m_matches;
    bool m_matchesDiffer = false;
    ExternalSorter<SharedKey> m_shared;
    std::optional<SharedKey> m_nextShared;
    std::optional<KeyEntry> m_nextKey;
    std::vector<PlanProblem> m_problems;
    std::uint64_t m_problemCount = 0;
    std::uint64_t m_keyless = 0;
    std::set<Hash128> m_met;
    std::uint64_t m_unspooled = 0;
    Fingerprinter m_fingerprint;
    state::SpoolRecord m_frame; ///< of the record at hand; keeps its memory
    std::string m_canonicalMatch;
    data::Value m_newestCursor;
};

/// ShapedRecord::leaves as the state stores them: a byte 1 and the hashes where the record has all
/// of the first nodes, as most have; else a byte 2 and "node, hash" pairs. Numbers have 4 bytes,
/// little endian. Of earlier versions there are pairs without a byte before them: their length
/// is even.
void packLeaves(const std::vector<shape::LeafHash>& leaves, std::string& into);

} // namespace headgate::plan
