// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/http.h"

#include <optional>
#include <string_view>
#include <vector>

namespace headgate::connector {

/// "Name: value" lines, parted by line feeds, blank lines skipped. Only the first colon of a line
/// parts: "X-Link: https://a.example:8080" keeps its value whole. Empty if a line has no colon or a
/// name that HTTP does not allow, or a value with control characters.
[[nodiscard]] std::optional<std::vector<http::Header>> parseHeaderLines(std::string_view lines);

} // namespace headgate::connector
