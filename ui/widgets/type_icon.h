// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/value.h"
#include "theme/icon.h"

namespace headgate::ui {

[[nodiscard]] Icon typeIcon(data::ValueKind kind);
/// The kind's word for people: "text", "number", "date".
[[nodiscard]] QString typeName(data::ValueKind kind);

} // namespace headgate::ui
