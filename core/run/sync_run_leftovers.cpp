// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "project/mode_operations.h"
#include "run/sync_run.h"

namespace headgate::run {

namespace {

constexpr auto freshPlan = std::chrono::hours(24);
constexpr auto freshRemovals = std::chrono::hours(1);
constexpr std::uint32_t batchesAtOnce = 64;

} // namespace

bool SyncRun::isFresh(const state::PlanRow& plan) const
{
    const auto age = m_world.clock.now() - plan.created;
    return plan.definitionHash == m_options.definitionHash &&
           age < (plan.removals ? Milliseconds(freshRemovals) : Milliseconds(freshPlan));
}

Result<void> SyncRun::beginResume()
{
    m_phase = Phase::OpenRecords;
    auto open = m_world.store.openPlan(m_options.state.id);
    if (!open)
        return propagate(std::move(open));
    if (!m_options.confirm.empty()) {
        if (!*open || (*open)->id != m_options.confirm ||
            (*open)->status != state::PlanState::Stopped)
            return headgate::fail(
                ErrorKind::Usage, "run.confirm.unknown",
                Text::tr("There is no stopped plan %1 for this sync. 'headgate plan' "
                         "shows the current one.")
                    .arg(toQString(m_options.confirm)));
        return beginConfirmed(**open);
    }
    if (!*open)
        return {};
    if ((*open)->status == state::PlanState::Ready && isFresh(**open)) {
        m_phase = Phase::Resume;
        m_progress.phase = RunProgress::Phase::Resuming;
        return startDelivery(**open);
    }
    HEADGATE_TRY(discard(**open));
    return beginResume();
}

Result<void> SyncRun::beginConfirmed(const state::PlanRow& plan)
{
    if (!isFresh(plan))
        return headgate::fail(
            ErrorKind::Gate, "run.confirm.stale",
            Text::tr(
                "Plan %1 is too old, or the sync was changed since. Plan again and confirm the new "
                "plan.")
                .arg(toQString(plan.id)));
    HEADGATE_TRY(m_world.store.setPlanState(plan.id, state::PlanState::Ready));
    m_plan = plan;
    m_report.plan = plan.id;
    if (const auto counts = plan::planCountsFromJson(plan.countsJson))
        m_report.planned = *counts;
    m_phase = Phase::Deliver;
    m_progress.phase = RunProgress::Phase::Sending;
    return startDelivery(plan);
}

/// A plan that may not go on. What of it may have been applied is remembered record by record, so
/// that the new plan repeats, removes or holds it.
Result<void> SyncRun::discard(const state::PlanRow& plan)
{
    std::unique_ptr<state::SpoolReader> spool;
    std::uint64_t from = 0;
    while (true) {
        auto rows = m_world.store.openBatches(plan.id, from, batchesAtOnce);
        if (!rows)
            return propagate(std::move(rows));
        if (rows->empty())
            break;
        std::vector<state::Settlement> group;
        for (state::BatchRow& row : *rows) {
            from = row.number + 1;
            if (!mayBeApplied(plan, row))
                continue;
            if (!spool) {
                auto opened = state::SpoolReader::open(plan.spoolPath);
                if (!opened)
                    return propagate(std::move(opened));
                spool = std::move(*opened);
            }
            auto settlement = inDoubt(plan, std::move(row), *spool);
            if (!settlement)
                return propagate(std::move(settlement));
            group.push_back(std::move(*settlement));
        }
        if (!group.empty())
            HEADGATE_TRY(m_world.store.settle(m_options.state.id, *m_lease, group));
    }
    return m_world.store.setPlanState(plan.id, state::PlanState::Discarded);
}

/// And is not remembered yet.
bool SyncRun::mayBeApplied(const state::PlanRow& plan, const state::BatchRow& batch) const
{
    const bool mirror = m_options.sync.mode == project::SyncMode::Mirror;
    const bool surelyUnsent = batch.status == state::BatchState::Pending &&
                              (!mirror || plan.status == state::PlanState::Stopped);
    const bool remembered = batch.status == state::BatchState::InDoubt &&
                            !createsAnew(project::writeOperation(m_options.sync.mode));
    return !surelyUnsent && !remembered;
}

Result<state::Settlement> SyncRun::inDoubt(const state::PlanRow& plan, state::BatchRow batch,
                                           state::SpoolReader& spool) const
{
    const bool counted = batch.status == state::BatchState::InDoubt;
    const bool unsent = batch.status == state::BatchState::Pending;
    const auto flight = loadFlight(std::move(batch), spool, batchTarget());
    if (!flight)
        return Failure(flight.error());
    state::Settlement settlement;
    settlement.plan = plan.id;
    settlement.batch = (*flight)->row.number;
    settlement.attempts = (*flight)->row.attempts;
    const connector::Operation operation = (*flight)->batch.operation;
    SettlementContext context = settlementContext();
    context.run = plan.run;
    context.mayRepeat = !createsAnew(project::writeOperation(m_options.sync.mode)) &&
                        m_options.capabilities.mayRepeat(operation);
    connector::RecordOutcome outcome;
    outcome.code = "interrupted";
    for (std::size_t i = 0; i < (*flight)->records.size(); ++i) {
        // Its write says more, and the next plan repeats both.
        if ((*flight)->items[i].removesOldMatch && unsent)
            continue;
        RecordSettlement record =
            settle(context, (*flight)->records[i], (*flight)->items[i], operation, outcome);
        if (record.outcome && !counted)
            ++settlement.counts[name(*record.outcome)];
        if (record.change)
            settlement.records.push_back(std::move(*record.change));
        if (record.history)
            settlement.history.push_back(std::move(*record.history));
    }
    return settlement;
}

Result<void> SyncRun::resume()
{
    const auto step = m_deliverer->step();
    if (!step)
        return Failure(step.error());
    if (*step == Deliverer::Step::More)
        return {};
    for (const auto& [outcome, count] : m_deliverer->counts())
        if (count > 0)
            m_report.resumed += static_cast<std::uint64_t>(count);
    m_report.requests += m_deliverer->requests();
    timed("resume");
    HEADGATE_TRY(store());
    if (m_deliverer->end() == DeliveryEnd::Failed)
        return Failure(*m_deliverer->error());
    if (m_deliverer->end() != DeliveryEnd::Complete) {
        m_cancelled = true;
        m_phase = Phase::Finish;
        return {};
    }
    m_deliverer.reset();
    return leaveRest();
}

/// What a resumed plan could not deliver is planned anew, so that nothing of it goes out later over
/// what is newer. Only what may have been created waits for an answer under its own key.
Result<void> SyncRun::leaveRest()
{
    const auto open = m_world.store.openBatches(m_plan.id, 0, 1);
    if (!open)
        return Failure(open.error());
    if (open->empty())
        return beginResume();
    if (!createsAnew(project::writeOperation(m_options.sync.mode))) {
        HEADGATE_TRY(discard(m_plan));
        return beginResume();
    }
    const auto waits = retireUnsent();
    if (!waits)
        return Failure(waits.error());
    m_phase = Phase::OpenRecords;
    if (*waits)
        return {};
    HEADGATE_TRY(m_world.store.setPlanState(m_plan.id, state::PlanState::Discarded));
    return beginResume();
}

/// Whether some batch is left that waits for an answer.
Result<bool> SyncRun::retireUnsent()
{
    bool waits = false;
    std::uint64_t from = 0;
    while (true) {
        const auto open = m_world.store.openBatches(m_plan.id, from, batchesAtOnce);
        if (!open)
            return Failure(open.error());
        if (open->empty())
            return waits;
        std::vector<state::Settlement> unsent;
        for (const state::BatchRow& row : *open) {
            from = row.number + 1;
            if (row.status != state::BatchState::Pending) {
                waits = true;
                continue;
            }
            state::Settlement settlement;
            settlement.plan = m_plan.id;
            settlement.batch = row.number;
            settlement.status = state::BatchState::Retired;
            settlement.attempts = row.attempts;
            unsent.push_back(std::move(settlement));
        }
        if (!unsent.empty())
            HEADGATE_TRY(m_world.store.settle(m_options.state.id, *m_lease, unsent));
    }
}

} // namespace headgate::run
