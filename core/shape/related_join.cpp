// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/related_join.h"

#include "base/text.h"

#include <algorithm>

namespace headgate::shape {

namespace {

constexpr std::size_t rowsPerJoinStep = 4096;
constexpr std::uint64_t memoryPerPair = 160;
/// Splitting deeper helps no more: what is left is one pair repeated, or chance.
constexpr std::size_t deepestPairSplit = 4;

} // namespace

Result<std::unique_ptr<RelatedJoin>> RelatedJoin::create(const std::string& directory,
                                                         std::uint64_t memoryBudget)
{
    std::unique_ptr<RelatedJoin> join(new RelatedJoin(memoryBudget));
    join->m_directory = directory;
    auto pairs = PartitionedFile::create(directory);
    if (!pairs)
        return propagate(std::move(pairs));
    auto rows = PartitionedFile::create(directory);
    if (!rows)
        return propagate(std::move(rows));
    join->m_pairs = std::move(*pairs);
    join->m_rows = std::move(*rows);
    return join;
}

Result<void> RelatedJoin::addPair(std::string_view joinKey, std::string_view recordKey)
{
    m_entry.clear();
    RowFrame::append(m_entry, joinKey, recordKey);
    const Hash128 hash = fastHash(m_entry);
    Hash128& recent = m_recent[(hash.bytes[14] | hash.bytes[15] << 8) % recentPairs];
    if (recent == hash)
        return {};
    recent = hash;
    return m_pairs->append(partitionOf(fastHash(joinKey), 0), m_entry);
}

Result<void> RelatedJoin::addRow(std::string_view joinKey, std::string_view body)
{
    m_entry.clear();
    RowFrame::append(m_entry, joinKey, body);
    return m_rows->append(partitionOf(fastHash(joinKey), 0), m_entry);
}

Result<void> RelatedJoin::finish()
{
    std::vector<Hash128>().swap(m_recent);
    HEADGATE_TRY(m_pairs->finish());
    return m_rows->finish();
}

Result<bool> RelatedJoin::step(const Emit& emit)
{
    if (!m_reader) {
        if (m_parts.empty() && m_partition == PartitionedFile::partitionCount)
            return false;
        HEADGATE_TRY(nextPart());
        return true;
    }
    std::string_view entry;
    for (std::size_t i = 0; i < rowsPerJoinStep; ++i) {
        auto more = m_reader->next(entry);
        if (!more)
            return more;
        if (!*more) {
            m_reader.reset();
            if (m_parts.empty())
                finishPartition();
            return true;
        }
        HEADGATE_TRY(joinRow(entry, m_ordinal++, emit));
    }
    return true;
}

Result<void> RelatedJoin::nextPart()
{
    if (m_parts.empty()) {
        const std::size_t partition = m_partition++;
        m_matched.assign(static_cast<std::size_t>(m_rows->size(partition).entries), false);
        if (!m_matched.empty())
            m_parts.push_back({m_pairs, partition, 0});
        return {};
    }
    const Part part = m_parts.front();
    m_parts.pop_front();
    const PartitionedFile::Size size = part.file->size(part.partition);
    if (size.bytes + size.entries * memoryPerPair > m_budget && part.level < deepestPairSplit)
        return splitPairs(part);
    HEADGATE_TRY(loadPairs(part));
    m_reader.emplace(*m_rows, m_partition - 1);
    m_ordinal = 0;
    return {};
}

Result<void> RelatedJoin::loadPairs(const Part& part)
{
    m_loaded.clear();
    PartitionedFile::Reader reader(*part.file, part.partition);
    std::string_view entry;
    while (true) {
        auto more = reader.next(entry);
        if (!more)
            return propagate(std::move(more));
        if (!*more)
            break;
        const auto pair = RowFrame::parse(entry);
        if (!pair)
            return fail(ErrorKind::State, "spool.damaged",
                        Text::tr("A temporary file does not hold what was written to it."));
        m_loaded.emplace_back(pair->key, pair->body);
    }
    std::sort(m_loaded.begin(), m_loaded.end());
    m_loaded.erase(std::unique(m_loaded.begin(), m_loaded.end()), m_loaded.end());
    return {};
}

Result<void> RelatedJoin::splitPairs(const Part& part)
{
    auto split = PartitionedFile::create(m_directory);
    if (!split)
        return propagate(std::move(split));
    PartitionedFile::Reader reader(*part.file, part.partition);
    std::string_view entry;
    while (true) {
        auto more = reader.next(entry);
        if (!more)
            return propagate(std::move(more));
        if (!*more)
            break;
        HEADGATE_TRY((*split)->append(partitionOf(fastHash(entry), part.level), entry));
    }
    HEADGATE_TRY((*split)->finish());
    const std::shared_ptr<PartitionedFile> file = std::move(*split);
    for (std::size_t i = PartitionedFile::partitionCount; i-- > 0;)
        if (file->size(i).entries > 0)
            m_parts.push_front({file, i, part.level + 1});
    return {};
}

Result<void> RelatedJoin::joinRow(std::string_view entry, std::uint64_t ordinal, const Emit& emit)
{
    const auto row = RowFrame::parse(entry);
    if (!row)
        return fail(ErrorKind::State, "spool.damaged",
                    Text::tr("A temporary file does not hold what was written to it."));
    auto pair = std::lower_bound(m_loaded.begin(), m_loaded.end(), row->key,
                                 [](const Pair& a, std::string_view key) { return a.first < key; });
    for (; pair != m_loaded.end() && pair->first == row->key; ++pair) {
        m_matched[static_cast<std::size_t>(ordinal)] = true;
        HEADGATE_TRY(emit(pair->second, row->body));
    }
    return {};
}

void RelatedJoin::finishPartition()
{
    m_unmatched +=
        static_cast<std::uint64_t>(std::count(m_matched.begin(), m_matched.end(), false));
    m_loaded.clear();
}

} // namespace headgate::shape
