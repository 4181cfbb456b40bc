// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>

namespace headgate::service {

/// What this machine knows of project folders: which are trusted, and which clones share a state.
/// One small JSON file below the state root. Blocking.
class FolderRegister
{
public:
    explicit FolderRegister(std::string stateRoot);

    enum class Clone
    {
        Ask,
        Share,
        Separate
    };
    /// The id under which this folder keeps its state: the project's own, or one of its own for a
    /// clone that is kept separate. Error: Usage "project.clone" if another folder that still holds
    /// the project has the state and nobody decided yet.
    [[nodiscard]] Result<std::string> stateIdOf(const std::string& folder,
                                                const std::string& projectId, Clone choice);

    [[nodiscard]] Result<bool> isTrusted(const std::string& folder, const std::string& projectId);
    [[nodiscard]] Result<void> trust(const std::string& folder, const std::string& projectId);

private:
    std::string m_root;
    std::string m_file;
};

} // namespace headgate::service
