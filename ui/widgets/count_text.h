// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <cstdint>

namespace headgate::ui {

/// A number as the user's locale groups its digits.
[[nodiscard]] QString countText(std::uint64_t count);

/// "1 row", "12,345 rows", to stand within a sentence.
[[nodiscard]] QString rowsText(std::uint64_t count);
[[nodiscard]] QString recordsText(std::uint64_t count);
[[nodiscard]] QString requestsText(std::uint64_t count);

} // namespace headgate::ui
