// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/partitioned_file.h"
#include "shape/row_frame.h"

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace headgate::shape {

/// Brings the rows of a related model that is joined by something other than the record key to
/// the records that need them: the distinct (join key, record key) pairs of the main rows and the
/// related rows are partitioned by join key and joined partition by partition.
class RelatedJoin
{
public:
    using Emit = std::function<Result<void>(std::string_view recordKey, std::string_view body)>;

    /// `memoryBudget` bounds the pairs held at a time.
    [[nodiscard]] static Result<std::unique_ptr<RelatedJoin>> create(const std::string& directory,
                                                                     std::uint64_t memoryBudget);

    [[nodiscard]] Result<void> addPair(std::string_view joinKey, std::string_view recordKey);
    [[nodiscard]] Result<void> addRow(std::string_view joinKey, std::string_view body);
    /// After the last pair and row.
    [[nodiscard]] Result<void> finish();

    /// Joins a bounded number of rows; false when all are. Each row is emitted once for each
    /// record that it joins.
    [[nodiscard]] Result<bool> step(const Emit& emit);
    /// Rows that no main row asked for; complete after the last step.
    [[nodiscard]] std::uint64_t unmatched() const { return m_unmatched; }

private:
    /// Pairs of one partition, and of one part of it where it had to be split. The parts of a split
    /// are joined before the next part is split: as many files are open as splits are deep.
    struct Part
    {
        std::shared_ptr<PartitionedFile> file;
        std::size_t partition = 0;
        std::size_t level = 0;
    };
    using Pair = std::pair<std::string, std::string>;

    explicit RelatedJoin(std::uint64_t memoryBudget) : m_budget(memoryBudget), m_recent(recentPairs)
    {}
    [[nodiscard]] Result<void> nextPart();
    [[nodiscard]] Result<void> loadPairs(const Part& part);
    [[nodiscard]] Result<void> splitPairs(const Part& part);
    [[nodiscard]] Result<void> joinRow(std::string_view entry, std::uint64_t ordinal,
                                       const Emit& emit);
    void finishPartition();

    static constexpr std::size_t recentPairs = 1 << 14;

    std::uint64_t m_budget;
    std::string m_directory;
    std::shared_ptr<PartitionedFile> m_pairs;
    std::unique_ptr<PartitionedFile> m_rows;
    std::vector<Hash128> m_recent; ///< pairs written lately, by hash: most repeats end here
    std::string m_entry;

    std::size_t m_partition = 0; ///< the next to join
    std::deque<Part> m_parts;    ///< of the current partition, still to join
    std::vector<Pair> m_loaded;  ///< sorted, distinct
    std::optional<PartitionedFile::Reader> m_reader;
    std::uint64_t m_ordinal = 0;
    std::vector<bool> m_matched; ///< rows of the current partition, by ordinal
    std::uint64_t m_unmatched = 0;
};

} // namespace headgate::shape
