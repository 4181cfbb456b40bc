// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/edit_cost.h"

#include "data/canonical_key.h"
#include "plan/mode_table.h"
#include "project/mode_operations.h"
#include "run/settlement_rules.h"
#include "service/key_rows.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace headgate::service {

namespace {

using plan::Seen;

/// Of two records with one match value both are Invalid (semantics 5).
template <typename Records, typename Member>
void refuseSharedMatches(Records& records, const Member& recordOf)
{
    std::map<Hash128, ComparedRecord*> owners;
    for (auto& looked : records) {
        ComparedRecord* record = recordOf(looked);
        if (!record || record->seen.kind != Seen::Kind::Valid)
            continue;
        const auto [owner, isFirst] = owners.emplace(record->seen.matchHash, record);
        if (isFirst)
            continue;
        owner->second->seen.kind = Seen::Kind::Invalid;
        record->seen.kind = Seen::Kind::Invalid;
    }
}

/// Whole windows have to pass before the last request may start.
double windowsBefore(std::uint64_t requests, double limit)
{
    return std::floor(static_cast<double>(requests - 1) / limit);
}

} // namespace

std::optional<double> secondsOf(const http::RateLimits& limits, std::uint64_t requests)
{
    // The price of http::RateWindow's slots.
    constexpr double stretch = 1.05;
    constexpr double minute = 60;
    constexpr double day = 86'400;
    if (limits.perSecond <= 0 && limits.perMinute == 0 && limits.perDay == 0)
        return std::nullopt;
    if (requests == 0)
        return 0;
    double seconds = 0;
    if (limits.perSecond > 0)
        seconds = static_cast<double>(requests - 1) / limits.perSecond * stretch;
    if (limits.perMinute > 0)
        seconds = std::max(seconds, windowsBefore(requests, limits.perMinute) * minute * stretch);
    if (limits.perDay > 0)
        seconds = std::max(seconds, windowsBefore(requests, limits.perDay) * day * stretch);
    return seconds;
}

RecordComparer::RecordComparer(const ShownDelivery& delivery, const HashKey& hashKey,
                               const std::string& fingerprintVersion)
    : m_delivery(delivery), m_hashKey(hashKey),
      m_batch(delivery.emptyBatch(project::writeOperation(delivery.sync->mode))),
      m_fingerprint(fingerprintVersion.empty() ? plan::fingerprintVersion
                                               : std::string_view(fingerprintVersion),
                    m_batch.operation, m_batch.object, m_batch.matchField)
{}

ComparedRecord RecordComparer::compared(const ShapedSample& record)
{
    ComparedRecord compared;
    compared.seen.kind = Seen::Kind::Invalid;
    const std::size_t most = m_delivery.capabilities.recordBytes;
    if (!record.problems.empty())
        return compared;
    if (record.filtered) {
        compared.seen.kind = Seen::Kind::Filtered;
        return compared;
    }
    if (record.matchKind == data::ValueKind::Null || (most > 0 && record.payload.size() > most))
        return compared;
    const data::Value match{record.matchKind, m_delivery.destination->normalisedMatch(
                                                  m_batch.object, m_batch.matchField,
                                                  {record.matchKind, record.match})};
    std::string canonical;
    if (!data::appendCanonical(canonical, match.view()))
        return compared;
    compared.seen.kind = Seen::Kind::Valid;
    compared.seen.fingerprint = m_fingerprint.of(canonical, record.payload);
    compared.seen.matchHash = keyedHash(m_hashKey, canonical);
    connector::OutgoingRecord outgoing;
    outgoing.key = record.keyText;
    outgoing.match = match.view();
    outgoing.payload = record.payload;
    outgoing.requestValues = m_delivery.requestValues;
    compared.encodedSize = m_delivery.destination->encodedSize(m_batch, outgoing);
    return compared;
}

EditCostCounter::EditCostCounter(Options options, const ShownDelivery& edited, SampleShaper& shaper)
    : m_options(std::move(options)), m_edited(edited), m_shaper(shaper)
{}

void EditCostCounter::compareWith(const ShownDelivery& saved, SampleShaper& shaper)
{
    m_saved = &saved;
    m_savedShaper = &shaper;
}

