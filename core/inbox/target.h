// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace headgate::inbox {

using NameValues = std::vector<std::pair<std::string, std::string>>;

/// A request target, taken apart. The path stays percent-encoded, so that an encoded slash does not
/// part segments.
struct Target
{
    std::string path;
    NameValues query;
};

[[nodiscard]] Target parseTarget(std::string_view target);
/// application/x-www-form-urlencoded
[[nodiscard]] NameValues parseForm(std::string_view text);
/// A percent sign without two digits stays as it is.
[[nodiscard]] std::string percentDecoded(std::string_view text);
[[nodiscard]] std::optional<std::string> valueOf(const NameValues& values, std::string_view name);

} // namespace headgate::inbox
