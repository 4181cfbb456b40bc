// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/partitioned_file.h"

#include <set>

namespace headgate::shape {

/// Finds row keys that rows of different records share (semantics 1). Only needed where the row key
/// does not hold the record key: else rows that repeat it are of one record, which sees it itself.
/// 32 bytes a row on disk.
class RowKeyCheck
{
public:
    /// A model with more records that share row keys has no such key: then the check fails.
    static constexpr std::size_t mostRecords = 1'000'000;

    [[nodiscard]] static Result<std::unique_ptr<RowKeyCheck>> create(const std::string& directory);

    [[nodiscard]] Result<void> add(std::string_view rowKey, std::string_view recordKey);
    /// Hashes (fastHash) of the keys of the records concerned. Error: Config "record.row_key".
    [[nodiscard]] Result<std::set<Hash128>> finish();

private:
    struct Row
    {
        Hash128 rowKey;
        Hash128 recordKey;
        bool operator<(const Row& other) const
        {
            return rowKey != other.rowKey ? rowKey < other.rowKey : recordKey < other.recordKey;
        }
    };

    explicit RowKeyCheck(std::unique_ptr<PartitionedFile> file) : m_file(std::move(file)) {}
    [[nodiscard]] Result<void> load(std::size_t partition);
    void collect(std::set<Hash128>& records) const;

    std::unique_ptr<PartitionedFile> m_file;
    std::string m_entry;
    std::vector<Row> m_rows;
};

} // namespace headgate::shape
