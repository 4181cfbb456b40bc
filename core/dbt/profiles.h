// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "dbt/env_template.h"
#include "warehouse/found_connection.h"

namespace headgate::dbt {

/// Of dbt's profiles.yml: every output of every profile, the profile's own target first. A value
/// that cannot be rendered is left out with a note; a secret that is one variable of the
/// environment becomes a reference to it. Error: Config "dbt.yaml".
[[nodiscard]] Result<std::vector<warehouse::FoundConnection>>
readProfiles(std::string_view bytes, const std::string& file, const Environment& environment);

/// Id of resources/warehouses/<id>.json for what dbt calls an adapter; empty: none fits.
[[nodiscard]] std::string warehouseOfAdapter(std::string_view type);

} // namespace headgate::dbt
