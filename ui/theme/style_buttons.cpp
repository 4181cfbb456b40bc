// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/button_kind.h"
#include "theme/fonts.h"
#include "theme/style_painting.h"
#include "theme/style_parts.h"

#include <QStyle>
#include <QToolButton>

namespace headgate::ui {
namespace {

struct ButtonColors
{
    BoxLook box;
    QColor text;
    QColor icon;
};

QColor byState(const QStyleOption& option, const QColor& normal, const QColor& hover,
               const QColor& pressed)
{
    if (isPressed(option))
        return pressed;
    return isHovered(option) ? hover : normal;
}

ButtonColors filledColors(const QStyleOption& option, const Tokens& t, const QColor& normal,
                          const QColor& hover, const QColor& pressed, const QColor& on)
{
    if (!isEnabled(option))
        return {{t.pressed, QColor()}, t.disabled, t.disabled};
    return {{byState(option, normal, hover, pressed), QColor()}, on, on};
}

ButtonColors edgedColors(const QStyleOption& option, const Tokens& t)
{
    if (!isEnabled(option))
        return {{t.sunken, t.hairline}, t.disabled, t.disabled};
    ButtonColors colors{
        {byState(option, t.surface, t.hover, t.pressed), t.border}, t.text, t.secondary};
    if (option.state.testFlag(QStyle::State_On)) {
        colors.box = {t.selection, t.accent};
        colors.text = colors.icon = t.accentText;
    }
    return colors;
}

ButtonColors quietColors(const QStyleOption& option, const Tokens& t)
{
    if (!isEnabled(option))
        return {{}, t.disabled, t.disabled};
    ButtonColors colors{{byState(option, QColor(), t.hover, t.pressed), QColor()},
                        t.text,
                        isHovered(option) ? t.text : t.secondary};
    if (option.state.testFlag(QStyle::State_On)) {
        colors.box.fill = t.selection;
        colors.text = colors.icon = t.accentText;
    }
    return colors;
}

ButtonColors buttonColors(const QStyleOption& option, ButtonKind kind)
{
    const Tokens& t = tokensOf(option);
    switch (kind) {
    case ButtonKind::Primary:
        return filledColors(option, t, t.accent, t.accentHover, t.accentPressed, t.onAccent);
    case ButtonKind::Danger:
        return filledColors(option, t, t.danger, t.dangerHover, t.dangerPressed, t.onDanger);
    case ButtonKind::Secondary:
        return edgedColors(option, t);
    case ButtonKind::Quiet:
        return quietColors(option, t);
    }
    return edgedColors(option, t);
}

void drawButtonFocus(QPainter* painter, const QRect& rect, ButtonKind kind, const Tokens& t)
{
    drawFocusRing(painter, rect, t.focus);
    if (kind == ButtonKind::Primary || kind == ButtonKind::Danger)
        drawBox(painter, QRectF(rect).adjusted(2, 2, -2, -2), {QColor(), t.onAccent, 2});
}

void drawButtonText(QPainter* painter, const QRect& rect, const QString& text, const QColor& color,
                    Qt::Alignment alignment)
{
    painter->setPen(color);
    const QString shown =
        painter->fontMetrics().elidedText(text, Qt::ElideRight, rect.width(), Qt::TextShowMnemonic);
    painter->drawText(rect, int(alignment) | Qt::TextShowMnemonic | Qt::TextSingleLine, shown);
}

void drawIconAndText(QPainter* painter, const QStyleOption& option, QRect rect, const QIcon& icon,
                     const QString& text, const ButtonColors& colors, bool menuArrow)
{
    if (menuArrow) {
        const QRect arrow(rect.right() - 15, rect.top(), 14, rect.height());
        drawCentredIcon(painter, Icon::ChevronDown, colors.icon,
                        QStyle::visualRect(option.direction, rect, arrow), 12);
        rect = QStyle::visualRect(option.direction, rect, rect.adjusted(0, 0, -16, 0));
    }
    const int iconWidth = icon.isNull() ? 0 : grid::icon;
    const int between = iconWidth > 0 && !text.isEmpty() ? 6 : 0;
    const int textWidth =
        text.isEmpty()
            ? 0
            : option.fontMetrics.size(Qt::TextShowMnemonic | Qt::TextSingleLine, text).width();
    const int whole = std::min(rect.width(), iconWidth + between + textWidth);
    const int left = rect.left() + (rect.width() - whole + 1) / 2;
    const auto place = [&](int x, int width) {
        return QStyle::visualRect(option.direction, rect,
                                  QRect(x, rect.top(), width, rect.height()));
    };
    if (iconWidth > 0) {
        const QRect at = place(left, iconWidth);
        drawButtonIcon(painter, icon, colors.icon,
                       {at.left(), at.center().y() - grid::icon / 2 + 1, grid::icon, grid::icon},
                       isEnabled(option));
    }
    if (!text.isEmpty())
        drawButtonText(painter, place(left + iconWidth + between, whole - iconWidth - between),
                       text, colors.text, Qt::AlignCenter);
}

} // namespace

void drawPushButton(QPainter* painter, const QStyleOptionButton& option, const QWidget* widget)
{
    ButtonKind kind = buttonKind(widget);
    if (kind == ButtonKind::Secondary && option.features.testFlag(QStyleOptionButton::Flat))
        kind = ButtonKind::Quiet;
    if (kind == ButtonKind::Secondary &&
        option.features.testFlag(QStyleOptionButton::DefaultButton))
        kind = ButtonKind::Primary;
    const ButtonColors colors = buttonColors(option, kind);
    drawBox(painter, option.rect, colors.box);
    if (showsFocus(option))
        drawButtonFocus(painter, option.rect, kind, tokensOf(option));
    drawIconAndText(painter, option, option.rect.adjusted(8, 0, -8, 0), option.icon, option.text,
                    colors, option.features.testFlag(QStyleOptionButton::HasMenu));
}

void drawToolButton(QPainter* painter, const QStyleOptionToolButton& option, const QWidget* widget)
{
    const bool edged = widget != nullptr && widget->property("headgateButtonKind").isValid();
    const ButtonKind kind = edged ? buttonKind(widget) : ButtonKind::Quiet;
    const ButtonColors colors = buttonColors(option, kind);
    drawBox(painter, option.rect, colors.box);
    if (showsFocus(option))
        drawButtonFocus(painter, option.rect, kind, tokensOf(option));
    const bool onlyIcon = option.toolButtonStyle == Qt::ToolButtonIconOnly;
    const bool onlyText = option.toolButtonStyle == Qt::ToolButtonTextOnly || option.icon.isNull();
    if (option.features.testFlag(QStyleOptionToolButton::Arrow) && onlyIcon) {
        drawCentredIcon(painter,
                        option.arrowType == Qt::UpArrow      ? Icon::ChevronUp
                        : option.arrowType == Qt::LeftArrow  ? Icon::ChevronLeft
                        : option.arrowType == Qt::RightArrow ? Icon::ChevronRight
                                                             : Icon::ChevronDown,
                        colors.icon, option.rect);
        return;
    }
    drawIconAndText(painter, option, option.rect.adjusted(4, 0, -4, 0),
                    onlyText ? QIcon() : option.icon,
                    onlyIcon && !option.icon.isNull() ? QString() : option.text, colors,
                    option.features.testFlag(QStyleOptionToolButton::HasMenu));
}

void drawCheckIndicator(QPainter* painter, const QStyleOption& option)
{
    const Tokens& t = tokensOf(option);
    const bool on = option.state.testFlag(QStyle::State_On);
    const bool partly = option.state.testFlag(QStyle::State_NoChange);
    const QRectF box = QStyle::alignedRect(Qt::LeftToRight, Qt::AlignCenter,
                                           {grid::icon, grid::icon}, option.rect);
    if (!isEnabled(option))
        drawBox(painter, box, {t.sunken, t.disabled, 3});
    else if (on || partly)
        drawBox(painter, box, {byState(option, t.accent, t.accentHover, t.accentPressed), {}, 3});
    else
        drawBox(painter, box,
                {byState(option, t.surface, t.surface, t.pressed),
                 isHovered(option) ? t.secondary : t.border, 3});
    if (!on && !partly)
        return;
    const SmoothPainting smooth(painter);
    painter->setPen(QPen(isEnabled(option) ? t.onAccent : t.disabled, 1.75, Qt::SolidLine,
                         Qt::RoundCap, Qt::RoundJoin));
    const QPointF at = box.topLeft();
    if (partly)
        painter->drawLine(at + QPointF(4.5, 8), at + QPointF(11.5, 8));
    else
        painter->drawPolyline(
            QPolygonF{at + QPointF(4, 8.3), at + QPointF(6.8, 11.1), at + QPointF(12, 5.2)});
}

void drawRadioIndicator(QPainter* painter, const QStyleOption& option)
{
    const Tokens& t = tokensOf(option);
    const bool on = option.state.testFlag(QStyle::State_On);
    const QRectF box = QStyle::alignedRect(Qt::LeftToRight, Qt::AlignCenter,
                                           {grid::icon, grid::icon}, option.rect);
    if (!isEnabled(option))
        drawBox(painter, box, {t.sunken, t.disabled, 8});
    else if (on)
        drawBox(painter, box, {byState(option, t.accent, t.accentHover, t.accentPressed), {}, 8});
    else
        drawBox(painter, box, {t.surface, isHovered(option) ? t.secondary : t.border, 8});
    if (on)
        drawBox(painter, box.adjusted(5, 5, -5, -5),
                {isEnabled(option) ? t.onAccent : t.disabled, {}, 3});
}

} // namespace headgate::ui
