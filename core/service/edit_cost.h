// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "plan/fingerprint.h"
#include "plan/situation.h"
#include "service/delivery_terms.h"
#include "service/sample_shaper.h"
#include "service/workspace.h"

namespace headgate::service {

/// A record as a plan compares it. Invalid where a run would say so.
struct ComparedRecord
{
    plan::Seen seen;
    std::size_t encodedSize = 0; ///< in a request's body
};

/// Brings shaped records into the form that state knows them by. Belongs to one thread.
class RecordComparer
{
public:
    /// `delivery` outlives it. `fingerprintVersion` empty: the current one.
    RecordComparer(const ShownDelivery& delivery, const HashKey& hashKey,
                   const std::string& fingerprintVersion);
    [[nodiscard]] ComparedRecord compared(const ShapedSample& record);

private:
    const ShownDelivery& m_delivery;
    const HashKey& m_hashKey;
    connector::DeliveryBatch m_batch;
    plan::Fingerprinter m_fingerprint;
};

/// Counts what an edit makes go again (semantics 6 and 11). Belongs to one thread.
class EditCostCounter
{
public:
    static constexpr std::size_t mostRecords = 5000;

    struct Options
    {
        state::StateStore& store;
        std::optional<state::StateInfo> state; ///< empty: a new one would be made
        std::uint64_t deliveredBefore = 0;     ///< by the old state, where a new one would be made
        WallTime now;
    };
    /// Everything outlives it.
    EditCostCounter(Options options, const ShownDelivery& edited, SampleShaper& shaper);

    /// The definition as it is saved, where it shapes the same rows.
    void compareWith(const ShownDelivery& saved, SampleShaper& shaper);
    /// Error: State "state.*", Cancelled.
    [[nodiscard]] Result<EditCost> count(const StopToken& stop);

private:
    struct Looked
    {
        ComparedRecord edited;
        std::optional<ComparedRecord> saved;
        Hash128 keyHash;
    };
    [[nodiscard]] std::vector<Looked> look(const StopToken& stop);
    [[nodiscard]] Result<void> countOne(const Looked& record);
    [[nodiscard]] static bool isSent(const ComparedRecord& record, const state::KnownRecord& known,
                                     const ShownDelivery& delivery, WallTime now);
    void estimate();

    Options m_options;
    const ShownDelivery& m_edited;
    SampleShaper& m_shaper;
    const ShownDelivery* m_saved = nullptr;
    SampleShaper* m_savedShaper = nullptr;
    EditCost m_cost;
    std::uint64_t m_bytes = 0; ///< of the changed records in requests' bodies
};

/// The least time that so many requests take.
[[nodiscard]] std::optional<double> secondsOf(const http::RateLimits& limits,
                                              std::uint64_t requests);

} // namespace headgate::service
