// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/rate_ledger.h"
#include "http/retry_policy.h"
#include "run/flight.h"
#include "run/outcome.h"
#include "run/refusal_watch.h"
#include "run/request_purse.h"
#include "run/run_report.h"
#include "run/settlement_rules.h"
#include "run/settler.h"
#include "state/accepted_log.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace headgate::run {

/// Stores a secret under its key of the account form. Nothing is sent before it returns; after an
/// error nothing is sent at all.
using KeepSecret = std::function<Result<void>(const std::string&, const secrets::Secret&)>;

struct DelivererOptions
{
    state::PlanRow plan;
    BatchTarget target;
    std::string account; ///< of the rate ledger
    connector::Capabilities capabilities;
    SettlementContext settlement;
    state::AcceptedLog* accepted = nullptr; ///< not owned; null: payloads are not stored
    Settler* settler = nullptr;             ///< not owned; null: groups are committed within step()
    Milliseconds leaseDuration = std::chrono::seconds(60);
    std::size_t shownExchanges = 0; ///< how many of the first ones are kept for exchanges()
    KeepSecret keepSecret;          ///< of what a renewal replaced; may be empty
};

/// Why delivery stopped.
enum class DeliveryEnd
{
    Complete,  ///< every batch is settled, in doubt, or has used up its attempts
    Cancelled, ///< nothing further was sent; what was in flight was waited for
    Abandoned, ///< what was in flight is In doubt
    Failed     ///< error() tells; the rest stays Pending
};

/// Sends the open batches of a plan and settles what was answered. One thread; starts nothing;
/// step() waits at most a fraction of a second. Promises, each tested under its name:
/// a record is Successful only by the destination's word (semantics 16); unanswered batches are In
/// doubt (18); outcomes of a batch are committed together (15); a batch is halved only after an
/// atomic refusal (19); 429 uses up no attempt and is waited out (21); no removal is sent while a
/// write is open (5).
class Deliverer
{
public:
    /// `stop`: send nothing further, wait for what is in flight. `abandon`: wait no longer.
    Deliverer(DelivererOptions options, connector::Destination& destination, http::Http& http,
              state::StateStore& store, http::RateLedger& ledger, Clock& clock, Random& random,
              state::Lease& lease, StopToken stop, StopToken abandon);

    enum class Step
    {
        More,
        Done
    };
    /// An error is one of local state (exit 8) or of the lease (6); what was answered and not yet
    /// committed is then In doubt for the next run.
    [[nodiscard]] Result<Step> step();

    [[nodiscard]] DeliveryEnd end() const { return m_end; }
    /// Set when end() is Failed.
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }
    /// When the destination asked for more patience than a run has.
    [[nodiscard]] std::optional<WallTime> resumesAt() const { return m_resumesAt; }
    /// Committed so far.
    [[nodiscard]] const std::map<std::string, std::int64_t>& counts() const { return m_counts; }
    [[nodiscard]] std::uint64_t requests() const { return m_requests; }
    [[nodiscard]] const std::vector<ShownExchange>& exchanges() const { return m_exchanges; }

