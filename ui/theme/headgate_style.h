// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>
#include <QSet>

namespace headgate::ui {

/// Fusion's behaviour with a look of our own. Every colour comes from tokens(option.palette), so
/// changing the application's palette is all that a switch between light and dark takes.
class HeadgateStyle final : public QProxyStyle
{
    Q_OBJECT

public:
    HeadgateStyle();

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                            QPainter* painter, const QWidget* widget) const override;
    [[nodiscard]] QRect subElementRect(SubElement element, const QStyleOption* option,
                                       const QWidget* widget) const override;
    [[nodiscard]] QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option,
                                       SubControl part, const QWidget* widget) const override;
    [[nodiscard]] QSize sizeFromContents(ContentsType type, const QStyleOption* option,
                                         const QSize& contents,
                                         const QWidget* widget) const override;
    [[nodiscard]] int pixelMetric(PixelMetric metric, const QStyleOption* option,
                                  const QWidget* widget) const override;
    [[nodiscard]] int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                                QStyleHintReturn* answer) const override;
    [[nodiscard]] QIcon standardIcon(StandardPixmap standard, const QStyleOption* option,
                                     const QWidget* widget) const override;
    using QProxyStyle::polish;
    void polish(QWidget* widget) override;
    using QProxyStyle::unpolish;
    void unpolish(QWidget* widget) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] static bool keepsFromWheel(const QObject* watched);
    [[nodiscard]] bool drawOwnPrimitive(PrimitiveElement element, const QStyleOption& option,
                                        QPainter* painter, const QWidget* widget) const;
    [[nodiscard]] bool drawOwnControl(ControlElement element, const QStyleOption& option,
                                      QPainter* painter, const QWidget* widget) const;
    /// Where the stripe of a progress bar without an end is now; has the bar painted again soon.
    [[nodiscard]] double busyPhase(const QWidget* bar) const;

    mutable QSet<const QWidget*> m_busy; ///< bars whose next painting is due
};

} // namespace headgate::ui
