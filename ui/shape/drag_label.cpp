// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/drag_label.h"

#include "theme/fonts.h"
#include "theme/style_painting.h"

#include <QCoreApplication>
#include <QDrag>
#include <QMimeData>
#include <QPainter>
#include <QPixmap>

namespace headgate::ui {

namespace {

constexpr int widestLabel = 240;

QPixmap labelOf(const QWidget& over, const QString& text)
{
    const QFont font = textFont(TextSize::Small, QFont::DemiBold);
    const QFontMetrics metrics(font);
    const QString shown = metrics.elidedText(text, Qt::ElideRight, widestLabel);
    const QSize size(metrics.horizontalAdvance(shown) + 2 * grid::gap,
                     metrics.height() + 2 * grid::unit);
    const qreal ratio = over.devicePixelRatioF();
    QPixmap label(size * ratio);
    label.setDevicePixelRatio(ratio);
    label.fill(Qt::transparent);
    QPainter painter(&label);
    const Tokens& colors = tokens(over.palette());
    {
        SmoothPainting smooth(&painter);
        drawBox(&painter, QRect(QPoint(), size), {colors.surface, colors.accent, 4, 1});
    }
    painter.setFont(font);
    painter.setPen(colors.text);
    painter.drawText(QRect(QPoint(), size), Qt::AlignCenter, shown);
    return label;
}

} // namespace

void dragRows(QAbstractItemView& view, const QModelIndexList& rows, Qt::DropActions actions,
              Qt::DropAction preferred)
{
    if (rows.isEmpty())
        return;
    QMimeData* const mime = view.model()->mimeData(rows);
    if (mime == nullptr)
        return;
    const QString name = rows.front().data().toString();
    auto* drag = new QDrag(&view);
    drag->setMimeData(mime);
    drag->setPixmap(labelOf(view, rows.size() == 1 ? name
                                                   : QCoreApplication::translate(
                                                         "headgate::ui::dragRows", "%1 and %n more",
                                                         nullptr, static_cast<int>(rows.size()) - 1)
                                                         .arg(name)));
    drag->setHotSpot(QPoint(-14, -10));
    drag->exec(actions, preferred);
}

} // namespace headgate::ui
