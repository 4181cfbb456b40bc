// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/issue.h"
#include "base/result.h"
#include "project/migration.h"
#include "project/project.h"

#include <map>
#include <set>
#include <string>

namespace headgate::project {

struct LoadedProject
{
    Project project;              ///< what could be read
    int format = projectFormat;   ///< of the files; lower than projectFormat: migrated in memory
    Issues issues;                ///< of all files at once, at "FILE:LINE:COLUMN POINTER"
    std::set<std::string> unread; ///< files that are left out of `project` because of errors
};

inline constexpr std::size_t largestQuery = 1 << 20;

/// Reads the contents of a project folder, given as bytes by path ("models/orders.sql").
/// Error: Config, "project.too_new" and "project.too_old"; everything else becomes issues.
[[nodiscard]] Result<LoadedProject> readProject(const std::map<std::string, std::string>& files,
                                                const ProjectFormat& format);

/// The files of a project, as they are written in format `format`.
[[nodiscard]] std::map<std::string, std::string> projectTexts(const Project& project,
                                                              int format = projectFormat);

} // namespace headgate::project
