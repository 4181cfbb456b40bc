// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QAbstractButton;
class QString;
class QWidget;

namespace headgate::ui {

enum class ButtonKind
{
    Secondary, ///< the usual one
    Primary,   ///< the one main action of a page or strip
    Danger,    ///< what cannot be undone
    Quiet      ///< no edge until the pointer is on it; tool buttons are always so
};

void setButtonKind(QAbstractButton* button, ButtonKind kind);
[[nodiscard]] ButtonKind buttonKind(const QWidget* button);

/// Marks an input (line edit, combo box, spin box, text edit) as wrong: a red edge. Say why beside
/// it; the accessible description is `reason`. An empty reason takes the mark away.
void setInputError(QWidget* input, const QString& reason);
[[nodiscard]] bool hasInputError(const QWidget* input);

} // namespace headgate::ui
