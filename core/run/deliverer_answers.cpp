// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/deliverer.h"

#include "base/redaction.h"
#include "base/text.h"
#include "http/shown_request.h"

#include <algorithm>

namespace headgate::run {

namespace {

using connector::BatchResult;
using connector::Fate;
using connector::RecordOutcome;
using connector::Verdict;

constexpr Milliseconds shortestWait = std::chrono::seconds(1);
constexpr Milliseconds receiptPause = std::chrono::seconds(2);
constexpr Milliseconds longestRenewalWait = std::chrono::seconds(1);

/// At most so many bytes, and no half character at the end.
std::string cutText(std::string text, std::size_t most)
{
    if (text.size() <= most)
        return text;
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80)
        --most;
    text.resize(most);
    return text;
}

RecordOutcome outcomeOf(Fate fate, const BatchResult& result)
{
    RecordOutcome outcome;
    outcome.fate = fate;
    outcome.code = result.code;
    outcome.message = result.message;
    return outcome;
}

QString words(const BatchResult& result)
{
    return result.message.empty() ? QString()
                                  : Text::tr(" It said: %1").arg(toQString(result.message));
}

std::vector<std::vector<std::size_t>> halves(std::size_t count)
{
    std::vector<std::vector<std::size_t>> parts(2);
    for (std::size_t i = 0; i < count; ++i)
        parts[i < count / 2 ? 0 : 1].push_back(i);
    return parts;
}

/// Pieces of at most `most`, in order.
std::vector<std::vector<std::size_t>> pieces(std::size_t count, std::size_t most)
{
    std::vector<std::vector<std::size_t>> parts;
    for (std::size_t i = 0; i < count; ++i) {
        if (i % most == 0)
            parts.emplace_back();
        parts.back().push_back(i);
    }
    return parts;
}

} // namespace

Result<void> Deliverer::onResult(FlightPtr flight, const BatchResult& result)
{
    switch (result.verdict) {
    case Verdict::PerRecord:
        if (result.outcomes.size() == flight->records.size())
            return onRecords(std::move(flight), result.outcomes);
        return onAmbiguous(std::move(flight), result);
    case Verdict::Refused:
        return onRefused(std::move(flight), result);
    case Verdict::RateLimited:
        return onRateLimited(std::move(flight), result);
    case Verdict::Transient:
        return onTransient(std::move(flight), result);
    case Verdict::Ambiguous:
        return onAmbiguous(std::move(flight), result);
    case Verdict::Unauthorised:
        return onUnauthorised(std::move(flight), result);
    case Verdict::Fatal:
        HEADGATE_TRY(leaveOpen(*flight));
        failWith({ErrorKind::Destination,
                  "destination.unusable",
                  Text::tr("The destination cannot be used.") + words(result),
                  toQString(result.code),
                  {},
                  {}});
        return {};
    case Verdict::Receipt:
        return onReceipt(std::move(flight), result);
    }
    return {};
}

state::Settlement Deliverer::settlementOf(const Flight& flight) const
{
    state::Settlement settlement;
    settlement.plan = m_options.plan.id;
    settlement.batch = flight.row.number;
    settlement.attempts = flight.row.attempts + flight.attempts + 1;
    return settlement;
}

Result<void> Deliverer::logAccepted(const Flight& flight, std::size_t index,
                                    RecordSettlement& record)
{
    if (!m_options.accepted || !record.accepted)
        return {};
    auto category = static_cast<std::uint8_t>(flight.items[index].category);
    if (record.change->record.unconfirmed)
        category |= unconfirmedBit;
    const auto reference = m_options.accepted->append(flight.records[index].frame, category);
    if (!reference)
        return Failure(reference.error());
    record.change->record.accepted = *reference;
    return {};
}

SettlementContext Deliverer::contextOf(const Flight& flight) const
{
    SettlementContext context = m_options.settlement;
    context.now = m_clock.now();
    context.mayRepeat = mayRepeat(flight);
    return context;
}

