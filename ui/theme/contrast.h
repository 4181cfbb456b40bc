// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

namespace headgate::ui {

/// Contrast ratio of WCAG 2.2, 1 to 21; both colours opaque.
[[nodiscard]] double contrast(const QColor& a, const QColor& b);
/// `share` (0 to 1) of `top` over `base`.
[[nodiscard]] QColor blend(const QColor& base, const QColor& top, double share);

} // namespace headgate::ui
