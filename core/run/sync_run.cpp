// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/sync_run.h"

#include "base/text.h"
#include "data/canonical_key.h"
#include "plan/fingerprint.h"
#include "project/mode_operations.h"

#include <algorithm>

namespace headgate::run {

namespace {

constexpr Milliseconds leaseDuration = std::chrono::seconds(60);
constexpr auto dayOfRemovals = std::chrono::hours(24);
constexpr std::uint32_t runsOfADay = 2000;
/// Of one push: enough for the attempts that one record takes.
constexpr std::size_t shownExchanges = 16;

} // namespace

SyncRun::SyncRun(SyncRunOptions options, RunWorld world, StopToken stop, StopToken abandon)
    : m_options(std::move(options)), m_world(world), m_stop(std::move(stop)),
      m_abandon(std::move(abandon))
{}

SyncRun::~SyncRun() = default;

SyncRun::Step SyncRun::step()
{
    if (m_phase == Phase::Done)
        return Step::Done;
    const bool finishing = m_phase == Phase::Finish;
    if (auto done = advance(); !done) {
        fail(done.error());
        m_phase = finishing ? Phase::Done : Phase::Finish;
        if (finishing)
            conclude();
    }
    if (m_phase == Phase::Done) {
        m_world.store.guardBy({});
        m_progress.phase = RunProgress::Phase::Done;
        return Step::Done;
    }
    return Step::More;
}

Result<void> SyncRun::advance()
{
    switch (m_phase) {
    case Phase::Begin:
        return begin();
    case Phase::Resume:
        return resume();
    case Phase::OpenRecords:
        return openRecords();
    case Phase::Plan:
        return plan();
    case Phase::Deliver:
        return deliver();
    case Phase::Commit:
        return commit();
    case Phase::Finish:
        return finish();
    case Phase::Done:
        return {};
    }
    return {};
}

void SyncRun::fail(Error error)
{
    if (error.kind == ErrorKind::Cancelled)
        m_cancelled = true;
    if (!m_report.error)
        m_report.error = std::move(error);
}

void SyncRun::timed(const char* phase)
{
    const SteadyTime now = m_world.clock.steady();
    m_report.durations[phase] += now - m_phaseStarted;
    m_phaseStarted = now;
}

Result<void> SyncRun::begin()
{
    m_phaseStarted = m_world.clock.steady();
    m_report.run = makeUuid(m_world.random);
    m_report.sync = m_options.sync.slug;
    m_report.syncName = m_options.sync.name;
    m_report.target = m_options.target;
    m_report.kind = m_options.kind;
    m_report.started = m_world.clock.now();
    m_report.notes = m_options.notes;
    if (m_options.kind == RunKind::DryRun) {
        m_phase = Phase::OpenRecords;
        return {};
    }
    auto lease = m_world.store.acquireLease("sync/" + m_options.sync.id, leaseDuration);
    if (!lease)
        return propagate(std::move(lease));
    m_lease = std::move(*lease);
    m_world.store.guardBy(m_lease);
    HEADGATE_TRY(lookAgain());
    const auto interrupted = m_world.store.markInterrupted(m_options.sync.id);
    if (!interrupted)
        return Failure(interrupted.error());

    m_row.id = m_report.run;
    m_row.state = m_options.state.id;
    m_row.syncId = m_options.sync.id;
    m_row.syncName = m_options.sync.name;
    m_row.target = m_options.target;
    m_row.started = m_report.started;
    m_row.kind = name(m_options.kind);
    m_row.lease = m_lease->name;
    m_row.leaseEpoch = m_lease->epoch;
    HEADGATE_TRY(m_world.store.beginRun(m_row));
    m_began = true;
    return beginResume();
}

/// Until the lease was held, others may have gone on.
Result<void> SyncRun::lookAgain()
{
    const state::StateIdentity& identity = m_options.state.identity;
    auto states = m_world.store.statesOf(identity.projectId, identity.target, identity.syncId);
    if (!states)
        return propagate(std::move(states));
    for (state::StateInfo& now : *states)
        if (now.id == m_options.state.id && now.identity == identity) {
            m_options.state = std::move(now);
            m_options.firstRun = m_options.firstRun && m_options.state.delivered == 0;
            return {};
        }
    return headgate::fail(ErrorKind::Locked, "run.state.moved",
                          Text::tr("Another process gave what is known of '%1' to another account "
                                   "or record key. Run again.")
                              .arg(toQString(m_options.sync.slug)));
}

Result<void> SyncRun::openRecords()
{
    if (m_stop.stopRequested()) {
        m_cancelled = true;
        m_phase = Phase::Finish;
        return {};
    }
    auto records = m_options.openRecords();
    if (!records)
        return propagate(std::move(records));
    m_records = std::move(*records);
    if (m_options.sourceNotes)
        for (QString& note : m_options.sourceNotes())
            m_report.notes.push_back(std::move(note));
    auto gates = gateInput();
    if (!gates)
        return propagate(std::move(gates));
    m_planner = std::make_unique<plan::Planner>(plannerOptions(std::move(*gates)), *m_records,
                                                m_world.destination, m_world.store, m_world.clock,
                                                m_world.random);
    m_phase = Phase::Plan;
    m_progress.phase = RunProgress::Phase::Reading;
    return {};
}

Result<plan::GateInput> SyncRun::gateInput()
{
    plan::GateInput input;
    input.deliveredBefore = m_options.state.delivered;
    input.declaredFull = m_options.firstRun || m_options.resendAll ||
                         m_options.kind == RunKind::Baseline || m_options.kind == RunKind::Retry;
    const auto runs = m_world.store.runs(m_options.sync.id, runsOfADay);
    if (!runs)
        return Failure(runs.error());
    for (const state::RunRow& run : *runs) {
        const bool recent = m_world.clock.now() - run.started < dayOfRemovals;
        const auto removed = run.counts.find("removed_successful");
        if (recent && run.state == m_options.state.id && removed != run.counts.end())
            input.removedLastDay += removed->second;
    }
    input.deliveredDayBefore = input.deliveredBefore + input.removedLastDay;
    return input;
}

plan::PlannerOptions SyncRun::plannerOptions(plan::GateInput gates)
{
    using connector::Operation;
    const connector::Capabilities& can = m_options.capabilities;
    plan::PlannerOptions options;
    options.mode.mode = m_options.sync.mode;
    options.mode.deleteBehaviour = m_options.sync.deleteBehaviour;
    options.mode.canRename = can.can(Operation::Rename);
    options.mode.mayRepeat = !createsAnew(project::writeOperation(m_options.sync.mode)) &&
                             can.mayRepeat(project::writeOperation(m_options.sync.mode));
    options.mode.resendAll = m_options.resendAll;
    options.mode.retryNow = m_options.kind == RunKind::Retry;
    options.keepsKeyTypes = m_options.kind != RunKind::Baseline;
    options.gates = m_options.sync.gates;
    options.gateInput = std::move(gates);
    if (m_options.relatedCounts)
        options.relatedCounts = [this] { return m_related = m_options.relatedCounts(); };
    options.state = m_options.state;
    options.run = m_report.run;
    options.object = m_options.sync.object;
    options.matchField = m_options.sync.matching.field;
    options.requestValues = m_options.requestValues;
    options.definitionHash = m_options.definitionHash;
    options.capabilities = can;
    options.spoolPath = m_options.spoolDirectory + '/' + m_report.run + ".spool";
    options.scratchDirectory = m_options.spoolDirectory;
    options.adHoc = isAdHoc(m_options.kind) || m_options.onlyKeys;
    options.incremental = m_options.incremental;
    options.movesCursor = m_options.movesCursor && !isAdHoc(m_options.kind);
    options.heldKeys = m_options.heldKeys;
    options.limit = m_options.limit;
    options.onlyKeys = m_options.onlyKeys;
    options.samples = m_options.samples;
    options.persist = m_options.kind != RunKind::DryRun;
    return options;
}

Result<void> SyncRun::plan()
{
    if (m_stop.stopRequested()) {
        m_cancelled = true;
        m_phase = Phase::Finish;
        return {};
    }
    if (m_lease && m_world.clock.now() + leaseDuration / 2 > m_lease->expires)
        HEADGATE_TRY(m_world.store.renewLease(*m_lease, leaseDuration));
    const auto step = m_planner->step();
    m_progress.rowsRead = m_planner->rowsRead();
    m_progress.recordsRead = m_planner->recordsRead();
    if (!step)
        return Failure(step.error());
    return *step == plan::Planner::Step::More ? Result<void>() : planned();
}

Result<void> SyncRun::planned()
{
    plan::Plan plan = m_planner->takePlan();
    m_planner.reset();
    m_records.reset();
    m_plan = plan.row;
    m_report.plan = plan.row.id;
    m_report.planned = plan.counts;
    m_report.paused = plan.paused;
    m_report.stops = plan.stops;
    m_report.samples = plan.samples;
    for (const AskedKey& key : m_options.askedKeys)
        if (std::none_of(key.hashes.begin(), key.hashes.end(),
                         [&](const Hash128& hash) { return plan.metKeys.contains(hash); }))
            m_report.absentKeys.push_back(key.text);
    if (plan.unnameable > 0)
        m_report.notes.push_back(
            Text::tr("%1 removed records cannot be named: only hashes of their "
                     "match values were kept.")
                .arg(plan.unnameable));
    if (plan.keptByOthers > 0)
        m_report.notes.push_back(Text::tr("%1 records were not removed because another record has "
                                          "taken over their match value.")
                                     .arg(plan.keptByOthers));
    if (plan.removalsBlocked)
        m_report.notes.push_back(
            Text::tr("Rows without a key were read, so nothing was removed in this run."));
    timed("plan");
    HEADGATE_TRY(noteProblems(plan));
    m_phase = Phase::Finish;
    if (m_options.kind == RunKind::DryRun || !plan.stops.empty())
        return {};
    m_progress.toSend = plan.counts.sent();
    if (m_options.kind == RunKind::Baseline)
        return markBaseline();
    m_phase = Phase::Deliver;
    m_progress.phase = RunProgress::Phase::Sending;
    return startDelivery(m_plan);
}

Result<void> SyncRun::noteProblems(const plan::Plan& plan)
{
    std::vector<state::HistoryRow> rows;
    std::map<std::string, ReasonCount> reasons;
    for (const plan::PlanProblem& problem : plan.problems) {
        ReasonCount& reason = reasons[problem.problem.code];
        if (reason.count++ == 0) {
            reason.code = problem.problem.code;
            reason.message = problem.problem.message.toStdString();
            reason.example = problem.keyText;
        }
        state::HistoryRow row;
        row.run = m_report.run;
        row.keyText = problem.keyText;
        row.category = plan::name(plan::Category::Invalid);
        row.outcome = "invalid";
        row.code = problem.problem.code;
        row.message = problem.problem.message.toStdString();
        row.at = m_world.clock.now();
        row.keep = true;
        rows.push_back(std::move(row));
    }
    for (auto& entry : reasons)
        m_report.invalid.push_back(std::move(entry.second));
    return m_options.kind == RunKind::DryRun || rows.empty() ? Result<void>()
                                                             : m_world.store.addHistory(rows);
}

/// Every record that would be written is marked as delivered; nothing is sent (semantics 14).
Result<void> SyncRun::markBaseline()
{
    auto spool = state::SpoolReader::open(m_plan.spoolPath);
    if (!spool)
        return propagate(std::move(spool));
    const SettlementContext context = settlementContext();
    std::uint64_t from = 0;
    while (true) {
        auto rows = m_world.store.openBatches(m_plan.id, from, 16);
        if (!rows)
            return propagate(std::move(rows));
        if (rows->empty())
            break;
        std::vector<state::Settlement> group;
        for (state::BatchRow& row : *rows) {
            from = row.number + 1;
            auto flight = loadFlight(std::move(row), **spool, batchTarget());
            if (!flight)
                return propagate(std::move(flight));
            state::Settlement settlement;
            settlement.plan = m_plan.id;
            settlement.batch = (*flight)->row.number;
            connector::RecordOutcome assumed;
            assumed.fate = connector::Fate::Exists;
            assumed.code = "baseline";
            for (std::size_t i = 0; i < (*flight)->records.size(); ++i) {
                plan::BatchItem item = (*flight)->items[i];
                item.oldMatchRemains = false;
                item.alsoUnder = false;
                settlement.counts[name(Outcome::Skipped)] += item.removesOldMatch ? 0 : 1;
                if ((*flight)->removes())
                    continue;
                RecordSettlement record = settle(context, (*flight)->records[i], item,
                                                 (*flight)->batch.operation, assumed);
                settlement.records.push_back(std::move(*record.change));
            }
            group.push_back(std::move(settlement));
        }
        HEADGATE_TRY(m_world.store.settle(m_options.state.id, *m_lease, group));
        for (const state::Settlement& settlement : group)
            m_report.outcomes.of[Outcome::Skipped] +=
                static_cast<std::uint64_t>(settlement.counts.at(name(Outcome::Skipped)));
    }
    m_options.state.baseline = true;
    return store();
}

SettlementContext SyncRun::settlementContext() const
{
    SettlementContext context;
    context.hashKey = m_world.store.hashKey();
    context.run = m_report.run;
    context.now = m_world.clock.now();
    const project::SyncMode mode = m_options.sync.mode;
    context.keepsNames =
        mode == project::SyncMode::Mirror ||
        (project::mayRename(mode) && m_options.capabilities.can(connector::Operation::Rename));
    context.mayRepeat = m_options.capabilities.mayRepeat(project::writeOperation(mode));
    context.onInDoubt = m_options.sync.onInDoubt;
    context.storePayloads = m_options.sync.history.storePayloads;
    context.adHoc = isAdHoc(m_options.kind);
    return context;
}

BatchTarget SyncRun::batchTarget() const
{
    const project::SyncDefinition& sync = m_options.sync;
    BatchTarget target{sync.object, sync.matching.field, {}};
    if (sync.shape)
        target.fillOnly = sync.shape->setIfEmptyMembers();
    return target;
}

Result<void> SyncRun::startDelivery(const state::PlanRow& plan)
{
    m_plan = plan;
    HEADGATE_TRY(exchange(m_world.destination.beginRun(
        plan.id, m_options.sync.object, project::writeOperation(m_options.sync.mode))));
    DelivererOptions options;
    options.plan = plan;
    options.target = batchTarget();
    options.account = m_world.destination.accountIdentity();
    options.capabilities = m_options.capabilities;
    options.settlement = settlementContext();
    options.leaseDuration = leaseDuration;
    if (!m_accepted && m_options.sync.history.storePayloads) {
        auto log = m_world.store.logAccepted(m_report.run);
        if (!log)
            return propagate(std::move(log));
        m_accepted = std::move(*log);
    }
    options.accepted = m_accepted.get();
    options.settler = m_world.settler;
    options.keepSecret = m_options.keepSecret;
    options.shownExchanges = m_options.kind == RunKind::Push ? shownExchanges : 0;
    m_deliverer = std::make_unique<Deliverer>(std::move(options), m_world.destination, m_world.http,
                                              m_world.store, m_world.ledger, m_world.clock,
                                              m_world.random, *m_lease, m_stop, m_abandon);
    return {};
}

Result<void> SyncRun::deliver()
{
    const auto step = m_deliverer->step();
    m_progress.sent = 0;
    std::map<std::string, std::uint64_t> counters;
    for (const auto& [outcome, count] : m_deliverer->counts())
        counters[outcome] = static_cast<std::uint64_t>(std::max<std::int64_t>(count, 0));
    m_report.outcomes = outcomesOf(counters, m_report.planned.sent());
    m_progress.sent = m_report.outcomes.sum() - m_report.outcomes[Outcome::Pending];
    if (!step)
        return Failure(step.error());
    if (*step == Deliverer::Step::More)
        return {};
    m_report.requests += m_deliverer->requests();
    m_report.resumesAt = m_deliverer->resumesAt();
    if (m_deliverer->end() == DeliveryEnd::Failed)
        fail(*m_deliverer->error());
    m_cancelled = m_deliverer->end() == DeliveryEnd::Cancelled ||
                  m_deliverer->end() == DeliveryEnd::Abandoned;
    timed("deliver");
    m_phase = Phase::Commit;
    return {};
}

Result<void> SyncRun::commit()
{
    m_phase = Phase::Finish;
    return store();
}

/// Closes a plan whose batches are all settled, and with it moves the cursor.
Result<void> SyncRun::store()
{
    const auto open = m_world.store.openBatches(m_plan.id, 0, 1);
    if (!open)
        return Failure(open.error());
    if (!open->empty())
        return {};
    if (m_options.kind != RunKind::Baseline)
        HEADGATE_TRY(exchange(m_world.destination.commitRun(m_plan.id)));
    HEADGATE_TRY(m_world.store.setPlanState(m_plan.id, state::PlanState::Finished));
    if (!m_plan.newCursor.empty())
        m_options.state.cursor = m_plan.newCursor;
    if (!m_plan.adHoc)
        m_options.state.definitionHash = m_options.definitionHash;
    if (m_options.state.fingerprintVersion.empty())
        m_options.state.fingerprintVersion = plan::fingerprintVersion;
    return m_world.store.update(m_options.state);
}

/// Begin and commit of a run: one exchange, waited for. A refusal is one of the whole destination.
Result<void> SyncRun::exchange(std::unique_ptr<connector::Exchange> exchange)
{
    if (!exchange)
        return {};
    connector::ExchangeStep step = exchange->next(nullptr);
    while (step.request) {
        m_world.http.start(0, std::move(*step.request));
        std::vector<http::Answer> answers;
        while (answers.empty() && m_world.http.inFlight() > 0)
            answers = m_world.http.wait(Milliseconds(1000));
        if (answers.empty())
            break;
        step = exchange->next(&answers.front());
    }
    if (step.result && step.result->verdict == connector::Verdict::PerRecord)
        return {};
    const connector::BatchResult result = step.result.value_or(connector::BatchResult());
    return headgate::fail(ErrorKind::Destination, "destination.run",
                          Text::tr("The destination could not begin or complete the run. %1")
                              .arg(toQString(result.message)),
                          toQString(result.code));
}

Result<void> SyncRun::collectReasons()
{
    const auto rows = m_world.store.history(m_report.run, name(Outcome::Rejected), {}, 1000);
    if (!rows)
        return Failure(rows.error());
    std::map<std::string, ReasonCount> reasons;
    for (const state::HistoryRow& row : *rows) {
        ReasonCount& reason = reasons[row.code];
        if (reason.count++ == 0) {
            reason.code = row.code;
            reason.message = row.message;
            reason.example = row.keyText;
        }
    }
    for (auto& entry : reasons)
        m_report.rejections.push_back(std::move(entry.second));
    return {};
}

void SyncRun::conclude()
{
    m_report.exitCode = m_cancelled ? exitCode(ErrorKind::Cancelled) : exitCodeOf(m_report);
    m_report.state = stateOf(m_report, m_cancelled);
}

Result<void> SyncRun::sumUp()
{
    if (m_report.error) {
        // Whatever fails after another process took over fails for that reason.
        auto held = m_world.store.renewLease(*m_lease, leaseDuration);
        if (!held && held.error().kind == ErrorKind::Locked)
            m_report.error = std::move(held).error();
    }
    if (auto trimmed = m_world.store.trimHistory(
            std::chrono::hours(24 * m_options.sync.history.days), m_options.sync.history.bytes);
        !trimmed)
        fail(trimmed.error());
    HEADGATE_TRY(collectReasons());
    const auto statuses = m_world.store.recordCounts(m_options.state.id);
    if (!statuses)
        return Failure(statuses.error());
    const auto count = [&](state::RecordStatus status) {
        const auto found = statuses->find(name(status));
        return found != statuses->end() ? found->second : 0;
    };
    m_report.parked = count(state::RecordStatus::Parked);
    m_report.inDoubt =
        count(state::RecordStatus::InDoubt) + count(state::RecordStatus::AwaitingDecision);
    return {};
}

Result<void> SyncRun::finish()
{
    m_phase = Phase::Done;
    m_progress.phase = RunProgress::Phase::Finishing;
    if (m_deliverer)
        m_report.exchanges = m_deliverer->exchanges();
    m_records.reset();
    m_planner.reset();
    if (m_report.stops.empty() && m_options.kind != RunKind::DryRun && m_deliverer == nullptr)
        m_report.outcomes.of[Outcome::Pending] =
            m_report.planned.sent() -
            std::min(m_report.planned.sent(),
                     m_report.outcomes.sum() - m_report.outcomes[Outcome::Pending]);
    m_report.ended = m_world.clock.now();
    if (m_began)
        HEADGATE_TRY(sumUp());
    conclude();
    if (!m_began)
        return {};
    m_row.status = m_report.state;
    m_row.ended = m_report.ended;
    m_row.exitCode = m_report.exitCode;
    m_row.plan = m_report.plan;
    RunReport kept = m_report;
    kept.samples.clear(); // the payloads' place is the history, where budget and purge reach them
    m_row.reportJson = toJson(kept).dump();
    for (const plan::RelatedCount& related : m_related)
        m_row.counts["related:" + related.name] = related.rows;
    HEADGATE_TRY(m_world.store.finishRun(m_row));
    return m_world.store.releaseLease(*m_lease);
}

} // namespace headgate::run
