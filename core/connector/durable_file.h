// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace headgate::connector {

/// A file that is written at its end and whose every step is checked. QFile and QSaveFile can
/// report success on a full disk; this goes to the system's own calls.
/// Errors: Destination "file.full" (no space, quota, size limit), "file.denied", "file.missing" or
/// "file.failed", naming path and reason.
class DurableFile
{
public:
    virtual ~DurableFile() = default;

    /// Creates it, readable and writable as the user's umask has it, or opens it as it is.
    [[nodiscard]] static Result<std::unique_ptr<DurableFile>> open(const std::string& path);
    /// The same, and no other process has it open this way until it is closed. Error: also
    /// Destination "file.busy".
    [[nodiscard]] static Result<std::unique_ptr<DurableFile>> openLocked(const std::string& path);

    [[nodiscard]] virtual Result<std::uint64_t> size() = 0;
    /// All of it from the beginning. Error: also "file.failed" if it is over `limit`.
    [[nodiscard]] virtual Result<std::string> read(std::uint64_t limit) = 0;
    /// At the end. After an error some of it may be there.
    [[nodiscard]] virtual Result<void> append(std::string_view bytes) = 0;
    [[nodiscard]] virtual Result<void> truncate(std::uint64_t size) = 0;
    /// Returns when the disk has it. After an error nothing is known about what it has.
    [[nodiscard]] virtual Result<void> sync() = 0;
};

/// Replaces `to` in one step that no crash cuts in half, and makes the step durable. Both are in
/// one folder.
[[nodiscard]] Result<void> renameDurably(const std::string& from, const std::string& to);
/// No file is no error.
[[nodiscard]] Result<void> removeFile(const std::string& path);

} // namespace headgate::connector
