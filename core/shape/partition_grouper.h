// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/loaded_partition.h"
#include "shape/partitioned_file.h"
#include "shape/record_assembler.h"

#include <deque>
#include <map>
#include <set>

namespace headgate::shape {

/// Makes records of the rows of a partitioned file: each partition is loaded, grouped and shaped.
/// One that does not fit the memory is weighed key by key; records over the limits are named as
/// Invalid and passed over, and what is still too much is split by further bits of the hash.
class PartitionGrouper
{
public:
    /// Both must outlive it.
    PartitionGrouper(const RecordOptions& options, RecordAssembler& assembler);

    /// The file is finished; main rows precede related ones within a partition. It is held
    /// until the last partition has been loaded.
    void start(const std::shared_ptr<PartitionedFile>& file);
    /// A bounded piece of work; false when every record has been yielded.
    [[nodiscard]] Result<bool> step(std::vector<ShapedRecord>& into);
    /// Rows of a related model (counted from 0) whose key no main row has.
    [[nodiscard]] std::uint64_t unmatched(std::size_t related) const
    {
        return m_unmatched[related];
    }

private:
    using KeySet = std::set<std::string, std::less<>>;

    /// A partition that waits for being grouped.
    struct Part
    {
        std::shared_ptr<PartitionedFile> file;
        std::size_t partition = 0;
        std::size_t level = 0;
        KeySet skipped; ///< keys over the limits, yielded already
    };
    struct KeySize
    {
        std::uint64_t rows = 0;
        std::uint64_t bytes = 0;
    };
    using KeySizes = std::map<std::string, KeySize, std::less<>>;

    enum class PassKind
    {
        Load,
        Weigh, ///< sizes of keys
        Name,  ///< yields the keys over the limits, by the first main row of each
        Split
    };
    /// One reading of a partition, some rows at a time.
    struct Pass
    {
        PassKind kind = PassKind::Load;
        Part part;
        PartitionedFile::Reader reader;
        KeySizes sizes; ///< Weigh: of all keys; Name: of those over the limits
        KeySet named;
        std::shared_ptr<PartitionedFile> split;
        std::uint64_t memoryLeft = 0; ///< Name: of the keys within the limits
        std::size_t keysLeft = 0;
    };

    [[nodiscard]] Result<void> start(PassKind kind, Part part);
    [[nodiscard]] Result<void> stepPass(std::vector<ShapedRecord>& into);
    [[nodiscard]] Result<void> takeRow(std::string_view entry, std::vector<ShapedRecord>& into);
    void weigh(const RowFrame& frame);
    [[nodiscard]] Result<void> nameKey(const RowFrame& frame, std::vector<ShapedRecord>& into);
    [[nodiscard]] Result<void> endPass();
    [[nodiscard]] Result<void> endWeighing();
    [[nodiscard]] Result<void> loadOrSplit(Part part, std::uint64_t memory, std::size_t keys);
    void queueSplit();
    void yieldGroups(std::vector<ShapedRecord>& into);
    void yieldGroup(std::vector<ShapedRecord>& into);

    const RecordOptions& m_options;
    RecordAssembler& m_assembler;
    std::uint64_t m_budget;
    std::uint64_t m_cellsPerRow = 0;
    std::deque<Part> m_parts;
    std::optional<Pass> m_pass;
    LoadedPartition m_loaded;
    data::RowBlock m_oneRow;
    bool m_grouping = false;
    std::vector<ModelRows> m_related;
    std::vector<std::uint64_t> m_unmatched;
};

} // namespace headgate::shape
