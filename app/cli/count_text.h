// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <cstdint>

namespace headgate::cli {

/// "1 row", "12345 rows": without separators, as scripts and people can copy it.
[[nodiscard]] QString rowsText(std::uint64_t count);
[[nodiscard]] QString recordsText(std::uint64_t count);

} // namespace headgate::cli
