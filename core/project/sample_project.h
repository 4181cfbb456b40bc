// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/random.h"
#include "base/result.h"

#include <filesystem>

namespace headgate::project {

/// Writes the sample project of resources/sample with its SQLite warehouse into `root`, which may
/// exist and be empty. Only the project's id differs from one to the next, because state on this
/// machine belongs to it. Takes about a second. A failure leaves no headgate.json behind.
/// Error: Usage "project.exists" where the folder holds anything, State "project.write".
[[nodiscard]] Result<void> createSample(const std::filesystem::path& root, Random& random);

} // namespace headgate::project
