// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/icon.h"

#include <QWidget>

namespace headgate::ui {

/// An icon in the colour of a meaning or in a quiet one; follows the theme.
class ToneIcon final : public QWidget
{
    Q_OBJECT

public:
    explicit ToneIcon(Tone tone, int size = grid::icon, QWidget* parent = nullptr);
    ToneIcon(Icon icon, IconColor color, int size = grid::icon, QWidget* parent = nullptr);

    void setTone(Tone tone);
    void setIcon(Icon icon, IconColor color);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Icon m_icon;
    IconColor m_color;
};

} // namespace headgate::ui
