// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/gallery.h"

namespace headgate::ui {

/// The widgets of this folder, for the gallery.
[[nodiscard]] std::vector<Gallery::Section> widgetSections();

} // namespace headgate::ui
