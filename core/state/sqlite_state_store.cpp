// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/sqlite_state_store.h"

#include "base/text.h"
#include "state/private_directory.h"
#include "state/record_snapshot.h"
#include "state/sqlite_error.h"
#include "state/state_archive.h"
#include "state/state_check.h"
#include "state/state_purge.h"

#include <algorithm>

namespace headgate::state {

namespace {

Result<HashKey> readHashKey(Database& database)
{
    const auto bytes = metaValue(database, metaHashKey);
    if (!bytes)
        return Failure(bytes.error());
    HashKey key{};
    if (bytes->size() != key.size())
        return Failure(damagedState(database.file(), QStringLiteral("the hash key is cut")));
    std::copy(bytes->begin(), bytes->end(), key.begin());
    return key;
}

} // namespace

Result<std::unique_ptr<StateStore>> StateStore::open(const std::string& directory, Clock& clock,
                                                     Random& random)
{
    const auto folder = preparePrivateDirectory(directory);
    if (!folder)
        return Failure(folder.error());
    StateFiles files(*folder);
    auto database = files.open(random);
    if (!database)
        return propagate(std::move(database));
    const auto hashKey = readHashKey(**database);
    if (!hashKey)
        return Failure(hashKey.error());
    return std::make_unique<SqliteStateStore>(std::move(files), std::move(*database), *hashKey,
                                              clock);
}

Result<std::string> StateStore::setAside(const std::string& directory, Clock& clock)
{
    const auto folder = preparePrivateDirectory(directory);
    if (!folder)
        return Failure(folder.error());
    return StateFiles(*folder).setAside(clock.now());
}

SqliteStateStore::SqliteStateStore(StateFiles files, std::unique_ptr<Database> database,
                                   const HashKey& hashKey, Clock& clock)
    : m_files(std::move(files)), m_database(std::move(database)), m_hashKey(hashKey),
      m_clock(clock), m_identities(*m_database), m_leases(*m_database, clock),
      m_records(*m_database), m_plans(*m_database, m_files.directory()), m_runs(*m_database),
      m_history(*m_database, m_runs)
{}

template <typename Work>
auto SqliteStateStore::atomically(Work work) -> decltype(work())
{
    auto transaction = Transaction::begin(*m_database);
    if (!transaction)
        return propagate(std::move(transaction));
    if (m_guard)
        HEADGATE_TRY(m_leases.requireHeld(*m_guard));
    auto result = work();
    if (result)
        HEADGATE_TRY(transaction->commit());
    return result;
}

Result<std::vector<StateInfo>> SqliteStateStore::statesOf(const std::string& projectId,
                                                          const std::string& target,
                                                          const std::string& syncId)
{
    return m_identities.ofSync(projectId, target, syncId);
}

Result<std::vector<StateInfo>> SqliteStateStore::allStates()
{
    return m_identities.all();
}

Result<StateInfo> SqliteStateStore::create(const StateIdentity& identity)
{
    auto info = atomically([&] { return m_identities.create(identity, m_clock.now()); });
    // A log that is lost later takes what it holds with it; that there is a state must not be lost.
    if (info)
        HEADGATE_TRY(m_database->execute("PRAGMA wal_checkpoint(PASSIVE)"));
    return info;
}

Result<void> SqliteStateStore::adopt(StateId id, const StateIdentity& identity)
{
    return atomically([&] { return m_identities.adopt(id, identity); });
}

Result<void> SqliteStateStore::update(const StateInfo& info)
{
    return atomically([&] { return m_identities.update(info); });
}

Result<void> SqliteStateStore::reset(StateId id)
{
    return atomically([&]() -> Result<void> {
        HEADGATE_TRY(m_records.clear(id));
        HEADGATE_TRY(m_plans.discardOpen(id));
        return m_identities.clear(id);
    });
}

Result<Lease> SqliteStateStore::acquireLease(const std::string& name, Milliseconds duration)
{
    return atomically([&] { return m_leases.acquire(name, duration); });
}

Result<void> SqliteStateStore::renewLease(Lease& lease, Milliseconds duration)
{
    return atomically([&] { return m_leases.renew(lease, duration); });
}

Result<void> SqliteStateStore::releaseLease(const Lease& lease)
{
    return atomically([&] { return m_leases.release(lease); });
}

Result<std::unique_ptr<RecordScan>> SqliteStateStore::scan(StateId id)
{
    auto snapshot = RecordSnapshot::open(m_database->file(), id);
    if (!snapshot)
        return propagate(std::move(snapshot));
    return std::unique_ptr<RecordScan>(std::move(*snapshot));
}

Result<void> SqliteStateStore::apply(StateId id, std::span<const RecordChange> changes)
{
    return atomically([&] { return m_records.apply(id, changes); });
}

Result<std::map<std::string, std::uint64_t>> SqliteStateStore::recordCounts(StateId id)
{
    return m_records.counts(id);
}

Result<std::vector<KnownRecord>> SqliteStateStore::outstanding(StateId id, std::uint32_t limit)
{
    return m_records.outstanding(id, limit);
}

Result<std::optional<KnownRecord>> SqliteStateStore::record(StateId id, const Hash128& keyHash)
{
    return m_records.find(id, keyHash);
}

Result<void> SqliteStateStore::savePlan(const PlanRow& plan, std::span<const BatchRow> batches)
{
    return atomically([&] { return m_plans.save(plan, batches); });
}

Result<void> SqliteStateStore::setPlanState(const PlanId& plan, PlanState state)
{
    return atomically([&] { return m_plans.setState(plan, state); });
}

Result<std::optional<PlanRow>> SqliteStateStore::plan(const PlanId& plan)
{
    return m_plans.find(plan);
}

Result<std::optional<PlanRow>> SqliteStateStore::openPlan(StateId id)
{
    return m_plans.newestOpen(id);
}

Result<std::vector<BatchRow>>
SqliteStateStore::openBatches(const PlanId& plan, std::uint64_t fromNumber, std::uint32_t limit)
{
    return m_plans.openBatches(plan, fromNumber, limit);
}

Result<void> SqliteStateStore::markStarted(const PlanId& plan,
                                           std::span<const std::uint64_t> batches)
{
    return atomically([&] { return m_plans.markStarted(plan, batches); });
}

Result<void> SqliteStateStore::settle(StateId id, const Lease& lease,
                                      std::span<const Settlement> group)
{
    return atomically([&]() -> Result<void> {
        HEADGATE_TRY(m_leases.requireHeld(lease));
        HEADGATE_TRY(m_plans.settle(group));
        HEADGATE_TRY(addCounts(group));
        std::vector<const RecordChange*> changes;
        for (const Settlement& settlement : group) {
            HEADGATE_TRY(m_history.add(settlement.history));
            for (const RecordChange& change : settlement.records)
                changes.push_back(&change);
        }
        return m_records.apply(id, std::move(changes));
    });
}

Result<void> SqliteStateStore::addCounts(std::span<const Settlement> group)
{
    std::map<PlanId, std::map<std::string, std::int64_t>> sums;
    for (const Settlement& settlement : group)
        for (const auto& [outcome, count] : settlement.counts)
            sums[settlement.plan][outcome] += count;
    for (const auto& [plan, counts] : sums) {
        const auto run = m_plans.runOf(plan);
        if (!run)
            return Failure(run.error());
        HEADGATE_TRY(m_runs.addCounts(*run, counts));
    }
    return {};
}

Result<void> SqliteStateStore::beginRun(const RunRow& run)
{
    return atomically([&] { return m_runs.begin(run); });
}

Result<void> SqliteStateStore::finishRun(const RunRow& run)
{
    return atomically([&] { return m_runs.finish(run); });
}

Result<void> SqliteStateStore::setProgress(const RunId& run, const std::string& text)
{
    return atomically([&] { return m_runs.setProgress(run, text); });
}

Result<std::vector<RunRow>> SqliteStateStore::markInterrupted(const std::string& syncId)
{
    return atomically([&]() -> Result<std::vector<RunRow>> {
        auto runs = m_runs.markInterrupted(syncId, m_leases, m_clock.now());
        if (!runs)
            return runs;
        for (const RunRow& run : *runs)
            HEADGATE_TRY(m_plans.discardBuilding(run.id));
        return runs;
    });
}

Result<std::vector<RunRow>> SqliteStateStore::runs(const std::string& syncId, std::uint32_t limit)
{
    return m_runs.ofSync(syncId, limit);
}

Result<std::vector<RunRow>> SqliteStateStore::findRuns(const RunFilter& filter)
{
    return m_runs.find(filter);
}

Result<std::vector<RunRow>> SqliteStateStore::liveRuns()
{
    return m_runs.live(m_leases);
}

Result<void> SqliteStateStore::requestCancel(const RunId& run)
{
    return atomically([&] { return m_runs.requestCancel(run); });
}

Result<std::uint32_t> SqliteStateStore::cancelRequests(const RunId& run)
{
    return m_runs.cancelRequests(run);
}

Result<std::vector<HistoryRow>> SqliteStateStore::history(const RunId& run,
                                                          const std::string& outcome,
                                                          std::optional<Hash128> keyHash,
                                                          std::uint32_t limit)
{
    return m_history.find({run, outcome, keyHash, 0, limit, true});
}

Result<std::vector<HistoryRow>> SqliteStateStore::findHistory(const HistoryFilter& filter)
{
    return m_history.find(filter);
}

Result<std::optional<HistoryRow>> SqliteStateStore::historyRow(std::int64_t number)
{
    return m_history.row(number);
}

Result<void> SqliteStateStore::addHistory(std::span<const HistoryRow> rows)
{
    return atomically([&] { return m_history.add(rows); });
}

Result<std::unique_ptr<AcceptedLog>> SqliteStateStore::logAccepted(const RunId& run)
{
    const auto number = m_runs.numberOf(run);
    if (!number)
        return Failure(number.error());
    return AcceptedLog::create(directory(), *number);
}

Result<std::optional<SpoolRecord>> SqliteStateStore::accepted(std::uint64_t reference)
{
    return AcceptedLogs(directory()).read(reference);
}

Result<void> SqliteStateStore::scanAccepted(const RunId& run,
                                            const std::function<bool(SpoolRecord&)>& visit)
{
    const auto number = m_runs.numberOf(run);
    if (!number)
        return Failure(number.error());
    return AcceptedLogs(directory()).scan(*number, visit);
}

Result<void>
SqliteStateStore::scanAcceptedFrom(const RunId& run, std::uint64_t from,
                                   const std::function<bool(std::uint64_t, SpoolRecord&)>& visit)
{
    const auto number = m_runs.numberOf(run);
    if (!number)
        return Failure(number.error());
    return AcceptedLogs(directory()).scanFrom(*number, from, visit);
}

Result<void> SqliteStateStore::trimAccepted(const std::string& syncId, WallTime before,
                                            std::uint64_t bytes)
{
    const auto starts = m_runs.startsOf(syncId);
    if (!starts)
        return Failure(starts.error());
    const AcceptedLogs logs(directory());
    std::uint64_t used = 0;
    for (const AcceptedLogs::File& file : logs.files()) {
        const auto start = starts->find(file.run);
        if (start == starts->end())
            continue;
        used += file.bytes;
        if (used > bytes || start->second < before)
            HEADGATE_TRY(logs.remove(file.run));
    }
    return {};
}

Result<void> SqliteStateStore::trimHistory(const std::string& syncId, std::chrono::hours age,
                                           std::uint64_t bytes)
{
    const auto all = m_runs.syncs();
    if (!all)
        return Failure(all.error());
    for (const std::string& sync : *all)
        if (syncId.empty() || sync == syncId)
            HEADGATE_TRY(m_history.trim(sync, m_clock.now() - age, bytes));
    for (const std::string& sync : *all)
        if (syncId.empty() || sync == syncId)
            HEADGATE_TRY(trimAccepted(sync, m_clock.now() - age, bytes));
    HEADGATE_TRY(m_history.dropLooseBodies());
    return m_plans.tidy();
}

Result<void> SqliteStateStore::requireNoLiveLease()
{
    const auto live = m_leases.live();
    if (!live)
        return Failure(live.error());
    if (live->empty())
        return {};
    return fail(ErrorKind::Locked, "state.lease.held",
                Text::tr("'%1' is being worked on (%2). Wait until it is done.")
                    .arg(toQString(live->front().name), toQString(live->front().holder)));
}

Result<std::uint64_t> SqliteStateStore::purge(const std::string& keyText, const Hash128& keyHash)
{
    HEADGATE_TRY(requireNoLiveLease());
    return StatePurge(*m_database, m_records, m_plans, directory()).run(keyText, keyHash);
}

Result<std::vector<QString>> SqliteStateStore::verify()
{
    return StateCheck(*m_database, m_records, m_plans, m_runs, m_leases).run();
}

Result<void> SqliteStateStore::exportTo(const std::string& file)
{
    return atomically([&]() -> Result<void> {
        HEADGATE_TRY(requireNoLiveLease());
        return StateArchive(*m_database, m_plans, directory()).write(file);
    });
}

Result<void> SqliteStateStore::importFrom(const std::string& file)
{
    HEADGATE_TRY(
        atomically([&] { return StateArchive(*m_database, m_plans, directory()).read(file); }));
    auto hashKey = readHashKey(*m_database);
    if (!hashKey)
        return propagate(std::move(hashKey));
    m_hashKey = *hashKey;
    return {};
}

} // namespace headgate::state
