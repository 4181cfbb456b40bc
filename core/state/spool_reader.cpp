// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "state/private_file.h"
#include "state/spool_frame.h"

#include <algorithm>

namespace headgate::state {

namespace {

constexpr std::size_t windowSize = 1 << 16;

/// A part of the file in memory.
struct Window
{
    std::string bytes;
    std::uint64_t start = 0;
    std::uint64_t used = 0; ///< when, in reads

    [[nodiscard]] bool holds(std::uint64_t offset, std::size_t size) const
    {
        return offset >= start && offset + size <= start + bytes.size();
    }
};

/// Keeps windows of the file, so that frames read in order cost one system call per window.
class FileSpoolReader final : public SpoolReader
{
public:
    explicit FileSpoolReader(PrivateFile file) : m_file(std::move(file)) {}

    Result<void> checkMagic();
    Result<std::vector<SpoolRecord>> read(std::uint64_t offset, std::uint32_t count) override;
    Result<std::optional<std::uint64_t>> next(std::uint64_t offset, SpoolRecord& into) override;

private:
    Result<std::string_view> bytesAt(std::uint64_t offset, std::size_t size);
    Window& windowFor(std::uint64_t offset, std::size_t size);
    Result<void> readFrame(std::uint64_t offset, std::string& bytes) override;
    Result<std::string_view> frameAt(std::uint64_t offset);
    Result<std::uint64_t> readOne(std::uint64_t offset, SpoolRecord& into);
    [[nodiscard]] Failure damaged(std::uint64_t offset) const;

    PrivateFile m_file;
    std::uint64_t m_size = 0;
    std::vector<Window> m_windows;
    Window m_large;         ///< for what is larger than a window
    std::size_t m_last = 0; ///< the window of the last read
    std::uint64_t m_reads = 0;
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
    Window& window = size <= windowSize ? windowFor(offset, size) : m_large;
    window.used = ++m_reads;
    if (!window.holds(offset, size)) {
        window.start = offset;
        const auto read = m_file.readAt(offset, std::max(size, windowSize), window.bytes);
        if (!read)
            window.bytes.clear();
        HEADGATE_TRY(read);
        if (window.bytes.size() < size)
            return damaged(offset);
    }
    return std::string_view(window.bytes).substr(offset - window.start, size);
}

/// The one that holds it; else one to read it into: the one that goes on there, or a new one, or
/// the one that was not used for the longest time.
Window& FileSpoolReader::windowFor(std::uint64_t offset, std::size_t size)
{
    if (m_last < m_windows.size() && m_windows[m_last].holds(offset, size))
        return m_windows[m_last];
    std::size_t oldest = 0;
    for (m_last = 0; m_last < m_windows.size(); ++m_last) {
        const Window& window = m_windows[m_last];
        const std::uint64_t end = window.start + window.bytes.size();
        if (offset >= window.start && offset <= end)
            return m_windows[m_last];
        if (window.used < m_windows[oldest].used)
            oldest = m_last;
    }
    if (m_windows.size() < mostPlaces)
        return m_windows.emplace_back();
    m_last = oldest;
    return m_windows[m_last];
}

Result<std::string_view> FileSpoolReader::frameAt(std::uint64_t offset)
{
    const auto head = bytesAt(offset, frameHeaderSize);
    if (!head)
        return Failure(head.error());
    const FrameHeader header = readFrameHeader(*head);
    if (header.length > largestFrame)
        return damaged(offset);
    return bytesAt(offset, frameHeaderSize + header.length);
}

Result<std::uint64_t> FileSpoolReader::readOne(std::uint64_t offset, SpoolRecord& into)
{
    const auto frame = frameAt(offset);
    if (!frame)
        return Failure(frame.error());
    if (!state::readFrame(*frame, into))
        return damaged(offset);
    return offset + frame->size();
}

Result<void> FileSpoolReader::readFrame(std::uint64_t offset, std::string& bytes)
{
    const auto frame = frameAt(offset);
    if (!frame)
        return Failure(frame.error());
    if (!frameIsWhole(*frame))
        return damaged(offset);
    bytes.append(*frame);
    return {};
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
