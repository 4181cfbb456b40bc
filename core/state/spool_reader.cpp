// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "state/private_file.h"
#include "state/spool_frame.h"

#include <algorithm>

namespace headgate::state {

namespace {

constexpr std::size_t readBufferSize = 1 << 20;

/// Keeps a window of the file, so that batches read in order cost one system call per megabyte.
class FileSpoolReader final : public SpoolReader
{
public:
    explicit FileSpoolReader(PrivateFile file) : m_file(std::move(file)) {}

    Result<void> checkMagic();
    Result<std::vector<SpoolRecord>> read(std::uint64_t offset, std::uint32_t count) override;
    Result<std::optional<std::uint64_t>> next(std::uint64_t offset, SpoolRecord& into) override;

private:
    Result<std::string_view> bytesAt(std::uint64_t offset, std::size_t size);
    Result<std::uint64_t> readOne(std::uint64_t offset, SpoolRecord& into);
    [[nodiscard]] Failure damaged(std::uint64_t offset) const;

    PrivateFile m_file;
    std::uint64_t m_size = 0;
    std::string m_window;
    std::uint64_t m_windowStart = 0;
};

Failure FileSpoolReader::damaged(std::uint64_t offset) const
{
    return fail(ErrorKind::State, "spool.damaged",
                Text::tr("The spool %1 is damaged at byte %2. Discard its plan; the next run makes "
                         "a new one.")
                    .arg(toQString(m_file.path()))
                    .arg(offset));
}

Result<void> FileSpoolReader::checkMagic()
{
    const auto magic = bytesAt(0, spoolMagic.size());
    if (!magic)
        return Failure(magic.error());
    if (*magic != spoolMagic)
        return damaged(0);
    return {};
}

Result<std::string_view> FileSpoolReader::bytesAt(std::uint64_t offset, std::size_t size)
{
    if (offset + size > m_size) { // the writer may still be at work
        const auto grown = m_file.size();
        if (!grown)
            return Failure(grown.error());
        m_size = *grown;
    }
    if (offset > m_size || size > m_size - offset)
        return damaged(offset);
    const bool inWindow =
        offset >= m_windowStart && offset + size <= m_windowStart + m_window.size();
    if (!inWindow) {
        m_windowStart = offset;
        HEADGATE_TRY(m_file.readAt(offset, std::max(size, readBufferSize), m_window));
        if (m_window.size() < size)
            return damaged(offset);
    }
    return std::string_view(m_window).substr(offset - m_windowStart, size);
}

Result<std::uint64_t> FileSpoolReader::readOne(std::uint64_t offset, SpoolRecord& into)
{
    const auto head = bytesAt(offset, frameHeaderSize);
    if (!head)
        return Failure(head.error());
    const FrameHeader header = readFrameHeader(*head);
    if (header.length > largestFrame)
        return damaged(offset);
    const auto body = bytesAt(offset + frameHeaderSize, header.length);
    if (!body)
        return Failure(body.error());
    if (!readFrameBody(header, *body, into))
        return damaged(offset);
    return offset + frameHeaderSize + header.length;
}

Result<std::vector<SpoolRecord>> FileSpoolReader::read(std::uint64_t offset, std::uint32_t count)
{
    std::vector<SpoolRecord> records;
    records.reserve(std::min<std::uint32_t>(count, 4096));
    for (std::uint32_t i = 0; i < count; ++i) {
        const auto next = readOne(offset, records.emplace_back());
        if (!next)
            return Failure(next.error());
        offset = *next;
    }
    return records;
}

Result<std::optional<std::uint64_t>> FileSpoolReader::next(std::uint64_t offset, SpoolRecord& into)
{
    if (offset >= m_size) {
        const auto grown = m_file.size();
        if (!grown)
            return Failure(grown.error());
        m_size = *grown;
    }
    if (offset == m_size)
        return std::nullopt;
    return readOne(offset, into).map([](std::uint64_t behind) { return std::optional(behind); });
}

} // namespace

Result<std::unique_ptr<SpoolReader>> SpoolReader::open(const std::string& path)
{
    auto file = PrivateFile::openForReading(path);
    if (!file)
        return propagate(std::move(file));
    auto reader = std::make_unique<FileSpoolReader>(std::move(*file));
    HEADGATE_TRY(reader->checkMagic());
    return reader;
}

} // namespace headgate::state
