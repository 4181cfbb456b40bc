// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/hash.h"
#include "base/random.h"
#include "base/result.h"
#include "data/value.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace headgate::state {

class AcceptedLog;
struct SpoolRecord;

/// What a state belongs to (semantics 4). Never the credential.
struct StateIdentity
{
    std::string projectId;
    std::string target;
    std::string syncId;
    std::string account; ///< connector::Destination::accountIdentity()
    std::string object;
    std::string recordKey; ///< definition: column names and canonical key version

    bool operator==(const StateIdentity&) const = default;
};

using StateId = std::int64_t;
using RunId = std::string;  ///< UUID
using PlanId = std::string; ///< UUID

struct StateInfo
{
    StateId id = 0;
    StateIdentity identity;
    std::uint64_t delivered = 0; ///< records present at the destination as far as we know
    WallTime created;
    std::optional<WallTime> lastRun;
    std::string cursor;         ///< the source's own text; empty: none
    std::string definitionHash; ///< of shape, filter and matching, as last delivered
    std::string fingerprintVersion;
    bool baseline = false;
};

enum class RecordStatus : std::uint8_t
{
    Settled,          ///< nothing outstanding
    Rejected,         ///< refused; goes again
    Parked,           ///< refused in ten runs; listed until someone decides
    SkippedAlways,    ///< by the user
    SkippedOnce,      ///< by the user, for the next run
    InDoubt,          ///< sent, no usable answer
    AwaitingDecision, ///< in doubt and not repeatable: resend, skip or ask
    Invalid,          ///< held in state because a cursor moved past it
    Purged            ///< suppressed by purge --key
};

/// What is known of one record. `delivered` says whether the destination holds it as far as we
/// know; the status says what is outstanding. A removed record keeps its row with delivered false.
struct KnownRecord
{
    Hash128 keyHash;
    bool delivered = false;
    bool unconfirmed = false; ///< delivered, but only as Unconfirmed
    RecordStatus status = RecordStatus::Settled;
    Hash128 fingerprint;      ///< last delivered; zero if never
    Hash128 triedFingerprint; ///< last refused or in doubt; zero if none
    Hash128 matchHash;        ///< of the last delivered match value
    std::string match;        ///< last delivered, by plan::packMatch; empty where only hashed
    /// Further match values under which the destination holds it, or may: then `match` is an older
    /// one, the next to be removed. In the order of writing, by plan::packMatch.
    std::vector<std::string> alsoUnder;
    std::string keyText;        ///< empty where the mode never has to name a removed record
    std::uint32_t attempts = 0; ///< runs in which it was refused since its payload changed
    std::optional<WallTime> retryAt;
    std::string leaves;         ///< of the last delivered payload, by plan::packLeaves
    data::Value eventTime;      ///< of the last delivered payload
    std::uint64_t accepted = 0; ///< where the last delivered payload is, see accepted(); 0: nowhere
    std::string code;           ///< last refusal
    std::string message;
};

/// Known records in key-hash order: the stored side of the sorted merge. Reads a snapshot taken
/// when it was opened; writes may go on beside it.
class RecordScan
{
public:
    virtual ~RecordScan() = default;
    /// To the next record; false at the end.
    [[nodiscard]] virtual Result<bool> advance() = 0;
    /// Of the record at hand.
    [[nodiscard]] virtual Hash128 keyHash() const = 0;
    [[nodiscard]] virtual Result<void> read(KnownRecord& into) = 0;
    /// Back to the beginning of the same snapshot.
    virtual void rewind() = 0;
    /// How many there are, and a number that is the same only where all of them are the same.
    [[nodiscard]] virtual std::uint64_t known() const = 0;
    [[nodiscard]] virtual std::uint64_t digest() const = 0;

    /// advance() and read().
    [[nodiscard]] Result<bool> next(KnownRecord& into)
    {
        auto more = advance();
        if (more && *more)
            if (const auto read = this->read(into); !read)
                return Failure(read.error());
        return more;
    }
};

enum class PlanState
{
    Building, ///< being written; worthless after a crash
    Stopped,  ///< a gate holds it; released by confirming exactly this plan
    Ready,    ///< may be delivered
    Finished, ///< every batch is settled
    Discarded ///< superseded or too old
};

struct PlanRow
{
    PlanId id;
    StateId state = 0;
    RunId run;
    PlanState status = PlanState::Building;
    WallTime created;
    std::string spoolPath;
    std::string definitionHash; ///< of everything that a batch's bytes depend on (rule 22)
    std::string newCursor;      ///< to be stored when every row below it is settled; empty: none
    std::string countsJson;     ///< plan counts, for reports of resumed runs
    bool removals = false;      ///< holds Delete, Archive or Clear batches: goes stale after 1 h
    bool completeRead = false;
    bool adHoc = false;          ///< --limit, push, Test a row
    std::uint64_t lastBatch = 0; ///< highest batch number so far; filled in when read
};

