// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/local_workspace.h"

#include "base/text.h"
#include "service/run_beacon.h"

namespace headgate::service {

namespace {

using state::RecordStatus;

constexpr Milliseconds shortLease = std::chrono::seconds(30);

/// What a resolution makes of a record; empty where it does not fit. `byCursor`: the next read
/// finds what is held in state, and nothing else, again: what is to go again stays held.
std::optional<state::KnownRecord> resolved(state::KnownRecord record, Resolution resolution,
                                           bool byCursor)
{
    const bool inDoubt =
        record.status == RecordStatus::InDoubt || record.status == RecordStatus::AwaitingDecision;
    const bool held =
        record.status == RecordStatus::Parked || record.status == RecordStatus::Rejected ||
        record.status == RecordStatus::SkippedOnce || record.status == RecordStatus::SkippedAlways;
    const auto settle = [&] {
        record.status = RecordStatus::Settled;
        record.triedFingerprint = {};
        record.attempts = 0;
        record.retryAt.reset();
        return record;
    };
    const auto sendAgain = [&] {
        settle();
        if (byCursor)
            record.status = RecordStatus::Rejected;
        return record;
    };
    switch (resolution) {
    case Resolution::SkipOnce:
        record.status = RecordStatus::SkippedOnce;
        return record;
    case Resolution::SkipAlways:
        record.status = RecordStatus::SkippedAlways;
        return record;
    case Resolution::Resend:
        return inDoubt ? std::optional(sendAgain()) : std::nullopt;
    case Resolution::Delivered:
        if (!inDoubt)
            return std::nullopt;
        record.delivered = true;
        record.fingerprint = record.triedFingerprint;
        return settle();
    case Resolution::Release:
        return held ? std::optional(sendAgain()) : std::nullopt;
    case Resolution::Retry:
        if (record.status != RecordStatus::Rejected && record.status != RecordStatus::Parked)
            return std::nullopt;
        record.status = RecordStatus::Rejected;
        record.attempts = 0;
        record.retryAt.reset();
        return record;
    }
    return std::nullopt;
}

/// Holds a sync while its state is changed by hand, so that no run does at the same time.
class SyncHold
{
public:
    static Result<std::unique_ptr<SyncHold>> take(state::StateStore& store,
                                                  const std::string& syncId)
    {
        auto lease = store.acquireLease("sync/" + syncId, shortLease);
        if (!lease)
            return propagate(std::move(lease));
        store.guardBy(*lease);
        return std::make_unique<SyncHold>(store, std::move(*lease));
    }
    SyncHold(state::StateStore& store, state::Lease lease)
        : m_store(store), m_lease(std::move(lease))
    {}
    [[nodiscard]] Result<void> end()
    {
        m_store.guardBy({});
        return m_store.releaseLease(m_lease);
    }

private:
    state::StateStore& m_store;
    state::Lease m_lease;
};

} // namespace

Result<std::vector<state::RunRow>> LocalWorkspace::findRuns(state::RunFilter filter)
{
    auto store = openStore();
    if (!store)
        return propagate(std::move(store));
    if (!filter.syncId.empty()) {
        const auto sync = findSync(filter.syncId);
        if (!sync)
            return Failure(sync.error());
        filter.syncId = (*sync)->id;
    }
    return (*store)->findRuns(filter);
}

Result<std::set<Hash128>> LocalWorkspace::keysOf(const state::StateStore& store,
                                                 const RecordQuery& query) const
{
    if (query.key.empty())
        return std::set<Hash128>();
    const auto hashes = hashesOf(store, query.key);
    if (!hashes)
        return Failure(hashes.error());
    return std::set<Hash128>(hashes->begin(), hashes->end());
}

Result<RecordPage> LocalWorkspace::findRecords(const RecordQuery& query)
{
    auto store = openStore();
    if (!store)
        return propagate(std::move(store));
    const auto keys = keysOf(**store, query);
    if (!keys)
        return Failure(keys.error());
    return RunHistory(**store).find(query, *keys);
}

Result<std::vector<state::HistoryRow>> LocalWorkspace::records(const std::string& run,
                                                               const std::string& outcome,
                                                               const std::string& key,
                                                               std::uint32_t limit)
{
    RecordQuery query{run, outcome, key, {}, limit, true};
    std::vector<state::HistoryRow> rows;
    do {
        auto page = findRecords(query);
        if (!page)
            return Failure(page.error());
        for (RunRecord& record : page->records)
            if (rows.size() < limit)
                rows.push_back(std::move(record.row));
        query.after = page->next;
    } while (!query.after.empty() && rows.size() < limit);
    return rows;
}

Result<RecordTrace> LocalWorkspace::recordTrace(const std::string& run, const std::string& place)
{
    auto store = openStore();
    if (!store)
        return propagate(std::move(store));
    return RunHistory(**store).trace(run, place);
}

Result<std::uint64_t> LocalWorkspace::exportRecords(const RecordQuery& query, RecordFormat format,
                                                    const std::string& file, const StopToken& stop)
{
    auto store = openStore();
    if (!store)
        return propagate(std::move(store));
    const auto keys = keysOf(**store, query);
    if (!keys)
        return Failure(keys.error());
    RunHistory history(**store);
    return service::exportRecords(history, query, *keys, format, file, stop);
}

Result<SyncTroubles> LocalWorkspace::troubles(const std::string& slug)
{
    auto store = openStore();
    if (!store)
        return propagate(std::move(store));
    const auto sync = findSync(slug);
    if (!sync)
        return Failure(sync.error());
    const auto states = (*store)->statesOf(m_stateProjectId, m_target, (*sync)->id);
    if (!states)
        return Failure(states.error());
    if (states->empty())
        return SyncTroubles();
    return TroubleFinder(**store, states->front().id, (*sync)->id)
        .find((*sync)->shape.value_or(shape::Shape()));
}

Result<std::vector<LiveRun>> LocalWorkspace::liveRuns()
{
    auto store = openStore();
    if (!store)
        return propagate(std::move(store));
    auto rows = (*store)->liveRuns();
    if (!rows)
        return Failure(rows.error());
    std::vector<LiveRun> runs;
    for (state::RunRow& row : *rows) {
        LiveRun run;
        run.progress = progressFromLine(row.progress);
        for (const project::SyncDefinition& sync : m_project.syncs)
            if (sync.id == row.syncId)
                run.sync = sync.slug;
        run.row = std::move(row);
        runs.push_back(std::move(run));
    }
    return runs;
}

Result<void> LocalWorkspace::cancelRun(const std::string& run)
{
    auto store = openStore();
    if (!store)
        return propagate(std::move(store));
    return (*store)->requestCancel(run);
}

Result<void> LocalWorkspace::discardPlan(const std::string& slug, const std::string& plan)
{
    auto store = openStore();
    if (!store)
        return propagate(std::move(store));
    const auto sync = findSync(slug);
    if (!sync)
        return Failure(sync.error());
    const auto hold = SyncHold::take(**store, (*sync)->id);
    if (!hold)
        return Failure(hold.error());
    const auto known = (*store)->plan(plan);
    const bool stopped = known && *known && (*known)->status == state::PlanState::Stopped;
    Result<void> done;
    if (!known)
        done = Failure(known.error());
    else if (!stopped)
        done =
            fail(ErrorKind::Usage, "plan.gone", Text::tr("This plan waits for nobody any more."));
    else
        done = (*store)->setPlanState(plan, state::PlanState::Discarded);
    HEADGATE_TRY((*hold)->end());
    return done;
}

Result<std::uint64_t> LocalWorkspace::applyResolution(state::StateStore& store,
                                                      const std::string& slug,
                                                      const std::vector<Hash128>& records,
                                                      Resolution resolution) const
{
    const auto info = currentState(store, slug);
    if (!info)
        return Failure(info.error());
    const auto hold = SyncHold::take(store, info->identity.syncId);
    if (!hold)
        return Failure(hold.error());
    const auto change = [&]() -> Result<std::uint64_t> {
        std::vector<state::RecordChange> changes;
        for (const Hash128& hash : records) {
            auto known = store.record(info->id, hash);
            if (!known)
                return Failure(known.error());
            auto changed = *known ? resolved(std::move(**known), resolution, !info->cursor.empty())
                                  : std::nullopt;
            if (changed)
                changes.push_back({std::move(*changed), state::ChangeKind::Replace});
        }
        if (changes.empty())
            return fail(
                ErrorKind::Usage, "resolve.none",
                Text::tr("No record of '%1' is waiting for that decision.").arg(toQString(slug)));
        HEADGATE_TRY(store.apply(info->id, changes));
        return changes.size();
    };
    auto changed = change();
    HEADGATE_TRY((*hold)->end());
    return changed;
}

Result<std::uint64_t> LocalWorkspace::resolve(const std::string& sync, const std::string& key,
                                              Resolution resolution)
{
    constexpr std::uint32_t mostAtOnce = 1'000'000;
    auto store = openStore();
    if (!store)
        return propagate(std::move(store));
    std::vector<Hash128> records;
    if (key.empty()) {
        const auto all = outstanding(sync, mostAtOnce);
        if (!all)
            return Failure(all.error());
        for (const state::KnownRecord& record : *all)
            records.push_back(record.keyHash);
    } else {
        auto hashes = hashesOf(**store, key);
        if (!hashes)
            return Failure(hashes.error());
        records = std::move(*hashes);
    }
    return applyResolution(**store, sync, records, resolution);
}

Result<std::uint64_t> LocalWorkspace::resolveRecords(const std::string& sync,
                                                     const std::vector<Hash128>& records,
                                                     Resolution resolution)
{
    auto store = openStore();
    if (!store)
        return propagate(std::move(store));
    return applyResolution(**store, sync, records, resolution);
}

} // namespace headgate::service
