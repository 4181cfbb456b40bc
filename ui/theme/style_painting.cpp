// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/style_painting.h"

#include "theme/button_kind.h"

#include <QStyle>
#include <QWidget>
#include <algorithm>

namespace headgate::ui {

void drawBox(QPainter* painter, const QRectF& rect, const BoxLook& box)
{
    const SmoothPainting smooth(painter);
    const qreal inset = box.border.isValid() ? box.width / 2 : 0;
    painter->setPen(box.border.isValid() ? QPen(box.border, box.width) : QPen(Qt::NoPen));
    painter->setBrush(box.fill.isValid() ? QBrush(box.fill) : QBrush(Qt::NoBrush));
    painter->drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), box.radius - inset / 2,
                             box.radius - inset / 2);
}

void drawFocusRing(QPainter* painter, const QRectF& rect, const QColor& color, qreal radius)
{
    drawBox(painter, rect, {QColor(), color, radius, qreal(grid::focusWidth)});
}

void drawCentredIcon(QPainter* painter, Icon icon, const QColor& color, const QRect& rect, int size)
{
    drawIcon(*painter, icon, color,
             QStyle::alignedRect(Qt::LeftToRight, Qt::AlignCenter, {size, size}, rect));
}

bool isEnabled(const QStyleOption& option)
{
    return option.state.testFlag(QStyle::State_Enabled);
}

bool isHovered(const QStyleOption& option)
{
    return isEnabled(option) && option.state.testFlag(QStyle::State_MouseOver);
}

bool isPressed(const QStyleOption& option)
{
    return isEnabled(option) && option.state.testFlag(QStyle::State_Sunken);
}

bool showsFocus(const QStyleOption& option)
{
    return option.state.testFlag(QStyle::State_HasFocus) &&
           option.state.testFlag(QStyle::State_KeyboardFocusChange);
}

const Tokens& tokensOf(const QStyleOption& option)
{
    return tokens(option.palette);
}

BoxLook inputBox(const QStyleOption& option, const QWidget* input, bool readOnly)
{
    const Tokens& t = tokensOf(option);
    BoxLook box{t.surface, t.border};
    if (readOnly || !isEnabled(option)) {
        box.fill = t.sunken;
        box.border = t.hairline;
    } else if (isHovered(option)) {
        box.border = t.secondary;
    }
    if (hasInputError(input))
        box.border = t.tone(Tone::Error).icon;
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        box.width = grid::focusWidth;
        box.border = hasInputError(input) ? t.tone(Tone::Error).icon : t.focus;
    }
    return box;
}

void drawButtonIcon(QPainter* painter, const QIcon& icon, const QColor& color, const QRect& rect,
                    bool enabled)
{
    const QString name = icon.name();
    const auto known = std::find_if(allIcons().begin(), allIcons().end(), [&](const IconName& one) {
        return name == QLatin1String(one.name);
    });
    if (known != allIcons().end() && color.isValid())
        drawIcon(*painter, known->icon, color, rect);
    else
        icon.paint(painter, rect, Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
}

} // namespace headgate::ui
