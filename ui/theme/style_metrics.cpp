// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/fonts.h"
#include "theme/headgate_style.h"
#include "theme/icon.h"
#include "theme/style_parts.h"

#include <QFormLayout>
#include <QLineEdit>
#include <QTabBar>
#include <algorithm>

namespace headgate::ui {
namespace {

constexpr int chevronColumn = 24;

QSize pushButtonSize(const QStyleOptionButton& option)
{
    const QSize text = option.fontMetrics.size(Qt::TextShowMnemonic, option.text);
    if (option.text.isEmpty())
        return {rowHeight(), rowHeight()};
    int width = text.width() + 24;
    if (!option.icon.isNull())
        width += grid::icon + 6;
    if (option.features.testFlag(QStyleOptionButton::HasMenu))
        width += 16;
    return {std::max(width, 64), rowHeight()};
}

QSize toolButtonSize(const QStyleOptionToolButton& option)
{
    const bool icon = !option.icon.isNull() && option.toolButtonStyle != Qt::ToolButtonTextOnly;
    const bool text = !option.text.isEmpty() &&
                      (option.toolButtonStyle != Qt::ToolButtonIconOnly || option.icon.isNull());
    int width = icon ? grid::icon : 0;
    if (text)
        width +=
            option.fontMetrics.size(Qt::TextShowMnemonic, option.text).width() + (icon ? 6 : 0) + 4;
    width += text ? 12 : rowHeight() - grid::icon;
    if (option.features.testFlag(QStyleOptionToolButton::HasMenu))
        width += 14;
    return {std::max(width, rowHeight()), rowHeight()};
}

QSize tabSize(const QStyleOptionTab& option, const QSize& contents)
{
    const bool upright =
        option.shape == QTabBar::RoundedWest || option.shape == QTabBar::RoundedEast;
    return upright ? QSize(std::max(contents.width(), rowHeight() + 4), contents.height())
                   : QSize(contents.width(), rowHeight() + 6);
}

QRect scrollBarPart(const QStyleOptionSlider& option, QStyle::SubControl part, int shortest)
{
    const bool across = option.orientation == Qt::Horizontal;
    const QRect& r = option.rect;
    const int room = across ? r.width() : r.height();
    const qint64 range = qint64(option.maximum) - option.minimum;
    int length = room;
    if (range > 0) {
        const qint64 share = qint64(room) * option.pageStep / (range + option.pageStep);
        length = int(std::clamp<qint64>(share, std::min(shortest, room), room));
    }
    const int begin = QStyle::sliderPositionFromValue(
        option.minimum, option.maximum, option.sliderPosition, room - length, option.upsideDown);
    const auto span = [&](int from, int size) {
        const QRect rect = across ? QRect(r.left() + from, r.top(), size, r.height())
                                  : QRect(r.left(), r.top() + from, r.width(), size);
        return across ? QStyle::visualRect(option.direction, r, rect) : rect;
    };
    switch (part) {
    case QStyle::SC_ScrollBarSlider:
        return span(begin, length);
    case QStyle::SC_ScrollBarSubPage:
        return span(0, begin);
    case QStyle::SC_ScrollBarAddPage:
        return span(begin + length, room - begin - length);
    case QStyle::SC_ScrollBarGroove:
        return r;
    default: // no arrows at the ends
        return {};
    }
}

QRect comboPart(const QStyleOptionComboBox& option, QStyle::SubControl part)
{
    const QRect& r = option.rect;
    switch (part) {
    case QStyle::SC_ComboBoxEditField:
        return QStyle::visualRect(option.direction, r, r.adjusted(6, 2, -chevronColumn, -2));
    case QStyle::SC_ComboBoxArrow:
        return QStyle::visualRect(
            option.direction, r,
            QRect(r.right() - chevronColumn + 1, r.top(), chevronColumn - 2, r.height()));
    default:
        return r;
    }
}

QRect spinPart(const QStyleOptionSpinBox& option, QStyle::SubControl part)
{
    const QRect& r = option.rect;
    const int width = option.buttonSymbols == QAbstractSpinBox::NoButtons ? 0 : 20;
    const int half = r.height() / 2;
    switch (part) {
    case QStyle::SC_SpinBoxUp:
        return QStyle::visualRect(option.direction, r,
                                  QRect(r.right() - width, r.top(), width, half));
    case QStyle::SC_SpinBoxDown:
        return QStyle::visualRect(
            option.direction, r,
            QRect(r.right() - width, r.top() + half, width, r.height() - half));
    case QStyle::SC_SpinBoxEditField:
        return QStyle::visualRect(option.direction, r, r.adjusted(6, 1, -width - 4, -1));
    default:
        return r;
    }
}

} // namespace

QSize HeadgateStyle::sizeFromContents(ContentsType type, const QStyleOption* option,
                                      const QSize& contents, const QWidget* widget) const
{
    const QSize base = QProxyStyle::sizeFromContents(type, option, contents, widget);
    switch (type) {
    case CT_PushButton:
        return pushButtonSize(*static_cast<const QStyleOptionButton*>(option));
    case CT_ToolButton:
        return toolButtonSize(*static_cast<const QStyleOptionToolButton*>(option));
    case CT_LineEdit:
        return {base.width() + 12, rowHeight()};
    case CT_ComboBox:
        return {contents.width() + chevronColumn + 16, rowHeight()};
    case CT_SpinBox:
        return {base.width() + 8, rowHeight()};
    case CT_TabBarTab:
        return tabSize(*static_cast<const QStyleOptionTab*>(option), base);
    case CT_HeaderSection:
        return {base.width() + 8, std::max(base.height(), rowHeight())};
    case CT_ItemViewItem:
        return {base.width(), std::max(base.height(), rowHeight())};
    case CT_MenuItem:
        return menuItemSize(*static_cast<const QStyleOptionMenuItem*>(option));
    case CT_MenuBarItem:
        return {contents.width() + 16, rowHeight()};
    case CT_ProgressBar:
        return {base.width(), std::max(16, option->fontMetrics.height())};
    case CT_CheckBox:
    case CT_RadioButton:
        return {base.width() + 6, std::max(base.height(), 24)};
    case CT_GroupBox:
        return contents + QSize(2, option->fontMetrics.height() + 12);
    default:
        return base;
    }
}

int HeadgateStyle::pixelMetric(PixelMetric metric, const QStyleOption* option,
                               const QWidget* widget) const
{
    switch (metric) {
    case PM_ButtonIconSize:
    case PM_SmallIconSize:
    case PM_ToolBarIconSize:
    case PM_ListViewIconSize:
    case PM_TabBarIconSize:
    case PM_LineEditIconSize:
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return grid::icon;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarBaseOverlap:
    case PM_TabBarTabOverlap:
    case PM_MenuBarPanelWidth:
    case PM_ToolBarFrameWidth:
        return 0;
    case PM_DefaultFrameWidth:
    case PM_MenuPanelWidth:
    case PM_ToolTipLabelFrameWidth:
        return 1;
    case PM_MenuHMargin:
    case PM_MenuVMargin:
    case PM_MenuBarItemSpacing:
    case PM_MenuBarVMargin:
    case PM_MenuBarHMargin:
    case PM_ToolBarItemMargin:
        return grid::unit;
    case PM_ToolBarItemSpacing:
        return 2;
    case PM_TabBarTabHSpace:
        return 24;
    case PM_TabBarTabVSpace:
        return 12;
    case PM_ScrollBarExtent:
        return 12;
    case PM_ScrollBarSliderMin:
        return 32;
    case PM_SplitterWidth:
        return 5;
    case PM_SliderThickness:
    case PM_SliderControlThickness:
    case PM_SliderLength:
        return grid::icon + 4;
    case PM_HeaderDefaultSectionSizeVertical:
        return rowHeight();
    case PM_HeaderMargin:
        return 6;
    case PM_HeaderMarkSize:
        return 12;
    case PM_TreeViewIndentation:
        return 18;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return grid::gap;
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin:
        return 12;
    case PM_FocusFrameHMargin:
        return 6;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int HeadgateStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                             QStyleHintReturn* answer) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_ComboBox_Popup:
    case SH_Widget_Animation_Duration:
    case SH_MessageBox_CenterButtons:
        return 0;
    case SH_ItemView_ShowDecorationSelected:
        return 1;
    case SH_ToolTipLabel_Opacity:
        return 255;
    case SH_Table_GridLineColor:
        return int(tokens(option == nullptr ? QPalette() : option->palette).hairline.rgb());
    case SH_TabBar_ElideMode:
        return Qt::ElideRight;
    case SH_TabBar_Alignment:
        return Qt::AlignLeft;
    case SH_FormLayoutFieldGrowthPolicy:
        return QFormLayout::AllNonFixedFieldsGrow;
    case SH_FormLayoutLabelAlignment:
        return Qt::AlignLeft | Qt::AlignVCenter;
    case SH_Menu_SubMenuPopupDelay:
        return 150;
    default:
        return QProxyStyle::styleHint(hint, option, widget, answer);
    }
}

