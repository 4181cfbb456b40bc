// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/issue.h"
#include "base/random.h"
#include "base/result.h"
#include "base/stop_token.h"
#include "connector/destination.h"
#include "connector/spec_library.h"
#include "data/row_block.h"
#include "data/schema.h"
#include "project/project.h"
#include "run/run_report.h"
#include "run/sync_run.h"
#include "secrets/secret_store.h"
#include "service/run_history.h"
#include "service/sync_troubles.h"
#include "state/state_store.h"
#include "warehouse/source.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace headgate::service {

struct RecordSample;

/// What a workspace needs of its surroundings. Everything outlives it.
struct Surroundings
{
    Clock& clock;
    Random& random;
    secrets::SecretStore& secrets;
};

struct WorkspaceOptions
{
    std::string project; ///< folder that holds headgate.json
    std::string target;  ///< empty: the project's first
    /// What to do where this machine knows the project from another folder (semantics 4).
    enum class Clone
    {
        Ask,
        Share,
        Separate
    };
    Clone clone = Clone::Ask;
};

/// What to do with a sync whose identity (account, object, record key) has no state, while another
/// state of it exists (semantics 4).
enum class NewIdentity
{
    Ask,
    NewState,
    Adopt
};

struct RunRequest
{
    std::string sync; ///< slug
    run::RunKind kind = run::RunKind::Run;
    NewIdentity identity = NewIdentity::Ask;
    bool full = false;       ///< what is unchanged goes again
    std::uint64_t limit = 0; ///< RunKind::Limit
    /// RunKind::Push, and of a dry run what a push would do: as people type them, see
    /// data::keyText. They go whether or not they changed.
    std::vector<std::string> keys;
    std::string confirm; ///< a stopped plan's id
    /// Records of each category in the report; see plan::Plan for the bytes.
    std::size_t samples = plan::Plan::samplesPerCategory;
    std::string destinationUrl; ///< in place of the account's base URL; loopback only: the inbox
};

/// A run that is ready to be driven: step() until Done, on one thread. Owns its connections.
class PreparedRun
{
public:
    virtual ~PreparedRun() = default;
    /// False when it is over.
    [[nodiscard]] virtual bool step() = 0;
    [[nodiscard]] virtual run::RunProgress progress() const = 0;
    [[nodiscard]] virtual const run::RunReport& report() const = 0;
    /// Thread-safe, with effect on a query that is running.
    virtual void cancel() = 0;
    /// Thread-safe; the second cancel: what is in flight is In doubt.
    virtual void abandon() = 0;
};

struct Rows
{
    data::Schema schema;
    data::RowBlock block;
    bool complete = true; ///< false: there are more
};

/// How the rows of a model keep its row key, all of them.
struct RowKeyCheck
{
    struct Repeated
    {
        std::vector<data::Value> key; ///< in the order of the row key
        std::uint64_t rows = 0;
    };
    std::uint64_t rows = 0;
    std::uint64_t withoutKey = 0;    ///< rows with a null in the key
    std::uint64_t repeatedKeys = 0;  ///< keys of more than one row
    std::uint64_t repeatingRows = 0; ///< the rows of those
    std::vector<Repeated> examples;  ///< of the most rows, a few
};

/// A record as it would be sent, beside the rows that it was made of.
struct RecordPreview
{
    std::string key;
    std::string match;
    std::string payload;
    std::string rows; ///< a JSON array
    std::vector<std::string> problems;
};

/// A project with changes that were not saved.
struct Drafts
{
    project::Project project;
    std::vector<std::string> changedSince; ///< files that changed in the folder after the drafts
    /// Files whose drafts cannot be read as definitions; a copy of the drafts stays at unreadCopy.
    std::vector<std::string> unread;
    std::string unreadCopy;
};

struct SyncStatus
{
    std::string sync; ///< slug
    std::string name;
    std::uint64_t delivered = 0;
    /// The last run went to an inbox in the account's place: `delivered` and `outstanding` are of
    /// that inbox.
    bool toStandIn = false;
    std::map<std::string, std::uint64_t> outstanding; ///< by state::name(RecordStatus)
    std::optional<state::RunRow> lastRun;
    std::string openPlan; ///< id of a plan that waits to be confirmed or resumed
    bool planStopped = false;
};

/// What a person decides about records that a run left open.
enum class Resolution
{
    SkipOnce,
    SkipAlways,
    Resend,    ///< in doubt: send again, a second copy is accepted
    Delivered, ///< in doubt: it has arrived
    Release,   ///< parked or skipped: goes again with the next run
    Retry      ///< refused or parked: goes again with the next run, without its pause
};

