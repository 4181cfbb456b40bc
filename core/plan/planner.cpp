// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/planner.h"

#include "plan/fingerprint.h"
#include "plan/held_matches.h"
#include "plan/match_text.h"
#include "project/mode_operations.h"

namespace headgate::plan {

namespace {

// One transaction.
constexpr std::size_t batchesPerStep = 4096;
constexpr std::uint64_t batchedPerStep = 262'144;

/// Runs in which this payload was refused before.
std::uint8_t attemptsOf(const KeyEntry& entry, const state::KnownRecord* known)
{
    const bool samePayload = known && known->triedFingerprint == entry.fingerprint;
    return static_cast<std::uint8_t>(samePayload ? std::min(known->attempts, 255U) : 0);
}

} // namespace

Planner::Planner(PlannerOptions options, shape::RecordStream& records,
                 const connector::Destination& destination, state::StateStore& store, Clock& clock,
                 Random& random)
    : m_options(std::move(options)), m_records(records), m_destination(destination), m_store(store),
      m_clock(clock), m_random(random), m_keyTypes(m_store, m_options.state),
      m_uses(m_options.scratchDirectory), m_conflicts(m_options.scratchDirectory),
      m_renames(m_options.scratchDirectory)
{}

Result<Planner::Step> Planner::step()
{
    Result<void> done;
    switch (m_phase) {
    case Phase::Begin:
        done = begin();
        break;
    case Phase::Knowing:
        done = knowSome();
        break;
    case Phase::Reading:
        done = readSome();
        break;
    case Phase::Sorting:
        done = finishReading();
        break;
    case Phase::Merging:
        done = mergeSome();
        break;
    case Phase::Renames:
        done = sendRenames();
        break;
    case Phase::Removals:
        done = joinRemovals();
        break;
    case Phase::Cutting:
        done = cutSome();
        break;
    case Phase::Finishing:
        done = finish();
        break;
    case Phase::Done:
        break;
    }
    if (!done)
        return propagate(std::move(done));
    return m_phase == Phase::Done ? Step::Done : Step::More;
}

Result<void> Planner::begin()
{
    const bool sieves = tellsSettled();
    if (!sieves)
        m_records.setSieve(nullptr);
    m_now = m_clock.now();
    m_plan.row.id = makeUuid(m_random);
    m_plan.row.state = m_options.state.id;
    m_plan.row.run = m_options.run;
    m_plan.row.created = m_now;
    m_plan.row.spoolPath = m_options.spoolPath;
    m_plan.row.definitionHash = m_options.definitionHash;
    m_plan.row.adHoc = m_options.adHoc;
    if (m_options.persist)
        HEADGATE_TRY(m_store.savePlan(m_plan.row, {}));

    auto spool = state::SpoolWriter::create(m_options.spoolPath);
    if (!spool)
        return propagate(std::move(spool));
    m_spool = std::move(*spool);

    IntakeOptions intake;
    intake.hashKey = m_store.hashKey();
    intake.operation = project::writeOperation(m_options.mode.mode);
    intake.object = m_options.object;
    intake.matchField = m_options.matchField;
    intake.requestValues = m_options.requestValues;
    intake.fingerprintVersion = m_options.state.fingerprintVersion.empty()
                                    ? std::string(fingerprintVersion)
                                    : m_options.state.fingerprintVersion;
    intake.namesInvalid = m_options.movesCursor;
    intake.sendsByKey = intake.operation == connector::Operation::Upsert ||
                        intake.operation == connector::Operation::Update;
    intake.recordBytes = m_options.capabilities.recordBytes;
    intake.scratchDirectory = m_options.scratchDirectory;
    intake.onlyKeys = m_options.onlyKeys;
    if (sieves) {
        HEADGATE_TRY(openSieve(intake));
        const bool takesMuch = m_sieve->tags().memory() > 2 * intake.sortMemory;
        intake.sortMemory /= takesMuch ? 4 : 1;
    }
    connector::DeliveryBatch batch;
    batch.operation = intake.operation;
    batch.object = m_options.object;
    batch.matchField = m_options.matchField;
    m_intake.emplace(std::move(intake), m_destination, *m_spool,
                     [this](const KeyEntry& entry) { return keyTextOf(entry); });
    m_cutter.emplace(m_options.scratchDirectory, m_options.capabilities,
                     m_destination.envelopeSize(batch), m_plan.row.id, m_random);
    if (sieves && m_knewTags)
        m_records.setSieve(m_sieve);
    m_phase = sieves && !m_knewTags ? Phase::Knowing : Phase::Reading;
    return {};
}

bool Planner::infersRemovals() const
{
    return m_complete && !m_options.adHoc && !m_options.incremental && !m_plan.removalsBlocked;
}

Result<void> Planner::decideSeen(const KeyEntry& entry, const state::KnownRecord* known)
{
    const Seen seen{entry.kind, entry.fingerprint, entry.matchHash};
    const Situation situation = situationOf(seen, known, m_now);
    const Decision decision = decisionFor(entry, known, true);
    m_plan.counts.count(*decision.category);
    m_plan.paused += situation == Situation::RetryPaused && !decision.operation ? 1U : 0U;

    const bool nothingOutstanding =
        situation == Situation::Unchanged || situation == Situation::SkippedOnce;
    const bool heldAlready = known && known->status != state::RecordStatus::Settled &&
                             known->status != state::RecordStatus::SkippedOnce;
    if (situation == Situation::Invalid && m_options.movesCursor && !heldAlready)
        HEADGATE_TRY(hold(entry));
    if (known && nothingOutstanding && known->status != state::RecordStatus::Settled)
        settleQuietly(*known);
    const bool renamed = decision.operation == connector::Operation::Rename;
    if (entry.kind == Seen::Kind::Valid)
        HEADGATE_TRY(noteMatches(entry, known, renamed));
    if (renamed)
        return m_renames.add(entry);
    return decision.operation ? send(entry, known, decision) : Result<void>();
}

Decision Planner::decisionFor(const KeyEntry& entry, const state::KnownRecord* known,
                              bool mayRename) const
{
    const Seen seen{entry.kind, entry.fingerprint, entry.matchHash};
    const bool matchChanged = entry.kind == Seen::Kind::Valid && known && mayBeThere(*known) &&
                              known->matchHash != Hash128() &&
                              (known->matchHash != entry.matchHash || !known->alsoUnder.empty());
    // What may not be there, or whose one old name is not known, cannot be renamed.
    ModeOptions mode = m_options.mode;
    mode.canRename = mode.canRename && mayRename && known && known->delivered &&
                     !known->match.empty() && known->alsoUnder.empty();
    return decide(mode, situationOf(seen, known, m_now), matchChanged);
}

bool Planner::notesMatches() const
{
    return m_options.mode.mode == project::SyncMode::Mirror || m_options.mode.canRename;
}

Result<void> Planner::noteMatches(const KeyEntry& entry, const state::KnownRecord* known,
                                  bool renamed)
{
    if (m_options.mode.mode == project::SyncMode::Mirror)
        HEADGATE_TRY(m_uses.add({entry.matchHash, false, {}, {}}));
    if (m_options.mode.canRename)
        HEADGATE_TRY(m_conflicts.takes(entry.matchHash, entry.keyHash));
    return renamed ? m_conflicts.leaves(known->matchHash, entry.keyHash) : Result<void>();
}

/// Those that meet no other record; the rest go as where nothing can be renamed.
Result<void> Planner::sendRenames()
{
    HEADGATE_TRY(m_conflicts.finish());
    HEADGATE_TRY(m_renames.finish());
    while (true) {
        const auto entry = m_renames.next();
        if (!entry)
            return Failure(entry.error());
        if (!*entry)
            break;
        const auto concerned = m_conflicts.concern((*entry)->keyHash);
        if (!concerned)
            return Failure(concerned.error());
        const auto known = m_store.record(m_options.state.id, (*entry)->keyHash);
        if (!known)
            return Failure(known.error());
        const state::KnownRecord* record = *known ? &**known : nullptr;
        HEADGATE_TRY(send(**entry, record, decisionFor(**entry, record, !*concerned)));
    }
    m_phase = Phase::Removals;
    return {};
}

/// In the order of keys, batches settle neighbouring rows of the state; in that of the spool,
/// records go as they were read.
std::uint64_t Planner::orderOf(const Hash128& keyHash, std::uint64_t offset) const
{
    return m_intake->isReadableByKey() ? keyHash.prefix() >> 8 : offset;
}

Result<void> Planner::send(const KeyEntry& entry, const state::KnownRecord* known,
                           const Decision& decision)
{
    if (known && (decision.removeOld || *decision.operation == connector::Operation::Rename))
        return sendRekeyed(entry, *known, decision);
    SendEntry out;
    out.operation = *decision.operation;
    out.size = entry.size;
    out.item.offset = entry.offset;
    out.order = orderOf(entry.keyHash, entry.offset);
    out.item.category = *decision.category;
    out.item.attempts = attemptsOf(entry, known);
    HEADGATE_TRY(sample(out, known));
    return m_cutter->add(out);
}

Result<void> Planner::sendRekeyed(const KeyEntry& entry, const state::KnownRecord& known,
                                  const Decision& decision)
{
    auto frame = frameAt(entry.offset);
    if (!frame)
        return propagate(std::move(frame));
    const std::vector<std::string> old = heldMatchesBut(known, packMatch(frame->match.view()));
    const bool removesOne = decision.removeOld && !old.empty();
    frame->previousMatch = unpackMatch(removesOne ? old.front() : known.match);
    const auto offset = m_spool->append(*frame);
    if (!offset)
        return Failure(offset.error());
    SendEntry out;
    out.operation = *decision.operation;
    out.size = entry.size + static_cast<std::uint32_t>(known.match.size());
    out.item.offset = *offset;
    out.order = orderOf(entry.keyHash, *offset);
    out.item.category = *decision.category;
    out.item.attempts = attemptsOf(entry, &known);
    if (known.match.empty() && decision.removeOld)
        ++m_plan.unnameable;
    if (!removesOne) {
        HEADGATE_TRY(sample(out, &known));
        return m_cutter->add(out);
    }
    out.item.alsoUnder = !known.alsoUnder.empty();
    std::swap(frame->match, frame->previousMatch);
    frame->payload.clear();
    BatchItem item;
    item.alsoUnder = out.item.alsoUnder;
    item.category = *decision.category;
    item.attempts = out.item.attempts;
    item.removesOldMatch = true;
    const Hash128 oldHash =
        old.front() == known.match ? known.matchHash : matchHashOf(m_store.hashKey(), old.front());
    return addRemoval(*decision.removeOld, *frame, oldHash, item, out);
}

Result<void> Planner::hold(const KeyEntry& entry)
{
    auto frame = frameAt(entry.offset);
    if (!frame)
        return propagate(std::move(frame));
    state::RecordChange change;
    change.kind = state::ChangeKind::Outstanding;
    change.record.keyHash = entry.keyHash;
    change.record.keyText = frame->keyText;
    change.record.status = state::RecordStatus::Invalid;
    m_changes.push_back(std::move(change));
    return {};
}

/// Held, read again by its key, and gone from the warehouse.
void Planner::letGo(const state::KnownRecord& known)
{
    if (known.delivered) {
        settleQuietly(known);
        return;
    }
    state::RecordChange change;
    change.record.keyHash = known.keyHash;
    change.kind = state::ChangeKind::Erase;
    m_changes.push_back(std::move(change));
}

Result<void> Planner::decideAbsent(const state::KnownRecord& known)
{
    if (m_complete && m_options.incremental && m_options.heldKeys.contains(known.keyHash))
        letGo(known);
    if (!infersRemovals())
        return {};
    const Decision decision = decide(m_options.mode, situationOf({}, &known, m_now));
    if (!decision.operation)
        return {};
    if (known.match.empty()) {
        ++m_plan.unnameable;
        return {};
    }
    state::SpoolRecord frame;
    frame.keyHash = known.keyHash;
    frame.keyText = known.keyText;
    frame.match = unpackMatch(known.match);
    frame.matchHash = known.matchHash;
    frame.fingerprint = known.fingerprint;
    frame.requestValues = m_options.requestValues;
    BatchItem item;
    item.category = Category::Removed;
    item.attempts = static_cast<std::uint8_t>(std::min(known.attempts, 255U));
    item.alsoUnder = !known.alsoUnder.empty();
    return addRemoval(*decision.operation, frame, known.matchHash, item, {});
}

Result<void> Planner::addRemoval(connector::Operation operation, const state::SpoolRecord& frame,
                                 const Hash128& matchHash, BatchItem item, const SendEntry& write)
{
    const auto offset = m_spool->append(frame);
    if (!offset)
        return Failure(offset.error());
    item.offset = *offset;
    SendEntry out;
    out.operation = operation;
    out.removal = true;
    out.order = orderOf(frame.keyHash, *offset);
    out.item = item;
    connector::DeliveryBatch batch;
    batch.operation = operation;
    batch.object = m_options.object;
    batch.matchField = m_options.matchField;
    connector::OutgoingRecord outgoing;
    outgoing.key = frame.keyText;
    outgoing.match = frame.match.view();
    out.size = static_cast<std::uint32_t>(m_destination.encodedSize(batch, outgoing));
    return m_uses.add({matchHash, true, out, write});
}

void Planner::settleQuietly(const state::KnownRecord& known)
{
    state::RecordChange change;
    change.record = known;
    change.record.status = state::RecordStatus::Settled;
    change.record.attempts = 0;
    change.record.retryAt.reset();
    change.record.triedFingerprint = {};
    m_changes.push_back(std::move(change));
}

Result<void> Planner::joinRemovals()
{
    HEADGATE_TRY(m_spool->sync());
    HEADGATE_TRY(m_uses.finish());
    std::optional<Hash128> inUse;
    while (true) {
        auto next = m_uses.next();
        if (!next)
            return propagate(std::move(next));
        if (!*next)
            break;
        const MatchUse& use = **next;
        if (!use.removal) {
            inUse = use.matchHash;
            continue;
        }
        HEADGATE_TRY(joinOne(use, inUse == use.matchHash));
    }
    HEADGATE_TRY(m_cutter->finishAdding());
    m_phase = Phase::Cutting;
    return {};
}

Result<void> Planner::joinOne(const MatchUse& use, bool matchInUse)
{
    if (use.entry.item.removesOldMatch) {
        SendEntry write = use.write;
        write.item.oldMatchRemains = !matchInUse;
        HEADGATE_TRY(sample(write, nullptr));
        HEADGATE_TRY(m_cutter->add(write));
    }
    if (matchInUse) {
        ++m_plan.keptByOthers;
        return use.entry.item.removesOldMatch ? Result<void>() : forget(use.entry.item);
    }
    if (!use.entry.item.removesOldMatch)
        m_plan.counts.count(Category::Removed);
    HEADGATE_TRY(sample(use.entry, nullptr));
    m_plan.row.removals = true;
    return m_cutter->add(use.entry);
}

/// Another record has taken over its match value; what it may have besides is left to the next
/// plan.
Result<void> Planner::forget(const BatchItem& item)
{
    auto frame = frameAt(item.offset);
    if (!frame)
        return propagate(std::move(frame));
    state::RecordChange change;
    change.record.keyHash = frame->keyHash;
    change.record.fingerprint = frame->fingerprint;
    if (item.alsoUnder) {
        auto known = m_store.record(m_options.state.id, frame->keyHash);
        if (!known)
            return propagate(std::move(known));
        std::vector<std::string> held =
            *known ? heldMatchesBut(**known, packMatch(frame->match.view()))
                   : std::vector<std::string>();
        if (!held.empty()) {
            change.record = std::move(**known);
            setHeldMatches(change.record, std::move(held), m_store.hashKey());
        }
    }
    m_changes.push_back(std::move(change));
    return {};
}

Result<void> Planner::cutSome()
{
    auto rows = m_cutter->cut(batchesPerStep, batchedPerStep);
    if (!rows)
        return propagate(std::move(rows));
    if (rows->empty()) {
        m_phase = Phase::Finishing;
        return {};
    }
    return m_options.persist ? m_store.savePlan(m_plan.row, *rows) : Result<void>();
}

Result<void> Planner::finish()
{
    m_plan.problems = m_intake->takeProblems();
    m_plan.problemCount = m_intake->problemCount();
    m_plan.metKeys = m_intake->metKeys();
    m_plan.batches = m_cutter->batches();
    m_plan.bytes = m_cutter->bytes();
    GateInput input = m_options.gateInput;
    input.counts = m_plan.counts;
    if (m_options.relatedCounts)
        input.related = m_options.relatedCounts();
    input.complete = m_complete && !m_options.incremental;
    input.wholeSet = m_options.mode.mode == project::SyncMode::Replace;
    if (!m_options.adHoc)
        m_plan.stops = gateStops(m_options.gates, input);
    m_plan.row.completeRead = m_complete;
    m_plan.row.lastBatch = m_plan.batches;
    m_plan.row.countsJson = toJson(m_plan.counts);
    if (m_complete && m_options.movesCursor && !m_intake->newestCursor().isNull())
        m_plan.row.newCursor = m_intake->newestCursor().text;
    m_plan.row.status = m_plan.stops.empty() ? state::PlanState::Ready : state::PlanState::Stopped;
    if (m_options.persist) {
        HEADGATE_TRY(m_store.apply(m_options.state.id, m_changes));
        HEADGATE_TRY(m_store.savePlan(m_plan.row, {}));
        keepTags();
    }
    m_phase = Phase::Done;
    return {};
}

Result<void> Planner::sample(const SendEntry& entry, const state::KnownRecord* known)
{
    if (m_sampled[entry.item.category] >= m_options.samples ||
        m_sampledBytes >= Plan::sampledBytes || entry.item.removesOldMatch)
        return {};
    ++m_sampled[entry.item.category];
    HEADGATE_TRY(m_spool->sync());
    auto frame = frameAt(entry.item.offset);
    if (!frame)
        return propagate(std::move(frame));
    m_plan.samples.push_back({entry.item.category,
                              connector::name(entry.operation),
                              frame->keyText,
                              frame->match.text,
                              frame->payload,
                              {},
                              frame->match.kind,
                              frame->previousMatch,
                              frame->requestValues});
    m_sampledBytes += frame->payload.size();
    if (!known || known->accepted == 0)
        return {};
    const auto accepted = m_store.accepted(known->accepted);
    if (!accepted)
        return Failure(accepted.error());
    if (*accepted)
        m_plan.samples.back().previousPayload = (*accepted)->payload;
    m_sampledBytes += m_plan.samples.back().previousPayload.size();
    return {};
}

/// Where neither the plan nor the state has it, its hash.
Result<std::string> Planner::keyTextOf(const KeyEntry& entry)
{
    if (entry.isSpooled())
        return frameAt(entry.offset).map([](state::SpoolRecord&& frame) {
            return std::move(frame.keyText);
        });
    const auto known = m_store.record(m_options.state.id, entry.keyHash);
    if (!known)
        return Failure(known.error());
    if (*known && !(*known)->keyText.empty())
        return (*known)->keyText;
    if (*known && (*known)->accepted != 0) {
        const auto accepted = m_store.accepted((*known)->accepted);
        if (!accepted)
            return Failure(accepted.error());
        if (*accepted && !(*accepted)->keyText.empty())
            return (*accepted)->keyText;
    }
    return entry.keyHash.hex();
}

Result<state::SpoolRecord> Planner::frameAt(std::uint64_t offset)
{
    auto frames = m_reader->read(offset, 1);
    if (!frames)
        return propagate(std::move(frames));
    return std::move(frames->front());
}

} // namespace headgate::plan
