// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command_spec.h"

#include <span>
#include <string>

namespace headgate::cli {

/// A script for "bash", "zsh" or "fish" that completes commands, options, their fixed values, and
/// where a sync is named, the syncs of the project in the current folder. Empty for other shells.
[[nodiscard]] std::string completionScript(std::span<const CommandSpec> commands,
                                           const std::string& shell);

} // namespace headgate::cli
