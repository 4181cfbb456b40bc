// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "warehouse/found_connection.h"

namespace headgate::warehouse {

/// Of DBeaver's data-sources.json. Users and passwords that DBeaver keeps encrypted are not read.
/// Error: Config "data.json.*".
[[nodiscard]] Result<std::vector<FoundConnection>> readDBeaver(std::string_view bytes,
                                                               const std::string& file);

} // namespace headgate::warehouse
