// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace headgate::connector {

/// Rows of cells; the first row names the columns.
using CsvTable = std::vector<std::vector<std::string>>;

/// RFC 4180, also with bare line feeds. Empty if a quote is left open, stands in the middle of a
/// cell, or there is no row.
[[nodiscard]] std::optional<CsvTable> parseCsv(std::string_view text);
[[nodiscard]] std::optional<std::size_t> columnOf(const CsvTable& table, std::string_view name);

} // namespace headgate::connector
