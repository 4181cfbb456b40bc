// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/scenario.h"

namespace headgate::simulation {

namespace {

using project::SyncMode;
using run::RunKind;

std::string number(std::size_t value)
{
    return std::to_string(value);
}

void drawCrash(Dice& dice, ProcessFaults& faults)
{
    if (dice.chance(50))
        faults.crashAtStep = dice.between(1, dice.chance(50) ? 15 : 120);
    else
        faults.crashAtWrite = dice.between(1, 120);
}

void drawCancel(Dice& dice, ProcessFaults& faults)
{
    faults.stopAtStep = dice.between(0, 60);
    if (dice.chance(50))
        faults.abandonAtStep = *faults.stopAtStep + dice.between(0, 10);
}

} // namespace

bool Scenario::mayApplyAgain() const
{
    return !creates() || (!idempotencyKeys && onInDoubt == project::InDoubtPolicy::Resend);
}

Scenario drawScenario(Dice& dice)
{
    Scenario scenario;
    scenario.mode = dice.pick({SyncMode::Upsert, SyncMode::Update, SyncMode::Insert,
                               SyncMode::Mirror, SyncMode::Mirror, SyncMode::Append,
                               SyncMode::Append, SyncMode::Delete, SyncMode::Replace});
    scenario.deleteBehaviour =
        dice.pick({project::DeleteBehaviour::Nothing, project::DeleteBehaviour::Clear,
                   project::DeleteBehaviour::Archive, project::DeleteBehaviour::Delete});
    scenario.onInDoubt = dice.pick({project::InDoubtPolicy::Ask, project::InDoubtPolicy::Ask,
                                    project::InDoubtPolicy::Resend, project::InDoubtPolicy::Skip});
    scenario.idempotencyKeys = dice.chance(50);
    scenario.answersPerRecord = !dice.chance(20);
    scenario.refusesAtomically = dice.chance(50);
    scenario.sharesMatches = dice.chance(50);
    // Renaming to a match value that another record is leaving is not simulated.
    scenario.renames = !scenario.sharesMatches && dice.chance(50);
    scenario.renewable = dice.chance(50);
    scenario.storesPayloads = dice.chance(75);
    scenario.rows = dice.between(1, 30);
    scenario.batchRecords = static_cast<std::uint32_t>(dice.between(1, 12));
    scenario.inFlight = static_cast<std::uint32_t>(dice.between(1, 4));
    scenario.processes = dice.between(1, 5);
    return scenario;
}

std::string describe(const Scenario& s)
{
    return std::string(project::name(s.mode)) + ", absent: " + project::name(s.deleteBehaviour) +
           ", in doubt: " + project::name(s.onInDoubt) +
           (s.idempotencyKeys ? ", idempotency keys" : "") +
           (s.answersPerRecord ? ", answers per record" : ", answers for the request") +
           (s.refusesAtomically ? ", refuses atomically" : "") + (s.renames ? ", renames" : "") +
           (s.renewable ? ", renewable credential" : "") + ", rows " + number(s.rows) +
           ", batches of " + number(s.batchRecords) + ", in flight " + number(s.inFlight);
}

ProcessFaults drawFaults(Dice& dice, const Scenario& scenario)
{
    ProcessFaults faults;
    faults.kind = dice.pick({RunKind::Run, RunKind::Run, RunKind::Run, RunKind::Run, RunKind::Run,
                             RunKind::DryRun, RunKind::Limit, RunKind::Push, RunKind::Retry});
    // A read that stops early cannot know which match values the rest has.
    if (faults.kind == RunKind::Limit && scenario.sharesMatches)
        faults.kind = RunKind::Run;
    faults.redefined = dice.chance(10);
    faults.answerPercent = dice.pick<std::size_t>({0, 5, 20, 50, 90});
    if (dice.chance(20))
        faults.store = StoreFault{dice.between(1, 150), dice.chance(50), dice.chance(50)};
    if (dice.chance(45))
        drawCrash(dice, faults);
    if (dice.chance(20))
        drawCancel(dice, faults);
    if (dice.chance(20)) {
        faults.readDiesAt = dice.below(30);
        faults.readCancelled = dice.chance(30);
    }
    if (dice.chance(15)) {
        faults.clockJumpsAtStep = dice.between(0, 60);
        faults.clockJump = std::chrono::minutes(dice.between(0, 3000)) * (dice.chance(50) ? 1 : -1);
    }
    faults.pauseBefore = dice.pick<Milliseconds>({std::chrono::seconds(5), std::chrono::minutes(5),
                                                  std::chrono::minutes(5), std::chrono::minutes(70),
                                                  std::chrono::hours(25), std::chrono::hours(25)});
    return faults;
}

std::string describe(const ProcessFaults& faults)
{
    std::string text = name(faults.kind);
    text += ", bad answers " + number(faults.answerPercent) + " %";
    if (faults.redefined)
        text += ", redefined";
    if (faults.store)
        text += std::string(faults.store->full ? ", disk full" : ", I/O error") + " at write " +
                number(faults.store->at) + (faults.store->stays ? " and on" : "");
    if (faults.crashAtStep)
        text += ", crash at step " + number(*faults.crashAtStep);
    if (faults.crashAtWrite)
        text += ", crash at write " + number(*faults.crashAtWrite);
    if (faults.stopAtStep)
        text += ", cancel at step " + number(*faults.stopAtStep);
    if (faults.abandonAtStep)
        text += ", second cancel at step " + number(*faults.abandonAtStep);
    if (faults.readDiesAt)
        text += std::string(faults.readCancelled ? ", read cancelled" : ", read dies") +
                " at row " + number(*faults.readDiesAt);
    if (faults.clockJumpsAtStep)
        text += ", clock jumps " + std::to_string(faults.clockJump.count() / 60'000) +
                " min at step " + number(*faults.clockJumpsAtStep);
    return text;
}

} // namespace headgate::simulation
