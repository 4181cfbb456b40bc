// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace headgate::connector {

/// Everything but RFC 3986's unreserved characters as %XX.
[[nodiscard]] std::string percentEncoded(std::string_view bytes);

} // namespace headgate::connector
