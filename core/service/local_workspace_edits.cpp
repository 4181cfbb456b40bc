// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "connector/account_values.h"
#include "service/account_opener.h"
#include "service/edit_cost.h"
#include "service/local_workspace.h"
#include "service/request_previewer.h"
#include "state/spool.h"

#include <algorithm>

namespace headgate::service {

namespace {

/// Error: Usage "sample.record".
Result<ShapedSample> shapedRecord(const std::shared_ptr<const RecordSample>& sample,
                                  const ShownDelivery& delivery, std::size_t record)
{
    if (record >= sample->records.size())
        return fail(ErrorKind::Usage, "sample.record",
                    Text::tr("The sample has no record %1.").arg(qulonglong(record) + 1));
    auto shaper = SampleShaper::create(sample, *delivery.sync, *delivery.model);
    if (!shaper)
        return propagate(std::move(shaper));
    return (*shaper)->shape(record);
}

/// Whether a sample of `edited` holds the rows that `saved` shapes.
bool takeSameRows(const project::SyncDefinition& edited, const project::SyncDefinition& saved)
{
    return edited.model == saved.model && edited.related == saved.related &&
           edited.recordKey == saved.recordKey && saved.shape.has_value();
}

/// The newest row of the last runs' history.
Result<std::optional<state::HistoryRow>>
newestRow(state::StateStore& store, const std::string& syncId, const Hash128& keyHash)
{
    constexpr std::uint32_t runsLookedAt = 50;
    const auto runs = store.runs(syncId, runsLookedAt);
    if (!runs)
        return Failure(runs.error());
    for (const state::RunRow& run : *runs) {
        auto rows = store.history(run.id, {}, keyHash, 1);
        if (!rows)
            return propagate(std::move(rows));
        if (!rows->empty())
            return std::optional(std::move(rows->front()));
    }
    return std::optional<state::HistoryRow>();
}

QString refusalOf(const state::KnownRecord& known)
{
    return known.message.empty() ? toQString(known.code) : toQString(known.message);
}

QString sentenceOf(const LastSent& last)
{
    if (!last.known)
        return Text::tr("No record with this key was sent yet.");
    const state::KnownRecord& known = *last.known;
    switch (known.status) {
    case state::RecordStatus::Rejected:
    case state::RecordStatus::Parked:
        if (!known.delivered)
            return Text::tr("The destination refused it and does not hold it: %1")
                .arg(refusalOf(known));
        break;
    case state::RecordStatus::InDoubt:
    case state::RecordStatus::AwaitingDecision:
        return Text::tr("It was sent last without a usable answer: what the destination holds is "
                        "not known.");
    case state::RecordStatus::Purged:
        return Text::tr("This record was purged: nothing is kept of it, and it is not sent.");
    case state::RecordStatus::Settled:
    case state::RecordStatus::SkippedAlways:
    case state::RecordStatus::SkippedOnce:
    case state::RecordStatus::Invalid:
        break;
    }
    if (!known.delivered)
        return Text::tr("The destination does not hold it.");
    if (last.payload)
        return last.isSame ? Text::tr("The same was accepted last.")
                           : Text::tr("This differs from what was accepted last.");
    return last.isSame
               ? Text::tr("The payload that was accepted last is not kept, only its fingerprint: "
                          "it is that of this payload.")
               : Text::tr("The payload that was accepted last is not kept, only its fingerprint: "
                          "it is not that of this payload.");
}

} // namespace

Result<ShownDelivery> LocalWorkspace::deliveryOf(const project::Project& edited,
                                                 const std::string& slug) const
{
    ShownDelivery delivery;
    delivery.sync = edited.sync(slug);
    if (!delivery.sync)
        return fail(ErrorKind::Usage, "sync.unknown",
                    Text::tr("There is no sync '%1' in this project.").arg(toQString(slug)));
    delivery.model = edited.model(delivery.sync->model);
    if (!delivery.model)
        return fail(
            ErrorKind::Config, "sync.model",
            Text::tr("The model '%1' is not defined.").arg(toQString(delivery.sync->model)));
    delivery.account = edited.destination(delivery.sync->destination);
    if (!delivery.account)
        return fail(ErrorKind::Config, "sync.destination",
                    Text::tr("The sync '%1' has no destination yet.").arg(toQString(slug)));
    auto destination = openAccountForShow(*delivery.account, m_target, m_connectors, m_directory,
                                          lastAccount(delivery.account->id), m_surroundings.clock);
    if (!destination)
        return propagate(std::move(destination));
    delivery.destination = std::move(*destination);
    delivery.spec = m_connectors.find(delivery.account->connector);
    auto capabilities = delivery.destination->capabilities(delivery.sync->object);
    if (!capabilities)
        return propagate(std::move(capabilities));
    delivery.capabilities = std::move(*capabilities);
    narrow(delivery.capabilities, delivery.sync->batch);
    if (const connector::ObjectSpec* object = delivery.spec->findObject(delivery.sync->object))
        delivery.requestValues = connector::requestValuesOf(*object, delivery.sync->objectOptions);
    return delivery;
}

Result<std::optional<state::StateInfo>>
LocalWorkspace::knownState(state::StateStore& store, const project::Project& edited,
                           const ShownDelivery& delivery) const
{
    const state::StateIdentity identity{
        m_stateProjectId,      m_target,
        delivery.sync->id,     delivery.destination->accountIdentity(),
        delivery.sync->object, recordKeyDefinition(edited, *delivery.sync)};
    const auto states = store.statesOf(m_stateProjectId, m_target, delivery.sync->id);
    if (!states)
        return Failure(states.error());
    for (const state::StateInfo& info : *states)
        if (info.identity == identity)
            return std::optional(info);
    return std::optional<state::StateInfo>();
}

Result<RequestPreview>
LocalWorkspace::previewRequests(const project::Project& edited, const std::string& slug,
                                const std::shared_ptr<const RecordSample>& sample,
                                std::size_t record)
{
    const auto delivery = deliveryOf(edited, slug);
    if (!delivery)
        return Failure(delivery.error());
    const auto shaped = shapedRecord(sample, *delivery, record);
    if (!shaped)
        return Failure(shaped.error());
    return RequestPreviewer(*delivery).preview(*shaped);
}

Result<RequestPreview> LocalWorkspace::previewRequests(const std::string& slug,
                                                       const plan::PlanSample& planned)
{
    const auto delivery = deliveryOf(project(), slug);
    if (!delivery)
        return Failure(delivery.error());
    return RequestPreviewer(*delivery).preview(planned);
}

Result<LastSent> LocalWorkspace::lastSent(const project::Project& edited, const std::string& slug,
                                          const std::shared_ptr<const RecordSample>& sample,
                                          std::size_t record)
{
    const auto delivery = deliveryOf(edited, slug);
    if (!delivery)
        return Failure(delivery.error());
    const auto shaped = shapedRecord(sample, *delivery, record);
    if (!shaped)
        return Failure(shaped.error());
    auto store = openStore();
    if (!store)
        return propagate(std::move(store));
    const auto info = knownState(**store, edited, *delivery);
    if (!info)
        return Failure(info.error());
    LastSent last;
    const std::string& key = sample->records[record].key;
    if (*info && !key.empty()) {
        const Hash128 keyHash = keyedHash((*store)->hashKey(), key);
        auto known = (*store)->record((*info)->id, keyHash);
        if (!known)
            return Failure(known.error());
        last.known = std::move(*known);
        auto tried = newestRow(**store, delivery->sync->id, keyHash);
        if (!tried)
            return propagate(std::move(tried));
        last.lastTried = std::move(*tried);
    }
    if (last.known && last.known->delivered) {
        if (last.known->accepted != 0) {
            auto accepted = (*store)->accepted(last.known->accepted);
            if (!accepted)
                return Failure(accepted.error());
            if (*accepted)
                last.payload = std::move((*accepted)->payload);
        }
        const ComparedRecord compared =
            RecordComparer(*delivery, (*store)->hashKey(), (*info)->fingerprintVersion)
                .compared(*shaped);
        last.isSame = compared.seen.kind == plan::Seen::Kind::Valid &&
                      compared.seen.fingerprint == last.known->fingerprint;
    }
    last.statement = sentenceOf(last);
    return last;
}

Result<EditCost> LocalWorkspace::costOfEdit(const project::Project& edited, const std::string& slug,
                                            const std::shared_ptr<const RecordSample>& sample,
                                            const StopToken& stop)
{
    const auto delivery = deliveryOf(edited, slug);
    if (!delivery)
        return Failure(delivery.error());
    auto store = openStore();
    if (!store)
        return propagate(std::move(store));
    auto info = knownState(**store, edited, *delivery);
    if (!info)
        return Failure(info.error());
    std::uint64_t deliveredBefore = 0;
    if (!*info) {
        const auto states = (*store)->statesOf(m_stateProjectId, m_target, delivery->sync->id);
        if (!states)
            return Failure(states.error());
        const auto before = std::find_if(states->begin(), states->end(), [](const auto& each) {
            return !isStandIn(each.identity);
        });
        deliveredBefore = before == states->end() ? 0 : before->delivered;
    }
    const auto shaper = SampleShaper::create(sample, *delivery->sync, *delivery->model);
    if (!shaper)
        return Failure(shaper.error());
    EditCostCounter counter(
        {**store, *std::move(info), deliveredBefore, m_surroundings.clock.now()}, *delivery,
        **shaper);
    // A saved definition that cannot be compared is one that would send nothing by itself.
    const project::SyncDefinition* saved = m_project.sync(slug);
    Result<ShownDelivery> savedDelivery = saved && takeSameRows(*delivery->sync, *saved)
                                              ? deliveryOf(m_project, slug)
                                              : fail(ErrorKind::Config, "sync.unshaped", QString());
    Result<std::unique_ptr<SampleShaper>> savedShaper(nullptr);
    if (savedDelivery)
        savedShaper = SampleShaper::create(sample, *savedDelivery->sync, *savedDelivery->model);
    if (savedDelivery && savedShaper)
        counter.compareWith(*savedDelivery, **savedShaper);
    return counter.count(stop);
}

} // namespace headgate::service
