// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/hash.h"
#include "base/result.h"

#include <QTemporaryFile>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace headgate::shape {

/// Byte strings spread over 256 partitions of one temporary file (0600, gone with this object, and
/// with the process where the system has unnamed files), each read back alone and in the order of
/// writing. Takes 4 MiB of buffers while it is written. Errors: State "spool.disk"; Source
/// "record.row.size" for an entry over 1 GiB.
class PartitionedFile
{
public:
    static constexpr std::size_t partitionCount = 256;

    struct Size
    {
        std::uint64_t bytes = 0;
        std::uint64_t entries = 0;
    };

    [[nodiscard]] static Result<std::unique_ptr<PartitionedFile>>
    create(const std::string& directory);

    [[nodiscard]] Result<void> append(std::size_t partition, std::string_view entry);
    /// After the last append() and before the first read.
    [[nodiscard]] Result<void> finish();
    [[nodiscard]] Size size(std::size_t partition) const { return m_partitions[partition].size; }

    /// Reads one partition from its beginning. The file must outlive it.
    class Reader
    {
    public:
        Reader(PartitionedFile& file, std::size_t partition) : m_file(&file), m_partition(partition)
        {}
        /// False at the end. `entry` is valid until the next call.
        [[nodiscard]] Result<bool> next(std::string_view& entry);

    private:
        [[nodiscard]] Result<void> fill(std::size_t bytes);

        PartitionedFile* m_file;
        std::size_t m_partition;
        std::size_t m_nextBlock = 0;
        std::uint64_t m_entries = 0;
        std::string m_buffer;
        std::size_t m_at = 0;
    };

private:
    struct Block
    {
        qint64 offset = 0;
        std::uint32_t size = 0;
    };
    struct Partition
    {
        std::string buffer;
        std::vector<Block> blocks;
        Size size;
    };

    explicit PartitionedFile(const std::string& directory);
    [[nodiscard]] Result<void> flush(Partition& partition);
    [[nodiscard]] Failure failure(const QString& what) const;

    QTemporaryFile m_file;
    qint64 m_end = 0;
    std::vector<Partition> m_partitions;
};

/// The partition of a key at one level of splitting; 16 levels are independent of each other.
[[nodiscard]] std::size_t partitionOf(const Hash128& hash, std::size_t level);

} // namespace headgate::shape
