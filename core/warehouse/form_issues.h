// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "warehouse/warehouse_spec.h"

#include <set>

namespace headgate::warehouse {

/// All mistakes of a connection's form at once; places are "/FIELD". `secretIds` are those for
/// which a secret is referred to, resolved or not.
[[nodiscard]] Issues checkFormFields(const WarehouseSpec& spec,
                                     const std::map<std::string, std::string>& fields,
                                     const std::set<std::string>& secretIds);

} // namespace headgate::warehouse
