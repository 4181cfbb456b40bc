// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

namespace headgate::ui {

/// What a person would stumble over in the visible widgets below `root`, a line each, naming the
/// widget by its class, name and text.
[[nodiscard]] QStringList unnamedControls(const QWidget& root);
/// Labels and buttons whose text is wider or higher than they are, and are not made to elide it.
[[nodiscard]] QStringList clippedTexts(const QWidget& root);
/// Controls that Tab does not reach from the first one on; each that keeps Tab for itself.
[[nodiscard]] QStringList unreachableByTab(QWidget& root);
/// Texts whose colour has less than 4.5:1 against what is painted behind them.
[[nodiscard]] QStringList faintTexts(QWidget& root);

} // namespace headgate::ui
