// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

/// The gallery's sections. Each makes a widget that its parent will own.
namespace headgate::ui {

[[nodiscard]] QWidget* buttonSamples();
[[nodiscard]] QWidget* inputSamples();
[[nodiscard]] QWidget* choiceSamples();
[[nodiscard]] QWidget* barSamples();
[[nodiscard]] QWidget* itemSamples();
[[nodiscard]] QWidget* menuSamples();
[[nodiscard]] QWidget* tipSample();
[[nodiscard]] QWidget* textSamples();
[[nodiscard]] QWidget* toneSamples();
[[nodiscard]] QWidget* codeSamples();
[[nodiscard]] QWidget* iconSamples();

} // namespace headgate::ui
