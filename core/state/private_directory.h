// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace headgate::state {

/// Makes sure that `directory` is a folder of ours, 0700, on a local file system; creates it and
/// its parents. Returns its path without symbolic links. Errors: State
///   "state.directory"          not a folder, itself a symbolic link, or another user's
///   "state.network_filesystem" SQLite's locks and shared memory do not work there
///   "state.read_only", "state.disk_full", "state.io"
[[nodiscard]] Result<std::string> preparePrivateDirectory(const std::string& directory);

/// By the name that the operating system gives to the type: "nfs4", "cifs", "fuse.sshfs", ...
[[nodiscard]] bool isNetworkFileSystem(std::string_view type);

/// Error: State "state.network_filesystem".
[[nodiscard]] Result<void> requireLocalFileSystem(const std::string& directory);

} // namespace headgate::state
