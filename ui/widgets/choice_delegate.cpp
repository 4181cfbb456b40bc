// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/choice_delegate.h"

#include "theme/fonts.h"
#include "theme/tokens.h"

#include <QApplication>
#include <QIcon>
#include <QPainter>

namespace headgate::ui {

namespace {

constexpr int choicePadding = 6;

int textLines(const QModelIndex& index)
{
    return index.data(ChoiceDelegate::DetailRole).toString().isEmpty() ? 1 : 2;
}

} // namespace

QSize ChoiceDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    if (index.data(HeadingRole).toBool())
        return {0, rowHeight() + grid::unit};
    const int title = QFontMetrics(option.font).height();
    const int detail = QFontMetrics(textFont(TextSize::Small)).height();
    return {0, 2 * choicePadding + title + (textLines(index) == 2 ? detail + 1 : 0)};
}

void ChoiceDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index) const
{
    QStyleOptionViewItem look = option;
    initStyleOption(&look, index);
    const Tokens& t = tokens(option.palette);
    painter->save();
    if (index.data(HeadingRole).toBool()) {
        painter->setFont(textFont(TextSize::Small, QFont::DemiBold));
        painter->setPen(t.secondary);
        painter->drawText(look.rect.adjusted(grid::gap, 0, -grid::gap, -2),
                          Qt::AlignLeft | Qt::AlignBottom, look.text);
        painter->restore();
        return;
    }
    const QString title = std::exchange(look.text, QString());
    const QIcon icon = std::exchange(look.icon, QIcon());
    look.features &= ~QStyleOptionViewItem::HasDecoration;
    const QStyle* const style = look.widget ? look.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &look, painter, look.widget);

    const bool enabled =
        look.state.testFlag(QStyle::State_Enabled) && !index.data(ImpossibleRole).toBool();
    QRect rest = look.rect.adjusted(grid::gap + 2, choicePadding, -grid::gap, -choicePadding);
    const QRect place(rest.left(), rest.top() + (QFontMetrics(look.font).height() - grid::icon) / 2,
                      grid::icon, grid::icon);
    icon.paint(painter, QStyle::visualRect(look.direction, look.rect, place), Qt::AlignCenter,
               enabled ? QIcon::Normal : QIcon::Disabled);
    rest.setLeft(place.right() + grid::gap + 2);
    const auto line = [&](const QFont& font, const QColor& color, const QString& text, int top) {
        const QFontMetrics metrics(font);
        const QRect row(rest.left(), top, rest.width(), metrics.height());
        painter->setFont(font);
        painter->setPen(color);
        painter->drawText(QStyle::visualRect(look.direction, look.rect, row),
                          Qt::AlignVCenter | Qt::AlignLeft,
                          metrics.elidedText(text, Qt::ElideRight, row.width()));
        return top + metrics.height() + 1;
    };
    const int next = line(look.font, enabled ? t.text : t.disabled, title, rest.top());
    line(textFont(TextSize::Small), enabled ? t.secondary : t.disabled,
         index.data(DetailRole).toString(), next);
    painter->restore();
}

} // namespace headgate::ui
