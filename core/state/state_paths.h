// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace headgate::state {

/// Where state lives: never in the project. The root is the environment's HEADGATE_STATE_DIR, else
///   Linux    $XDG_STATE_HOME/headgate or ~/.local/state/headgate
///   macOS    ~/Library/Application Support/Headgate
///   Windows  %LOCALAPPDATA%\Headgate
class StatePaths
{
public:
    /// Error: State "state.no_home" if there is neither that variable nor a home folder.
    [[nodiscard]] static Result<StatePaths> fromEnvironment();
    explicit StatePaths(std::string root) : m_root(std::move(root)) {}

    [[nodiscard]] const std::string& root() const { return m_root; }
    /// For StateStore::open(). Ids and slugs stay readable; other texts become a hash, so that no
    /// name reaches outside the root.
    [[nodiscard]] std::string directoryOf(std::string_view projectId,
                                          std::string_view target) const;
    /// One for all projects of the user.
    [[nodiscard]] std::string ledgerFile() const { return m_root + "/ledger/requests.db"; }

private:
    std::string m_root;
};

} // namespace headgate::state
