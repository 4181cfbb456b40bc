// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace headgate::shape {

/// The words of a name, lower case and singular: "recentlyViewed_Products" is recently, viewed,
/// product.
[[nodiscard]] std::vector<std::string> wordsOf(std::string_view name);
/// How much two names say the same, from 0 to 1.
[[nodiscard]] double nameLikeness(const std::vector<std::string>& a,
                                  const std::vector<std::string>& b);

} // namespace headgate::shape
