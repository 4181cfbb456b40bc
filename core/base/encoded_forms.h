// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace headgate {

/// The text and what JSON and URLs make of it, as the usual writers do: slashes and what is not
/// ASCII escaped or not, hexadecimal digits in either case. Each form once.
[[nodiscard]] std::vector<std::string> encodedForms(std::string_view utf8);

} // namespace headgate
