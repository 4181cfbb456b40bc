// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/arguments.h"
#include "cli/command_spec.h"

#include <string>
#include <string_view>
#include <vector>

namespace headgate::cli {

/// --key, --keys-from and --header.
[[nodiscard]] std::vector<OptionSpec> keyListOptions();
/// The keys of --key and of the file that --keys-from names, each once. Error: Usage
/// "usage.keys.*", State "keys.file".
[[nodiscard]] Result<std::vector<std::string>> givenKeys(const Arguments& arguments);

/// The first field of each record of RFC 4180 CSV, which a plain list of lines is as well. Empty
/// lines and fields are left out. Error: Usage "usage.keys.csv" naming the line.
[[nodiscard]] Result<std::vector<std::string>> firstFields(std::string_view csv, bool skipFirst);

} // namespace headgate::cli
