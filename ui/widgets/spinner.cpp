// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/spinner.h"

#include "theme/icon.h"
#include "theme/motion.h"
#include "theme/style_painting.h"

namespace headgate::ui {
namespace {

constexpr int spinnerSteps = 12;

} // namespace

Spinner::Spinner(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAccessibleName(tr("Nothing is being computed"));
    m_delay.setSingleShot(true);
    m_delay.setInterval(delay);
    m_turn.setInterval(std::chrono::milliseconds(80));
    connect(&m_delay, &QTimer::timeout, this, &Spinner::appear);
    connect(&m_turn, &QTimer::timeout, this, &Spinner::turn);
}

void Spinner::setText(const QString& text)
{
    m_text = text;
    updateGeometry();
    update();
}

void Spinner::start()
{
    if (m_running)
        return;
    m_running = true;
    m_delay.start();
}

void Spinner::stop()
{
    m_running = m_seen = false;
    m_delay.stop();
    m_turn.stop();
    setAccessibleName(tr("Nothing is being computed"));
    update();
}

void Spinner::appear()
{
    m_seen = true;
    setAccessibleName(m_text.isEmpty() ? tr("Computing") : m_text);
    if (!reducedMotion())
        m_turn.start();
    update();
}

void Spinner::turn()
{
    m_step = (m_step + 1) % spinnerSteps;
    update();
}

QSize Spinner::sizeHint() const
{
    const int text = m_text.isEmpty() ? 0 : fontMetrics().horizontalAdvance(m_text) + grid::gap;
    return {grid::icon + text, std::max(grid::icon, fontMetrics().height())};
}

void Spinner::paintEvent(QPaintEvent*)
{
    if (!m_seen)
        return;
    QPainter painter(this);
    const Tokens& t = tokens(this);
    const auto mirrored = [this](const QRect& part) {
        return QStyle::visualRect(layoutDirection(), rect(), part);
    };
    const QRect sign = mirrored({0, (height() - grid::icon) / 2, grid::icon, grid::icon});
    if (reducedMotion()) {
        drawIcon(painter, Icon::Computing, t.accentText, sign);
    } else {
        const SmoothPainting smooth(&painter);
        const QRectF circle = QRectF(sign).adjusted(2, 2, -2, -2);
        painter.setPen(QPen(t.pressed, 2));
        painter.drawEllipse(circle);
        painter.setPen(QPen(t.accent, 2, Qt::SolidLine, Qt::RoundCap));
        painter.drawArc(circle, (90 - m_step * 360 / spinnerSteps) * 16, -90 * 16);
    }
    painter.setPen(t.secondary);
    painter.drawText(mirrored(rect().adjusted(grid::icon + grid::gap, 0, 0, 0)), Qt::AlignVCenter,
                     m_text);
}

} // namespace headgate::ui
