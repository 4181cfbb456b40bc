// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "data/json.h"

#include <map>
#include <string>
#include <vector>

namespace headgate::project {

/// JSON files of a project by their path in the folder ("syncs/orders.json").
using ProjectFiles = std::map<std::string, data::JsonNode>;

/// One step from format `from` to the next. Applying it twice gives the same as once, so that a
/// save that was cut short can be repeated; it must expect members of any type.
struct Migration
{
    int from;
    void (*apply)(ProjectFiles& files);
};

/// A format and the ways to it from older ones.
struct ProjectFormat
{
    int current;
    std::vector<Migration> migrations;

    /// What this program writes.
    [[nodiscard]] static ProjectFormat ours();
};

/// Brings files of format `from` to `format.current`, step by step.
/// Error: Config "project.too_old" where a step is missing.
[[nodiscard]] Result<void> migrate(ProjectFiles& files, int from, const ProjectFormat& format);

} // namespace headgate::project
