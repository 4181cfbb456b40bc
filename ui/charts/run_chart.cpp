// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/run_chart.h"

#include "charts/run_legend.h"
#include "theme/fonts.h"

#include <QBarCategoryAxis>
#include <QBarSet>
#include <QChart>
#include <QChartView>
#include <QGraphicsLayout>
#include <QGraphicsRectItem>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLegend>
#include <QLocale>
#include <QPainter>
#include <QStackedBarSeries>
#include <QToolTip>
#include <QVBoxLayout>
#include <QValueAxis>
#include <algorithm>
#include <numeric>

namespace headgate::ui {

namespace {

constexpr int ticks = 3;
constexpr qreal barWidth = 0.7;
constexpr std::size_t fewestPlaces = 8; ///< so that a few bars are no walls
constexpr int preferredWidth = 360;
constexpr int preferredHeight = 160;

} // namespace

QColor runPartColor(RunBar::Part part, const Tokens& tokens)
{
    return part == RunBar::Skipped ? tokens.tertiary : tokens.tone(runPartTone(part)).icon;
}

std::uint64_t RunBar::sum() const
{
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t(0));
}

QString runPartText(RunBar::Part part)
{
    switch (part) {
    case RunBar::Successful:
        return RunChart::tr("Successful");
    case RunBar::Rejected:
        return RunChart::tr("Rejected");
    case RunBar::InDoubt:
        return RunChart::tr("In doubt");
    case RunBar::Skipped:
        return RunChart::tr("Skipped");
    case RunBar::Pending:
        return RunChart::tr("Pending");
    case RunBar::PartCount:
        break;
    }
    return {};
}

Tone runPartTone(RunBar::Part part)
{
    switch (part) {
    case RunBar::Successful:
        return Tone::Success;
    case RunBar::Rejected:
        return Tone::Error;
    case RunBar::InDoubt:
        return Tone::Warning;
    case RunBar::Pending:
        return Tone::Info;
    case RunBar::Skipped:
    case RunBar::PartCount:
        break;
    }
    return Tone::Neutral;
}

QString runBarText(const RunBar& bar)
{
    QStringList parts;
    for (int i = 0; i < RunBar::PartCount; ++i)
        if (const auto part = static_cast<RunBar::Part>(i); bar.counts[std::size_t(i)] > 0)
            parts.append(RunChart::tr("%1 %2").arg(
                QLocale().toString(qulonglong(bar.counts[std::size_t(i)])),
                runPartText(part).toLower()));
    return RunChart::tr("%1: %2").arg(bar.label, parts.isEmpty() ? RunChart::tr("nothing to send")
                                                                 : parts.join(u", "));
}

RunChart::RunChart(QWidget* parent) : QWidget(parent), m_view(new QChartView), m_marker(nullptr)
{
    setAccessibleName(tr("Last runs"));
    setFocusPolicy(Qt::StrongFocus);
    auto* chart = new QChart;
    chart->setBackgroundVisible(false);
    chart->setMargins({});
    chart->layout()->setContentsMargins(0, 0, 0, 0);
    chart->legend()->hide();
    chart->setLocalizeNumbers(true);
    m_view->setChart(chart);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setFocusPolicy(Qt::NoFocus);
    m_view->setRenderHint(QPainter::Antialiasing, false);
    m_view->viewport()->installEventFilter(this);
    m_view->viewport()->setCursor(Qt::PointingHandCursor);
    m_marker = new QGraphicsRectItem(chart);
    m_marker->setZValue(-1);
    m_marker->setPen(Qt::NoPen);
    connect(chart, &QChart::plotAreaChanged, this, &RunChart::updateMarker);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(grid::unit, grid::unit, grid::unit, grid::unit);
    layout->setSpacing(0);
    layout->addWidget(m_view, 1);
    layout->addWidget(new RunLegend);
    rebuild();
}

QSize RunChart::sizeHint() const
{
    return {preferredWidth, preferredHeight};
}

QSize RunChart::minimumSizeHint() const
{
    return {preferredWidth / 2, preferredHeight / 2};
}

void RunChart::setBars(std::vector<RunBar> bars)
{
    if (bars.size() > mostBars)
        bars.erase(bars.begin(), bars.end() - mostBars);
    if (bars == m_bars)
        return;
    m_bars = std::move(bars);
    rebuild();
}

void RunChart::setCurrent(const std::string& run)
{
    m_current = run;
    describe();
    updateMarker();
}

void RunChart::updateMarker()
{
    const std::size_t bar = current();
    m_marker->setVisible(bar < m_bars.size());
    m_marker->setRect(barArea(bar));
}

