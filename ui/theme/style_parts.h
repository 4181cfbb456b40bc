// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyle>
#include <QStyleOption>

class QPainter;
class QWidget;

/// What HeadgateStyle draws itself, a file per family of controls. Each function answers for the
/// whole of its element.
namespace headgate::ui {

// style_buttons.cpp
void drawPushButton(QPainter* painter, const QStyleOptionButton& option, const QWidget* widget);
void drawToolButton(QPainter* painter, const QStyleOptionToolButton& option, const QWidget* widget);
void drawCheckIndicator(QPainter* painter, const QStyleOption& option);
void drawRadioIndicator(QPainter* painter, const QStyleOption& option);

// style_inputs.cpp
void drawLineEditPanel(QPainter* painter, const QStyleOptionFrame& option, const QWidget* widget);
void drawFrame(QPainter* painter, const QStyleOption& option, const QWidget* widget);
void drawComboBox(QPainter* painter, const QStyleOptionComboBox& option, const QRect& arrow,
                  const QWidget* widget);
void drawComboLabel(QPainter* painter, const QStyleOptionComboBox& option, const QRect& field);
void drawSpinBox(QPainter* painter, const QStyleOptionSpinBox& option, const QRect& up,
                 const QRect& down, const QWidget* widget);
void drawSlider(QPainter* painter, const QStyleOptionSlider& option, const QRect& groove,
                const QRect& handle);

/// A title over a card.
[[nodiscard]] QRect groupBoxPart(const QStyleOptionGroupBox& option, QStyle::SubControl part);
void drawGroupBox(QPainter* painter, const QStyleOptionGroupBox& option);

// style_items.cpp
void drawItemPanel(QPainter* painter, const QStyleOptionViewItem& option, const QWidget* widget);
void drawItemRow(QPainter* painter, const QStyleOptionViewItem& option);
void drawBranch(QPainter* painter, const QStyleOption& option);
void drawHeaderSection(QPainter* painter, const QStyleOptionHeader& option);
void drawHeaderLabel(QPainter* painter, const QStyleOptionHeader& option);
void drawHeaderEmptyArea(QPainter* painter, const QStyleOption& option);

// style_bars.cpp
void drawTabShape(QPainter* painter, const QStyleOptionTab& option);
void drawTabLabel(QPainter* painter, const QStyleOptionTab& option, const QRect& room);
void drawTabBarBase(QPainter* painter, const QStyleOption& option);
void drawScrollBar(QPainter* painter, const QStyleOptionSlider& option, const QRect& handle);
void drawSplitter(QPainter* painter, const QStyleOption& option);
/// `phase`, from 0 to 1, is where the stripe of a bar without an end is.
void drawProgressBar(QPainter* painter, const QStyleOptionProgressBar& option, double phase);
void drawToolBar(QPainter* painter, const QStyleOptionToolBar& option);
void drawToolBarSeparator(QPainter* painter, const QStyleOption& option);

// style_menus.cpp
[[nodiscard]] QSize menuItemSize(const QStyleOptionMenuItem& option);
void drawMenuItem(QPainter* painter, const QStyleOptionMenuItem& option);
void drawMenuBarItem(QPainter* painter, const QStyleOptionMenuItem& option);
void drawMenuPanel(QPainter* painter, const QStyleOption& option);
void drawToolTip(QPainter* painter, const QStyleOption& option);

} // namespace headgate::ui
