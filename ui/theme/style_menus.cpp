// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/contrast.h"
#include "theme/fonts.h"
#include "theme/style_painting.h"
#include "theme/style_parts.h"

#include <QStyle>
#include <algorithm>

namespace headgate::ui {
namespace {

constexpr int menuSide = 8;
constexpr int menuIconColumn = grid::icon + 8;
constexpr int menuArrowColumn = 20;

QString menuLabel(const QStyleOptionMenuItem& option)
{
    return option.text.section(QLatin1Char('\t'), 0, 0);
}

QString menuShortcut(const QStyleOptionMenuItem& option)
{
    return option.text.section(QLatin1Char('\t'), 1, 1);
}

void drawMenuMark(QPainter* painter, const QStyleOptionMenuItem& option, const QRect& at)
{
    const Tokens& t = tokensOf(option);
    if (option.checkType != QStyleOptionMenuItem::NotCheckable) {
        if (!option.checked)
            return;
        const QColor color = isEnabled(option) ? t.accentText : t.disabled;
        if (option.checkType == QStyleOptionMenuItem::Exclusive && option.icon.isNull())
            drawBox(painter, QRectF(at).adjusted(5, 5, -5, -5), {color, QColor(), 3});
        else
            drawIcon(*painter, Icon::Check, color, at);
    } else if (!option.icon.isNull()) {
        drawButtonIcon(painter, option.icon, QColor(), at, isEnabled(option));
    }
}

void drawMenuSeparator(QPainter* painter, const QStyleOptionMenuItem& option)
{
    const Tokens& t = tokensOf(option);
    const QRect& r = option.rect;
    if (option.text.isEmpty()) {
        painter->fillRect(QRect(r.left(), r.center().y(), r.width(), 1), t.hairline);
        return;
    }
    painter->save();
    painter->setFont(textFont(TextSize::Small, QFont::Medium));
    painter->setPen(t.tertiary);
    painter->drawText(r.adjusted(menuSide, 0, -menuSide, 0), Qt::AlignLeft | Qt::AlignVCenter,
                      option.text);
    painter->restore();
}

} // namespace

QSize menuItemSize(const QStyleOptionMenuItem& option)
{
    if (option.menuItemType == QStyleOptionMenuItem::Separator)
        return {10, option.text.isEmpty() ? 9 : rowHeight() - 4};
    const QFontMetrics metrics(option.font);
    int width = metrics.size(Qt::TextShowMnemonic | Qt::TextSingleLine, menuLabel(option)).width();
    const QString shortcut = menuShortcut(option);
    if (!shortcut.isEmpty())
        width += metrics.horizontalAdvance(shortcut) + 28;
    return {width + 2 * menuSide + menuIconColumn + menuArrowColumn, rowHeight()};
}

void drawMenuItem(QPainter* painter, const QStyleOptionMenuItem& option)
{
    if (option.menuItemType == QStyleOptionMenuItem::Separator) {
        drawMenuSeparator(painter, option);
        return;
    }
    const Tokens& t = tokensOf(option);
    const QRect& r = option.rect;
    if (option.state.testFlag(QStyle::State_Selected) && isEnabled(option))
        drawBox(painter, r, {t.selection, QColor()});
    const auto mirrored = [&](const QRect& part) {
        return QStyle::visualRect(option.direction, r, part);
    };
    drawMenuMark(painter, option,
                 mirrored({r.left() + menuSide, r.center().y() - 7, grid::icon, grid::icon}));
    painter->save();
    painter->setFont(option.font);
    painter->setPen(isEnabled(option) ? t.text : t.disabled);
    const QRect label = r.adjusted(menuSide + menuIconColumn, 0, -menuSide - menuArrowColumn, 0);
    painter->drawText(mirrored(label),
                      int(QStyle::visualAlignment(option.direction, Qt::AlignLeft)) |
                          Qt::AlignVCenter | Qt::TextShowMnemonic | Qt::TextSingleLine,
                      menuLabel(option));
    painter->setPen(isEnabled(option) ? t.tertiary : t.disabled);
    const QRect right = r.adjusted(menuSide, 0, -menuSide - 2, 0);
    painter->drawText(mirrored(right),
                      int(QStyle::visualAlignment(option.direction, Qt::AlignRight)) |
                          Qt::AlignVCenter | Qt::TextSingleLine,
                      menuShortcut(option));
    painter->restore();
    if (option.menuItemType == QStyleOptionMenuItem::SubMenu)
        drawCentredIcon(
            painter, option.direction == Qt::RightToLeft ? Icon::ChevronLeft : Icon::ChevronRight,
            isEnabled(option) ? t.tertiary : t.disabled,
            mirrored({r.right() - menuArrowColumn, r.top(), menuArrowColumn, r.height()}), 14);
}

void drawMenuBarItem(QPainter* painter, const QStyleOptionMenuItem& option)
{
    const Tokens& t = tokensOf(option);
    painter->fillRect(option.rect, t.window);
    const bool open = option.state.testFlag(QStyle::State_Sunken);
    if (isEnabled(option) && (open || option.state.testFlag(QStyle::State_Selected)))
        drawBox(painter, QRectF(option.rect).adjusted(0, 2, 0, -2),
                {open ? t.pressed : t.hover, QColor()});
    painter->setPen(isEnabled(option) ? t.text : t.disabled);
    painter->drawText(option.rect, Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextSingleLine,
                      option.text);
}

void drawMenuPanel(QPainter* painter, const QStyleOption& option)
{
    const Tokens& t = tokensOf(option);
    painter->fillRect(option.rect, t.raised);
    drawBox(painter, option.rect, {QColor(), blend(t.hairline, t.border, 0.3), 1});
}

void drawToolTip(QPainter* painter, const QStyleOption& option)
{
    const Tokens& t = tokensOf(option);
    painter->fillRect(option.rect, t.raised);
    drawBox(painter, option.rect, {QColor(), blend(t.hairline, t.border, 0.4), 1});
}

} // namespace headgate::ui