void RunChart::rebuild()
{
    QChart* const chart = m_view->chart();
    chart->removeAllSeries();
    for (QAbstractAxis* axis : chart->axes()) {
        chart->removeAxis(axis);
        delete axis;
    }
    m_series = new QStackedBarSeries;
    m_series->setBarWidth(barWidth);
    std::uint64_t highest = 1;
    QStringList names;
    for (int i = 0; i < RunBar::PartCount; ++i) {
        auto* set = new QBarSet(runPartText(static_cast<RunBar::Part>(i)));
        for (const RunBar& bar : m_bars)
            set->append(static_cast<qreal>(bar.counts[std::size_t(i)]));
        m_sets[std::size_t(i)] = set;
        m_series->append(set);
    }
    for (const RunBar& bar : m_bars)
        highest = std::max(highest, bar.sum());
    for (std::size_t i = 0; i < places(); ++i)
        names.append(QString::number(i));
    chart->addSeries(m_series);
    auto* across = new QBarCategoryAxis;
    across->append(names);
    across->setLabelsVisible(false);
    across->setGridLineVisible(false);
    chart->addAxis(across, Qt::AlignBottom);
    m_series->attachAxis(across);
    auto* up = new QValueAxis;
    up->setRange(0, static_cast<qreal>(highest));
    up->setTickCount(ticks);
    up->setLabelFormat(QStringLiteral("%.0f"));
    up->applyNiceNumbers();
    chart->addAxis(up, Qt::AlignLeft);
    m_series->attachAxis(up);
    updateColors();
    describe();
    updateMarker();
}

void RunChart::updateColors()
{
    const Tokens& colors = tokens(this);
    for (int i = 0; i < RunBar::PartCount; ++i) {
        m_sets[std::size_t(i)]->setColor(runPartColor(static_cast<RunBar::Part>(i), colors));
        m_sets[std::size_t(i)]->setBorderColor(Qt::transparent);
    }
    m_view->setBackgroundBrush(colors.surface);
    m_marker->setBrush(colors.selection);
    for (QAbstractAxis* axis : m_view->chart()->axes()) {
        axis->setLabelsColor(colors.secondary);
        axis->setLabelsFont(textFont(TextSize::Small));
        axis->setLinePenColor(colors.hairline);
        axis->setGridLineColor(colors.hairline);
    }
}

void RunChart::describe()
{
    const std::size_t bar = current();
    const QString all = tr("%n runs", nullptr, static_cast<int>(m_bars.size()));
    setAccessibleDescription(
        bar < m_bars.size() ? tr("%1. Chosen: %2").arg(all, runBarText(m_bars[bar])) : all);
}

std::size_t RunChart::current() const
{
    const auto found = std::find_if(m_bars.begin(), m_bars.end(),
                                    [this](const RunBar& bar) { return bar.run == m_current; });
    return static_cast<std::size_t>(found - m_bars.begin());
}

std::size_t RunChart::places() const
{
    return std::max(m_bars.size(), fewestPlaces);
}

QRectF RunChart::barArea(std::size_t bar) const
{
    if (bar >= m_bars.size())
        return {};
    const QRectF plot = m_view->chart()->plotArea();
    const qreal step = plot.width() / static_cast<qreal>(places());
    return {plot.left() + step * static_cast<qreal>(bar), plot.top(), step, plot.height()};
}

QRect RunChart::barRect(std::size_t bar) const
{
    const QPolygonF inScene = m_view->chart()->mapToScene(barArea(bar));
    const QRect rect = m_view->mapFromScene(inScene).boundingRect();
    return {m_view->viewport()->mapTo(this, rect.topLeft()), rect.size()};
}

std::size_t RunChart::barAt(const QPoint& place) const
{
    for (std::size_t i = 0; i < m_bars.size(); ++i)
        if (barRect(i).contains(place))
            return i;
    return m_bars.size();
}

void RunChart::choose(std::size_t bar)
{
    if (bar >= m_bars.size())
        return;
    setCurrent(m_bars[bar].run);
    Q_EMIT runChosen(m_bars[bar].run);
}

bool RunChart::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::MouseButtonRelease) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        if (mouse->button() == Qt::LeftButton)
            choose(barAt(m_view->viewport()->mapTo(this, mouse->pos())));
    }
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const std::size_t bar = barAt(m_view->viewport()->mapTo(this, help->pos()));
        QToolTip::showText(help->globalPos(),
                           bar < m_bars.size() ? runBarText(m_bars[bar]) : QString(), this);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void RunChart::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        updateColors();
    QWidget::changeEvent(event);
}

void RunChart::keyPressEvent(QKeyEvent* event)
{
    const std::size_t bar = current();
    const bool none = bar >= m_bars.size();
    switch (event->key()) {
    case Qt::Key_Left:
        return choose(none ? m_bars.size() - 1 : bar - std::min<std::size_t>(bar, 1));
    case Qt::Key_Right:
        return choose(none ? m_bars.size() - 1 : std::min(bar + 1, m_bars.size() - 1));
    case Qt::Key_Home:
        return choose(0);
    case Qt::Key_End:
        return choose(m_bars.size() - 1);
    default:
        QWidget::keyPressEvent(event);
    }
}

void RunChart::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), tokens(this).surface);
    if (!hasFocus())
        return;
    painter.setPen({tokens(this).focus, grid::focusWidth});
    painter.drawRect(rect().adjusted(1, 1, -1, -1));
}

} // namespace headgate::ui
