// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/private_file.h"

#include "state/sqlite_error.h"

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace headgate::state {

namespace {

Failure fileFailure(const std::string& path)
{
    const int error = errno;
    return Failure(sqliteError(SQLITE_IOERR, error, path, std::strerror(error)));
}

std::string folderOf(const std::string& path)
{
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

int openRetrying(const std::string& path, int flags, mode_t mode = 0)
{
    int handle = -1;
    do
        handle = ::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, mode);
    while (handle < 0 && errno == EINTR);
    return handle;
}

Result<void> syncHandle(int handle, const std::string& path)
{
#ifdef F_FULLFSYNC
    if (::fcntl(handle, F_FULLFSYNC) == 0)
        return {};
#endif
    while (::fsync(handle) != 0)
        if (errno != EINTR)
            return fileFailure(path);
    return {};
}

Result<void> syncFolder(const std::string& folder)
{
    const int handle = openRetrying(folder, O_RDONLY | O_DIRECTORY);
    if (handle < 0)
        return fileFailure(folder);
    auto synced = syncHandle(handle, folder);
    ::close(handle);
    return synced;
}

} // namespace

Result<PrivateFile> PrivateFile::create(const std::string& path)
{
    const int handle = openRetrying(path, O_RDWR | O_CREAT | O_EXCL, S_IRUSR | S_IWUSR);
    if (handle < 0)
        return fileFailure(path);
    return PrivateFile(path, handle);
}

Result<PrivateFile> PrivateFile::openForReading(const std::string& path)
{
    const int handle = openRetrying(path, O_RDONLY);
    if (handle < 0)
        return fileFailure(path);
    return PrivateFile(path, handle);
}

PrivateFile::PrivateFile(PrivateFile&& other) noexcept
    : m_path(std::move(other.m_path)), m_handle(std::exchange(other.m_handle, -1))
{}

PrivateFile& PrivateFile::operator=(PrivateFile&& other) noexcept
{
    std::swap(m_path, other.m_path);
    std::swap(m_handle, other.m_handle);
    return *this;
}

PrivateFile::~PrivateFile()
{
    if (m_handle >= 0)
        ::close(m_handle);
}

Result<void> PrivateFile::write(std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(m_handle, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return fileFailure(m_path);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

void PrivateFile::beginSync()
{
#ifdef SYNC_FILE_RANGE_WRITE
    static_cast<void>(::sync_file_range(m_handle, 0, 0, SYNC_FILE_RANGE_WRITE));
#endif
}

Result<void> PrivateFile::readAt(std::uint64_t offset, std::size_t size, std::string& into)
{
    into.resize(size);
    std::size_t filled = 0;
    while (filled < size) {
        const ssize_t got = ::pread(m_handle, into.data() + filled, size - filled,
                                    static_cast<off_t>(offset + filled));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fileFailure(m_path);
        if (got == 0)
            break;
        filled += static_cast<std::size_t>(got);
    }
    into.resize(filled);
    return {};
}

Result<std::uint64_t> PrivateFile::size() const
{
    struct stat info = {};
    if (::fstat(m_handle, &info) != 0)
        return fileFailure(m_path);
    return static_cast<std::uint64_t>(info.st_size);
}

Result<void> PrivateFile::sync()
{
    HEADGATE_TRY(syncHandle(m_handle, m_path));
    return syncFolder(folderOf(m_path));
}

Result<void> PrivateFile::close()
{
    if (::close(std::exchange(m_handle, -1)) != 0 && errno != EINTR)
        return fileFailure(m_path);
    return {};
}

Result<std::optional<std::string>> readPrivateFile(const std::string& path)
{
    struct stat info = {};
    if (::lstat(path.c_str(), &info) != 0 && errno == ENOENT)
        return std::nullopt;
    auto file = PrivateFile::openForReading(path);
    if (!file)
        return propagate(std::move(file));
    const auto size = file->size();
    if (!size)
        return Failure(size.error());
    std::string bytes;
    HEADGATE_TRY(file->readAt(0, static_cast<std::size_t>(*size), bytes));
    return bytes;
}

Result<void> replacePrivateFile(const std::string& path, std::string_view bytes)
{
    static std::atomic<unsigned> attempts = 0;
    const std::string temporary =
        path + ".new-" + std::to_string(::getpid()) + '-' + std::to_string(++attempts);
    HEADGATE_TRY(removeFile(temporary));
    auto file = PrivateFile::create(temporary);
    if (!file)
        return propagate(std::move(file));
    HEADGATE_TRY(file->write(bytes));
    HEADGATE_TRY(file->sync());
    HEADGATE_TRY(file->close());
    return replaceFile(temporary, path);
}

Result<void> replaceFile(const std::string& from, const std::string& to)
{
    if (std::rename(from.c_str(), to.c_str()) != 0)
        return fileFailure(to);
    return syncFolder(folderOf(to));
}

Result<bool> publishFile(const std::string& from, const std::string& to)
{
    if (::link(from.c_str(), to.c_str()) == 0) {
        HEADGATE_TRY(removeFile(from));
    } else if (errno == EEXIST) {
        return false;
    } else if (errno == EPERM || errno == ENOTSUP) { // exFAT and others have no hard links
        struct stat info = {};
        if (::lstat(to.c_str(), &info) == 0)
            return false;
        if (std::rename(from.c_str(), to.c_str()) != 0)
            return fileFailure(to);
    } else {
        return fileFailure(to);
    }
    HEADGATE_TRY(syncFolder(folderOf(to)));
    return true;
}

Result<void> removeFile(const std::string& path)
{
    if (::unlink(path.c_str()) != 0 && errno != ENOENT)
        return fileFailure(path);
    return {};
}

} // namespace headgate::state