/// A run that goes on now.
struct LiveRun
{
    state::RunRow row;
    std::string sync; ///< slug; empty: this project has it no more
    run::RunProgress progress;
};

/// What a table or view is made of, with some of its rows.
struct TableDetails
{
    data::Schema columns; ///< with native types and comments
    Rows sample;
};

/// What a destination's object takes.
struct ObjectDetails
{
    std::vector<connector::FieldInfo> fields;
    connector::Capabilities capabilities;
};

/// One request as people see it: secrets masked.
struct ShownRequest
{
    QString when; ///< in which case it is sent; empty: always
    std::string method;
    std::string url;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::string text; ///< all of it, as the history shows it
    std::string curl; ///< a command for a POSIX shell
};

/// What would go over the wire for one record.
struct RequestPreview
{
    /// In the order of sending; where a search comes first, then what follows each of its results.
    /// Empty where the record would not be sent, or not over HTTP: the notes say why.
    std::vector<ShownRequest> requests;
    std::vector<QString> notes;   ///< for people: what differs when it is really sent
    std::size_t payloadBytes = 0; ///< of the record's payload
    std::size_t mostBytes = 0;    ///< that the destination takes of one payload
};

/// What is known of the last delivery of one record.
struct LastSent
{
    std::optional<state::KnownRecord> known;    ///< empty: nothing
    std::optional<std::string> payload;         ///< accepted last; empty: none, or it is not kept
    bool isSame = false;                        ///< as edited, it is what was accepted last
    std::optional<state::HistoryRow> lastTried; ///< newest row in the history of the last 50 runs
    QString statement;                          ///< all of this in a sentence, for people
};

/// What an edit makes go again, as a sample says.
struct EditCost
{
    std::uint64_t sampled = 0; ///< records of the sample that are delivered
    std::uint64_t changed = 0; ///< of those: the edited definition sends them
    std::uint64_t anyway = 0;  ///< of changed: the saved definition would send them too
    std::uint64_t invalid = 0; ///< of sampled: Invalid by the edited definition, so not sent
    std::uint64_t of = 0;      ///< all delivered records
    std::uint64_t estimatedRecords = 0; ///< changed, scaled up to all delivered records
    std::uint64_t estimatedRequests = 0;
    /// At the least, by the destination's rate limits; empty: it names none.
    std::optional<double> estimatedSeconds;
    bool isExact = false; ///< the sample holds every record, and every one was looked at
    /// Object, account or record key have no state yet: a run asks whether to adopt the old one,
    /// and else sends everything. `of` is then what the old one has delivered.
    bool startsAnew = false;
};

/// A project opened at a target: the few calls that window and command line share. Blocking; the
/// window calls it from workers. Belongs to one thread, except where a method says otherwise.
/// Opening reads files only; nothing is queried or sent before isTrusted().
class Workspace
{
public:
    /// Error: Config "project.*" holding every issue found; Usage "project.clone" naming --share
    /// and
    /// --separate.
    [[nodiscard]] static Result<std::unique_ptr<Workspace>> open(const WorkspaceOptions& options,
                                                                 Surroundings surroundings);
    virtual ~Workspace() = default;

    [[nodiscard]] virtual const project::Project& project() const = 0;
    [[nodiscard]] virtual const std::string& target() const = 0;
    [[nodiscard]] virtual std::string stateDirectory() const = 0;
    [[nodiscard]] virtual const connector::SpecLibrary& connectors() const = 0;

    [[nodiscard]] virtual bool isTrusted() const = 0;
    [[nodiscard]] virtual Result<void> trust() = 0;

    /// Everything that can be said without connecting.
    [[nodiscard]] virtual Issues validate() const = 0;

    /// Writes what differs from the folder, and is that project from then on; a file that somebody
    /// else changed since it was read is not replaced. See project::ProjectFolder::save.
    [[nodiscard]] virtual Result<void> save(const project::Project& project) = 0;
    /// Files that somebody else changed since they were read.
    [[nodiscard]] virtual Result<std::vector<std::string>> changedFiles() = 0;
    /// Reads the folder again.
    [[nodiscard]] virtual Result<void> reload() = 0;
    /// Keeps what `project` says differently than the folder in a file of the state directory, so
    /// that typing survives a crash; a project without differences removes it.
    [[nodiscard]] virtual Result<void> keepDrafts(const project::Project& project) = 0;
    /// What keepDrafts() kept; empty: nothing.
    [[nodiscard]] virtual Result<std::optional<Drafts>> drafts() = 0;

