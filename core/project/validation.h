// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/issue.h"
#include "connector/spec_library.h"
#include "data/schema.h"
#include "project/project.h"

#include <map>
#include <string>

namespace headgate::project {

/// What a check may know beside the definitions.
struct ValidationKnowledge
{
    const connector::SpecLibrary& connectors;
    /// Columns by model slug, for the models whose source was asked. What needs the columns of a
    /// model that is not here is not checked.
    std::map<std::string, data::Schema> columns = {};
};

/// Everything that can be known to be wrong with a project at a target before anything is sent:
/// names that point nowhere, account forms, keys, and what connector and shape cannot do together.
/// Places are "syncs/a.json#/matching/field"; ProjectFolder::located() finds them in the file.
/// A sync without shape is a warning and is not checked further.
[[nodiscard]] Issues validate(const Project& project, const std::string& target,
                              const ValidationKnowledge& knowledge);

/// The same for one sync and what it uses: another's mistakes do not keep it from running.
[[nodiscard]] Issues validateSync(const Project& project, const std::string& target,
                                  const std::string& sync, const ValidationKnowledge& knowledge);

} // namespace headgate::project
