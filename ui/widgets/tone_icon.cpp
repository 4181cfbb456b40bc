// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tone_icon.h"

#include <QPainter>

namespace headgate::ui {

ToneIcon::ToneIcon(Tone tone, int size, QWidget* parent)
    : ToneIcon(iconOf(tone), iconColorOf(tone), size, parent)
{}

ToneIcon::ToneIcon(Icon icon, IconColor color, int size, QWidget* parent)
    : QWidget(parent), m_icon(icon), m_color(color)
{
    setFixedSize(size, size);
}

void ToneIcon::setTone(Tone tone)
{
    setIcon(iconOf(tone), iconColorOf(tone));
}

void ToneIcon::setIcon(Icon icon, IconColor color)
{
    m_icon = icon;
    m_color = color;
    update();
}

void ToneIcon::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    drawIcon(painter, m_icon,
             colorOf(m_color, tokens(this), isEnabled() ? QIcon::Normal : QIcon::Disabled), rect());
}

} // namespace headgate::ui