    [[nodiscard]] virtual Result<warehouse::SourceReport> testSource(const std::string& source,
                                                                     const StopToken& stop) = 0;
    [[nodiscard]] virtual Result<std::vector<warehouse::TableInfo>>
    tables(const std::string& source, const std::string& schema, const StopToken& stop) = 0;
    [[nodiscard]] virtual Result<Rows> previewModel(const std::string& model, std::uint64_t rows,
                                                    const StopToken& stop) = 0;
    [[nodiscard]] virtual Result<std::vector<RecordPreview>>
    previewRecords(const std::string& sync, std::uint64_t records, const StopToken& stop) = 0;
    /// Rows of whole records to shape at will: `edited` is this project with edits that are not
    /// saved. `records` of a model that is too big to be taken whole. Errors of SampleReader.
    [[nodiscard]] virtual Result<std::shared_ptr<const RecordSample>>
    sampleRecords(const project::Project& edited, const std::string& sync, std::uint64_t records,
                  const StopToken& stop) = 0;
    /// The requests that the record would make, by the code that delivers. Nothing is sent and no
    /// secret is read. `edited` is this project with edits that are not saved; the sample is one of
    /// it. Error: Usage "sync.unknown", Config for what keeps the sync from being shaped or its
    /// account from being opened.
    [[nodiscard]] virtual Result<RequestPreview>
    previewRequests(const project::Project& edited, const std::string& sync,
                    const std::shared_ptr<const RecordSample>& sample, std::size_t record) = 0;
    /// The same of a record of a plan of the project as it is saved.
    [[nodiscard]] virtual Result<RequestPreview>
    previewRequests(const std::string& sync, const plan::PlanSample& planned) = 0;
    /// What was delivered last for the record. Errors as of previewRequests(), State "state.*".
    [[nodiscard]] virtual Result<LastSent>
    lastSent(const project::Project& edited, const std::string& sync,
             const std::shared_ptr<const RecordSample>& sample, std::size_t record) = 0;
    /// What the edit makes go again. Looks at up to 5,000 records of the sample. Errors as of
    /// lastSent(); Cancelled.
    [[nodiscard]] virtual Result<EditCost>
    costOfEdit(const project::Project& edited, const std::string& sync,
               const std::shared_ptr<const RecordSample>& sample, const StopToken& stop) = 0;
    [[nodiscard]] virtual Result<connector::AccountCheck>
    checkDestination(const std::string& destination, const StopToken& stop) = 0;

    /// The same of definitions that are not in the project's files, or not as given here. Their
    /// secrets are resolved; nothing is remembered.
    [[nodiscard]] virtual Result<warehouse::SourceReport>
    testSource(const project::SourceDefinition& source, const StopToken& stop) = 0;
    [[nodiscard]] virtual Result<std::vector<warehouse::TableInfo>>
    tables(const project::SourceDefinition& source, const StopToken& stop) = 0;
    [[nodiscard]] virtual Result<data::Schema> columns(const project::SourceDefinition& source,
                                                       const warehouse::TableInfo& table,
                                                       const StopToken& stop) = 0;
    /// See warehouse::Source::primaryKey().
    [[nodiscard]] virtual Result<std::vector<std::string>>
    primaryKey(const project::SourceDefinition& source, const warehouse::TableInfo& table,
               const StopToken& stop) = 0;
    /// The first rows of a model: its query or table at this source, with its parameters and zone.
    /// Errors of the SQL have their place.
    [[nodiscard]] virtual Result<Rows> previewQuery(const project::SourceDefinition& source,
                                                    const project::ModelDefinition& draft,
                                                    std::uint64_t rows, const StopToken& stop) = 0;
    /// Counts in the warehouse. Error: Config "model.key.empty" where it has no row key.
    [[nodiscard]] virtual Result<RowKeyCheck> checkRowKey(const project::SourceDefinition& source,
                                                          const project::ModelDefinition& draft,
                                                          const StopToken& stop) = 0;
    [[nodiscard]] virtual Result<TableDetails> tableDetails(const project::SourceDefinition& source,
                                                            const warehouse::TableInfo& table,
                                                            std::uint64_t rows,
                                                            const StopToken& stop) = 0;
    [[nodiscard]] virtual Result<connector::AccountCheck>
    checkDestination(const project::DestinationDefinition& destination, const StopToken& stop) = 0;
    [[nodiscard]] virtual Result<std::vector<connector::ObjectInfo>>
    objects(const project::DestinationDefinition& destination, const StopToken& stop) = 0;
    [[nodiscard]] virtual Result<ObjectDetails>
    objectDetails(const project::DestinationDefinition& destination, const std::string& object,
                  const StopToken& stop) = 0;