Result<void> Deliverer::addRecord(const SettlementContext& context, state::Settlement& settlement,
                                  const Flight& flight, std::size_t index,
                                  const RecordOutcome& outcome)
{
    std::optional<state::KnownRecord> known;
    if (needsKnown(flight.items[index])) {
        HEADGATE_TRY(settled());
        auto found = m_store.record(m_options.plan.state, flight.records[index].keyHash);
        if (!found)
            return propagate(std::move(found));
        known = *std::move(found);
    }
    RecordSettlement record = settle(context, flight.records[index], flight.items[index],
                                     flight.batch.operation, outcome, known ? &*known : nullptr);
    HEADGATE_TRY(logAccepted(flight, index, record));
    if (record.outcome) {
        ++settlement.counts[name(*record.outcome)];
        if (*record.outcome == Outcome::Successful &&
            flight.items[index].category == plan::Category::Removed)
            ++settlement.counts["removed_successful"];
    }
    if (flight.wasInDoubt)
        --settlement.counts[name(Outcome::InDoubt)];
    if (record.change)
        settlement.records.push_back(std::move(*record.change));
    if (!record.history)
        return {};
    if (settlement.history.empty() && context.storePayloads) {
        const std::size_t most = context.adHoc ? keptOfAdHocExchange : keptOfExchange;
        // What is not reached over HTTP has no request.
        if (!flight.request.url.empty())
            record.history->request = cutText(http::masked(flight.request), most);
        record.history->answer = cutText(Redaction::redact(flight.answer.body), most);
    }
    record.history->sameExchange = !settlement.history.empty();
    settlement.history.push_back(std::move(*record.history));
    return {};
}

void Deliverer::keepExchange(const Flight& flight)
{
    const http::Answer& answer = flight.answer;
    ShownExchange shown;
    shown.request = cutText(http::masked(flight.request), keptOfAdHocExchange);
    shown.duration = answer.duration;
    if (answer.transport == http::Transport::Complete) {
        shown.answer = cutText(http::masked(answer), keptOfAdHocExchange);
        shown.status = answer.status;
    } else {
        shown.failure = http::name(answer.transport);
    }
    m_exchanges.push_back(std::move(shown));
}

Result<void> Deliverer::onRecords(FlightPtr flight, const std::vector<RecordOutcome>& outcomes)
{
    state::Settlement settlement = settlementOf(*flight);
    settlement.records.reserve(outcomes.size());
    const SettlementContext context = contextOf(*flight);
    std::vector<std::size_t> again;
    bool accepted = false;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        if (outcomes[i].fate == Fate::Retry) {
            again.push_back(i);
            continue;
        }
        accepted = accepted || outcomes[i].fate != Fate::Rejected;
        m_watch.onOutcome(outcomes[i]);
        HEADGATE_TRY(addRecord(context, settlement, *flight, i, outcomes[i]));
    }
    if (accepted) {
        m_retries.onSuccess();
        m_limitedSince.reset();
    }
    if (m_watch.verdict())
        failWith(
            {ErrorKind::Destination,
             "destination.refuses_all",
             Text::tr("The destination refuses the records, all for one reason (%1). The rest was "
                      "not sent. Correct the cause and run again.")
                 .arg(toQString(*m_watch.verdict())),
             {},
             {},
             {}});
    if (again.empty()) {
        queue(std::move(settlement));
        return {};
    }
    return split(*flight, std::move(settlement), {again}, flight->attempts + 1);
}

Result<void> Deliverer::splitTooLarge()
{
    std::deque<FlightPtr> large;
    for (FlightPtr& flight : m_ready) {
        const bool neverSent = flight->row.status == state::BatchState::Pending &&
                               flight->attempts == 0 && !flight->mayBeApplied;
        if (neverSent && flight->records.size() > m_mostRecords)
            large.push_back(std::move(flight));
    }
    m_ready.erase(std::remove(m_ready.begin(), m_ready.end(), nullptr), m_ready.end());
    for (FlightPtr& flight : large)
        HEADGATE_TRY(
            split(*flight, settlementOf(*flight), pieces(flight->records.size(), m_mostRecords)));
    return {};
}

Result<void> Deliverer::onRefused(FlightPtr flight, const BatchResult& result)
{
    constexpr int tooLarge = 413;
    if (result.splittable && result.status == tooLarge)
        m_mostRecords =
            std::max<std::size_t>(1, std::min(m_mostRecords, flight->records.size() / 2));
    if (result.splittable && flight->records.size() > 1)
        return split(*flight, settlementOf(*flight), halves(flight->records.size()));
    const std::vector<RecordOutcome> refused(flight->records.size(),
                                             outcomeOf(Fate::Rejected, result));
    return onRecords(std::move(flight), refused);
}

