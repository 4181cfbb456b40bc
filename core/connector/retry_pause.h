// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/answer_spec.h"

#include <optional>
#include <vector>

namespace headgate::connector {

/// How long an answer asks to wait, in its headers or its body: the longest of what is there.
/// Never under a second.
[[nodiscard]] std::optional<Milliseconds> pauseAskedFor(const std::vector<RetryAfterSpec>& places,
                                                        const http::Answer& answer, WallTime now);

} // namespace headgate::connector
