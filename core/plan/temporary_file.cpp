// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/temporary_file.h"

#include "base/text.h"

namespace headgate::plan {

Result<TemporaryFile> TemporaryFile::create(const std::string& directory)
{
    TemporaryFile temporary(
        std::make_unique<QTemporaryFile>(toQString(directory) + QStringLiteral("/plan-XXXXXX")));
    if (!temporary.m_file->open())
        return temporary.failed(Text::tr("could not be created"));
    return temporary;
}

Result<void> TemporaryFile::append(std::span<const char> bytes)
{
    const auto size = static_cast<qint64>(bytes.size());
    if (!m_file->seek(static_cast<qint64>(m_size)) || m_file->write(bytes.data(), size) != size ||
        !m_file->flush())
        return failed(Text::tr("could not be written"));
    m_size += bytes.size();
    return {};
}

Result<void> TemporaryFile::read(std::uint64_t offset, std::span<char> into)
{
    const auto size = static_cast<qint64>(into.size());
    if (!m_file->seek(static_cast<qint64>(offset)) || m_file->read(into.data(), size) != size)
        return failed(Text::tr("could not be read back"));
    return {};
}

Failure TemporaryFile::failed(const QString& what) const
{
    return fail(
        ErrorKind::State, "spool.disk",
        Text::tr("The temporary file %1 %2: %3. Free some space there and run again; nothing "
                 "was sent.")
            .arg(m_file->fileTemplate(), what, m_file->errorString()));
}

} // namespace headgate::plan
