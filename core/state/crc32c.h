// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace headgate::state {

/// CRC-32C (Castagnoli): crc32c("123456789") is 0xE3069283.
[[nodiscard]] std::uint32_t crc32c(std::string_view bytes);

} // namespace headgate::state
