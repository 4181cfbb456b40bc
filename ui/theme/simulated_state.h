// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace headgate::ui {

/// Draws a widget as if the pointer, a finger or the focus were on it: the gallery shows all states
/// of a control at once.
class SimulatedState final : public QProxyStyle
{
    Q_OBJECT

public:
    explicit SimulatedState(QStyle::State state);

    /// For the widget alone; its children keep their states.
    static void put(QWidget* widget, QStyle::State state);

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                            QPainter* painter, const QWidget* widget) const override;

private:
    void change(const QStyleOption* option) const;

    QStyle::State m_state;
};

} // namespace headgate::ui
