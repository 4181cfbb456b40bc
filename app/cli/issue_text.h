// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/issue.h"
#include "cli/output.h"

namespace headgate::cli {

/// A finding on one line, with its end.
[[nodiscard]] QString issueText(const Issue& issue, const Output& output);
[[nodiscard]] data::JsonNode issueMembers(const Issue& issue);

} // namespace headgate::cli