/// The children are durable before one of them is sent: otherwise a crash would send the parent
/// again, under another key. `attempts` have been made with what they hold.
Result<void> Deliverer::split(Flight& flight, state::Settlement settlement,
                              const std::vector<std::vector<std::size_t>>& parts,
                              std::uint32_t attempts)
{
    std::deque<FlightPtr> children;
    for (const std::vector<std::size_t>& part : parts) {
        state::BatchRow row = childOf(flight, part, m_nextNumber++, m_random);
        if (flight.wasInDoubt)
            row.status = state::BatchState::InDoubt;
        settlement.children.push_back(row);
        auto child = loadFlight(std::move(row), *m_spool, m_options.target);
        if (!child)
            return propagate(std::move(child));
        (*child)->attempts = attempts;
        (*child)->wasInDoubt = flight.wasInDoubt;
        (*child)->notBefore = m_clock.steady();
        if (attempts > 0)
            (*child)->notBefore += http::backoff(attempts, m_random);
        children.push_back(std::move(*child));
    }
    settlement.status = state::BatchState::Retired;
    queue(std::move(settlement));
    HEADGATE_TRY(flush());
    for (FlightPtr& child : children) {
        if (child->attempts >= http::attemptLimit || stopping())
            HEADGATE_TRY(leaveOpen(*child));
        else
            m_ready.push_back(std::move(child));
    }
    return {};
}

Result<void> Deliverer::onRateLimited(FlightPtr flight, const BatchResult& result)
{
    const SteadyTime now = m_clock.steady();
    const Milliseconds wait = std::max(
        result.retryAfter.value_or(http::backoff(flight->attempts, m_random)), shortestWait);
    if (!m_limitedSince)
        m_limitedSince = now;
    const bool tooLong = wait > http::longestWait;
    if (tooLong || now - *m_limitedSince >= http::longestWait) {
        m_resumesAt = m_clock.now() + wait;
        failWith(
            {ErrorKind::Destination,
             "destination.rate_limited",
             Text::tr(
                 "The destination accepts nothing before %1 (UTC). The rest stays pending; run "
                 "again after that.")
                 .arg(toQString(toIso(*m_resumesAt))),
             {},
             {},
             wait});
    }
    HEADGATE_TRY(m_ledger.pause(m_options.account, m_clock.now() + wait));
    m_pausedUntil = std::max(m_pausedUntil.value_or(now), now + wait);
    return again(std::move(flight), wait);
}

Result<void> Deliverer::onTransient(FlightPtr flight, const BatchResult& result)
{
    ++flight->attempts;
    if (flight->attempts >= http::attemptLimit || !m_retries.take(false)) {
        return leaveOpen(*flight);
    }
    if (result.retryAfter && *result.retryAfter > http::longestWait) {
        m_resumesAt = m_clock.now() + *result.retryAfter;
        HEADGATE_TRY(leaveOpen(*flight));
        failWith(
            {ErrorKind::Destination,
             "destination.unavailable",
             Text::tr("The destination is unavailable until %1 (UTC). The rest stays pending; run "
                      "again after that.")
                 .arg(toQString(toIso(*m_resumesAt))),
             {},
             {},
             *result.retryAfter});
        return {};
    }
    const Milliseconds pause = http::backoff(flight->attempts - 1, m_random);
    return again(std::move(flight),
                 result.retryAfter ? std::max(*result.retryAfter, shortestWait) : pause);
}

Result<void> Deliverer::onAmbiguous(FlightPtr flight, const BatchResult& result)
{
    flight->mayBeApplied = true;
    ++flight->attempts;
    const bool resend =
        mayRepeat(*flight) || m_options.settlement.onInDoubt == project::InDoubtPolicy::Resend;
    if (!resend || stopping() || flight->attempts >= http::attemptLimit || !m_retries.take(true)) {
        return settleInDoubt(*flight, result);
    }
    const Milliseconds pause = http::backoff(flight->attempts - 1, m_random);
    return again(std::move(flight), pause);
}