enum class BatchState
{
    Pending, ///< not sent, or surely not applied
    Started, ///< the durable mark before the first byte; after a crash it is in doubt
    InDoubt, ///< sent, no usable answer
    Receipt, ///< taken for later; receipt names the job
    Settled, ///< every record has its outcome
    Retired  ///< split into children
};

struct BatchRow
{
    PlanId plan;
    std::uint64_t number = 0; ///< order of sending; children of a split get new numbers
    std::optional<std::uint64_t> parent;
    std::string operation; ///< connector::name(Operation)
    std::string idempotencyKey;
    std::uint32_t count = 0;
    /// Its records, packed by plan::packItems: offset in the spool, category, attempts.
    std::string items;
    BatchState status = BatchState::Pending;
    std::uint32_t attempts = 0;
    std::string bodyHash; ///< of the last request body; a repeat must have the same
    std::string receipt;
};

enum class ChangeKind : std::uint8_t
{
    Replace,     ///< the whole row
    Outstanding, ///< only status, triedFingerprint, attempts, retryAt, code, message (and keyText,
                 ///< if given); what was delivered stays. A match value, if given, joins those
                 ///< under which the record may be there: they have to be named when its row goes.
                 ///< Inserted as not delivered if there is no row
    Erase        ///< drop the row
};

/// A change of the records table, by key hash.
struct RecordChange
{
    KnownRecord record;
    ChangeKind kind = ChangeKind::Replace;
};

/// One line of the run's journal: what became of one record. Kept by the history rules (26).
struct HistoryRow
{
    RunId run;
    Hash128 keyHash;
    std::string keyText;
    std::string category; ///< "added", "changed", "rekeyed", "retried", "removed", "invalid", ...
    std::string outcome;  ///< "successful", "unconfirmed", "rejected", "in_doubt", "skipped", ...
    std::string code;
    std::string message;
    std::string row; ///< source rows, JSON; empty if not kept
    std::string payload;
    std::string request; ///< masked
    std::string answer;
    WallTime at;
    bool keep = false; ///< failure, in doubt or ad hoc: not subject to the success budget
    /// When added: request and answer, empty here, are those of the row before it.
    bool sameExchange = false;
    std::int64_t number = 0; ///< order of adding; filled in when read
};

/// Which rows of the history; what is empty asks nothing.
struct HistoryFilter
{
    RunId run;
    std::string outcome;
    std::optional<Hash128> keyHash;
    std::int64_t before = 0; ///< only of smaller numbers; 0: all
    std::uint32_t limit = 100;
    bool bodies = true; ///< with row, payload, request and answer
};

/// Everything one answered batch changes, committed together with others of its group.
struct Settlement
{
    PlanId plan;
    std::uint64_t batch = 0;
    BatchState status = BatchState::Settled;
    std::string receipt;
    std::uint32_t attempts = 0;
    std::vector<RecordChange> records;
    std::vector<HistoryRow> history;
    /// Batches that take over records of this one: halves after a refusal (semantics 19), or what
    /// is to be tried again. Inserted in the same transaction, with numbers given by the caller.
    std::vector<BatchRow> children;
    /// Added to the counters of the run that made the plan, by outcome name. Negative where an
    /// outcome replaces an earlier one: a batch in doubt that was settled by a later run.
    std::map<std::string, std::int64_t> counts;
};

enum class RunState
{
    Running,
    Succeeded,
    Partial,
    Failed,
    Stopped,
    Cancelled,
    Interrupted
};
[[nodiscard]] const char* name(RunState state);
[[nodiscard]] const char* name(RecordStatus status);

struct RunRow
{
    RunId id;
    StateId state = 0;
    std::string syncId;
    std::string syncName;
    std::string target;
    PlanId plan;
    RunState status = RunState::Running;
    WallTime started;
    std::optional<WallTime> ended;
    std::string kind; ///< "run", "dry_run", "limit", "push", "baseline", "retry"
    std::map<std::string, std::uint64_t> counts; ///< read, added, ..., successful, ..., pending
    std::string reportJson;                      ///< the final report; empty while running
    int exitCode = 0;
    std::string progress; ///< "phase done total", polled by other processes
    /// The lease that the run works under. A run without one is told interrupted by its process.
    std::string lease;
    std::uint64_t leaseEpoch = 0;
    // Filled in when read.
    std::int64_t number = 0; ///< grows with every run of this database
    std::string host;        ///< where its process is or was
    std::int64_t pid = 0;
};

/// Which runs; what is empty asks nothing.
struct RunFilter
{
    RunId id;
    std::string syncId;
    std::optional<RunState> status;
    std::string kind;
    std::optional<WallTime> since; ///< started then or later
    std::string text;              ///< in id, name or report; letters of ASCII match in either case
    std::int64_t before = 0;       ///< only of smaller numbers; 0: all
    std::uint32_t limit = 100;
};