std::vector<EditCostCounter::Looked> EditCostCounter::look(const StopToken& stop)
{
    const HashKey& key = m_options.store.hashKey();
    const std::string version =
        m_options.state ? m_options.state->fingerprintVersion : std::string();
    RecordComparer edited(m_edited, key, version);
    std::optional<RecordComparer> saved;
    if (m_saved)
        saved.emplace(*m_saved, key, version);
    const auto& records = m_shaper.sample().records;
    // Evenly over the sample: neighbours are often alike.
    const std::size_t taken = std::min(records.size(), mostRecords);
    std::vector<Looked> looked;
    looked.reserve(taken);
    for (std::size_t i = 0; i < taken && !stop.stopRequested(); ++i) {
        const std::size_t record = i * records.size() / taken;
        if (records[record].key.empty())
            continue;
        Looked one{
            edited.compared(m_shaper.shape(record)), {}, keyedHash(key, records[record].key)};
        if (saved)
            one.saved = saved->compared(m_savedShaper->shape(record));
        looked.push_back(std::move(one));
    }
    refuseSharedMatches(looked, [](Looked& one) { return &one.edited; });
    refuseSharedMatches(looked, [](Looked& one) { return one.saved ? &*one.saved : nullptr; });
    return looked;
}

bool EditCostCounter::isSent(const ComparedRecord& record, const state::KnownRecord& known,
                             const ShownDelivery& delivery, WallTime now)
{
    const connector::Capabilities& can = delivery.capabilities;
    const connector::Operation write = project::writeOperation(delivery.sync->mode);
    plan::ModeOptions mode;
    mode.mode = delivery.sync->mode;
    mode.deleteBehaviour = delivery.sync->deleteBehaviour;
    mode.canRename =
        can.can(connector::Operation::Rename) && !known.match.empty() && known.alsoUnder.empty();
    mode.mayRepeat = !run::createsAnew(write) && can.mayRepeat(write);
    const bool matchChanged =
        record.seen.kind == Seen::Kind::Valid && known.matchHash != Hash128() &&
        (known.matchHash != record.seen.matchHash || !known.alsoUnder.empty());
    return plan::decide(mode, plan::situationOf(record.seen, &known, now), matchChanged)
        .operation.has_value();
}

Result<void> EditCostCounter::countOne(const Looked& record)
{
    bool sent = record.edited.seen.kind == Seen::Kind::Valid;
    if (m_options.state) {
        const auto known = m_options.store.record(m_options.state->id, record.keyHash);
        if (!known)
            return Failure(known.error());
        if (!*known || !(*known)->delivered)
            return {};
        sent = isSent(record.edited, **known, m_edited, m_options.now);
        m_cost.anyway +=
            sent && record.saved && isSent(*record.saved, **known, *m_saved, m_options.now);
    }
    ++m_cost.sampled;
    m_cost.invalid += record.edited.seen.kind == Seen::Kind::Invalid;
    if (!sent)
        return {};
    ++m_cost.changed;
    m_bytes += record.edited.encodedSize;
    return {};
}

void EditCostCounter::estimate()
{
    const RecordSample& sample = m_shaper.sample();
    m_cost.isExact = sample.complete && sample.wholeRecords && !sample.cutRows &&
                     sample.records.size() <= mostRecords;
    const double share = m_cost.sampled == 0 ? 0
                                             : static_cast<double>(m_cost.changed) /
                                                   static_cast<double>(m_cost.sampled);
    const auto scaled =
        static_cast<std::uint64_t>(std::llround(share * static_cast<double>(m_cost.of)));
    const bool counted = m_cost.isExact && (m_cost.startsAnew || m_cost.sampled == m_cost.of);
    m_cost.estimatedRecords = counted ? m_cost.changed : std::max(scaled, m_cost.changed);
    if (m_cost.changed > 0) {
        const connector::DeliveryBatch batch =
            m_edited.emptyBatch(project::writeOperation(m_edited.sync->mode));
        const connector::BatchLimits limits = m_edited.capabilities.limitsOf(batch.operation);
        const std::size_t envelope = m_edited.destination->envelopeSize(batch);
        const std::uint64_t one = std::max<std::uint64_t>(m_bytes / m_cost.changed, 1);
        const std::uint64_t room = limits.bytes > envelope ? (limits.bytes - envelope) / one : 0;
        const std::uint64_t each =
            std::clamp<std::uint64_t>(room, 1, std::max<std::uint32_t>(limits.records, 1));
        const connector::OperationSpec* write = m_edited.specOf(batch.operation);
        const bool searches = write && write->lookup;
        m_cost.estimatedRequests = (m_cost.estimatedRecords + each - 1) / each * (searches ? 2 : 1);
    }
    m_cost.estimatedSeconds = secondsOf(m_edited.capabilities.rate, m_cost.estimatedRequests);
}

Result<EditCost> EditCostCounter::count(const StopToken& stop)
{
    m_cost = {};
    m_cost.startsAnew = !m_options.state;
    m_cost.of = m_options.state ? m_options.state->delivered : m_options.deliveredBefore;
    const std::vector<Looked> records = look(stop);
    HEADGATE_TRY(goOn(stop));
    for (const Looked& record : records)
        HEADGATE_TRY(countOne(record));
    estimate();
    return m_cost;
}

} // namespace headgate::service
