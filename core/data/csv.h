// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace headgate::data {

/// Appends one cell of a CSV row: in quotes where RFC 4180 wants them, or where `quote` does.
void appendCsvCell(std::string& out, std::string_view text, char separator = ',',
                   bool quote = false);

} // namespace headgate::data
