// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace headgate::data {

/// Valid compact JSON laid out over lines for people. Numbers and strings keep their bytes, unlike
/// with a parser, which would round them. `margin` spaces stand before every line but the first.
[[nodiscard]] std::string indentedJson(std::string_view json, std::size_t margin = 0);

} // namespace headgate::data
