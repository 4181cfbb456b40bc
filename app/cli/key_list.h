// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/arguments.h"
#include "cli/command_spec.h"

#include <string>
#include <vector>

namespace headgate::cli {

/// --key, --keys-from and --header.
[[nodiscard]] std::vector<OptionSpec> keyListOptions();
/// The keys of --key and of the file that --keys-from names, each once. Error: Usage
/// "usage.keys.*", State "keys.file".
[[nodiscard]] Result<std::vector<std::string>> givenKeys(const Arguments& arguments);

} // namespace headgate::cli
