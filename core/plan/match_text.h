// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/value.h"

#include <string>
#include <string_view>

namespace headgate::plan {

/// KnownRecord::match: a letter for the kind, then the text, so that a number is still a number
/// when a removal has to name it.
[[nodiscard]] std::string packMatch(data::ValueView match);
[[nodiscard]] data::Value unpackMatch(std::string_view packed);

} // namespace headgate::plan
