// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/simulated_state.h"

#include "theme/headgate_style.h"

#include <QStyleOption>
#include <QWidget>

namespace headgate::ui {

SimulatedState::SimulatedState(QStyle::State state) : QProxyStyle(new HeadgateStyle), m_state(state)
{}

void SimulatedState::put(QWidget* widget, QStyle::State state)
{
    auto* style = new SimulatedState(state);
    style->setParent(widget);
    widget->setStyle(style);
}

void SimulatedState::change(const QStyleOption* option) const
{
    const_cast<QStyleOption*>(option)->state |= m_state;
}

void SimulatedState::drawPrimitive(PrimitiveElement element, const QStyleOption* option,
                                   QPainter* painter, const QWidget* widget) const
{
    change(option);
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void SimulatedState::drawControl(ControlElement element, const QStyleOption* option,
                                 QPainter* painter, const QWidget* widget) const
{
    change(option);
    QProxyStyle::drawControl(element, option, painter, widget);
}

void SimulatedState::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                                        QPainter* painter, const QWidget* widget) const
{
    change(option);
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

} // namespace headgate::ui
