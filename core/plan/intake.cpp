// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/intake.h"

#include "base/text.h"
#include "data/canonical_key.h"

#include <algorithm>

namespace headgate::plan {

namespace {

QString duplicateMessage()
{
    return Text::tr(
        "Several rows have this key. A record key must be unique unless the shape has a "
        "list over the record's own rows: choose other columns, or make it unique in the query.");
}

QString sharedMatchMessage(const std::string& field)
{
    return Text::tr("Another record has the same value for '%1', on which the destination matches. "
                    "Sending both would make them overwrite each other.")
        .arg(toQString(field));
}

bool areFirstNodes(const std::vector<shape::LeafHash>& leaves)
{
    std::uint32_t node = 0;
    return std::all_of(leaves.begin(), leaves.end(),
                       [&](const shape::LeafHash& leaf) { return leaf.node == node++; });
}

char* putWord(char* at, std::uint32_t word)
{
    for (int shift = 0; shift < 32; shift += 8)
        *at++ = static_cast<char>(word >> shift & 0xFF);
    return at;
}

} // namespace

void packLeaves(const std::vector<shape::LeafHash>& leaves, std::string& into)
{
    if (leaves.empty())
        return into.clear();
    const bool namesNodes = !areFirstNodes(leaves);
    const std::size_t words = namesNodes ? 2 : 1;
    into.resize(1 + leaves.size() * words * sizeof(std::uint32_t));
    char* at = into.data();
    *at++ = static_cast<char>(words);
    for (const shape::LeafHash& leaf : leaves) {
        if (namesNodes)
            at = putWord(at, leaf.node);
        at = putWord(at, leaf.hash);
    }
}

Intake::Intake(IntakeOptions options, const connector::Destination& destination,
               state::SpoolWriter& spool, KeyTextOf keyTextOf)
    : m_options(std::move(options)), m_destination(destination), m_keyTextOf(std::move(keyTextOf)),
      m_spool(spool, m_options.sendsByKey,
              [this](const KeyEntry& entry) { return m_keys.add(entry); }),
      m_keys(m_options.scratchDirectory, m_options.sortMemory),
      m_matches(m_options.scratchDirectory),
      m_shared(m_options.scratchDirectory, std::size_t(1) << 20),
      m_fingerprint(m_options.fingerprintVersion, m_options.operation, m_options.object,
                    m_options.matchField)
{
    m_batch.operation = m_options.operation;
    m_batch.object = m_options.object;
    m_batch.matchField = m_options.matchField;
    m_frame.requestValues = m_options.requestValues;
}

Result<void> Intake::add(shape::ShapedRecord&& record)
{
    if (record.key.empty()) {
        ++m_keyless;
        for (const shape::RecordProblem& problem : record.problems)
            note(record.keyText, problem);
        return {};
    }
    KeyEntry entry;
    entry.keyHash = keyedHash(m_options.hashKey, record.key);
    entry.offset = KeyEntry::unspooled - m_unspooled;
    if (m_options.onlyKeys && !m_options.onlyKeys->contains(entry.keyHash))
        return noteMatch(record, entry);
    if (m_options.onlyKeys)
        m_met.insert(entry.keyHash);
    if (!record.cursor.isNull() &&
        (m_newestCursor.isNull() ||
         std::is_gt(data::compare(record.cursor.view(), m_newestCursor.view()))))
        m_newestCursor = record.cursor;
    if (record.problems.empty() && !record.filtered)
        return addValid(std::move(record), entry);
    for (const shape::RecordProblem& problem : record.problems)
        note(record.keyText, problem);
    if (!record.problems.empty())
        return addInvalid(record.keyText, entry);
    ++m_unspooled;
    entry.kind = Seen::Kind::Filtered;
    return m_keys.add(entry);
}

/// A record that is not asked for still has its match value, which nobody else may take.
Result<void> Intake::noteMatch(const shape::ShapedRecord& record, const KeyEntry& entry)
{
    if (!record.problems.empty() || record.filtered || record.match.isNull())
        return {};
    const data::Value match{
        record.match.kind,
        m_destination.normalisedMatch(m_options.object, m_options.matchField, record.match.view())};
    std::string canonicalMatch;
    if (!data::appendCanonical(canonicalMatch, match.view()))
        return {};
    const MatchEntry use{keyedHash(m_options.hashKey, canonicalMatch), entry.keyHash};
    m_matchesDiffer = m_matchesDiffer || use.matchHash != use.keyHash;
    return m_matches.add(use);
}

Result<void> Intake::addInvalid(const std::string& keyText, KeyEntry entry)
{
    ++m_unspooled;
    entry.kind = Seen::Kind::Invalid;
    if (m_options.namesInvalid) {
        state::SpoolRecord frame;
        frame.keyHash = entry.keyHash;
        frame.keyText = keyText;
        return m_spool.add(frame, entry);
    }
    return m_keys.add(entry);
}

Result<void> Intake::addValid(shape::ShapedRecord&& record, KeyEntry entry)
{
    const auto refuse = [&](const char* code, QString message) {
        note(record.keyText, {code, std::move(message), {}, {}, 0});
        return addInvalid(record.keyText, entry);
    };
    if (record.match.isNull())
        return refuse("record.match.null",
                      Text::tr("The value that the destination matches on is empty."));
    if (m_options.recordBytes > 0 && record.payload.size() > m_options.recordBytes)
        return refuse(
            "record.size",
            Text::tr("The payload has %1 bytes; the destination takes %2. Shorten what is "
                     "long in the query, or leave it out of the shape.")
                .arg(qulonglong(record.payload.size()))
                .arg(qulonglong(m_options.recordBytes)));

    state::SpoolRecord& frame = m_frame;
    frame.keyHash = entry.keyHash;
    frame.match = {
        record.match.kind,
        m_destination.normalisedMatch(m_options.object, m_options.matchField, record.match.view())};
    m_canonicalMatch.clear();
    if (!data::appendCanonical(m_canonicalMatch, frame.match.view()))
        return refuse("record.match.invalid",
                      Text::tr("The value that the destination matches on is not valid."));
    frame.matchHash = m_canonicalMatch == record.key
                          ? entry.keyHash
                          : keyedHash(m_options.hashKey, m_canonicalMatch);
    m_matchesDiffer = m_matchesDiffer || frame.matchHash != frame.keyHash;
    frame.fingerprint = m_fingerprint.of(m_canonicalMatch, record.payload);
    packLeaves(record.leaves, frame.leaves);
    frame.keyText.swap(record.keyText);
    frame.payload.swap(record.payload);
    std::swap(frame.eventTime, record.eventTime);
    frame.rows.swap(record.rows);

    connector::OutgoingRecord outgoing;
    outgoing.key = frame.keyText;
    outgoing.match = frame.match.view();
    outgoing.payload = frame.payload;
    outgoing.requestValues = frame.requestValues;
    entry.size = static_cast<std::uint32_t>(m_destination.encodedSize(m_batch, outgoing));
    entry.fingerprint = frame.fingerprint;
    entry.matchHash = frame.matchHash;

    return m_spool.add(frame, entry);
}

Result<void> Intake::finish()
{
    HEADGATE_TRY(m_spool.finish());
    HEADGATE_TRY(m_keys.finish());
    if (m_matchesDiffer) {
        HEADGATE_TRY(takeMatches());
        HEADGATE_TRY(findSharedMatches());
    }
    auto first = m_keys.next();
    if (!first)
        return propagate(std::move(first));
    m_nextKey = *first;
    return {};
}

/// Into m_matches, from the sorted keys.
Result<void> Intake::takeMatches()
{
    while (true) {
        auto next = m_keys.next();
        if (!next)
            return propagate(std::move(next));
        if (!*next)
            return m_keys.rewind();
        const KeyEntry& entry = **next;
        if (entry.kind == Seen::Kind::Valid)
            HEADGATE_TRY(m_matches.add({entry.matchHash, entry.keyHash}));
    }
}

Result<void> Intake::findSharedMatches()
{
    HEADGATE_TRY(m_matches.finish());
    std::optional<MatchEntry> previous;
    bool previousShared = false;
    while (true) {
        auto next = m_matches.next();
        if (!next)
            return propagate(std::move(next));
        const std::optional<MatchEntry> current = *next;
        const bool shared = previous && current && previous->matchHash == current->matchHash &&
                            previous->keyHash != current->keyHash;
        if (previous && (shared || previousShared))
            HEADGATE_TRY(m_shared.add({previous->keyHash}));
        if (!current)
            break;
        previousShared = shared || (previousShared && previous->matchHash == current->matchHash);
        previous = current;
    }
    HEADGATE_TRY(m_shared.finish());
    auto first = m_shared.next();
    if (!first)
        return propagate(std::move(first));
    m_nextShared = *first;
    return {};
}

Result<bool> Intake::sharesItsMatch(const Hash128& keyHash)
{
    while (m_nextShared && m_nextShared->keyHash < keyHash) {
        auto next = m_shared.next();
        if (!next)
            return propagate(std::move(next));
        m_nextShared = *next;
    }
    return m_nextShared && m_nextShared->keyHash == keyHash;
}

Result<std::optional<KeyEntry>> Intake::nextKey()
{
    if (!m_nextKey)
        return std::optional<KeyEntry>();
    KeyEntry entry = *m_nextKey;
    std::uint64_t repeats = 0;
    while (true) {
        auto next = m_keys.next();
        if (!next)
            return propagate(std::move(next));
        m_nextKey = *next;
        if (!m_nextKey || m_nextKey->keyHash != entry.keyHash)
            break;
        ++repeats;
    }
    if (repeats > 0)
        HEADGATE_TRY(refuseRepeated(entry));
    return std::optional<KeyEntry>(entry);
}

Result<void> Intake::refuseRepeated(KeyEntry& entry)
{
    return refuse(entry, {"record.key.duplicate", duplicateMessage(), {}, {}, 0});
}

Result<void> Intake::refuse(KeyEntry& entry, shape::RecordProblem problem)
{
    entry.kind = Seen::Kind::Invalid;
    std::string keyText;
    if (m_problems.size() < Plan::maxProblems) {
        auto named = m_keyTextOf(entry);
        if (!named)
            return propagate(std::move(named));
        keyText = *std::move(named);
    }
    note(std::move(keyText), std::move(problem));
    return {};
}

Result<void> Intake::refuseShared(KeyEntry& entry)
{
    const auto shared = sharesItsMatch(entry.keyHash);
    if (!shared)
        return Failure(shared.error());
    if (!*shared)
        return {};
    return refuse(entry,
                  {"record.match.shared", sharedMatchMessage(m_options.matchField), {}, {}, 0});
}

void Intake::note(std::string keyText, shape::RecordProblem problem)
{
    ++m_problemCount;
    if (m_problems.size() < Plan::maxProblems)
        m_problems.push_back({std::move(keyText), std::move(problem)});
}

} // namespace headgate::plan
