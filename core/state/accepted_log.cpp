// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/accepted_log.h"

#include "base/text.h"
#include "state/crc32c.h"
#include "state/spool_frame.h"

#include <QDir>
#include <algorithm>

namespace headgate::state {

namespace {

constexpr std::size_t bufferSize = 1 << 20;
constexpr const char* copyEnding = ".new";
constexpr int offsetBits = 40;
constexpr std::uint64_t offsetMask = (std::uint64_t(1) << offsetBits) - 1;

std::uint64_t referenceTo(std::int64_t run, std::uint64_t offset)
{
    return static_cast<std::uint64_t>(run) << offsetBits | offset;
}

std::string logPath(const std::string& directory, std::int64_t run)
{
    return directory + "/run-" + std::to_string(run) + ".accepted";
}

bool isBlank(std::string_view body)
{
    return std::all_of(body.begin(), body.end(), [](char c) { return c == '\0'; });
}

/// Walks the frames of a log file. A frame that is cut or damaged ends it.
class LogReader
{
public:
    explicit LogReader(PrivateFile file) : m_file(std::move(file)) {}

    /// The frame at the offset, header included; empty at the end.
    Result<std::string_view> frameAt(std::uint64_t offset)
    {
        HEADGATE_TRY(m_file.readAt(offset, frameHeaderSize, m_bytes));
        if (m_bytes.size() < frameHeaderSize)
            return std::string_view();
        const FrameHeader header = readFrameHeader(m_bytes);
        if (header.length > largestFrame)
            return std::string_view();
        HEADGATE_TRY(m_file.readAt(offset, frameHeaderSize + header.length, m_bytes));
        const bool whole = m_bytes.size() == frameHeaderSize + header.length;
        const std::string_view body = std::string_view(m_bytes).substr(frameHeaderSize);
        return whole && crc32c(body) == header.checksum ? std::string_view(m_bytes)
                                                        : std::string_view();
    }

