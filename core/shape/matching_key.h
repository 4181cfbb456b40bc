// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/function.h"

#include <optional>
#include <string>
#include <string_view>

namespace headgate::shape {

/// What advertising destinations hash, so that both sides get the same digest: Meta's customer
/// list rules and https://developers.google.com/data-manager/api/get-started/formatting.
/// A phone number that begins with + or 00 names its country; another one takes `countryCode`
/// ("49") in place of its leading zeros, or counts as naming it where that is empty.
/// Empty if the text cannot be such a key: an address without a single inner @, a number without
/// digits or with letters.
[[nodiscard]] std::optional<std::string>
normalisedMatchingKey(std::string_view text, MatchingKey key, std::string_view countryCode);

} // namespace headgate::shape