    /// Keeps a secret where `reference` says. Error: Credential "secret.*", Config
    /// "secret.reference".
    [[nodiscard]] virtual Result<void> keepSecret(const std::string& reference,
                                                  const secrets::Secret& secret) = 0;
    /// Whether secrets can be kept on this machine. Error: Credential "secret.*" with what to do.
    [[nodiscard]] virtual Result<void> checkKeychain() = 0;
    /// Whether it was kept on this machine, or its variable is set. Asks no keychain, so nobody is
    /// asked to unlock one; what others put there or took away since is not noticed.
    [[nodiscard]] virtual Result<bool> isSecretKept(const std::string& reference) = 0;

    /// Refuses what must be decided first: Usage "run.identity" (--new-state, --adopt, --baseline),
    /// Config for issues of this sync, Credential for secrets.
    [[nodiscard]] virtual Result<std::unique_ptr<PreparedRun>>
    prepare(const RunRequest& request) = 0;

    [[nodiscard]] virtual Result<std::vector<SyncStatus>> status() = 0;
    [[nodiscard]] virtual Result<std::vector<state::RunRow>> runs(const std::string& sync,
                                                                  std::uint32_t limit) = 0;
    [[nodiscard]] virtual Result<std::vector<state::HistoryRow>> records(const std::string& run,
                                                                         const std::string& outcome,
                                                                         const std::string& key,
                                                                         std::uint32_t limit) = 0;
    /// Newest first, of all syncs. Of the filter, `syncId` is a slug here.
    [[nodiscard]] virtual Result<std::vector<state::RunRow>> findRuns(state::RunFilter filter) = 0;
    [[nodiscard]] virtual Result<RecordPage> findRecords(const RecordQuery& query) = 0;
    [[nodiscard]] virtual Result<RecordTrace> recordTrace(const std::string& run,
                                                          const std::string& place) = 0;
    /// See exportRecords() of RunHistory.
    [[nodiscard]] virtual Result<std::uint64_t> exportRecords(const RecordQuery& query,
                                                              RecordFormat format,
                                                              const std::string& file,
                                                              const StopToken& stop) = 0;
    /// What the sync needs somebody for. Empty where it has not run yet.
    [[nodiscard]] virtual Result<SyncTroubles> troubles(const std::string& sync) = 0;
    /// Of this process and of others.
    [[nodiscard]] virtual Result<std::vector<LiveRun>> liveRuns() = 0;
    /// Of whatever process; see StateStore::requestCancel().
    [[nodiscard]] virtual Result<void> cancelRun(const std::string& run) = 0;
    /// A plan that a gate stopped, so that the next run makes a new one. Error: Locked
    /// "state.lease.held", Usage "plan.gone".
    [[nodiscard]] virtual Result<void> discardPlan(const std::string& sync,
                                                   const std::string& plan) = 0;
    [[nodiscard]] virtual Result<std::vector<state::KnownRecord>>
    outstanding(const std::string& sync, std::uint32_t limit) = 0;
    /// How many records it touched. `key` empty: every record that the resolution fits.
    [[nodiscard]] virtual Result<std::uint64_t>
    resolve(const std::string& sync, const std::string& key, Resolution resolution) = 0;
    /// The same of these records. Error: Locked "state.lease.held" while the sync runs.
    [[nodiscard]] virtual Result<std::uint64_t> resolveRecords(const std::string& sync,
                                                               const std::vector<Hash128>& records,
                                                               Resolution resolution) = 0;
    [[nodiscard]] virtual Result<std::uint64_t> purge(const std::string& key) = 0;

    [[nodiscard]] virtual Result<std::vector<state::StateInfo>> states() = 0;
    [[nodiscard]] virtual Result<void> resetState(const std::string& sync) = 0;
    [[nodiscard]] virtual Result<std::vector<QString>> verifyState() = 0;
    /// The whole state, which the next run then begins anew. Where it is now. Refused while it can
    /// be used: Usage "state.whole"; errors of the disk are passed on.
    [[nodiscard]] virtual Result<std::string> setStateAside() = 0;
    [[nodiscard]] virtual Result<void> exportState(const std::string& file) = 0;
    [[nodiscard]] virtual Result<void> importState(const std::string& file) = 0;
};

/// Before a Workspace can be opened. What is made here is trusted here.
[[nodiscard]] Result<void> initProject(const std::string& directory, const std::string& name,
                                       Random& random);
[[nodiscard]] Result<void> initSample(const std::string& directory, Random& random);
/// The sample's one destination, whose stand-in is to be started; null for any other project.
[[nodiscard]] const project::DestinationDefinition* sampleInbox(const project::Project& project);

} // namespace headgate::service
