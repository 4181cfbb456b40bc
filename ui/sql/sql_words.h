// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace headgate::ui {

/// Words that are coloured and offered, in lower case, sorted. Those of the warehouses together:
/// Headgate only reads, so words that write are not among them.
[[nodiscard]] std::span<const std::string_view> sqlKeywords();
[[nodiscard]] std::span<const std::string_view> sqlFunctions();

/// In either case.
[[nodiscard]] bool isSqlKeyword(std::string_view word);
[[nodiscard]] bool isSqlFunction(std::string_view word);
/// A word that cannot be a name or an alias without quotes anywhere.
[[nodiscard]] bool isReservedWord(std::string_view word);

/// Letters of ASCII only.
[[nodiscard]] std::string inLowerCase(std::string_view text);
[[nodiscard]] bool equalInEitherCase(std::string_view a, std::string_view b);

} // namespace headgate::ui
