// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/byte_meter.h"

#include "base/text.h"
#include "theme/fonts.h"
#include "theme/icon.h"
#include "theme/style_painting.h"
#include "widgets/count_text.h"

#include <QLocale>
#include <QPainter>

namespace headgate::ui {

namespace {

constexpr int barWidth = 32;
constexpr int barHeight = 4;
constexpr int iconSize = 16;

} // namespace

ByteMeter::ByteMeter(QWidget* parent) : QWidget(parent)
{
    setAccessibleName(tr("Size of the payload"));
    setFont(textFont(TextSize::Small));
}

void ByteMeter::setBytes(std::size_t bytes, std::size_t limit)
{
    m_bytes = bytes;
    m_limit = limit;
    setAccessibleDescription(text());
    setToolTip(limit == 0 ? tr("%1 bytes", nullptr, pluralOf(bytes)).arg(countText(bytes))
                          : tr("%1 bytes of the %2 that the destination takes of one record",
                               nullptr, pluralOf(bytes))
                                .arg(countText(bytes), countText(limit)));
    updateGeometry();
    update();
}

QString ByteMeter::text() const
{
    if (m_bytes == 0)
        return {};
    const QLocale locale;
    const QString size = locale.formattedDataSize(static_cast<qint64>(m_bytes), 1);
    if (m_limit == 0)
        return size;
    const QString limit = locale.formattedDataSize(static_cast<qint64>(m_limit), 0);
    return isOver() ? tr("too large: %1 of %2").arg(size, limit) : tr("%1 of %2").arg(size, limit);
}

QSize ByteMeter::sizeHint() const
{
    if (m_bytes == 0)
        return {0, 0};
    const int mark = isOver() ? iconSize : m_limit > 0 ? barWidth : 0;
    return {mark + fontMetrics().horizontalAdvance(text()) + 2 * grid::gap,
            std::max(fontMetrics().height(), iconSize)};
}

void ByteMeter::paintEvent(QPaintEvent*)
{
    if (m_bytes == 0)
        return;
    QPainter painter(this);
    const Tokens& colors = tokens(palette());
    QRect room = rect().adjusted(0, 0, -grid::gap, 0);
    if (isOver()) {
        const QRect icon(room.left(), room.center().y() - iconSize / 2, iconSize, iconSize);
        themeIcon(Icon::SizeProblem, IconColor::Error).paint(&painter, icon);
        room.setLeft(icon.right() + grid::unit);
    } else if (m_limit > 0) {
        SmoothPainting smooth(&painter);
        const QRect bar(room.left(), room.center().y() - barHeight / 2 + 1, barWidth, barHeight);
        const double filled = static_cast<double>(m_bytes) / static_cast<double>(m_limit);
        drawBox(&painter, bar, {colors.sunken, colors.border, barHeight / 2.0, 1});
        QRect part = bar;
        part.setWidth(std::max(2, static_cast<int>(barWidth * filled)));
        drawBox(&painter, part, {colors.accent, colors.accent, barHeight / 2.0, 1});
        room.setLeft(bar.right() + grid::unit);
    }
    painter.setPen(isOver() ? colors.tone(Tone::Error).text : colors.tertiary);
    painter.setFont(font());
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, text());
}

} // namespace headgate::ui
