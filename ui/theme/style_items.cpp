// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/fonts.h"
#include "theme/style_painting.h"
#include "theme/style_parts.h"

#include <QListView>
#include <QStyle>

namespace headgate::ui {
namespace {

QColor itemBackground(const QStyleOption& option)
{
    const Tokens& t = tokensOf(option);
    if (option.state.testFlag(QStyle::State_Selected)) {
        return isEnabled(option) && option.state.testFlag(QStyle::State_Active)
                   ? t.selection
                   : t.inactiveSelection;
    }
    return isHovered(option) ? t.hover : QColor();
}

} // namespace

void drawItemPanel(QPainter* painter, const QStyleOptionViewItem& option, const QWidget* widget)
{
    if (option.backgroundBrush.style() != Qt::NoBrush) {
        const QPointF origin = painter->brushOrigin();
        painter->setBrushOrigin(option.rect.topLeft());
        painter->fillRect(option.rect, option.backgroundBrush);
        painter->setBrushOrigin(origin);
    }
    const QColor background = itemBackground(option);
    if (!background.isValid())
        return;
    if (qobject_cast<const QListView*>(widget) != nullptr)
        drawBox(painter, QRectF(option.rect).adjusted(2, 1, -2, -1), {background, QColor()});
    else
        painter->fillRect(option.rect, background);
}

void drawItemRow(QPainter* painter, const QStyleOptionViewItem& option)
{
    if (option.features.testFlag(QStyleOptionViewItem::Alternate))
        painter->fillRect(option.rect, tokensOf(option).sunken);
    if (!option.state.testFlag(QStyle::State_Selected))
        return;
    painter->fillRect(option.rect, itemBackground(option));
}

void drawBranch(QPainter* painter, const QStyleOption& option)
{
    if (!option.state.testFlag(QStyle::State_Children))
        return;
    const Tokens& t = tokensOf(option);
    const Icon closed =
        option.direction == Qt::RightToLeft ? Icon::ChevronLeft : Icon::ChevronRight;
    drawCentredIcon(painter, option.state.testFlag(QStyle::State_Open) ? Icon::ChevronDown : closed,
                    isHovered(option) ? t.text : t.tertiary, option.rect, 14);
}

void drawHeaderSection(QPainter* painter, const QStyleOptionHeader& option)
{
    const Tokens& t = tokensOf(option);
    painter->fillRect(option.rect, isPressed(option)   ? t.pressed
                                   : isHovered(option) ? t.hover
                                                       : t.sunken);
    const QRect& r = option.rect;
    if (option.orientation == Qt::Horizontal) {
        painter->fillRect(QRect(r.left(), r.bottom(), r.width(), 1), t.hairline);
        if (option.position != QStyleOptionHeader::End &&
            option.position != QStyleOptionHeader::OnlyOneSection)
            painter->fillRect(QRect(option.direction == Qt::RightToLeft ? r.left() : r.right(),
                                    r.top() + 6, 1, r.height() - 12),
                              t.hairline);
    } else {
        painter->fillRect(QRect(r.right(), r.top(), 1, r.height()), t.hairline);
    }
}

void drawHeaderLabel(QPainter* painter, const QStyleOptionHeader& option)
{
    const Tokens& t = tokensOf(option);
    QRect rect = option.rect;
    const auto mirrored = [&](const QRect& part) {
        return QStyle::visualRect(option.direction, option.rect, part);
    };
    if (option.sortIndicator != QStyleOptionHeader::None) {
        const QRect arrow(rect.right() - 14, rect.top(), 14, rect.height());
        drawCentredIcon(painter,
                        option.sortIndicator == QStyleOptionHeader::SortDown ? Icon::ChevronUp
                                                                             : Icon::ChevronDown,
                        t.accentText, mirrored(arrow), 12);
        rect.setRight(rect.right() - 16);
    }
    if (!option.icon.isNull()) {
        const QRect at(rect.left(), rect.center().y() - 7, grid::icon, grid::icon);
        drawButtonIcon(painter, option.icon, QColor(), mirrored(at), isEnabled(option));
        rect.setLeft(rect.left() + grid::icon + 6);
    }
    painter->save();
    painter->setFont(textFont(TextSize::Small, QFont::Medium));
    const bool rows = option.orientation == Qt::Vertical;
    painter->setPen(isEnabled(option) ? (rows ? t.tertiary : t.secondary) : t.disabled);
    const QString text =
        painter->fontMetrics().elidedText(option.text, Qt::ElideRight, rect.width());
    const Qt::Alignment across = option.textAlignment & Qt::AlignHorizontal_Mask;
    painter->drawText(mirrored(rect),
                      int(QStyle::visualAlignment(option.direction, across)) | Qt::AlignVCenter |
                          Qt::TextSingleLine,
                      text);
    painter->restore();
}

void drawHeaderEmptyArea(QPainter* painter, const QStyleOption& option)
{
    const Tokens& t = tokensOf(option);
    painter->fillRect(option.rect, t.sunken);
    if (option.state.testFlag(QStyle::State_Horizontal))
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                          t.hairline);
}

} // namespace headgate::ui
