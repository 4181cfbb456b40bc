// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "state/private_file.h"
#include "state/spool_frame.h"

namespace headgate::state {

namespace {

constexpr std::size_t writeBufferSize = 1 << 20;

class FileSpoolWriter final : public SpoolWriter
{
public:
    explicit FileSpoolWriter(PrivateFile file) : m_file(std::move(file))
    {
        m_buffer.reserve(writeBufferSize * 2);
        m_buffer = spoolMagic;
    }

    Result<std::uint64_t> append(const SpoolRecord& record) override;
    Result<std::uint64_t> appendEncoded(std::string_view frame) override;
    Result<void> sync() override;

private:
    Result<std::uint64_t> finishFrame(std::size_t begin);
    Result<void> flush();

    PrivateFile m_file;
    std::string m_buffer;
    std::uint64_t m_flushed = 0;
    std::uint64_t m_synced = 0;
    /// After a failed write or sync nobody knows how much is in the file.
    std::optional<Error> m_broken;
};

Result<std::uint64_t> FileSpoolWriter::append(const SpoolRecord& record)
{
    if (m_broken)
        return Failure(*m_broken);
    const std::size_t begin = m_buffer.size();
    appendFrame(m_buffer, record, record.category);
    return finishFrame(begin);
}

Result<std::uint64_t> FileSpoolWriter::appendEncoded(std::string_view frame)
{
    if (m_broken)
        return Failure(*m_broken);
    const std::size_t begin = m_buffer.size();
    m_buffer.append(frame);
    return finishFrame(begin);
}

Result<std::uint64_t> FileSpoolWriter::finishFrame(std::size_t begin)
{
    const std::size_t length = m_buffer.size() - begin;
    if (length > largestFrame + frameHeaderSize) {
        m_buffer.resize(begin);
        return fail(ErrorKind::State, "spool.frame",
                    Text::tr("A record of %1 bytes is too large for the spool %2.")
                        .arg(length)
                        .arg(toQString(m_file.path())));
    }
    const std::uint64_t offset = m_flushed + begin;
    if (m_buffer.size() >= writeBufferSize) {
        HEADGATE_TRY(flush());
        m_file.beginSync();
    }
    return offset;
}

Result<void> FileSpoolWriter::sync()
{
    if (m_broken)
        return Failure(*m_broken);
    HEADGATE_TRY(flush());
    if (m_synced == m_flushed)
        return {};
    if (const auto synced = m_file.sync(); !synced) {
        m_broken = synced.error();
        return Failure(synced.error());
    }
    m_synced = m_flushed;
    return {};
}

Result<void> FileSpoolWriter::flush()
{
    if (const auto written = m_file.write(m_buffer); !written) {
        m_broken = written.error();
        return Failure(written.error());
    }
    m_flushed += m_buffer.size();
    m_buffer.clear();
    return {};
}

} // namespace

Result<std::unique_ptr<SpoolWriter>> SpoolWriter::create(const std::string& path)
{
    auto file = PrivateFile::create(path);
    if (!file)
        return propagate(std::move(file));
    return std::make_unique<FileSpoolWriter>(std::move(*file));
}

} // namespace headgate::state
