// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>
#include <filesystem>
#include <string>
#include <string_view>

namespace headgate::project {

/// A project may come from a stranger: nothing in it may name a file outside of it.

/// A slug that every file system can hold ("con", "nul", "com1"... are not).
[[nodiscard]] bool isFileSlug(std::string_view text);

/// The file that `relative` ("templates/a.hbs", forward slashes) names under `root`. Refused:
/// absolute and drive paths, "." and "..", backslashes, control characters, names over 255 bytes,
/// and any symbolic link on the way below `root`, whether or not the file exists.
/// Error: Config, "project.path.outside" or "project.path.symlink".
[[nodiscard]] Result<std::filesystem::path> pathInside(const std::filesystem::path& root,
                                                       std::string_view relative);

/// The bytes of a regular file of at most `limit` bytes; devices and pipes are never opened.
/// Error: Config, "project.file.missing", "project.file.kind", "project.file.size",
/// "project.file.read".
[[nodiscard]] Result<std::string> readRegularFile(const std::filesystem::path& path,
                                                  std::uintmax_t limit);

/// Replaces a file as a whole or not at all: temporary file beside it, every byte and every result
/// checked, renamed, read back. Symbolic links are refused, missing folders are made.
/// Error: State, "project.write".
[[nodiscard]] Result<void> writeWholeFile(const std::filesystem::path& path,
                                          std::string_view bytes);

/// For people.
[[nodiscard]] QString shown(const std::filesystem::path& path);

} // namespace headgate::project