QRect HeadgateStyle::subElementRect(SubElement element, const QStyleOption* option,
                                    const QWidget* widget) const
{
    switch (element) {
    case SE_LineEditContents: {
        const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
        if (frame == nullptr || frame->lineWidth <= 0)
            break;
        return option->rect.adjusted(6, 1, -6, -1);
    }
    case SE_CheckBoxFocusRect:
    case SE_RadioButtonFocusRect: {
        const SubElement label =
            element == SE_CheckBoxFocusRect ? SE_CheckBoxContents : SE_RadioButtonContents;
        const auto& button = *static_cast<const QStyleOptionButton*>(option);
        const QRect room = QProxyStyle::subElementRect(label, option, widget);
        const int width = button.fontMetrics.size(Qt::TextShowMnemonic, button.text).width() +
                          (button.icon.isNull() ? 0 : grid::icon + grid::unit);
        const QRect text(room.left(), room.top(), std::min(width, room.width()), room.height());
        return QStyle::visualRect(option->direction, room, text).adjusted(-4, 1, 4, -1);
    }
    case SE_ProgressBarGroove:
    case SE_ProgressBarContents:
        return option->rect;
    default:
        break;
    }
    return QProxyStyle::subElementRect(element, option, widget);
}

QRect HeadgateStyle::subControlRect(ComplexControl control, const QStyleOptionComplex* option,
                                    SubControl part, const QWidget* widget) const
{
    switch (control) {
    case CC_ScrollBar:
        return scrollBarPart(*static_cast<const QStyleOptionSlider*>(option), part,
                             pixelMetric(PM_ScrollBarSliderMin, option, widget));
    case CC_ComboBox: {
        const auto& combo = *static_cast<const QStyleOptionComboBox*>(option);
        if (part == SC_ComboBoxListBoxPopup)
            break;
        return comboPart(combo, part);
    }
    case CC_SpinBox:
        return spinPart(*static_cast<const QStyleOptionSpinBox*>(option), part);
    case CC_GroupBox:
        return groupBoxPart(*static_cast<const QStyleOptionGroupBox*>(option), part);
    default:
        break;
    }
    return QProxyStyle::subControlRect(control, option, part, widget);
}

QIcon HeadgateStyle::standardIcon(StandardPixmap standard, const QStyleOption* option,
                                  const QWidget* widget) const
{
    switch (standard) {
    case SP_MessageBoxInformation:
        return themeIcon(Tone::Info);
    case SP_MessageBoxWarning:
        return themeIcon(Tone::Warning);
    case SP_MessageBoxCritical:
        return themeIcon(Tone::Error);
    case SP_MessageBoxQuestion:
        return themeIcon(Icon::Help, IconColor::Accent);
    case SP_LineEditClearButton:
    case SP_TitleBarCloseButton:
    case SP_DockWidgetCloseButton:
        return themeIcon(Icon::Close);
    case SP_DirIcon:
        return themeIcon(Icon::Folder);
    case SP_ToolBarHorizontalExtensionButton:
    case SP_ToolBarVerticalExtensionButton:
        return themeIcon(Icon::More);
    case SP_BrowserReload:
        return themeIcon(Icon::Refresh);
    case SP_ArrowBack:
        return themeIcon(Icon::ChevronLeft);
    case SP_ArrowForward:
        return themeIcon(Icon::ChevronRight);
    default:
        return QProxyStyle::standardIcon(standard, option, widget);
    }
}

} // namespace headgate::ui
