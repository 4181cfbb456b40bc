// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/workspace.h"

namespace headgate::ui {

/// How many records an edit sends again, and how long that takes at the least.
[[nodiscard]] QString costText(const service::EditCost& cost);

} // namespace headgate::ui
