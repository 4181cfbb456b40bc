// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plan/batch_cutter.h"
#include "plan/intake.h"
#include "plan/key_type_check.h"
#include "plan/mode_table.h"
#include "plan/rename_conflicts.h"
#include "plan/settled_sieve.h"
#include "plan/settled_tags_file.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace headgate::plan {

struct PlannerOptions
{
    ModeOptions mode;
    project::Gates gates;
    GateInput gateInput; ///< all but the counts
    /// Sizes of the related models, asked when reading is over; may be empty.
    std::function<std::vector<RelatedCount>()> relatedCounts;
    state::StateInfo state;
    state::RunId run;
    std::string object;
    std::string matchField;
    std::string requestValues; ///< of every record, see connector::OutgoingRecord
    std::string definitionHash;
    connector::Capabilities capabilities; ///< already narrowed by the sync's batch options
    std::string spoolPath;                ///< where the frozen records go
    std::string scratchDirectory;
    bool adHoc = false;       ///< --limit, push: never infers removals
    bool incremental = false; ///< read by a cursor: absent means nothing
    /// To the newest value read. What is Invalid is held in state then: the cursor moves past it.
    bool movesCursor = false;
    /// Keys that an incremental read asked for besides the news: absent ones are gone.
    std::set<Hash128> heldKeys;
    std::uint64_t limit = 0; ///< stop after so many records; 0: all
    std::optional<std::set<Hash128>> onlyKeys;
    std::size_t samples = Plan::samplesPerCategory;
    /// Records that are known under keys of another type are an error. Not of a baseline, which
    /// gives them their new keys.
    bool keepsKeyTypes = true;
    bool persist = true; ///< false: a dry run; nothing is written to the state
};

/// Turns a read into a plan: takes the records in, merges their sorted hashes with the state's,
/// both in key-hash order, so that no record costs a query and memory stays flat; decides by the
/// mode table; cuts batches. step() does a bounded piece of work. Belongs to one thread; starts
/// nothing.
class Planner
{
public:
    Planner(PlannerOptions options, shape::RecordStream& records,
            const connector::Destination& destination, state::StateStore& store, Clock& clock,
            Random& random);

    enum class Step
    {
        More,
        Done
    };
    [[nodiscard]] Result<Step> step();

    [[nodiscard]] std::uint64_t recordsRead() const
    {
        return m_recordsRead + (m_sieve ? m_sieve->taken() : 0);
    }
    [[nodiscard]] std::uint64_t rowsRead() const { return m_records.rowsRead(); }

    /// After Done, once.
    [[nodiscard]] Plan takePlan() { return std::move(m_plan); }

private:
    enum class Phase
    {
        Begin,
        Knowing,
        Reading,
        Sorting,
        Merging,
        Renames,
        Removals,
        Cutting,
        Finishing,
        Done
    };

    /// A match value that this read uses, or one that is to be removed; the two are joined, so that
    /// removing a record cannot remove another that has taken over its match value.
    struct MatchUse
    {
        Hash128 matchHash;
        bool removal;
        SendEntry entry; ///< the removal
        SendEntry
            write; ///< of the re-keyed record whose old match value this removes; size 0: none
        [[nodiscard]] std::uint64_t sortPrefix() const { return matchHash.prefix(); }
        bool operator<(const MatchUse& other) const
        {
            return matchHash != other.matchHash ? matchHash < other.matchHash
                                                : removal < other.removal;
        }
    };

