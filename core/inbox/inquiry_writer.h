// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inbox/http_answer.h"
#include "inbox/spec_routes.h"

#include <map>
#include <string>
#include <vector>

namespace headgate::inbox {

/// Names of fields and their types in our words.
using FieldTypes = std::map<std::string, std::string>;

/// Answers a check, a list of objects or a list of fields; all at once where one request is several
/// of them.
[[nodiscard]] HttpAnswer writeInquiry(const std::vector<RouteMatch>& matches,
                                      const std::string& account,
                                      const std::vector<std::string>& objects,
                                      const FieldTypes& fields);

} // namespace headgate::inbox
