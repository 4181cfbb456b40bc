// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/run_chart.h"

namespace headgate::ui {

/// What the colours of a RunChart mean, in as many lines as the width asks for: nothing is cut off.
class RunLegend final : public QWidget
{
    Q_OBJECT

public:
    explicit RunLegend(QWidget* parent = nullptr);

    /// Where each part's word stands at that width, in the order of RunBar::Part.
    [[nodiscard]] std::vector<QRect> places(int width) const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace headgate::ui