    [[nodiscard]] Result<void> begin();
    [[nodiscard]] bool tellsSettled() const;
    [[nodiscard]] Result<void> openSieve(const IntakeOptions& intake);
    [[nodiscard]] Result<void> openScan();
    [[nodiscard]] SettledTagsFile tagsFile() const;
    void keepTags() const;
    [[nodiscard]] Result<void> knowSome();
    [[nodiscard]] Result<void> readSome();
    [[nodiscard]] Result<void> finishReading();
    [[nodiscard]] Result<void> finishUnchanged();
    [[nodiscard]] Result<void> addSettledMatches();
    [[nodiscard]] Result<void> mergeSome();
    [[nodiscard]] Result<void> decideNextSeen(bool isKnown);
    [[nodiscard]] Result<void> decideTaken();
    [[nodiscard]] Result<void> decideSeen(const KeyEntry& entry, const state::KnownRecord* known);
    /// Category and operation of a record of this read.
    [[nodiscard]] Decision decisionFor(const KeyEntry& entry, const state::KnownRecord* known,
                                       bool mayRename) const;
    [[nodiscard]] bool notesMatches() const;
    [[nodiscard]] Result<void> noteMatches(const KeyEntry& entry, const state::KnownRecord* known,
                                           bool renamed);
    [[nodiscard]] Result<void> sendRenames();
    [[nodiscard]] Result<void> decideAbsent(const state::KnownRecord& known);
    [[nodiscard]] std::uint64_t orderOf(const Hash128& keyHash, std::uint64_t offset) const;
    [[nodiscard]] Result<void> send(const KeyEntry& entry, const state::KnownRecord* known,
                                    const Decision& decision);
    [[nodiscard]] Result<void> sendRekeyed(const KeyEntry& entry, const state::KnownRecord& known,
                                           const Decision& decision);
    [[nodiscard]] Result<void> addRemoval(connector::Operation operation,
                                          const state::SpoolRecord& frame, const Hash128& matchHash,
                                          BatchItem item, const SendEntry& write);
    [[nodiscard]] Result<void> joinOne(const MatchUse& use, bool matchInUse);
    /// Its match value belongs to another record now: no longer delivered as itself.
    [[nodiscard]] Result<void> forget(const BatchItem& item);
    void settleQuietly(const state::KnownRecord& known);
    [[nodiscard]] Result<void> hold(const KeyEntry& entry);
    void letGo(const state::KnownRecord& known);
    [[nodiscard]] Result<void> advanceKnown();
    [[nodiscard]] Result<void> joinRemovals();
    [[nodiscard]] Result<void> cutSome();
    [[nodiscard]] Result<void> finish();
    [[nodiscard]] Result<void> sample(const SendEntry& entry, const state::KnownRecord* known);
    [[nodiscard]] Result<std::string> keyTextOf(const KeyEntry& entry);
    [[nodiscard]] Result<state::SpoolRecord> frameAt(std::uint64_t offset);
    [[nodiscard]] bool infersRemovals() const;

    PlannerOptions m_options;
    shape::RecordStream& m_records;
    const connector::Destination& m_destination;
    state::StateStore& m_store;
    Clock& m_clock;
    Random& m_random;

    Phase m_phase = Phase::Begin;
    Plan m_plan;
    WallTime m_now;
    std::uint64_t m_recordsRead = 0;
    bool m_complete = false;
    std::vector<shape::ShapedRecord> m_block;
    std::unique_ptr<state::SpoolWriter> m_spool;
    std::unique_ptr<state::SpoolReader> m_reader;
    KeyTypeCheck m_keyTypes;
    std::optional<Intake> m_intake;
    std::optional<BatchCutter> m_cutter;
    ExternalSorter<MatchUse> m_uses;
    RenameConflicts m_conflicts;
    ExternalSorter<KeyEntry> m_renames;
    std::shared_ptr<SettledSieve> m_sieve; ///< the stream asks it while reading; may be null
    bool m_knewTags = false;               ///< its tags are from the file
    RecordsVersion m_version;
    std::unique_ptr<state::RecordScan> m_scan;
    state::KnownRecord m_known; ///< of one that was taken as settled, only the key hash
    std::uint64_t m_knownIndex = 0;
    bool m_hasKnown = false;
    bool m_knownTaken = false; ///< by m_settled
    std::optional<KeyEntry> m_entry;
    std::vector<state::RecordChange> m_changes;
    std::map<Category, std::size_t> m_sampled;
    std::size_t m_sampledBytes = 0;
};

} // namespace headgate::plan
