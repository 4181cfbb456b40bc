// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"

#include <optional>
#include <string_view>

namespace headgate::http {

/// RFC 9110 §5.6.7 in its three forms:
///   Sun, 06 Nov 1994 08:49:37 GMT    Sunday, 06-Nov-94 08:49:37 GMT    Sun Nov  6 08:49:37 1994
/// `now` decides the century of two-digit years: never over 50 years ahead. The day's name is not
/// compared with the date; "UTC" and "+0000" pass for "GMT", as some servers write them.
[[nodiscard]] std::optional<WallTime> parseHttpDate(std::string_view text, WallTime now);

} // namespace headgate::http