private:
    using FlightPtr = std::unique_ptr<Flight>;

    [[nodiscard]] Result<Step> work();
    [[nodiscard]] Result<void> keepLease();
    [[nodiscard]] Result<void> prepareNext();
    [[nodiscard]] Result<void> feed();
    [[nodiscard]] Result<void> feedOne(FlightPtr flight);
    [[nodiscard]] Result<void> readPage();
    [[nodiscard]] Result<void> readRows();
    [[nodiscard]] Result<void> open();
    [[nodiscard]] Result<void> launchReady();
    [[nodiscard]] Result<void> splitTooLarge();
    [[nodiscard]] Result<void> launch(FlightPtr flight);
    [[nodiscard]] Result<void> pump();
    [[nodiscard]] std::uint64_t expectedRequests() const;
    [[nodiscard]] Result<void> collect(Milliseconds atMost);
    [[nodiscard]] http::AnswerReading land(Flight& flight, http::Answer answer);
    void keepExchange(const Flight& flight);
    [[nodiscard]] Result<void> sendAhead();
    [[nodiscard]] Result<void> advance(FlightPtr flight, const http::Answer* answer);
    [[nodiscard]] Result<void> onResult(FlightPtr flight, const connector::BatchResult& result);
    [[nodiscard]] Result<void> onRecords(FlightPtr flight,
                                         const std::vector<connector::RecordOutcome>& outcomes);
    [[nodiscard]] Result<void> onRefused(FlightPtr flight, const connector::BatchResult& result);
    [[nodiscard]] Result<void> onRateLimited(FlightPtr flight,
                                             const connector::BatchResult& result);
    [[nodiscard]] Result<void> onTransient(FlightPtr flight, const connector::BatchResult& result);
    [[nodiscard]] Result<void> onAmbiguous(FlightPtr flight, const connector::BatchResult& result);
    [[nodiscard]] Result<void> onUnauthorised(FlightPtr flight,
                                              const connector::BatchResult& result);
    [[nodiscard]] Result<bool> renewCredential();
    [[nodiscard]] Result<void> onReceipt(FlightPtr flight, const connector::BatchResult& result);
    [[nodiscard]] Result<void> again(FlightPtr flight, Milliseconds pause);
    [[nodiscard]] Result<void> leaveOpen(const Flight& flight);
    [[nodiscard]] Result<void> settleInDoubt(const Flight& flight,
                                             const connector::BatchResult& result);
    [[nodiscard]] Result<void> split(Flight& flight, state::Settlement settlement,
                                     const std::vector<std::vector<std::size_t>>& parts,
                                     std::uint32_t attempts = 0);
    [[nodiscard]] state::Settlement settlementOf(const Flight& flight) const;
    [[nodiscard]] SettlementContext contextOf(const Flight& flight) const;
    [[nodiscard]] Result<void> addRecord(const SettlementContext& context,
                                         state::Settlement& settlement, const Flight& flight,
                                         std::size_t index,
                                         const connector::RecordOutcome& outcome);
    [[nodiscard]] Result<void> logAccepted(const Flight& flight, std::size_t index,
                                           RecordSettlement& record);
    void queue(state::Settlement settlement);
    [[nodiscard]] bool isGroupDue() const;
    [[nodiscard]] bool hasTimeToCommit() const;
    [[nodiscard]] Result<void> flush();
    /// Waits for the commit that is under way: only then may the store be used.
    [[nodiscard]] Result<void> settled();
    void failWith(Error error);
    [[nodiscard]] bool mayRepeat(const Flight& flight) const;
    [[nodiscard]] bool needsMark(const Flight& flight) const;
    [[nodiscard]] bool mayStart() const;
    /// A request could be started now.
    [[nodiscard]] bool hasRoom() const;
    [[nodiscard]] bool idle() const;
    [[nodiscard]] Milliseconds pauseUntilWork() const;
    [[nodiscard]] bool stopping() const;
    [[nodiscard]] Result<void> drain();
    [[nodiscard]] Result<Step> finish();

    DelivererOptions m_options;
    connector::Destination& m_destination;
    http::Http& m_http;
    state::StateStore& m_store;
    http::RateLedger& m_ledger;
    Clock& m_clock;
    Random& m_random;
    state::Lease& m_lease;
    StopToken m_stop;
    StopToken m_abandon;

    std::unique_ptr<state::SpoolReader> m_spool;
    bool m_fedWrites = false;
    bool m_fedAll = false;
    bool m_feedsOn = false; ///< feed() would have had more
    std::uint64_t m_feedFrom = 0;
    std::uint64_t m_feedLast = 0;
    std::uint64_t m_nextNumber = 0;
    std::deque<state::BatchRow> m_page;
    std::uint32_t m_pageSize = 64;  ///< in batches
    bool m_pagesGoOn = true;        ///< the last look found some
    std::deque<FlightPtr> m_ready;  ///< to be submitted, once or again
    std::deque<FlightPtr> m_asking; ///< have a request that waits for a slot
    std::map<std::uint64_t, FlightPtr> m_flying;
    std::vector<http::Answer> m_stash; ///< came while something else was waited for
    std::uint64_t m_nextId = 1;
    RequestPurse m_purse;

    DirectSettler m_directSettler;
    Settler& m_settler;
    std::vector<state::Settlement> m_group;
    std::size_t m_groupRecords = 0;
    std::optional<SteadyTime> m_groupSince;
    Milliseconds m_answerTime{0};                      ///< of the last answer
    std::map<std::string, std::int64_t> m_counts;      ///< committed
    std::map<std::string, std::int64_t> m_countsAhead; ///< of the commit that is under way

    /// Lowered by 413: what is larger and was never sent is split first (semantics 19).
    std::size_t m_mostRecords = SIZE_MAX;
    http::CircuitBreaker m_breaker;
    http::RetryBudget m_retries;
    RefusalWatch m_watch;
    std::optional<SteadyTime> m_pausedUntil;
    std::optional<SteadyTime> m_limitedSince;
    std::optional<SteadyTime> m_stoppedAt;
    SteadyTime m_leaseRenewed;
    std::optional<std::uint64_t>
        m_renewedBefore; ///< requests from this id on use the new credential
    bool m_abandoned = false;
    std::uint64_t m_requests = 0;
    std::vector<ShownExchange> m_exchanges;

    bool m_done = false;
    DeliveryEnd m_end = DeliveryEnd::Complete;
    std::optional<Error> m_error;
    std::optional<WallTime> m_resumesAt;
};

} // namespace headgate::run
