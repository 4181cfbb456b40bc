// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace headgate::ui {

/// True where the system's or the user's setting asks for no animation.
[[nodiscard]] bool reducedMotion();
/// The user's own setting, beside the system's.
void setReducedMotion(bool reduced);

} // namespace headgate::ui
