// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>

namespace headgate::ui {

enum class TextSize
{
    Small, ///< captions, headers of tables, badges
    Body,
    Title
};

/// The system's own font, or a good one of those installed where the system names none.
[[nodiscard]] QFont bodyFont();
/// Follows the application's font, which the user may have enlarged.
[[nodiscard]] QFont textFont(TextSize size, QFont::Weight weight = QFont::Normal);
[[nodiscard]] QFont codeFont(TextSize size = TextSize::Body);
/// Of one line of inputs, tables and lists: 28 px, more with a larger font.
[[nodiscard]] int rowHeight();

} // namespace headgate::ui
