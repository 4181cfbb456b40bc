// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command.h"

namespace headgate::cli {

/// Every command, in the order in which help lists them.
[[nodiscard]] std::vector<std::unique_ptr<Command>> allCommands();
[[nodiscard]] std::vector<CommandSpec> allSpecs();

} // namespace headgate::cli
