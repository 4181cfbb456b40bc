// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/settlement_rules.h"

#include "base/text.h"
#include "plan/held_matches.h"
#include "plan/match_text.h"

#include <algorithm>

namespace headgate::run {

namespace {

using connector::Fate;
using connector::Operation;
using plan::Category;
using state::ChangeKind;
using state::RecordStatus;

bool removes(Operation operation)
{
    return operation == Operation::Delete || operation == Operation::Archive ||
           operation == Operation::Clear;
}

/// Deleting what is gone is successful.
Fate meaningOf(Fate fate, Operation operation)
{
    return fate == Fate::Absent && removes(operation) ? Fate::Accepted : fate;
}

void setDelivered(state::KnownRecord& known, const SettlementContext& context,
                  const state::SpoolView& record, const plan::BatchItem& item, bool unconfirmed,
                  const state::KnownRecord* before)
{
    known.keyHash = record.keyHash;
    known.fingerprint = record.fingerprint;
    known.matchHash = record.matchHash;
    if (item.category == Category::Removed)
        return;
    known.delivered = true;
    known.unconfirmed = unconfirmed;
    known.leaves = record.leaves;
    known.eventTime = {record.eventTime.kind, std::string(record.eventTime.text)};
    if (!context.keepsNames)
        return;
    known.keyText = record.keyText;
    known.match = plan::packMatch(record.match);
    if (!item.oldMatchRemains && !item.alsoUnder)
        return;
    const std::string old = plan::packMatch(record.previousMatch);
    std::vector<std::string> held;
    if (item.alsoUnder && before)
        held = plan::heldMatchesBut(*before, known.match);
    else
        held = {old};
    if (!item.oldMatchRemains) // another record has taken it over
        held.erase(std::remove(held.begin(), held.end(), old), held.end());
    held.push_back(known.match);
    plan::setHeldMatches(known, std::move(held), context.hashKey);
}

/// What is left of a record of which one match value is gone: the next one is to go, or is the one
/// under which it stays.
void setRemoved(state::KnownRecord& known, const SettlementContext& context,
                std::vector<std::string> held)
{
    if (known.delivered) {
        known.status = RecordStatus::Settled;
        known.triedFingerprint = {};
        known.attempts = 0;
        known.retryAt.reset();
        known.code.clear();
        known.message.clear();
    }
    plan::setHeldMatches(known, std::move(held), context.hashKey);
}

state::RecordChange outstanding(const SettlementContext& context, const state::SpoolView& record,
                                RecordStatus status)
{
    state::RecordChange change;
    change.kind = ChangeKind::Outstanding;
    change.record.keyHash = record.keyHash;
    change.record.keyText = record.keyText;
    change.record.status = status;
    change.record.triedFingerprint = record.fingerprint;
    if (context.keepsNames && status == RecordStatus::InDoubt) {
        change.record.match = plan::packMatch(record.match);
        change.record.matchHash = record.matchHash;
    }
    return change;
}

std::string messageOf(const plan::BatchItem& item, const connector::RecordOutcome& outcome)
{
    if (!item.removesOldMatch || outcome.fate != Fate::Rejected)
        return outcome.message;
    return Text::tr("Its old match value was not removed, so the destination holds the record "
                    "twice until a later run removes it. %1")
        .arg(toQString(outcome.message))
        .trimmed()
        .toStdString();
}

state::RecordChange rejected(const SettlementContext& context, const state::SpoolView& record,
                             const plan::BatchItem& item, const connector::RecordOutcome& outcome)
{
    const std::uint32_t attempts = item.attempts + 1U;
    state::RecordChange change = outstanding(
        context, record,
        attempts >= attemptsBeforeParking ? RecordStatus::Parked : RecordStatus::Rejected);
    change.record.attempts = attempts;
    change.record.retryAt = context.now + pauseAfter(attempts);
    change.record.code = outcome.code;
    change.record.message = messageOf(item, outcome);
    return change;
}

RecordStatus inDoubtStatus(const SettlementContext& context)
{
    if (context.mayRepeat)
        return RecordStatus::InDoubt;
    switch (context.onInDoubt) {
    case project::InDoubtPolicy::Ask:
    case project::InDoubtPolicy::Resend:
        return RecordStatus::AwaitingDecision;
    case project::InDoubtPolicy::Skip:
        return RecordStatus::SkippedAlways;
    }
    return RecordStatus::AwaitingDecision;
}

state::HistoryRow historyRow(const SettlementContext& context, const state::SpoolView& record,
                             const plan::BatchItem& item, const connector::RecordOutcome& outcome,
                             Outcome result)
{
    state::HistoryRow row;
    row.run = context.run;
    row.keyHash = record.keyHash;
    row.keyText = record.keyText;
    row.category = plan::name(item.category);
    row.outcome = name(result);
    row.code = outcome.code;
    row.message = messageOf(item, outcome);
    for (const std::string& warning : outcome.warnings)
        row.message += (row.message.empty() ? "" : "; ") + warning;
    row.at = context.now;
    row.keep = result != Outcome::Successful && result != Outcome::Unconfirmed;
    if (context.storePayloads) {
        row.row = record.rows;
        row.payload = record.payload;
    }
    return row;
}

/// Empty for a write, and where the removal leaves nothing.
std::vector<std::string> heldAfterRemoval(const state::SpoolView& record,
                                          const plan::BatchItem& item,
                                          const state::KnownRecord* known)
{
    const bool removal = item.removesOldMatch || item.category == Category::Removed;
    if (!removal || !needsKnown(item) || !known)
        return {};
    auto held = plan::heldMatchesBut(*known, plan::packMatch(record.match));
    if (held.empty() && item.removesOldMatch)
        held = {plan::packMatch(record.previousMatch)};
    return held;
}

/// Something of the record is still to be removed.
bool isUnfinished(const RecordSettlement& settlement, const plan::BatchItem& item)
{
    if (!settlement.change || settlement.change->kind != ChangeKind::Replace)
        return false;
    const state::KnownRecord& record = settlement.change->record;
    return !record.alsoUnder.empty() ||
           (item.category == Category::Removed && !record.match.empty());
}

} // namespace

bool needsKnown(const plan::BatchItem& item)
{
    return item.removesOldMatch || item.alsoUnder;
}

bool createsAnew(Operation operation)
{
    return operation == Operation::Append || operation == Operation::Insert;
}

Milliseconds pauseAfter(std::uint32_t attempts)
{
    if (attempts <= 1)
        return Milliseconds(0);
    Milliseconds pause = std::chrono::minutes(1);
    for (std::uint32_t i = 2; i < attempts && pause < std::chrono::hours(24); ++i)
        pause *= 4;
    return std::min<Milliseconds>(pause, std::chrono::hours(24));
}

RecordSettlement settle(const SettlementContext& context, const state::SpoolView& record,
                        const plan::BatchItem& item, Operation operation,
                        const connector::RecordOutcome& outcome, const state::KnownRecord* known)
{
    RecordSettlement settlement;
    const auto finish = [&](Outcome result) {
        if (!isUnfinished(settlement, item))
            settlement.outcome = result;
        const bool noteworthy = result == Outcome::Rejected || result == Outcome::InDoubt ||
                                result == Outcome::Skipped || context.adHoc ||
                                !outcome.warnings.empty();
        if (noteworthy)
            settlement.history = historyRow(context, record, item, outcome, result);
    };
    const auto deliver = [&](bool unconfirmed) {
        setDelivered(settlement.change.emplace().record, context, record, item, unconfirmed, known);
    };
    const auto accept = [&](Outcome result) {
        auto held = heldAfterRemoval(record, item, known);
        settlement.accepted = held.empty() && !item.removesOldMatch;
        if (!held.empty())
            setRemoved(
                settlement.change.emplace(state::RecordChange{*known, ChangeKind::Replace}).record,
                context, std::move(held));
        else if (!item.removesOldMatch)
            deliver(result == Outcome::Unconfirmed);
        finish(result);
    };
    switch (meaningOf(outcome.fate, operation)) {
    case Fate::Accepted:
        accept(Outcome::Successful);
        break;
    case Fate::Unconfirmed:
        accept(Outcome::Unconfirmed);
        break;
    case Fate::Rejected:
        settlement.change = rejected(context, record, item, outcome);
        finish(Outcome::Rejected);
        break;
    case Fate::Exists:
        deliver(false);
        finish(Outcome::Skipped);
        break;
    case Fate::Absent:
        finish(Outcome::Skipped);
        break;
    case Fate::InDoubt:
        settlement.change = outstanding(context, record, inDoubtStatus(context));
        finish(Outcome::InDoubt);
        break;
    case Fate::Retry:
        break;
    }
    return settlement;
}

} // namespace headgate::run
