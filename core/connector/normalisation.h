// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/connector_spec.h"

#include <string>
#include <string_view>

namespace headgate::connector {

/// The form in which the destination compares match values; null: as they are.
[[nodiscard]] std::string normalised(const MatchField* field, std::string_view text);

} // namespace headgate::connector
