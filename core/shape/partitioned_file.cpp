// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/partitioned_file.h"

#include "base/text.h"

#include <cstring>

namespace headgate::shape {

namespace {

constexpr std::size_t partitionBufferSize = 16 << 10;

void appendEntrySize(std::string& out, std::size_t size)
{
    const auto value = static_cast<std::uint32_t>(size);
    char bytes[sizeof value];
    std::memcpy(bytes, &value, sizeof value);
    out.append(bytes, sizeof value);
}

} // namespace

PartitionedFile::PartitionedFile(const std::string& directory)
    : m_file(toQString(directory) + QStringLiteral("/headgate-XXXXXX.rows")),
      m_partitions(partitionCount)
{}

Failure PartitionedFile::failure(const QString& what) const
{
    return fail(ErrorKind::State, "spool.disk",
                Text::tr("%1 in the temporary folder “%2”: %3. Free some space there, or choose "
                         "another folder.")
                    .arg(what, m_file.fileTemplate().section(QLatin1Char('/'), 0, -2),
                         m_file.errorString()));
}

Result<std::unique_ptr<PartitionedFile>> PartitionedFile::create(const std::string& directory)
{
    std::unique_ptr<PartitionedFile> file(new PartitionedFile(directory));
    if (!file->m_file.open())
        return file->failure(Text::tr("No file can be made"));
    return file;
}

Result<void> PartitionedFile::append(std::size_t partition, std::string_view entry)
{
    constexpr std::size_t longestEntry = 1 << 30;
    if (entry.size() > longestEntry)
        return fail(ErrorKind::Source, "record.row.size",
                    Text::tr("A row is larger than 1 GiB. Leave its large columns out of the "
                             "query."));
    Partition& target = m_partitions[partition];
    appendEntrySize(target.buffer, entry.size());
    target.buffer += entry;
    target.size.bytes += entry.size();
    ++target.size.entries;
    return target.buffer.size() < partitionBufferSize ? Result<void>() : flush(target);
}

Result<void> PartitionedFile::flush(Partition& partition)
{
    // A block's size fits 32 bits: at most a buffer and one entry.
    const auto size = static_cast<qint64>(partition.buffer.size());
    if (m_file.write(partition.buffer.data(), size) != size || !m_file.flush())
        return failure(Text::tr("Rows cannot be written"));
    partition.blocks.push_back({m_end, static_cast<std::uint32_t>(size)});
    m_end += size;
    partition.buffer.clear();
    if (partition.buffer.capacity() > 4 * partitionBufferSize)
        partition.buffer.shrink_to_fit();
    return {};
}

Result<void> PartitionedFile::finish()
{
    for (Partition& partition : m_partitions) {
        if (!partition.buffer.empty())
            HEADGATE_TRY(flush(partition));
        std::string().swap(partition.buffer);
    }
    return {};
}

Result<void> PartitionedFile::Reader::fill(std::size_t bytes)
{
    const auto& blocks = m_file->m_partitions[m_partition].blocks;
    m_buffer.erase(0, m_at);
    m_at = 0;
    while (m_buffer.size() < bytes) {
        if (m_nextBlock == blocks.size())
            return m_file->failure(Text::tr("Rows are missing"));
        const Block& block = blocks[m_nextBlock++];
        const std::size_t begin = m_buffer.size();
        m_buffer.resize(begin + block.size);
        if (!m_file->m_file.seek(block.offset) ||
            m_file->m_file.read(m_buffer.data() + begin, block.size) !=
                static_cast<qint64>(block.size))
            return m_file->failure(Text::tr("Rows cannot be read back"));
    }
    return {};
}

Result<bool> PartitionedFile::Reader::next(std::string_view& entry)
{
    if (m_entries == m_file->m_partitions[m_partition].size.entries)
        return false;
    std::uint32_t size = 0;
    if (m_buffer.size() - m_at < sizeof size)
        HEADGATE_TRY(fill(sizeof size));
    std::memcpy(&size, m_buffer.data() + m_at, sizeof size);
    if (m_buffer.size() - m_at - sizeof size < size)
        HEADGATE_TRY(fill(sizeof size + size));
    entry = std::string_view(m_buffer).substr(m_at + sizeof size, size);
    m_at += sizeof size + size;
    ++m_entries;
    return true;
}

std::size_t partitionOf(const Hash128& hash, std::size_t level)
{
    return hash.bytes[level % hash.bytes.size()];
}

} // namespace headgate::shape
