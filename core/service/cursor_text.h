// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/value.h"

#include <cstdint>
#include <string_view>

namespace headgate::service {

/// Whether a query takes the cursor's value itself, as :since.
[[nodiscard]] bool mentionsSince(std::string_view sql);

/// `since` moved back: integers by so many units, dates and times by so many seconds, within their
/// own form. Other kinds, and texts that are no such value, stay as they are.
[[nodiscard]] data::Value withLookback(const data::Value& since, std::int64_t lookback);

} // namespace headgate::service