/// A lease on a sync or another name, held by one process of all that use this directory.
struct Lease
{
    std::string name;
    std::uint64_t epoch = 0; ///< grows with every holder: a sleeper sees that it lost
    WallTime expires;
    std::string holder; ///< "host pid start" for messages
};

/// The state of one (project, target): an SQLite database, WAL, synchronous=FULL, every result
/// checked. One object belongs to one thread; several processes may each have theirs. Errors are
/// State "state.*": corrupt, too_new, read_only, disk_full, network_filesystem, busy, sql.
class StateStore
{
public:
    virtual ~StateStore() = default;

    /// Creates directory (0700) and database (0600) if there is none. A damaged database is never
    /// recreated: the error says how to set it aside.
    [[nodiscard]] static Result<std::unique_ptr<StateStore>> open(const std::string& directory,
                                                                  Clock& clock, Random& random);

    /// Renames a damaged database to state.db.corrupt-TIME, with its log, so that the next open()
    /// makes an empty one: only ever on the user's word. Returns the new name.
    [[nodiscard]] static Result<std::string> setAside(const std::string& directory, Clock& clock);

    [[nodiscard]] virtual const HashKey& hashKey() const = 0;
    [[nodiscard]] virtual std::string directory() const = 0;

    // Identity. All states of a sync, the last used one first.
    [[nodiscard]] virtual Result<std::vector<StateInfo>> statesOf(const std::string& projectId,
                                                                  const std::string& target,
                                                                  const std::string& syncId) = 0;
    [[nodiscard]] virtual Result<std::vector<StateInfo>> allStates() = 0;
    [[nodiscard]] virtual Result<StateInfo> create(const StateIdentity& identity) = 0;
    [[nodiscard]] virtual Result<void> adopt(StateId id, const StateIdentity& identity) = 0;
    /// Stores cursor, definition hash, fingerprint version, baseline and last run of `info`.
    [[nodiscard]] virtual Result<void> update(const StateInfo& info) = 0;
    /// Forgets records, cursor and open plans; suppressions of purged keys stay.
    [[nodiscard]] virtual Result<void> reset(StateId id) = 0;

    // Leases. Error: Locked "state.lease.held", naming the holder.
    [[nodiscard]] virtual Result<Lease> acquireLease(const std::string& name,
                                                     Milliseconds duration) = 0;
    /// Error: Locked "state.lease.lost" when another epoch took over.
    [[nodiscard]] virtual Result<void> renewLease(Lease& lease, Milliseconds duration) = 0;
    [[nodiscard]] virtual Result<void> releaseLease(const Lease& lease) = 0;
    /// From now on every change through this object fails with "state.lease.lost" once another
    /// epoch took over, so that whoever stood still changes nothing of what the next holder left.
    /// None: no longer.
    virtual void guardBy(std::optional<Lease> lease) = 0;

    // Records: set operations only.
    [[nodiscard]] virtual Result<std::unique_ptr<RecordScan>> scan(StateId id) = 0;
    [[nodiscard]] virtual Result<void> apply(StateId id, std::span<const RecordChange> changes) = 0;
    /// "known", "delivered", "unconfirmed", and every status but Settled by its name ("rejected",
    /// "parked", "skipped_always", "skipped_once", "in_doubt", "awaiting_decision", "invalid",
    /// "purged"). Does not read the records.
    [[nodiscard]] virtual Result<std::map<std::string, std::uint64_t>> recordCounts(StateId id) = 0;
    /// Rows with an outstanding status (Rejected, Parked, InDoubt, ...), at most `limit`.
    [[nodiscard]] virtual Result<std::vector<KnownRecord>> outstanding(StateId id,
                                                                       std::uint32_t limit) = 0;
    [[nodiscard]] virtual Result<std::optional<KnownRecord>> record(StateId id,
                                                                    const Hash128& keyHash) = 0;

    // Plans and batches.
    /// Inserts or updates the plan's row and adds the batches; called repeatedly while it is built.
    [[nodiscard]] virtual Result<void> savePlan(const PlanRow& plan,
                                                std::span<const BatchRow> batches) = 0;
    [[nodiscard]] virtual Result<void> setPlanState(const PlanId& plan, PlanState state) = 0;
    [[nodiscard]] virtual Result<std::optional<PlanRow>> plan(const PlanId& plan) = 0;
    /// The newest plan of a state that is Ready or Stopped.
    [[nodiscard]] virtual Result<std::optional<PlanRow>> openPlan(StateId id) = 0;
    /// Batches in order of number that are not Settled or Retired, from `fromNumber` on.
    [[nodiscard]] virtual Result<std::vector<BatchRow>>
    openBatches(const PlanId& plan, std::uint64_t fromNumber, std::uint32_t limit) = 0;
    /// Durable before it returns: all batches of the call in one transaction.
    [[nodiscard]] virtual Result<void> markStarted(const PlanId& plan,
                                                   std::span<const std::uint64_t> batches) = 0;
    /// One transaction for the group. The lease's epoch is checked in it.
    [[nodiscard]] virtual Result<void> settle(StateId id, const Lease& lease,
                                              std::span<const Settlement> group) = 0;

