// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/simulation.h"

#include "data/canonical_key.h"
#include "simulation/simulated_read.h"
#include "simulation/sync_names.h"
#include "simulation/watched_store.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>
#include <sqlite3.h>

namespace headgate::simulation {

namespace {

constexpr std::size_t mostSteps = 300'000;
constexpr std::size_t mostCleanRuns = 32; // a gate takes two for each
constexpr std::size_t keptPercent = 15;
constexpr auto beyondEveryPause = std::chrono::hours(25);

Hash128 keyHashOf(const HashKey& hashKey, const std::string& key)
{
    const data::ValueView value{data::ValueKind::Text, key};
    return keyedHash(hashKey, *data::canonicalKey({&value, 1}));
}

/// In memory where the system has such a folder: a killed process loses nothing of either.
QString folderTemplate()
{
    const QFileInfo memory(QStringLiteral("/dev/shm"));
    const QString parent =
        memory.isDir() && memory.isWritable() ? memory.filePath() : QDir::tempPath();
    return parent + QStringLiteral("/simulate-XXXXXX");
}

} // namespace

Simulation::Simulation(std::uint64_t seed, FaultyFiles& files)
    : m_directory(folderTemplate()), m_dice(seed), m_keeperDice(~seed), m_files(files),
      m_scenario(drawScenario(m_dice)), m_table(m_dice, m_scenario),
      m_server(m_scenario, m_dice, m_trace), m_checker(m_scenario, m_table, m_trace)
{
    m_server.setWitness(m_checker);
    m_server.setReachable([this] { return !m_files.crashed(); });
    m_sync.id = simulatedSync;
    m_sync.slug = "simulated";
    m_sync.name = "Simulated";
    m_sync.object = simulatedObject;
    m_sync.matching.field = simulatedMatchField;
    m_sync.mode = m_scenario.mode;
    m_sync.deleteBehaviour = m_scenario.deleteBehaviour;
    m_sync.onInDoubt = m_scenario.onInDoubt;
    m_sync.history.storePayloads = m_scenario.storesPayloads;
    m_sync.gates.changedShare = 1;
    m_sync.gates.invalidShare = 1;
    m_destination.can.batchRecords = m_scenario.batchRecords;
    m_destination.can.rate.inFlight = m_scenario.inFlight;
    m_destination.confirmsPerRecord = m_scenario.answersPerRecord;
    m_destination.atomicRefusal = m_scenario.refusesAtomically;
    m_destination.renewable = m_scenario.renewable;
    if (m_scenario.renames)
        m_destination.can.operations.push_back(connector::Operation::Rename);
    if (m_scenario.idempotencyKeys)
        for (const auto operation : {connector::Operation::Insert, connector::Operation::Append})
            m_destination.can.repeatable.push_back(operation);
}

Simulation::~Simulation() = default;

std::string Simulation::directory() const
{
    return m_directory.path().toStdString();
}

void Simulation::run()
{
    m_trace.add(describe(m_scenario));
    if (m_scenario.mode == project::SyncMode::Update ||
        m_scenario.mode == project::SyncMode::Insert ||
        m_scenario.mode == project::SyncMode::Delete)
        for (const auto& [key, row] : m_table.rows())
            if (m_dice.chance(50))
                m_server.put(row.match, R"({"id":"other"})");
    for (std::size_t i = 0; i < m_scenario.processes; ++i) {
        const ProcessFaults faults = drawFaults(m_dice, m_scenario);
        std::set<std::string> refused;
        for (const auto& [key, row] : m_table.rows())
            if (m_dice.chance(4))
                refused.insert(row.match);
        m_server.setRefused(std::move(refused));
        std::set<std::string> kept;
        for (const auto& [match, payload] : m_server.records())
            if (m_keeperDice.chance(keptPercent))
                kept.insert(match);
        m_server.setKept(std::move(kept));
        m_server.setBadAnswers(faults.answerPercent);
        static_cast<void>(live(faults));
        inspect();
        if (m_dice.chance(70))
            m_table.change();
    }
    settleDown();
}

/// What a process left behind can be opened and is true.
void Simulation::inspect()
{
    m_files.arm({});
    fakes::FakeRandom random(m_dice.seed());
    auto store = state::StateStore::open(directory() + "/state", m_clock, random);
    if (!store) {
        m_trace.violation("I4", "the state does not open: " + store.error().code + ' ' +
                                    store.error().detail.toStdString());
        return;
    }
    const auto states = (*store)->allStates();
    if (!states)
        m_trace.violation("I4", "the states cannot be read: " + states.error().code);
    else if (!states->empty())
        m_checker.checkState(**store, states->front().id);
}

void Simulation::arm(const ProcessFaults& faults)
{
    if (faults.crashAtWrite)
        m_files.arm(FaultyFiles::Fault{*faults.crashAtWrite, SQLITE_IOERR_WRITE, true, true});
    else if (faults.store)
        m_files.arm(FaultyFiles::Fault{faults.store->at,
                                       faults.store->full ? SQLITE_FULL : SQLITE_IOERR_WRITE,
                                       faults.store->stays, false});
    else
        m_files.arm({});
}

std::optional<run::RunReport> Simulation::live(const ProcessFaults& faults)
{
    m_clock.advance(faults.pauseBefore);
    m_definition += faults.redefined ? 1U : 0U;
    m_trace.add("PROCESS " + describe(faults));
    m_trace.add("table " + m_table.toString());
    m_stop = StopSource();
    m_abandon = StopSource();
    arm(faults);
    m_checker.onProcessBegun();
    fakes::FakeRandom random(m_dice.seed());
    auto store = state::StateStore::open(directory() + "/state", m_clock, random);
    std::optional<run::RunReport> report;
    if (store)
        report = sync(**store, faults);
    else
        m_trace.add("the state does not open: " + store.error().code);
    const bool storeFailed = m_files.failed() > 0;
    if (m_files.crashed()) {
        m_trace.add("CRASH");
        report.reset();
    } else {
        m_files.arm({});
    }
    if (report)
        m_checker.checkReport(**store, *report, storeFailed);
    return report;
}

Result<state::StateInfo> Simulation::stateIn(state::StateStore& store) const
{
    const state::StateIdentity identity{
        "project", "production", m_sync.id, m_destination.accountIdentity(), m_sync.object, "id:1"};
    const auto states = store.statesOf(identity.projectId, identity.target, identity.syncId);
    if (!states)
        return Failure(states.error());
    return states->empty() ? store.create(identity) : states->front();
}

run::SyncRunOptions Simulation::options(const state::StateStore& store,
                                        const state::StateInfo& state, const ProcessFaults& faults)
{
    run::SyncRunOptions options;
    options.kind = faults.kind;
    options.sync = m_sync;
    options.target = "production";
    options.state = state;
    options.definitionHash = "definition-" + std::to_string(m_definition);
    options.capabilities = m_destination.can;
    options.spoolDirectory = store.directory();
    options.firstRun = state.delivered == 0 && !state.lastRun;
    options.confirm = std::exchange(m_confirm, {});
    if (faults.kind == run::RunKind::Limit)
        options.limit = m_dice.between(1, 10);
    if (faults.kind == run::RunKind::Push)
        chooseKeys(store, options);
    std::optional<SimulatedRead::Death> death;
    if (faults.readDiesAt)
        death = SimulatedRead::Death{*faults.readDiesAt, faults.readCancelled};
    const bool gateHolds = m_table.rows().empty() && state.delivered > 0;
    options.openRecords = [this, death,
                           gateHolds]() -> Result<std::unique_ptr<shape::RecordStream>> {
        m_checker.onReadBegun();
        return std::make_unique<SimulatedRead>(
            m_table.records(), death, [this, gateHolds] { m_checker.onReadComplete(gateHolds); });
    };
    return options;
}

void Simulation::chooseKeys(const state::StateStore& store, run::SyncRunOptions& options)
{
    options.onlyKeys.emplace();
    for (const auto& [key, row] : m_table.rows())
        if (m_dice.chance(30))
            options.onlyKeys->insert(keyHashOf(store.hashKey(), key));
}

std::optional<run::RunReport> Simulation::sync(state::StateStore& store,
                                               const ProcessFaults& faults)
{
    WatchedStore watched(store, m_checker, m_trace);
    const auto state = stateIn(watched);
    if (!state) {
        m_trace.add("no state: " + state.error().code);
        return std::nullopt;
    }
    fakes::FakeHttp http(m_clock);
    http.setHandler([this](const http::Request& request) { return m_server.handle(request); });
    fakes::FakeRandom random(m_dice.seed());
    const std::size_t writes = m_files.writes();
    const std::size_t requests = m_server.requests();
    run::SyncRun run(options(watched, *state, faults),
                     {m_destination, http, watched, m_ledger, m_clock, random}, m_stop.token(),
                     m_abandon.token());
    auto report = step(run, faults);
    const bool moved = m_files.writes() != writes || m_server.requests() != requests;
    if (faults.kind == run::RunKind::DryRun && moved)
        m_trace.violation("I9", "a dry run wrote to the state or to the destination");
    return report;
}

std::optional<run::RunReport> Simulation::step(run::SyncRun& run, const ProcessFaults& faults)
{
    for (std::size_t step = 0; step < mostSteps; ++step) {
        if (step == faults.stopAtStep)
            m_stop.requestStop();
        if (step == faults.abandonAtStep)
            m_abandon.requestStop();
        if (step == faults.clockJumpsAtStep)
            m_clock.jump(faults.clockJump);
        if (step == faults.crashAtStep)
            m_files.crash();
        const bool done = !m_files.crashed() && run.step() == run::SyncRun::Step::Done;
        if (m_files.crashed())
            return std::nullopt;
        if (!done)
            continue;
        const run::RunReport& report = run.report();
        m_trace.add("end exit " + std::to_string(report.exitCode) + ' ' + name(report.state) +
                    ", planned " + plan::toJson(report.planned) + ", resumed " +
                    std::to_string(report.resumed) +
                    (report.error ? ", " + report.error->code : std::string()) +
                    (report.stops.empty() ? std::string() : ", " + report.stops.front().code));
        return report;
    }
    m_trace.violation("I6", "the run does not end");
    return std::nullopt;
}

/// The faults are over: runs, until one finds nothing to do.
void Simulation::settleDown()
{
    m_server.setBadAnswers(0);
    if (m_dice.chance(85)) {
        m_server.setRefused({});
        m_server.setKept({});
    }
    ProcessFaults clean;
    clean.pauseBefore = beyondEveryPause;
    bool atRest = false;
    for (std::size_t i = 0; i < mostCleanRuns && !atRest; ++i) {
        const auto report = live(clean);
        if (!report) {
            m_trace.violation("I1", "a clean run did not end");
            return;
        }
        if (!report->stops.empty()) {
            m_confirm = report->plan;
            m_checker.onConfirmed();
            clean.pauseBefore = std::chrono::minutes(1);
            continue;
        }
        clean.pauseBefore = beyondEveryPause;
        const bool open = report->outcomes[run::Outcome::Pending] > 0 ||
                          report->outcomes[run::Outcome::InDoubt] > 0 ||
                          (report->outcomes[run::Outcome::Rejected] > 0 &&
                           m_scenario.mode != project::SyncMode::Replace);
        const bool ended = report->exitCode == 0 || report->exitCode == 1;
        atRest = ended && !open;
    }
    if (!atRest)
        m_trace.violation("I1", "the runs do not come to rest");
    fakes::FakeRandom random(m_dice.seed());
    auto store = state::StateStore::open(directory() + "/state", m_clock, random);
    const auto state = store ? stateIn(**store) : propagate(std::move(store));
    if (!state) {
        m_trace.violation("I4", "the state does not open: " + state.error().code);
        return;
    }
    m_checker.checkOutcome(**store, state->id, m_server);
    m_checker.checkRunsEnded(**store, m_sync.id);
    const auto findings = (*store)->verify();
    if (!findings || !findings->empty())
        m_trace.violation("I4",
                          "the state is not whole" + (findings && !findings->empty()
                                                          ? ": " + findings->front().toStdString()
                                                          : std::string()));
}

} // namespace headgate::simulation
