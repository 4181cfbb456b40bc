// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"

#include <string>

namespace headgate::service {

/// SHA-256 over everything that the bytes of a sync's requests depend on: its own definition
/// without gates, schedule and history, its models with their queries, the destination's, the
/// account, and the connector's spec. A plan made under another hash is not continued (semantics
/// 22).
[[nodiscard]] std::string definitionHash(const project::Project& project,
                                         const project::SyncDefinition& sync,
                                         const std::string& target, const std::string& account,
                                         const std::string& specHash);

} // namespace headgate::service
