// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/tokens.h"

#include <QWidget>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

class QBarSet;
class QChartView;
class QGraphicsRectItem;
class QStackedBarSeries;

namespace headgate::ui {

/// What became of the records of one run.
struct RunBar
{
    enum Part
    {
        Successful, ///< and unconfirmed
        Rejected,   ///< and invalid
        InDoubt,
        Skipped,
        Pending,
        PartCount
    };
    std::string run;
    QString label; ///< "Monday 14:05, Recently viewed"
    std::array<std::uint64_t, PartCount> counts{};

    [[nodiscard]] std::uint64_t sum() const;
    bool operator==(const RunBar&) const = default;
};

[[nodiscard]] QString runPartText(RunBar::Part part);
/// Its colours are those of the same states elsewhere in the window.
[[nodiscard]] Tone runPartTone(RunBar::Part part);
[[nodiscard]] QColor runPartColor(RunBar::Part part, const Tokens& tokens);
/// "Monday 14:05, Recently viewed: 10 successful, 2 rejected"
[[nodiscard]] QString runBarText(const RunBar& bar);

/// The last runs, the newest at the right: a stacked bar each. A click, and the arrow keys, choose
/// a run. What a bar says is in its tooltip and, of the chosen one, in the accessible description.
class RunChart final : public QWidget
{
    Q_OBJECT

public:
    static constexpr std::size_t mostBars = 30;

    explicit RunChart(QWidget* parent = nullptr);

    /// Oldest first; of more than mostBars the newest.
    void setBars(std::vector<RunBar> bars);
    [[nodiscard]] const std::vector<RunBar>& bars() const { return m_bars; }
    void setCurrent(const std::string& run);
    /// Where a bar is, in this widget; empty: there is no such bar.
    [[nodiscard]] QRect barRect(std::size_t bar) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void runChosen(const std::string& run);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void rebuild();
    void updateColors();
    void describe();
    void updateMarker();
    void choose(std::size_t bar);
    [[nodiscard]] std::size_t current() const;
    /// In the chart's coordinates.
    [[nodiscard]] std::size_t places() const;
    [[nodiscard]] QRectF barArea(std::size_t bar) const;
    [[nodiscard]] std::size_t barAt(const QPoint& place) const;

    QChartView* m_view;
    QStackedBarSeries* m_series = nullptr;
    QGraphicsRectItem* m_marker; ///< behind the bar of the chosen run
    std::array<QBarSet*, RunBar::PartCount> m_sets{};
    std::vector<RunBar> m_bars;
    std::string m_current;
};

} // namespace headgate::ui