    /// Where the readable part ends.
    Result<std::uint64_t> each(const std::function<Result<void>(std::string_view)>& visit)
    {
        for (std::uint64_t offset = SpoolReader::firstOffset;;) {
            const auto frame = frameAt(offset);
            if (!frame)
                return Failure(frame.error());
            if (frame->empty())
                return offset;
            offset += frame->size();
            HEADGATE_TRY(visit(*frame));
        }
    }

private:
    PrivateFile m_file;
    std::string m_bytes;
};

bool parse(std::string_view frame, SpoolRecord& into)
{
    const std::string_view body = frame.substr(frameHeaderSize);
    return !isBlank(body) && readFrame(frame, into);
}

std::string blanked(std::string_view frame)
{
    std::string bytes(frame.substr(0, 4));
    const std::string body(frame.size() - frameHeaderSize, '\0');
    const std::uint32_t checksum = crc32c(body);
    for (int shift = 0; shift < 32; shift += 8)
        bytes += static_cast<char>(checksum >> shift & 0xFF);
    return bytes + body;
}

} // namespace

AcceptedLog::AcceptedLog(PrivateFile file, std::int64_t run)
    : m_file(std::move(file)), m_buffer(spoolMagic), m_run(run)
{}

Result<std::unique_ptr<AcceptedLog>> AcceptedLog::create(const std::string& directory,
                                                         std::int64_t run)
{
    const std::string path = logPath(directory, run);
    HEADGATE_TRY(removeFile(path));
    auto file = PrivateFile::create(path);
    if (!file)
        return propagate(std::move(file));
    return std::unique_ptr<AcceptedLog>(new AcceptedLog(std::move(*file), run));
}

Result<std::uint64_t> AcceptedLog::append(std::string_view frame, std::uint8_t category)
{
    const std::uint64_t offset = m_flushed + m_buffer.size();
    appendFrame(m_buffer, frame, category);
    if (m_buffer.size() >= bufferSize)
        HEADGATE_TRY(flush());
    const bool sayable = offset >> offsetBits == 0 && m_run < std::int64_t(1) << 23;
    return sayable ? referenceTo(m_run, offset) : std::uint64_t(0);
}

Result<void> AcceptedLog::flush()
{
    HEADGATE_TRY(m_file.write(m_buffer));
    m_flushed += m_buffer.size();
    m_buffer.clear();
    return {};
}

Result<std::optional<SpoolRecord>> AcceptedLogs::read(std::uint64_t reference) const
{
    const std::string path =
        logPath(m_directory, static_cast<std::int64_t>(reference >> offsetBits));
    if (reference == 0 || !QFile::exists(toQString(path)))
        return std::nullopt;
    auto file = PrivateFile::openForReading(path);
    if (!file)
        return propagate(std::move(file));
    LogReader log(std::move(*file));
    const auto frame = log.frameAt(reference & offsetMask);
    if (!frame)
        return Failure(frame.error());
    SpoolRecord record;
    return !frame->empty() && parse(*frame, record) ? std::optional(std::move(record))
                                                    : std::nullopt;
}

Result<void> AcceptedLogs::scan(std::int64_t run,
                                const std::function<bool(SpoolRecord&)>& visit) const
{
    return scanFrom(run, 0, [&](std::uint64_t, SpoolRecord& record) { return visit(record); });
}

Result<void>
AcceptedLogs::scanFrom(std::int64_t run, std::uint64_t from,
                       const std::function<bool(std::uint64_t, SpoolRecord&)>& visit) const
{
    const std::string path = logPath(m_directory, run);
    if (!QFile::exists(toQString(path)))
        return {};
    auto file = PrivateFile::openForReading(path);
    if (!file)
        return propagate(std::move(file));
    LogReader log(std::move(*file));
    SpoolRecord record;
    for (std::uint64_t offset = std::max(from & offsetMask, SpoolReader::firstOffset);;) {
        const auto frame = log.frameAt(offset);
        if (!frame)
            return Failure(frame.error());
        if (frame->empty())
            return {};
        if (parse(*frame, record) && !visit(referenceTo(run, offset), record))
            return {};
        offset += frame->size();
    }
}

std::vector<AcceptedLogs::File> AcceptedLogs::files() const
{
    std::vector<File> found;
    const QDir folder(toQString(m_directory));
    for (const QFileInfo& file :
         folder.entryInfoList({QStringLiteral("run-*.accepted")}, QDir::Files)) {
        bool isNumber = false;
        const qint64 run = file.completeBaseName().mid(4).toLongLong(&isNumber);
        if (isNumber)
            found.push_back({run, static_cast<std::uint64_t>(file.size())});
    }
    std::sort(found.begin(), found.end(),
              [](const File& a, const File& b) { return a.run > b.run; });
    return found;
}

Result<void> AcceptedLogs::remove(std::int64_t run) const
{
    return removeFile(logPath(m_directory, run));
}

Result<std::uint64_t>
AcceptedLogs::purge(const std::function<bool(const SpoolRecord&)>& drops) const
{
    const QDir folder(toQString(m_directory));
    for (const QString& copy :
         folder.entryList({QStringLiteral("run-*.accepted") + toQString(copyEnding)}, QDir::Files))
        HEADGATE_TRY(removeFile(m_directory + '/' + copy.toStdString()));
    std::uint64_t blankedRecords = 0;
    for (const File& file : files()) {
        auto count = purgeFile(file.run, drops);
        if (!count)
            return count;
        blankedRecords += *count;
    }
    return blankedRecords;
}

Result<std::uint64_t>
AcceptedLogs::purgeFile(std::int64_t run,
                        const std::function<bool(const SpoolRecord&)>& drops) const
{
    const std::string path = logPath(m_directory, run);
    auto file = PrivateFile::openForReading(path);
    if (!file)
        return propagate(std::move(file));
    const auto size = file->size();
    if (!size)
        return Failure(size.error());
    LogReader log(std::move(*file));
    SpoolRecord record;
    const auto isDropped = [&](std::string_view frame) {
        return parse(frame, record) && drops(record);
    };
    std::uint64_t count = 0;
    const auto end = log.each([&](std::string_view frame) -> Result<void> {
        count += isDropped(frame) ? 1U : 0U;
        return {};
    });
    // Behind a frame that is cut or damaged nothing can be read, and anything may stand.
    if (!end || (count == 0 && *end == *size))
        return end ? Result<std::uint64_t>(count) : end;
    auto clean = PrivateFile::create(path + copyEnding);
    if (!clean)
        return propagate(std::move(clean));
    HEADGATE_TRY(clean->write(spoolMagic));
    HEADGATE_TRY(log.each([&](std::string_view frame) {
        return clean->write(isDropped(frame) ? blanked(frame) : std::string(frame));
    }));
    HEADGATE_TRY(clean->sync());
    HEADGATE_TRY(clean->close());
    HEADGATE_TRY(replaceFile(path + copyEnding, path));
    return count;
}

} // namespace headgate::state
