// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace headgate::ui {

/// True where the user's setting asks for no animation, or on Windows the system's.
[[nodiscard]] bool reducedMotion();
/// The user's own setting. May be changed while running.
void setReducedMotion(bool reduced);

} // namespace headgate::ui
