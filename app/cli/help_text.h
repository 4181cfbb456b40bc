// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command_spec.h"

#include <span>

namespace headgate::cli {

/// All commands, a line each, in the given order.
[[nodiscard]] QString overviewText(std::span<const CommandSpec> commands);
/// The commands of a group ("sources"), or everything about one command; empty if it is neither.
[[nodiscard]] QString commandText(std::span<const CommandSpec> commands, const std::string& name);

} // namespace headgate::cli
