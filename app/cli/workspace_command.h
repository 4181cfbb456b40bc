// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command.h"
#include "service/workspace.h"

namespace headgate::cli {

/// A command that works on a project: finds it, opens it at the target, and asks what must be asked
/// before (which of two clones keeps the state; whether a stranger's project is trusted).
class WorkspaceCommand : public Command
{
public:
    /// That of workspaceSpec(), with --share and --separate.
    [[nodiscard]] CommandSpec spec() const final;
    [[nodiscard]] Result<int> run(const Invocation& invocation) final;

protected:
    enum class Reach
    {
        LocalFiles, ///< reads and writes this machine only
        Network     ///< queries or sends: the project must be trusted
    };

    explicit WorkspaceCommand(Reach reach) : m_reach(reach) {}
    [[nodiscard]] virtual CommandSpec workspaceSpec() const = 0;
    [[nodiscard]] virtual Result<int> work(const Invocation& invocation,
                                           service::Workspace& workspace) = 0;

private:
    Reach m_reach;
};

/// The folder that --project names, or the nearest one from the current folder up that holds a
/// headgate.json. Error: Usage "usage.project".
[[nodiscard]] Result<std::string> findProject(const GlobalOptions& globals);

/// The project's syncs of these slugs; all of them if none is named. Error: Config
/// "sync.unreadable" with the mistakes of its file; Usage "usage.sync", naming those that there
/// are.
[[nodiscard]] Result<std::vector<std::string>> chosenSyncs(const service::Workspace& workspace,
                                                           const std::vector<std::string>& slugs);
/// The same of one.
[[nodiscard]] Result<std::string> chosenSync(const service::Workspace& workspace,
                                             const std::string& slug);

} // namespace headgate::cli
