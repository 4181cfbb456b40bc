// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/durable_file.h"

#include "base/text.h"

#include <QString>
#include <algorithm>
#include <array>
#include <windows.h>

namespace headgate::connector {

namespace {

constexpr std::size_t largestWrite = 1 << 20;

[[nodiscard]] Failure fileFailure(const std::string& path, DWORD error)
{
    const QString name = toQString(path);
    const QString why = qt_error_string(static_cast<int>(error));
    if (error == ERROR_DISK_FULL || error == ERROR_HANDLE_DISK_FULL ||
        error == ERROR_DISK_QUOTA_EXCEEDED || error == ERROR_FILE_TOO_LARGE)
        return fail(ErrorKind::Destination, "file.full",
                    Text::tr("There is no room left for %1: %2. Free some space and run again.")
                        .arg(name, why));
    if (error == ERROR_ACCESS_DENIED || error == ERROR_WRITE_PROTECT ||
        error == ERROR_SHARING_VIOLATION)
        return fail(
            ErrorKind::Destination, "file.denied",
            Text::tr("%1 cannot be written: %2. Check the folder's permissions.").arg(name, why));
    if (error == ERROR_FILE_NOT_FOUND || error == ERROR_PATH_NOT_FOUND)
        return fail(
            ErrorKind::Destination, "file.missing",
            Text::tr("%1 cannot be opened: %2. Check that the folder exists.").arg(name, why));
    return fail(ErrorKind::Destination, "file.failed",
                Text::tr("%1 cannot be used: %2.").arg(name, why));
}

std::wstring widePath(const std::string& path)
{
    return toQString(path).toStdWString();
}

class WindowsFile final : public DurableFile
{
public:
    WindowsFile(HANDLE handle, std::string path) : m_handle(handle), m_path(std::move(path)) {}
    ~WindowsFile() override { CloseHandle(m_handle); }
    WindowsFile(const WindowsFile&) = delete;
    WindowsFile& operator=(const WindowsFile&) = delete;

    Result<std::uint64_t> size() override
    {
        LARGE_INTEGER size;
        if (!GetFileSizeEx(m_handle, &size))
            return fileFailure(m_path, GetLastError());
        return static_cast<std::uint64_t>(size.QuadPart);
    }

    Result<std::string> read(std::uint64_t limit) override
    {
        HEADGATE_TRY(seek(0, FILE_BEGIN));
        std::string all;
        std::array<char, 65536> block;
        while (all.size() <= limit) {
            DWORD got = 0;
            if (!ReadFile(m_handle, block.data(), static_cast<DWORD>(block.size()), &got, nullptr))
                return fileFailure(m_path, GetLastError());
            if (got == 0)
                return all;
            all.append(block.data(), got);
        }
        return fileFailure(m_path, ERROR_FILE_TOO_LARGE);
    }

    Result<void> append(std::string_view bytes) override
    {
        HEADGATE_TRY(seek(0, FILE_END));
        while (!bytes.empty()) {
            DWORD taken = 0;
            const auto size = static_cast<DWORD>(std::min(bytes.size(), largestWrite));
            if (!WriteFile(m_handle, bytes.data(), size, &taken, nullptr) || taken == 0)
                return fileFailure(m_path, GetLastError());
            bytes.remove_prefix(taken);
        }
        return {};
    }

    Result<void> truncate(std::uint64_t size) override
    {
        HEADGATE_TRY(seek(static_cast<long long>(size), FILE_BEGIN));
        if (!SetEndOfFile(m_handle))
            return fileFailure(m_path, GetLastError());
        return {};
    }

    Result<void> sync() override
    {
        if (!FlushFileBuffers(m_handle))
            return fileFailure(m_path, GetLastError());
        return {};
    }

private:
    Result<void> seek(long long offset, DWORD from)
    {
        LARGE_INTEGER distance;
        distance.QuadPart = offset;
        if (!SetFilePointerEx(m_handle, distance, nullptr, from))
            return fileFailure(m_path, GetLastError());
        return {};
    }

    HANDLE m_handle;
    std::string m_path;
};

} // namespace

Result<std::unique_ptr<DurableFile>> DurableFile::open(const std::string& path)
{
    const HANDLE handle = CreateFileW(
        widePath(path).c_str(), GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_DELETE,
        nullptr, OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL | FILE_FLAG_OPEN_REPARSE_POINT, nullptr);
    if (handle == INVALID_HANDLE_VALUE)
        return fileFailure(path, GetLastError());
    return std::make_unique<WindowsFile>(handle, path);
}

/// Sharing for writing is never granted, so that every open file is locked.
Result<std::unique_ptr<DurableFile>> DurableFile::openLocked(const std::string& path)
{
    auto file = open(path);
    if (file || GetLastError() != ERROR_SHARING_VIOLATION)
        return file;
    return fail(ErrorKind::Destination, "file.busy",
                Text::tr("Another run is writing with %1. Wait for its end.").arg(toQString(path)));
}

Result<void> renameDurably(const std::string& from, const std::string& to)
{
    if (!MoveFileExW(widePath(from).c_str(), widePath(to).c_str(),
                     MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH))
        return fileFailure(to, GetLastError());
    return {};
}

Result<void> removeFile(const std::string& path)
{
    if (!DeleteFileW(widePath(path).c_str()) && GetLastError() != ERROR_FILE_NOT_FOUND)
        return fileFailure(path, GetLastError());
    return {};
}

} // namespace headgate::connector