Result<void> Deliverer::onUnauthorised(FlightPtr flight, const BatchResult& result)
{
    const bool sentWithTheOld = m_renewedBefore && flight->requestId < *m_renewedBefore;
    if (sentWithTheOld) {
        return again(std::move(flight), Milliseconds(0));
    }
    if (!m_renewedBefore) {
        const auto renewed = renewCredential();
        m_renewedBefore = m_nextId;
        if (!renewed) {
            HEADGATE_TRY(leaveOpen(*flight));
            failWith(renewed.error());
            return {};
        }
        if (*renewed) {
            return again(std::move(flight), Milliseconds(0));
        }
    }
    HEADGATE_TRY(leaveOpen(*flight));
    failWith({ErrorKind::Destination,
              "destination.unauthorised",
              Text::tr("The destination refuses the credential. Check the account's secret and its "
                       "permissions, then run again.") +
                  words(result),
              toQString(result.code),
              {},
              {}});
    return {};
}

/// Waited for; answers to batches that come meanwhile are kept for collect().
Result<bool> Deliverer::renewCredential()
{
    const auto inquiry = m_destination.renewCredential();
    if (!inquiry)
        return false;
    auto step = inquiry->next(nullptr);
    while (step.request) {
        const std::uint64_t id = m_nextId++;
        m_http.start(id, std::move(*step.request));
        std::optional<http::Answer> answer;
        while (!answer && m_http.inFlight() > 0) {
            HEADGATE_TRY(keepLease());
            for (http::Answer& came : m_http.wait(longestRenewalWait)) {
                if (came.id == id)
                    answer = std::move(came);
                else
                    m_stash.push_back(std::move(came));
            }
        }
        if (!answer)
            return false;
        step = inquiry->next(&*answer);
    }
    if (!step.result)
        return false;
    if (!*step.result)
        return Failure(step.result->error());
    for (const auto& [field, secret] : (*step.result)->rotated)
        if (m_options.keepSecret)
            HEADGATE_TRY(m_options.keepSecret(field, secret));
    return (*step.result)->renewed;
}

Result<void> Deliverer::onReceipt(FlightPtr flight, const BatchResult& result)
{
    const bool first = flight->row.status != state::BatchState::Receipt;
    if (first) {
        state::Settlement settlement = settlementOf(*flight);
        settlement.status = state::BatchState::Receipt;
        settlement.receipt = result.receipt;
        flight->row.status = state::BatchState::Receipt;
        flight->row.receipt = result.receipt;
        queue(std::move(settlement));
        HEADGATE_TRY(flush());
    }
    return again(std::move(flight),
                 std::max(result.retryAfter.value_or(receiptPause), shortestWait));
}

Result<void> Deliverer::again(FlightPtr flight, Milliseconds pause)
{
    if (stopping())
        return leaveOpen(*flight);
    flight->exchange.reset();
    flight->notBefore = m_clock.steady() + pause;
    m_ready.push_back(std::move(flight));
    return {};
}

/// Pending if it was surely not applied, else In doubt; a receipt stays one.
Result<void> Deliverer::leaveOpen(const Flight& flight)
{
    if (flight.row.status == state::BatchState::Receipt || flight.wasInDoubt)
        return {};
    if (flight.mayBeApplied)
        return settleInDoubt(flight, {});
    if (!flight.marked)
        return {};
    state::Settlement settlement = settlementOf(flight);
    settlement.status = state::BatchState::Pending;
    queue(std::move(settlement));
    return {};
}

/// A repeatable batch stays open under its key; another waits for a decision, record by record.
Result<void> Deliverer::settleInDoubt(const Flight& flight, const BatchResult& result)
{
    if (flight.wasInDoubt && mayRepeat(flight))
        return {};
    state::Settlement settlement = settlementOf(flight);
    settlement.status = mayRepeat(flight) ? state::BatchState::InDoubt : state::BatchState::Settled;
    const SettlementContext context = contextOf(flight);
    RecordOutcome outcome = outcomeOf(Fate::InDoubt, result);
    if (outcome.code.empty())
        outcome.code = "no_answer";
    for (std::size_t i = 0; i < flight.records.size(); ++i)
        HEADGATE_TRY(addRecord(context, settlement, flight, i, outcome));
    queue(std::move(settlement));
    return {};
}

} // namespace headgate::run
