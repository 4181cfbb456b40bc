// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command.h"
#include "cli/exit_policy.h"
#include "service/workspace.h"

#include <vector>

namespace headgate::cli {

/// Prepares and drives one run after another and shows each report. Ends early when a signal
/// arrives. The exit code is the gravest one of all. An
/// identity that must be decided (semantics 4) is asked about where somebody can answer.
[[nodiscard]] Result<int> runAndShow(const Invocation& invocation, service::Workspace& workspace,
                                     const std::vector<service::RunRequest>& requests,
                                     const ExitPolicy& policy);

} // namespace headgate::cli
