// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/destination.h"
#include "plan/fingerprint.h"
#include "plan/settled_tags.h"
#include "shape/record_stream.h"
#include "state/state_store.h"

#include <atomic>

namespace headgate::plan {

struct SettledSieveOptions
{
    HashKey hashKey{};
    connector::Operation operation = connector::Operation::Upsert; ///< that writes a record
    std::string object;
    std::string matchField;
    std::string fingerprintVersion;
    std::size_t recordBytes = 0; ///< a larger payload makes its record Invalid; 0: no limit
};

/// Keeps from a plan the records that the destination holds as they are. It is told what is known,
/// then the stream's thread asks it; when reading is over, it says what it took.
class SettledSieve final : public shape::RecordSieve
{
public:
    SettledSieve(SettledSieveOptions options, const connector::Destination& destination,
                 SettledTags tags);

    /// All that is known, in key-hash order, unless the tags came with it.
    void add(const state::KnownRecord& known);

    void expect(std::string_view key) override;
    [[nodiscard]] bool takes(const shape::ShapedRecord& record) override;

    /// At any time, from any thread.
    [[nodiscard]] std::uint64_t taken() const { return m_taken.load(std::memory_order_relaxed); }
    /// The rest after reading. Whether some record that was taken is matched by another value than
    /// its key.
    [[nodiscard]] bool matchesDiffer() const { return m_matchesDiffer; }
    [[nodiscard]] const SettledTags& tags() const { return m_tags; }
    void forgetTags() { m_tags.forgetTags(); }

private:
    SettledSieveOptions m_options;
    const connector::Destination& m_destination;
    SettledTags m_tags;
    Fingerprinter m_fingerprint;
    std::string m_canonicalMatch;
    bool m_matchesDiffer = false;
    std::atomic<std::uint64_t> m_taken = 0;
};

} // namespace headgate::plan
