// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/run_legend.h"

#include "theme/fonts.h"

#include <QPainter>
#include <algorithm>

namespace headgate::ui {

namespace {

constexpr int marker = 8;
constexpr int lineGap = 2;

QString wordOf(int part)
{
    return runPartText(static_cast<RunBar::Part>(part));
}

} // namespace

RunLegend::RunLegend(QWidget* parent) : QWidget(parent)
{
    setFont(textFont(TextSize::Small));
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

std::vector<QRect> RunLegend::places(int width) const
{
    const QFontMetrics metrics(font());
    std::vector<QRect> all;
    QPoint at;
    for (int part = 0; part < RunBar::PartCount; ++part) {
        const QSize size(marker + grid::unit + metrics.horizontalAdvance(wordOf(part)),
                         metrics.height());
        if (at.x() > 0 && at.x() + size.width() > width)
            at = {0, at.y() + size.height() + lineGap};
        all.emplace_back(at, size);
        at.rx() += size.width() + grid::section;
    }
    return all;
}

int RunLegend::heightForWidth(int width) const
{
    return places(width).back().bottom() + 1;
}

QSize RunLegend::sizeHint() const
{
    const QRect last = places(QWIDGETSIZE_MAX).back();
    return {last.right() + 1, last.bottom() + 1};
}

QSize RunLegend::minimumSizeHint() const
{
    int widest = 0;
    for (const QRect& place : places(QWIDGETSIZE_MAX))
        widest = std::max(widest, place.width());
    return {widest, QFontMetrics(font()).height()};
}

void RunLegend::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Tokens& colors = tokens(this);
    const std::vector<QRect> all = places(width());
    for (int part = 0; part < RunBar::PartCount; ++part) {
        const QRect& place = all[static_cast<std::size_t>(part)];
        painter.fillRect(place.left(), place.center().y() - marker / 2 + 1, marker, marker,
                         runPartColor(static_cast<RunBar::Part>(part), colors));
        painter.setPen(colors.secondary);
        painter.drawText(place.adjusted(marker + grid::unit, 0, 0, 0),
                         Qt::AlignLeft | Qt::AlignVCenter, wordOf(part));
    }
}

} // namespace headgate::ui
