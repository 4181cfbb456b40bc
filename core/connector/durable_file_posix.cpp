// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/durable_file.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace headgate::connector {

namespace {

constexpr std::size_t largestWrite = 1 << 20;

[[nodiscard]] Failure fileFailure(const std::string& path, int error)
{
    const QString name = toQString(path);
    const QString why = toQString(std::strerror(error));
    if (error == ENOSPC || error == EDQUOT || error == EFBIG)
        return fail(ErrorKind::Destination, "file.full",
                    Text::tr("There is no room left for %1: %2. Free some space and run again.")
                        .arg(name, why));
    if (error == EACCES || error == EPERM || error == EROFS)
        return fail(
            ErrorKind::Destination, "file.denied",
            Text::tr("%1 cannot be written: %2. Check the folder's permissions.").arg(name, why));
    if (error == ENOENT || error == ENOTDIR)
        return fail(
            ErrorKind::Destination, "file.missing",
            Text::tr("%1 cannot be opened: %2. Check that the folder exists.").arg(name, why));
    return fail(ErrorKind::Destination, "file.failed",
                Text::tr("%1 cannot be used: %2.").arg(name, why));
}

/// 0, or why it failed; an interrupted call is made again.
int syncError(int descriptor)
{
    while (::fsync(descriptor) != 0)
        if (errno != EINTR)
            return errno;
    return 0;
}

int openRetrying(const std::string& path, int flags)
{
    constexpr mode_t everybody = 0666;
    int descriptor = ::open(path.c_str(), flags, everybody);
    while (descriptor < 0 && errno == EINTR)
        descriptor = ::open(path.c_str(), flags, everybody);
    return descriptor;
}

class PosixFile final : public DurableFile
{
public:
    PosixFile(int descriptor, std::string path) : m_descriptor(descriptor), m_path(std::move(path))
    {}
    ~PosixFile() override { ::close(m_descriptor); }
    PosixFile(const PosixFile&) = delete;
    PosixFile& operator=(const PosixFile&) = delete;

    [[nodiscard]] bool lock() const { return ::flock(m_descriptor, LOCK_EX | LOCK_NB) == 0; }

    Result<std::uint64_t> size() override
    {
        struct stat status = {};
        if (::fstat(m_descriptor, &status) != 0)
            return fileFailure(m_path, errno);
        return static_cast<std::uint64_t>(status.st_size);
    }

    Result<std::string> read(std::uint64_t limit) override
    {
        std::string all;
        std::array<char, 65536> block;
        while (all.size() <= limit) {
            const ssize_t got =
                ::pread(m_descriptor, block.data(), block.size(), static_cast<off_t>(all.size()));
            if (got < 0 && errno == EINTR)
                continue;
            if (got < 0)
                return fileFailure(m_path, errno);
            if (got == 0)
                return all;
            all.append(block.data(), static_cast<std::size_t>(got));
        }
        return fileFailure(m_path, EOVERFLOW);
    }

    Result<void> append(std::string_view bytes) override
    {
        while (!bytes.empty()) {
            const ssize_t taken =
                ::write(m_descriptor, bytes.data(), std::min(bytes.size(), largestWrite));
            if (taken < 0 && errno == EINTR)
                continue;
            if (taken <= 0)
                return fileFailure(m_path, taken < 0 ? errno : ENOSPC);
            bytes.remove_prefix(static_cast<std::size_t>(taken));
        }
        return {};
    }

    Result<void> truncate(std::uint64_t size) override
    {
        while (::ftruncate(m_descriptor, static_cast<off_t>(size)) != 0)
            if (errno != EINTR)
                return fileFailure(m_path, errno);
        return {};
    }

    Result<void> sync() override
    {
        if (const int error = syncError(m_descriptor); error != 0)
            return fileFailure(m_path, error);
        return {};
    }

private:
    int m_descriptor;
    std::string m_path;
};

std::string folderOf(const std::string& path)
{
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos ? "." : path.substr(0, std::max<std::size_t>(slash, 1));
}

Result<void> syncFolder(const std::string& folder)
{
    const int descriptor = openRetrying(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return fileFailure(folder, errno);
    const int error = syncError(descriptor);
    ::close(descriptor);
    if (error != 0)
        return fileFailure(folder, error);
    return {};
}

Result<std::unique_ptr<PosixFile>> openPosixFile(const std::string& path)
{
    const int flags = O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW;
    const int descriptor = openRetrying(path, flags);
    if (descriptor < 0)
        return fileFailure(path, errno);
    auto file = std::make_unique<PosixFile>(descriptor, path);
    HEADGATE_TRY(syncFolder(folderOf(path)));
    return file;
}

} // namespace

Result<std::unique_ptr<DurableFile>> DurableFile::open(const std::string& path)
{
    auto file = openPosixFile(path);
    if (!file)
        return propagate(std::move(file));
    return std::move(*file);
}

Result<std::unique_ptr<DurableFile>> DurableFile::openLocked(const std::string& path)
{
    auto file = openPosixFile(path);
    if (!file)
        return propagate(std::move(file));
    if (!(*file)->lock())
        return fail(
            ErrorKind::Destination, "file.busy",
            Text::tr("Another run is writing with %1. Wait for its end.").arg(toQString(path)));
    return std::move(*file);
}

Result<void> renameDurably(const std::string& from, const std::string& to)
{
    if (std::rename(from.c_str(), to.c_str()) != 0)
        return fileFailure(to, errno);
    return syncFolder(folderOf(to));
}

Result<void> removeFile(const std::string& path)
{
    if (::unlink(path.c_str()) != 0 && errno != ENOENT)
        return fileFailure(path, errno);
    return {};
}

} // namespace headgate::connector
