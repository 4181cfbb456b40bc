// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>

namespace headgate::project {

/// A file name for a new definition of that display name: lower case without accents, words joined
/// by '-', not `isTaken`. `fallback` where the name has no letter that a slug may hold.
[[nodiscard]] std::string proposeSlug(const std::string& name, const std::string& fallback,
                                      const std::function<bool(const std::string&)>& isTaken);

} // namespace headgate::project