    // Runs.
    [[nodiscard]] virtual Result<void> beginRun(const RunRow& run) = 0;
    /// Error: Locked "state.run.ended" unless it is Running.
    [[nodiscard]] virtual Result<void> finishRun(const RunRow& run) = 0;
    [[nodiscard]] virtual Result<void> setProgress(const RunId& run, const std::string& text) = 0;
    /// Runs still Running whose lease is gone (released, taken over, expired or of a dead process)
    /// become Interrupted, their unfinished plans Discarded; returns them.
    [[nodiscard]] virtual Result<std::vector<RunRow>>
    markInterrupted(const std::string& syncId) = 0;
    [[nodiscard]] virtual Result<std::vector<RunRow>> runs(const std::string& syncId,
                                                           std::uint32_t limit) = 0;
    /// Newest first.
    [[nodiscard]] virtual Result<std::vector<RunRow>> findRuns(const RunFilter& filter) = 0;
    /// Runs that go on now, in whatever process; those of dead processes are not among them.
    [[nodiscard]] virtual Result<std::vector<RunRow>> liveRuns() = 0;
    /// Asks the process of a run to cancel it; a second time, to abandon what is in flight. Error:
    /// Usage "run.ended".
    [[nodiscard]] virtual Result<void> requestCancel(const RunId& run) = 0;
    /// How often that was asked.
    [[nodiscard]] virtual Result<std::uint32_t> cancelRequests(const RunId& run) = 0;
    /// Newest row per record: `outcome` empty means all; `keyHash` empty means all.
    [[nodiscard]] virtual Result<std::vector<HistoryRow>> history(const RunId& run,
                                                                  const std::string& outcome,
                                                                  std::optional<Hash128> keyHash,
                                                                  std::uint32_t limit) = 0;
    /// Newest first, the newest per record.
    [[nodiscard]] virtual Result<std::vector<HistoryRow>>
    findHistory(const HistoryFilter& filter) = 0;
    /// Whatever the row of this number is; empty: it is gone.
    [[nodiscard]] virtual Result<std::optional<HistoryRow>> historyRow(std::int64_t number) = 0;
    [[nodiscard]] virtual Result<void> addHistory(std::span<const HistoryRow> rows) = 0;
    /// A new log of what is accepted in `run`.
    [[nodiscard]] virtual Result<std::unique_ptr<AcceptedLog>> logAccepted(const RunId& run) = 0;
    /// What KnownRecord::accepted refers to; empty if it is not kept any more.
    [[nodiscard]] virtual Result<std::optional<SpoolRecord>> accepted(std::uint64_t reference) = 0;
    /// What was accepted in a run, see AcceptedLogs::scan().
    [[nodiscard]] virtual Result<void>
    scanAccepted(const RunId& run, const std::function<bool(SpoolRecord&)>& visit) = 0;
    /// The same from the record of this reference on, which `visit` is told too; 0: from the first.
    [[nodiscard]] virtual Result<void>
    scanAcceptedFrom(const RunId& run, std::uint64_t from,
                     const std::function<bool(std::uint64_t, SpoolRecord&)>& visit) = 0;
    /// Drops successes beyond age and bytes, logs included; failures stay. Of one sync, or with an
    /// empty id of each. Deletes spools that no open plan needs: of ended plans, and of no plan
    /// once a day old.
    [[nodiscard]] virtual Result<void> trimHistory(const std::string& syncId,
                                                   std::chrono::hours age, std::uint64_t bytes) = 0;
    [[nodiscard]] Result<void> trimHistory(std::chrono::hours age, std::uint64_t bytes)
    {
        return trimHistory({}, age, bytes);
    }

    // Privacy and care.
    /// Removes every trace of a key from all tables and spools, then VACUUM and WAL truncation;
    /// leaves a keyed-hash suppression (status Purged).
    [[nodiscard]] virtual Result<std::uint64_t> purge(const std::string& keyText,
                                                      const Hash128& keyHash) = 0;
    /// One line a finding; empty: whole.
    [[nodiscard]] virtual Result<std::vector<QString>> verify() = 0;
    /// JSON lines, hash key included. Error on a state with a running lease.
    [[nodiscard]] virtual Result<void> exportTo(const std::string& file) = 0;
    [[nodiscard]] virtual Result<void> importFrom(const std::string& file) = 0;
};

} // namespace headgate::state
