// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/deliverer.h"

#include "base/text.h"

#include <algorithm>
#include <utility>

namespace headgate::run {

namespace {

constexpr std::size_t groupBatches = 256;
constexpr std::size_t groupRecords = 16'384;
constexpr Milliseconds groupAge{50};
constexpr Milliseconds commitPoll{2};
constexpr Milliseconds shortestGap{5};
constexpr Milliseconds longestStep{50};
constexpr Milliseconds cancelPatience = std::chrono::seconds(30);

} // namespace

Deliverer::Deliverer(DelivererOptions options, connector::Destination& destination,
                     http::Http& http, state::StateStore& store, http::RateLedger& ledger,
                     Clock& clock, Random& random, state::Lease& lease, StopToken stop,
                     StopToken abandon)
    : m_options(std::move(options)), m_destination(destination), m_http(http), m_store(store),
      m_ledger(ledger), m_clock(clock), m_random(random), m_lease(lease), m_stop(std::move(stop)),
      m_abandon(std::move(abandon)),
      m_purse(ledger, clock, m_options.account, m_options.capabilities.rate),
      m_directSettler(store, clock),
      m_settler(m_options.settler ? *m_options.settler : m_directSettler),
      m_leaseRenewed(clock.steady())
{}

Result<Deliverer::Step> Deliverer::step()
{
    if (m_done)
        return Step::Done;
    auto step = work();
    // Who ends the run uses the store; of two errors the first one tells why.
    if (!step)
        (void)m_settler.finish();
    return step;
}

Result<Deliverer::Step> Deliverer::work()
{
    if (!m_spool)
        HEADGATE_TRY(open());
    HEADGATE_TRY(keepLease());
    HEADGATE_TRY(stopping() ? drain() : prepareNext());
    HEADGATE_TRY(launchReady());
    HEADGATE_TRY(pump());
    // A group is committed while requests are on their way, never between answers and the next
    // requests; early where the next answer is far.
    const bool due = isGroupDue() || hasTimeToCommit();
    HEADGATE_TRY(collect(due ? Milliseconds(0) : pauseUntilWork()));
    if (due || idle())
        HEADGATE_TRY(flush());
    return idle() ? finish() : Step::More;
}

/// What is prepared is sent before more is prepared.
Result<void> Deliverer::prepareNext()
{
    HEADGATE_TRY(pump());
    if (!m_flying.empty())
        HEADGATE_TRY(collect(Milliseconds(0)));
    return feed();
}

bool Deliverer::stopping() const
{
    return m_error || m_stop.stopRequested() || m_abandon.stopRequested();
}

bool Deliverer::idle() const
{
    return m_ready.empty() && m_asking.empty() && m_flying.empty() && (m_fedAll || stopping());
}

Result<void> Deliverer::keepLease()
{
    const SteadyTime now = m_clock.steady();
    const bool due = now - m_leaseRenewed >= m_options.leaseDuration / 3;
    if (!due && m_clock.now() < m_lease.expires)
        return {};
    auto renewed =
        settled().and_then([&] { return m_store.renewLease(m_lease, m_options.leaseDuration); });
    if (!renewed) {
        m_http.abandonAll();
        return renewed;
    }
    m_leaseRenewed = now;
    return {};
}

/// Everything that is not on the wire goes back to where a later run finds it.
Result<void> Deliverer::drain()
{
    if (m_abandon.stopRequested() && !m_abandoned) {
        m_abandoned = true;
        m_http.abandonAll();
    }
    if (!m_stoppedAt)
        m_stoppedAt = m_clock.steady();
    if (m_clock.steady() - *m_stoppedAt > cancelPatience && !m_abandoned && !m_error) {
        m_abandoned = true;
        m_http.abandonAll();
    }
    for (const FlightPtr& flight : m_ready)
        HEADGATE_TRY(leaveOpen(*flight));
    for (const FlightPtr& flight : m_asking)
        HEADGATE_TRY(leaveOpen(*flight));
    m_ready.clear();
    m_asking.clear();
    m_page.clear();
    return {};
}

bool Deliverer::mayRepeat(const Flight& flight) const
{
    return m_options.capabilities.mayRepeat(flight.batch.operation);
}

bool Deliverer::needsMark(const Flight& flight) const
{
    return !mayRepeat(flight) || createsAnew(flight.batch.operation);
}

/// Submits what is due. Where a repeat does harm, a durable mark precedes the first byte; one
/// transaction marks all of them.
Result<void> Deliverer::launchReady()
{
    if (stopping())
        return {};
    HEADGATE_TRY(splitTooLarge());
    const SteadyTime now = m_clock.steady();
    std::deque<FlightPtr> due;
    std::vector<std::uint64_t> toMark;
    for (FlightPtr& flight : m_ready) {
        if (flight->notBefore > now)
            continue;
        if (needsMark(*flight) && !flight->marked &&
            flight->row.status != state::BatchState::Receipt)
            toMark.push_back(flight->row.number);
        due.push_back(std::move(flight));
    }
    m_ready.erase(std::remove(m_ready.begin(), m_ready.end(), nullptr), m_ready.end());
    if (!toMark.empty()) {
        HEADGATE_TRY(settled());
        HEADGATE_TRY(m_store.markStarted(m_options.plan.id, toMark));
    }
    for (FlightPtr& flight : due) {
        const bool unanswered = flight->mayBeApplied && flight->attempts == 0;
        flight->marked = flight->marked || needsMark(*flight);
        if (unanswered && !mayRepeat(*flight) &&
            m_options.settlement.onInDoubt != project::InDoubtPolicy::Resend) {
            HEADGATE_TRY(settleInDoubt(*flight, {}));
            continue;
        }
        HEADGATE_TRY(launch(std::move(flight)));
    }
    return {};
}

Result<void> Deliverer::launch(FlightPtr flight)
{
    flight->exchange = flight->row.status == state::BatchState::Receipt
                           ? m_destination.settle(flight->row.receipt, flight->batch)
                           : m_destination.submit(flight->batch);
    return advance(std::move(flight), nullptr);
}

Result<void> Deliverer::advance(FlightPtr flight, const http::Answer* answer)
{
    connector::ExchangeStep step = flight->exchange->next(answer);
    if (step.result)
        return onResult(std::move(flight), *step.result);
    if (!step.request)
        return fail(ErrorKind::Internal, "run.exchange",
                    Text::tr("The connector answered neither with a request nor with a result."));
    flight->nextRequest = std::move(step.request);
    m_asking.push_back(std::move(flight));
    return {};
}

bool Deliverer::mayStart() const
{
    return !stopping() && (!m_pausedUntil || m_clock.steady() >= *m_pausedUntil);
}

bool Deliverer::hasRoom() const
{
    return m_flying.size() < std::max<std::size_t>(m_options.capabilities.rate.inFlight, 1) &&
           mayStart();
}

std::uint64_t Deliverer::expectedRequests() const
{
    const std::uint64_t unread = m_fedAll || m_feedFrom > m_feedLast ? 0 : m_feedLast - m_feedFrom;
    return m_asking.size() + m_ready.size() + m_page.size() + unread;
}

Result<void> Deliverer::pump()
{
    const std::size_t window = std::max<std::size_t>(m_options.capabilities.rate.inFlight, 1);
    while (!m_asking.empty() && m_flying.size() < window && mayStart()) {
        const SteadyTime now = m_clock.steady();
        if (m_breaker.state(now) == http::CircuitBreaker::State::Open) {
            m_pausedUntil = m_breaker.openUntil();
            return {};
        }
        const auto allowed = m_purse.mayStart(expectedRequests());
        if (!allowed)
            return Failure(allowed.error());
        if (!*allowed) {
            m_pausedUntil = now + m_purse.pause();
            return {};
        }
        if (!m_breaker.tryStart(now))
            return {};
        if (m_clock.now() >= m_lease.expires)
            HEADGATE_TRY(keepLease());
        FlightPtr flight = std::move(m_asking.front());
        m_asking.pop_front();
        m_purse.started();
        ++m_requests;
        flight->requestId = m_nextId++;
        flight->request = std::move(*flight->nextRequest);
        flight->nextRequest.reset();
        flight->sentAt = now;
        m_http.start(flight->requestId, flight->request);
        m_flying.emplace(flight->requestId, std::move(flight));
    }
    return {};
}

Milliseconds Deliverer::pauseUntilWork() const
{
    const SteadyTime now = m_clock.steady();
    Milliseconds pause = longestStep;
    if (m_feedsOn && hasRoom())
        return Milliseconds(0);
    const auto until = [&](SteadyTime time) {
        pause = std::min(pause, std::max(time - now, Milliseconds(0)));
    };
    if (m_groupSince)
        until(m_settler.isIdle() ? *m_groupSince + groupAge : now + commitPoll);
    if (m_flying.empty() && !stopping()) {
        pause = m_ready.empty() && m_asking.empty() ? Milliseconds(0) : pause;
        for (const FlightPtr& flight : m_ready)
            until(flight->notBefore);
        if (!m_asking.empty() && m_pausedUntil)
            until(*m_pausedUntil);
        else if (!m_asking.empty())
            pause = std::min(pause, Milliseconds(1));
    }
    return pause;
}

http::AnswerReading Deliverer::land(Flight& flight, http::Answer answer)
{
    const SteadyTime now = m_clock.steady();
    m_purse.ended();
    m_answerTime = now - flight.sentAt;
    http::AnswerReading reading = http::classify(answer, mayRepeat(flight));
    m_breaker.onAnswer(reading, now);
    flight.mayBeApplied = flight.mayBeApplied || reading.mayBeApplied;
    flight.answer = std::move(answer);
    if (m_exchanges.size() < m_options.shownExchanges)
        keepExchange(flight);
    return reading;
}

/// The next requests are on their way while the answers are gone through.
Result<void> Deliverer::sendAhead()
{
    HEADGATE_TRY(pump());
    if (m_flying.empty())
        return {};
    for (http::Answer& answer : m_http.wait(Milliseconds(0)))
        m_stash.push_back(std::move(answer));
    return {};
}

Result<void> Deliverer::collect(Milliseconds atMost)
{
    if (m_flying.empty()) {
        HEADGATE_TRY(m_purse.giveBack());
        if (!idle() && atMost > Milliseconds(0))
            m_clock.sleep(atMost, m_stop);
        return {};
    }
    std::vector<http::Answer> answers = std::exchange(m_stash, {});
    if (answers.empty())
        answers = m_http.wait(atMost);
    std::vector<FlightPtr> landed;
    bool calm = m_watch.isOver();
    for (http::Answer& answer : answers) {
        const auto found = m_flying.find(answer.id);
        if (found == m_flying.end())
            continue;
        const http::AnswerReading reading = land(*found->second, std::move(answer));
        calm = calm && reading.answerClass == http::AnswerClass::Accepted;
        landed.push_back(std::move(found->second));
        m_flying.erase(found);
    }
    if (calm && !landed.empty())
        HEADGATE_TRY(sendAhead());
    for (FlightPtr& flight : landed) {
        const http::Answer& seen = flight->answer;
        HEADGATE_TRY(advance(std::move(flight), &seen));
    }
    if (m_breaker.state(m_clock.steady()) == http::CircuitBreaker::State::Ended)
        failWith(
            {ErrorKind::Destination,
             "destination.breaker",
             Text::tr("The destination kept failing, also after pauses. What was not sent stays "
                      "pending; run again when it works."),
             {},
             {},
             {}});
    return stopping() || expectedRequests() == 0 ? m_purse.giveBack() : Result<void>();
}

void Deliverer::queue(state::Settlement settlement)
{
    if (!m_groupSince)
        m_groupSince = m_clock.steady();
    m_groupRecords += settlement.records.size();
    m_group.push_back(std::move(settlement));
}

/// While a commit is under way the next group gathers, up to what memory and a crash may cost.
bool Deliverer::isGroupDue() const
{
    if (!m_groupSince)
        return false;
    if (!m_settler.isIdle())
        return m_groupRecords >= groupRecords;
    return m_groupRecords >= groupRecords || m_group.size() >= groupBatches ||
           m_clock.steady() - *m_groupSince >= groupAge;
}

/// No slot is free, and the next answer is to come later than a commit takes.
bool Deliverer::hasTimeToCommit() const
{
    const std::size_t window = std::max<std::size_t>(m_options.capabilities.rate.inFlight, 1);
    if (m_group.empty() || m_flying.size() < window || !m_settler.isIdle())
        return false;
    const SteadyTime next = m_flying.begin()->second->sentAt + m_answerTime;
    return next - m_clock.steady() > std::max(m_settler.lastTook(), shortestGap);
}

Result<void> Deliverer::flush()
{
    if (m_group.empty())
        return {};
    HEADGATE_TRY(settled());
    if (m_options.accepted)
        HEADGATE_TRY(m_options.accepted->flush());
    for (const state::Settlement& settlement : m_group)
        for (const auto& [outcome, count] : settlement.counts)
            m_countsAhead[outcome] += count;
    m_groupSince.reset();
    m_groupRecords = 0;
    return m_settler.start({m_options.plan.state, m_lease, std::exchange(m_group, {})});
}

Result<void> Deliverer::settled()
{
    HEADGATE_TRY(m_settler.finish());
    for (const auto& [outcome, count] : std::exchange(m_countsAhead, {}))
        m_counts[outcome] += count;
    return {};
}

void Deliverer::failWith(Error error)
{
    if (!m_error)
        m_error = std::move(error);
}

Result<Deliverer::Step> Deliverer::finish()
{
    HEADGATE_TRY(flush());
    HEADGATE_TRY(settled());
    HEADGATE_TRY(m_purse.giveBack());
    m_done = true;
    if (m_error)
        m_end = DeliveryEnd::Failed;
    else if (m_abandoned)
        m_end = DeliveryEnd::Abandoned;
    else if (m_stop.stopRequested())
        m_end = DeliveryEnd::Cancelled;
    return Step::Done;
}

} // namespace headgate::run
