// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command.h"
#include "service/workspace.h"

namespace headgate::cli {

struct ResolutionRequest
{
    std::string sync;              ///< slug
    std::vector<std::string> keys; ///< empty: every record that the resolution fits
    service::Resolution resolution = service::Resolution::Release;
};

/// Resolves and shows how many records it touched. Error: Usage "usage.resolution.none" where a
/// named key fits no record.
[[nodiscard]] Result<int> resolveAndShow(const Invocation& invocation,
                                         service::Workspace& workspace,
                                         const ResolutionRequest& request);

} // namespace headgate::cli
