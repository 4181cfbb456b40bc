// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/spec_loader.h"

#include <QString>
#include <map>
#include <string>
#include <vector>

namespace headgate::connector {

/// All connectors at hand: those shipped with Headgate and those of a project, which stand in
/// connectors/ID/spec.json and win over a shipped one of the same id. A folder's name is the id of
/// its spec. A spec with mistakes is left out and its mistakes are kept.
class SpecLibrary
{
public:
    /// The shipped connectors.
    [[nodiscard]] static SpecLibrary builtIn();
    /// Adds those of a project folder; no folder connectors/ is no mistake.
    void addProject(const QString& projectFolder);
    /// Adds ID/spec.json of each folder ID within.
    void addFolder(const QString& folder);
    /// Adds one, replacing another of its id.
    void add(LoadedSpec loaded, const std::string& id, const std::string& file);

    /// Null if there is none of that id, or it has mistakes.
    [[nodiscard]] SharedSpec find(const std::string& id) const;
    [[nodiscard]] std::vector<SharedSpec> all() const; ///< by id
    [[nodiscard]] const Issues& issues() const { return m_issues; }

private:
    void unreadable(const QString& path, const QString& why);
    std::map<std::string, SharedSpec> m_specs;
    Issues m_issues;
};

} // namespace headgate::connector
