// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace headgate::state {

/// A file that only its owner may read (0600). Symbolic links are not followed. Errors: State
/// "state.disk_full", "state.read_only", "state.io".
class PrivateFile
{
public:
    /// For writing; an error if something of that name exists.
    [[nodiscard]] static Result<PrivateFile> create(const std::string& path);
    [[nodiscard]] static Result<PrivateFile> openForReading(const std::string& path);

    PrivateFile(PrivateFile&& other) noexcept;
    PrivateFile& operator=(PrivateFile&& other) noexcept;
    ~PrivateFile();

    [[nodiscard]] const std::string& path() const { return m_path; }
    /// Writes all of it or fails.
    [[nodiscard]] Result<void> write(std::string_view bytes);
    /// The system may begin to bring to the disk what was written, so that sync() finds less to do.
    /// No more than a hint: what fails, sync() tells.
    void beginSync();
    /// At most `size` bytes from `offset` on; fewer only at the end of the file.
    [[nodiscard]] Result<void> readAt(std::uint64_t offset, std::size_t size, std::string& into);
    [[nodiscard]] Result<std::uint64_t> size() const;
    /// Returns when the bytes, and on creation the name, are on the disk.
    [[nodiscard]] Result<void> sync();
    /// Needed after writing: some file systems report a full disk only here.
    [[nodiscard]] Result<void> close();

private:
    PrivateFile(std::string path, int handle) : m_path(std::move(path)), m_handle(handle) {}

    std::string m_path;
    int m_handle = -1;
};

/// Empty if there is no such file.
[[nodiscard]] Result<std::optional<std::string>> readPrivateFile(const std::string& path);
/// Old contents or new contents, never a mixture, whatever happens in between.
[[nodiscard]] Result<void> replacePrivateFile(const std::string& path, std::string_view bytes);
/// Gives `from` the name `to`; false, and nothing happened, if that name is taken.
[[nodiscard]] Result<bool> publishFile(const std::string& from, const std::string& to);
/// Gives `from` the name `to`, in one step; what had it is gone.
[[nodiscard]] Result<void> replaceFile(const std::string& from, const std::string& to);
/// Success if it was not there.
[[nodiscard]] Result<void> removeFile(const std::string& path);

} // namespace headgate::state
