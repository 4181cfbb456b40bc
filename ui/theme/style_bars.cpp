// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/contrast.h"
#include "theme/fonts.h"
#include "theme/style_painting.h"
#include "theme/style_parts.h"

#include <QStyle>
#include <QTabBar>
#include <algorithm>

namespace headgate::ui {
namespace {

enum class Side
{
    Bottom,
    Top,
    Right,
    Left
};

/// The side of a tab that touches its page.
Side pageSide(QTabBar::Shape shape)
{
    switch (shape) {
    case QTabBar::RoundedNorth:
    case QTabBar::TriangularNorth:
        return Side::Bottom;
    case QTabBar::RoundedSouth:
    case QTabBar::TriangularSouth:
        return Side::Top;
    case QTabBar::RoundedWest:
    case QTabBar::TriangularWest:
        return Side::Right;
    case QTabBar::RoundedEast:
    case QTabBar::TriangularEast:
        return Side::Left;
    }
    return Side::Bottom;
}

QRect edgeOf(const QRect& r, Side side, int width)
{
    switch (side) {
    case Side::Bottom:
        return {r.left(), r.bottom() - width + 1, r.width(), width};
    case Side::Top:
        return {r.left(), r.top(), r.width(), width};
    case Side::Right:
        return {r.right() - width + 1, r.top(), width, r.height()};
    case Side::Left:
        return {r.left(), r.top(), width, r.height()};
    }
    return r;
}

QColor barColor(const QStyleOption& option)
{
    const Tokens& t = tokensOf(option);
    return isEnabled(option) ? t.accent : t.disabled;
}

} // namespace

void drawTabShape(QPainter* painter, const QStyleOptionTab& option)
{
    const Tokens& t = tokensOf(option);
    const Side side = pageSide(option.shape);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    painter->fillRect(edgeOf(option.rect, side, 1), t.hairline);
    if (isHovered(option) && !selected)
        drawBox(painter, QRectF(option.rect).adjusted(2, 4, -2, -4), {t.hover, QColor()});
    if (selected) {
        QRect line = edgeOf(option.rect, side, 2);
        if (side == Side::Bottom || side == Side::Top)
            line.adjust(8, 0, -8, 0);
        painter->fillRect(line, isEnabled(option) ? t.accent : t.disabled);
    }
    if (showsFocus(option))
        drawFocusRing(painter, QRectF(option.rect).adjusted(2, 3, -2, -3), t.focus);
}

void drawTabLabel(QPainter* painter, const QStyleOptionTab& option, const QRect& room)
{
    const Tokens& t = tokensOf(option);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const QColor color = !isEnabled(option) ? t.disabled : selected ? t.text : t.secondary;
    painter->save();
    QFont face = painter->font();
    face.setWeight(selected ? QFont::Medium : QFont::Normal);
    painter->setFont(face);
    painter->setPen(color);
    const int iconWidth = option.icon.isNull() ? 0 : grid::icon + 6;
    const QString shown = painter->fontMetrics().elidedText(
        option.text, Qt::ElideRight, room.width() - iconWidth, Qt::TextShowMnemonic);
    const int width = iconWidth + painter->fontMetrics().size(Qt::TextShowMnemonic, shown).width();
    const QRect at(room.left() + std::max(0, (room.width() - width) / 2), room.top(), width,
                   room.height());
    if (iconWidth > 0)
        drawButtonIcon(painter, option.icon, selected ? t.accentText : color,
                       QStyle::visualRect(option.direction, room,
                                          QRect(at.left(), at.center().y() - grid::icon / 2 + 1,
                                                grid::icon, grid::icon)),
                       isEnabled(option));
    painter->drawText(QStyle::visualRect(option.direction, room, at.adjusted(iconWidth, 0, 2, 0)),
                      Qt::AlignLeft | Qt::AlignVCenter | Qt::TextShowMnemonic | Qt::TextSingleLine,
                      shown);
    painter->restore();
}

void drawTabBarBase(QPainter* painter, const QStyleOption& option)
{
    const auto* base = qstyleoption_cast<const QStyleOptionTabBarBase*>(&option);
    const Side side = base == nullptr ? Side::Bottom : pageSide(base->shape);
    painter->fillRect(edgeOf(option.rect, side, 1), tokensOf(option).hairline);
}

void drawScrollBar(QPainter* painter, const QStyleOptionSlider& option, const QRect& handle)
{
    const Tokens& t = tokensOf(option);
    const bool across = option.orientation == Qt::Horizontal;
    painter->fillRect(option.rect, option.palette.base());
    if (option.maximum <= option.minimum)
        return;
    const bool held = option.activeSubControls.testFlag(QStyle::SC_ScrollBarSlider);
    QColor color = blend(t.surface, t.tertiary, 0.45);
    if (held && (isHovered(option) || isPressed(option)))
        color = blend(t.surface, t.tertiary, isPressed(option) ? 0.95 : 0.75);
    const QRectF bar =
        across ? QRectF(handle).adjusted(2, 3, -2, -3) : QRectF(handle).adjusted(3, 2, -3, -2);
    drawBox(painter, bar, {color, QColor(), std::min(bar.width(), bar.height()) / 2});
}

void drawSplitter(QPainter* painter, const QStyleOption& option)
{
    const Tokens& t = tokensOf(option);
    const bool held = isHovered(option) || isPressed(option);
    const int width = held ? 2 : 1;
    const QRect& r = option.rect;
    const QColor color = held ? t.accent : t.hairline;
    if (option.state.testFlag(QStyle::State_Horizontal))
        painter->fillRect(QRect(r.center().x(), r.top(), width, r.height()), color);
    else
        painter->fillRect(QRect(r.left(), r.center().y(), r.width(), width), color);
    if (showsFocus(option))
        drawFocusRing(painter, r, t.focus, 1);
}

void drawProgressBar(QPainter* painter, const QStyleOptionProgressBar& option, double phase)
{
    const Tokens& t = tokensOf(option);
    QRect room = option.rect;
    if (option.textVisible && !option.text.isEmpty()) {
        const int width = std::max(option.fontMetrics.horizontalAdvance(QStringLiteral("100%")),
                                   option.fontMetrics.horizontalAdvance(option.text));
        const QRect text(room.right() - width + 1, room.top(), width, room.height());
        painter->setPen(isEnabled(option) ? t.secondary : t.disabled);
        painter->drawText(QStyle::visualRect(option.direction, option.rect, text),
                          Qt::AlignRight | Qt::AlignVCenter, option.text);
        room = QStyle::visualRect(option.direction, option.rect,
                                  room.adjusted(0, 0, -width - grid::gap, 0));
    }
    const QRectF groove(room.left(), room.center().y() - 2, room.width(), 6);
    drawBox(painter, groove, {t.pressed, QColor(), 3});
    QRectF done = groove;
    if (option.maximum <= option.minimum) {
        const double stripe = groove.width() * 0.3;
        done.setLeft(groove.left() + (groove.width() - stripe) * phase);
        done.setWidth(stripe);
    } else {
        const double share = std::clamp(double(option.progress - option.minimum) /
                                            (double(option.maximum) - option.minimum),
                                        0.0, 1.0);
        if (share <= 0)
            return;
        done.setWidth(std::max(6.0, groove.width() * share));
        const bool flipped = option.invertedAppearance != (option.direction == Qt::RightToLeft);
        if (flipped)
            done.moveRight(groove.right());
    }
    drawBox(painter, done, {barColor(option), QColor(), 3});
}

void drawToolBar(QPainter* painter, const QStyleOptionToolBar& option)
{
    const Tokens& t = tokensOf(option);
    painter->fillRect(option.rect, t.window);
    if (option.toolBarArea == Qt::TopToolBarArea)
        painter->fillRect(edgeOf(option.rect, Side::Bottom, 1), t.hairline);
}

void drawToolBarSeparator(QPainter* painter, const QStyleOption& option)
{
    const QRect& r = option.rect;
    const QColor color = tokensOf(option).hairline;
    if (option.state.testFlag(QStyle::State_Horizontal))
        painter->fillRect(QRect(r.center().x(), r.center().y() - 9, 1, 18), color);
    else
        painter->fillRect(QRect(r.center().x() - 9, r.center().y(), 18, 1), color);
}

} // namespace headgate::ui
