// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/icon.h"
#include "theme/tokens.h"

#include <QPainter>
#include <QStyleOption>

namespace headgate::ui {

/// Antialiased, restored at the end.
class SmoothPainting
{
public:
    explicit SmoothPainting(QPainter* painter) : m_painter(painter)
    {
        m_painter->save();
        m_painter->setRenderHint(QPainter::Antialiasing);
    }
    ~SmoothPainting() { m_painter->restore(); }
    Q_DISABLE_COPY_MOVE(SmoothPainting)

private:
    QPainter* m_painter;
};

struct BoxLook
{
    QColor fill;   ///< invalid: none
    QColor border; ///< invalid: none
    qreal radius = grid::radius;
    qreal width = 1;
};

/// The border lies inside the rectangle.
void drawBox(QPainter* painter, const QRectF& rect, const BoxLook& box);
/// Inside the rectangle, over what is there.
void drawFocusRing(QPainter* painter, const QRectF& rect, const QColor& color,
                   qreal radius = grid::radius);
/// A 16 px icon in the middle of the rectangle.
void drawCentredIcon(QPainter* painter, Icon icon, const QColor& color, const QRect& rect,
                     int size = grid::icon);

[[nodiscard]] bool isEnabled(const QStyleOption& option);
[[nodiscard]] bool isHovered(const QStyleOption& option);
[[nodiscard]] bool isPressed(const QStyleOption& option);
/// The focus, where the last thing pressed was a key.
[[nodiscard]] bool showsFocus(const QStyleOption& option);
[[nodiscard]] const Tokens& tokensOf(const QStyleOption& option);
/// The edge and fill of an input in this state.
[[nodiscard]] BoxLook inputBox(const QStyleOption& option, const QWidget* input, bool readOnly);
/// An icon of ours takes the colour; any other is drawn as it is.
void drawButtonIcon(QPainter* painter, const QIcon& icon, const QColor& color, const QRect& rect,
                    bool enabled);

} // namespace headgate::ui
