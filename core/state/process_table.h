// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace headgate::state {

/// When a process was started, in the operating system's own figures, comparable as text only;
/// nothing if it does not run (a zombie does not), empty if it runs and its start is hidden.
[[nodiscard]] std::optional<std::string> processStart(std::int64_t pid);

/// Names the space in which process ids are valid; empty where there is one only.
[[nodiscard]] std::string processNamespace();

} // namespace headgate::state
