// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/random.h"

#include <string>
#include <string_view>

namespace headgate {

/// The random stable id of a definition: 16 characters of [a-z2-7]. It outlives renames.
[[nodiscard]] std::string makeId(Random& random);
[[nodiscard]] bool isId(std::string_view text);

/// File names of definitions: [a-z0-9_-]{1,64}.
[[nodiscard]] bool isSlug(std::string_view text);

} // namespace headgate
