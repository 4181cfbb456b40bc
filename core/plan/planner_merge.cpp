// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/planner.h"

#include "base/text.h"

#include <utility>

namespace headgate::plan {

namespace {

constexpr std::size_t mergesPerStep = 4096;

} // namespace

Result<void> Planner::openScan()
{
    auto scan = m_store.scan(m_options.state.id);
    if (!scan)
        return propagate(std::move(scan));
    m_scan = std::move(*scan);
    const RecordsVersion version{m_scan->known(), m_scan->digest()};
    if (m_sieve && version != m_version)
        return fail(ErrorKind::State, "state.moved",
                    Text::tr("What is known of this sync's records was changed by another process "
                             "while the rows were read. Nothing was sent. Run it again."));
    m_version = version;
    return {};
}

SettledTagsFile Planner::tagsFile() const
{
    return SettledTagsFile(m_store.directory() + "/settled-" + std::to_string(m_options.state.id) +
                           ".tags");
}

/// Where the next run will find the same records. That no two of them share a match value was seen
/// by this one only if it read them all.
void Planner::keepTags() const
{
    const bool sameRecords = m_plan.batches == 0 && m_changes.empty();
    const bool sawAll = m_sieve && m_sieve->tags().tookAll();
    if (!sawAll || m_knewTags || !sameRecords || m_plan.counts[Category::Invalid] > 0)
        return;
    // Without the file the next run takes longer, and is none the worse.
    static_cast<void>(tagsFile().write(m_version, m_sieve->tags()));
}

/// Where a read is a part, it is not worth the while; of what is held, the keys have to be spooled.
bool Planner::tellsSettled() const
{
    const bool readsAll = !m_options.incremental && m_options.limit == 0 && !m_options.onlyKeys;
    return readsAll && !m_options.movesCursor && m_options.state.delivered > 0 &&
           !decide(m_options.mode, Situation::Unchanged).operation;
}

Result<void> Planner::openSieve(const IntakeOptions& intake)
{
    HEADGATE_TRY(openScan());
    auto tags = tagsFile().read(m_version);
    m_knewTags = tags.has_value();
    SettledSieveOptions options;
    options.hashKey = intake.hashKey;
    options.operation = intake.operation;
    options.object = intake.object;
    options.matchField = intake.matchField;
    options.fingerprintVersion = intake.fingerprintVersion;
    options.recordBytes = intake.recordBytes;
    m_sieve = std::make_shared<SettledSieve>(std::move(options), m_destination,
                                             m_knewTags ? std::move(*tags)
                                                        : SettledTags(m_scan->known()));
    if (m_knewTags)
        m_scan.reset();
    return {};
}

Result<void> Planner::knowSome()
{
    for (std::size_t i = 0; i < mergesPerStep; ++i) {
        const auto more = m_scan->next(m_known);
        if (!more)
            return Failure(more.error());
        if (!*more) {
            m_scan.reset();
            m_records.setSieve(m_sieve);
            m_phase = Phase::Reading;
            return {};
        }
        m_sieve->add(m_known);
    }
    return {};
}

Result<void> Planner::readSome()
{
    m_records.recycle(std::exchange(m_block, {}));
    const auto step = m_records.read(m_block);
    if (!step)
        return Failure(step.error());
    for (shape::ShapedRecord& record : m_block) {
        if (m_options.limit > 0 && m_recordsRead == m_options.limit) {
            m_phase = Phase::Sorting;
            return {};
        }
        if (m_options.keepsKeyTypes)
            HEADGATE_TRY(m_keyTypes.check(record));
        HEADGATE_TRY(m_intake->add(std::move(record)));
        ++m_recordsRead;
    }
    if (*step == shape::RecordStep::Done) {
        m_complete = m_options.limit == 0 && !m_options.onlyKeys;
        m_phase = Phase::Sorting;
    }
    return {};
}

Result<void> Planner::finishReading()
{
    HEADGATE_TRY(openScan());
    if (m_knewTags && m_sieve->tags().tookAll() && m_intake->keys() == 0 &&
        m_intake->keyless() == 0)
        return finishUnchanged();
    if (m_sieve && (m_sieve->matchesDiffer() || m_intake->matchesDiffer()))
        HEADGATE_TRY(addSettledMatches());
    if (m_sieve && !m_sieve->tags().tookAll())
        m_sieve->forgetTags();
    HEADGATE_TRY(m_intake->finish());
    m_plan.counts.rows = m_records.rowsRead();
    m_plan.removalsBlocked = m_intake->keyless() > 0;
    for (std::uint64_t i = 0; i < m_intake->keyless(); ++i)
        m_plan.counts.count(Category::Invalid);

    auto reader = state::SpoolReader::open(m_options.spoolPath);
    if (!reader)
        return propagate(std::move(reader));
    m_reader = std::move(*reader);
    HEADGATE_TRY(advanceKnown());
    auto first = m_intake->nextKey();
    if (!first)
        return propagate(std::move(first));
    m_entry = *first;
    m_phase = Phase::Merging;
    return {};
}

/// All that is known was read as it is, and nothing else was.
Result<void> Planner::finishUnchanged()
{
    HEADGATE_TRY(m_intake->finish());
    m_plan.counts.rows = m_records.rowsRead();
    m_plan.counts.count(Category::Unchanged, m_sieve->taken());
    m_scan.reset();
    m_phase = Phase::Finishing;
    return {};
}

Result<void> Planner::addSettledMatches()
{
    for (std::uint64_t index = 0;; ++index) {
        const auto more = m_scan->advance();
        if (!more)
            return Failure(more.error());
        if (!*more)
            break;
        if (!m_sieve->tags().isTaken(index))
            continue;
        HEADGATE_TRY(m_scan->read(m_known));
        HEADGATE_TRY(m_intake->addMatch(m_known.matchHash, m_known.keyHash));
    }
    m_scan->rewind();
    return {};
}

Result<void> Planner::advanceKnown()
{
    const auto more = m_scan->advance();
    if (!more)
        return Failure(more.error());
    m_hasKnown = *more;
    if (!m_hasKnown)
        return {};
    m_knownTaken = m_sieve && m_sieve->tags().isTaken(m_knownIndex);
    ++m_knownIndex;
    m_known.keyHash = m_scan->keyHash();
    return m_knownTaken ? Result<void>() : m_scan->read(m_known);
}

Result<void> Planner::mergeSome()
{
    for (std::size_t i = 0; i < mergesPerStep; ++i) {
        if (!m_entry && !m_hasKnown) {
            m_scan.reset();
            m_phase = m_renames.size() > 0 ? Phase::Renames : Phase::Removals;
            return {};
        }
        if (m_hasKnown && (!m_entry || m_known.keyHash < m_entry->keyHash)) {
            HEADGATE_TRY(m_knownTaken ? decideTaken() : decideAbsent(m_known));
            HEADGATE_TRY(advanceKnown());
            continue;
        }
        const bool same = m_hasKnown && m_known.keyHash == m_entry->keyHash;
        HEADGATE_TRY(decideNextSeen(same));
        if (same)
            HEADGATE_TRY(advanceKnown());
        auto next = m_intake->nextKey();
        if (!next)
            return propagate(std::move(next));
        m_entry = *next;
    }
    return {};
}

Result<void> Planner::decideNextSeen(bool isKnown)
{
    if (isKnown && m_knownTaken) {
        HEADGATE_TRY(m_scan->read(m_known));
        HEADGATE_TRY(m_intake->refuseRepeated(*m_entry));
    }
    if (m_entry->kind == Seen::Kind::Valid)
        HEADGATE_TRY(m_intake->refuseShared(*m_entry));
    return decideSeen(*m_entry, isKnown ? &m_known : nullptr);
}

/// Read as it was delivered, and by now either unchanged or at odds with another row.
Result<void> Planner::decideTaken()
{
    KeyEntry entry;
    entry.keyHash = m_known.keyHash;
    entry.offset = KeyEntry::unspooled;
    if (m_sieve->tags().isTakenTwice(m_knownIndex - 1))
        HEADGATE_TRY(m_intake->refuseRepeated(entry));
    else
        HEADGATE_TRY(m_intake->refuseShared(entry));
    const bool isUnchanged = entry.kind == Seen::Kind::Valid;
    if (!isUnchanged || notesMatches())
        HEADGATE_TRY(m_scan->read(m_known));
    if (!isUnchanged)
        return decideSeen(entry, &m_known);
    m_plan.counts.count(Category::Unchanged);
    entry.matchHash = m_known.matchHash;
    return notesMatches() ? noteMatches(entry, &m_known, false) : Result<void>();
}

} // namespace headgate::plan
