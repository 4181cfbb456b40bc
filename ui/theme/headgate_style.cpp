// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/headgate_style.h"

#include "theme/motion.h"
#include "theme/style_painting.h"
#include "theme/style_parts.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QDateTime>
#include <QDialog>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabBar>
#include <QTextEdit>
#include <QTimer>
#include <QToolButton>
#include <algorithm>
#include <chrono>

namespace headgate::ui {
namespace {

template <typename Option>
const Option& optionAs(const QStyleOption& option)
{
    return static_cast<const Option&>(option);
}

Icon arrowIcon(QStyle::PrimitiveElement element)
{
    switch (element) {
    case QStyle::PE_IndicatorArrowUp:
    case QStyle::PE_IndicatorSpinUp:
        return Icon::ChevronUp;
    case QStyle::PE_IndicatorArrowLeft:
        return Icon::ChevronLeft;
    case QStyle::PE_IndicatorArrowRight:
        return Icon::ChevronRight;
    default:
        return Icon::ChevronDown;
    }
}

/// Without the close button of its side.
QRect tabLabelRoom(const QStyleOptionTab& option)
{
    return option.rect.adjusted(8 + option.leftButtonSize.width(), 0,
                                -8 - option.rightButtonSize.width(), -2);
}

void drawLineFrame(QPainter* painter, const QStyleOptionFrame& option)
{
    const QRect& r = option.rect;
    if (option.frameShape == QFrame::HLine)
        painter->fillRect(QRect(r.left(), r.center().y(), r.width(), 1), tokensOf(option).hairline);
    else
        painter->fillRect(QRect(r.center().x(), r.top(), 1, r.height()), tokensOf(option).hairline);
}

} // namespace

HeadgateStyle::HeadgateStyle() : QProxyStyle(QStringLiteral("fusion")) {}

bool HeadgateStyle::drawOwnPrimitive(PrimitiveElement element, const QStyleOption& option,
                                     QPainter* painter, const QWidget* widget) const
{
    const Tokens& t = tokensOf(option);
    switch (element) {
    case PE_PanelLineEdit:
        drawLineEditPanel(painter, optionAs<QStyleOptionFrame>(option), widget);
        return true;
    case PE_Frame:
        drawFrame(painter, option, widget);
        return true;
    case PE_FrameGroupBox:
        drawBox(painter, option.rect, {t.surface, t.hairline, grid::cardRadius});
        return true;
    case PE_FrameFocusRect:
        if (option.state.testFlag(State_KeyboardFocusChange))
            drawFocusRing(painter, option.rect, t.focus, 3);
        return true;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        drawCheckIndicator(painter, option);
        return true;
    case PE_IndicatorRadioButton:
        drawRadioIndicator(painter, option);
        return true;
    case PE_IndicatorBranch:
        drawBranch(painter, option);
        return true;
    case PE_PanelItemViewItem:
        drawItemPanel(painter, optionAs<QStyleOptionViewItem>(option), widget);
        return true;
    case PE_PanelItemViewRow:
        drawItemRow(painter, optionAs<QStyleOptionViewItem>(option));
        return true;
    case PE_FrameTabBarBase:
        drawTabBarBase(painter, option);
        return true;
    case PE_IndicatorTabClose:
        if (isHovered(option))
            drawBox(painter, option.rect, {t.pressed, QColor()});
        drawCentredIcon(painter, Icon::Close, isHovered(option) ? t.text : t.tertiary, option.rect,
                        12);
        return true;
    case PE_PanelMenu:
    case PE_FrameMenu:
        if (element == PE_PanelMenu)
            drawMenuPanel(painter, option);
        return true;
    case PE_PanelTipLabel:
        drawToolTip(painter, option);
        return true;
    case PE_IndicatorToolBarSeparator:
        drawToolBarSeparator(painter, option);
        return true;
    case PE_PanelStatusBar:
        painter->fillRect(option.rect, t.window);
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), option.rect.width(), 1),
                          t.hairline);
        return true;
    case PE_PanelScrollAreaCorner:
        painter->fillRect(option.rect, option.palette.base());
        return true;
    case PE_FrameTabWidget:
    case PE_FrameStatusBarItem:
    case PE_IndicatorToolBarHandle:
        return true;
    case PE_IndicatorArrowUp:
    case PE_IndicatorArrowDown:
    case PE_IndicatorArrowLeft:
    case PE_IndicatorArrowRight:
    case PE_IndicatorSpinUp:
    case PE_IndicatorSpinDown:
        drawCentredIcon(painter, arrowIcon(element), isEnabled(option) ? t.secondary : t.disabled,
                        option.rect, std::min({14, option.rect.width(), option.rect.height()}));
        return true;
    default: // an open set of Qt's: the rest is Fusion's
        return false;
    }
}

void HeadgateStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option,
                                  QPainter* painter, const QWidget* widget) const
{
    if (!drawOwnPrimitive(element, *option, painter, widget))
        QProxyStyle::drawPrimitive(element, option, painter, widget);
}

bool HeadgateStyle::drawOwnControl(ControlElement element, const QStyleOption& option,
                                   QPainter* painter, const QWidget* widget) const
{
    switch (element) {
    case CE_PushButton:
        drawPushButton(painter, optionAs<QStyleOptionButton>(option), widget);
        return true;
    case CE_ComboBoxLabel: {
        const auto& combo = optionAs<QStyleOptionComboBox>(option);
        drawComboLabel(painter, combo,
                       subControlRect(CC_ComboBox, &combo, SC_ComboBoxEditField, widget));
        return true;
    }
    case CE_HeaderSection:
        drawHeaderSection(painter, optionAs<QStyleOptionHeader>(option));
        return true;
    case CE_HeaderLabel:
        drawHeaderLabel(painter, optionAs<QStyleOptionHeader>(option));
        return true;
    case CE_HeaderEmptyArea:
        drawHeaderEmptyArea(painter, option);
        return true;
    case CE_TabBarTabShape:
        drawTabShape(painter, optionAs<QStyleOptionTab>(option));
        return true;
    case CE_TabBarTabLabel:
        drawTabLabel(painter, optionAs<QStyleOptionTab>(option),
                     tabLabelRoom(optionAs<QStyleOptionTab>(option)));
        return true;
    case CE_ProgressBar: {
        const auto& bar = optionAs<QStyleOptionProgressBar>(option);
        drawProgressBar(painter, bar, bar.maximum > bar.minimum ? 0 : busyPhase(widget));
        return true;
    }
    case CE_Splitter:
        drawSplitter(painter, option);
        return true;
    case CE_MenuItem:
        drawMenuItem(painter, optionAs<QStyleOptionMenuItem>(option));
        return true;
    case CE_MenuBarItem:
        drawMenuBarItem(painter, optionAs<QStyleOptionMenuItem>(option));
        return true;
    case CE_MenuBarEmptyArea:
        painter->fillRect(option.rect, tokensOf(option).window);
        return true;
    case CE_ToolBar:
        drawToolBar(painter, optionAs<QStyleOptionToolBar>(option));
        return true;
    case CE_SizeGrip:
        return true;
    case CE_ShapedFrame: {
        const auto& frame = optionAs<QStyleOptionFrame>(option);
        if (frame.frameShape != QFrame::HLine && frame.frameShape != QFrame::VLine)
            return false;
        drawLineFrame(painter, frame);
        return true;
    }
    default:
        return false;
    }
}

void HeadgateStyle::drawControl(ControlElement element, const QStyleOption* option,
                                QPainter* painter, const QWidget* widget) const
{
    if (!drawOwnControl(element, *option, painter, widget))
        QProxyStyle::drawControl(element, option, painter, widget);
}

void HeadgateStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                                       QPainter* painter, const QWidget* widget) const
{
    const auto part = [&](SubControl sub) { return subControlRect(control, option, sub, widget); };
    switch (control) {
    case CC_ComboBox:
        drawComboBox(painter, optionAs<QStyleOptionComboBox>(*option), part(SC_ComboBoxArrow),
                     widget);
        return;
    case CC_SpinBox:
        drawSpinBox(painter, optionAs<QStyleOptionSpinBox>(*option), part(SC_SpinBoxUp),
                    part(SC_SpinBoxDown), widget);
        return;
    case CC_ToolButton:
        drawToolButton(painter, optionAs<QStyleOptionToolButton>(*option), widget);
        return;
    case CC_ScrollBar:
        drawScrollBar(painter, optionAs<QStyleOptionSlider>(*option), part(SC_ScrollBarSlider));
        return;
    case CC_Slider:
        drawSlider(painter, optionAs<QStyleOptionSlider>(*option), part(SC_SliderGroove),
                   part(SC_SliderHandle));
        return;
    case CC_GroupBox:
        drawGroupBox(painter, optionAs<QStyleOptionGroupBox>(*option));
        return;
    default:
        QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
}

double HeadgateStyle::busyPhase(const QWidget* bar) const
{
    if (reducedMotion() || bar == nullptr)
        return 0.5;
    if (!m_busy.contains(bar)) {
        m_busy.insert(bar);
        QTimer::singleShot(std::chrono::milliseconds(33), const_cast<QWidget*>(bar), [this, bar] {
            m_busy.remove(bar);
            const_cast<QWidget*>(bar)->update();
        });
        connect(bar, &QObject::destroyed, this, [this, bar] { m_busy.remove(bar); });
    }
    constexpr qint64 period = 1600;
    const double at = double(QDateTime::currentMSecsSinceEpoch() % period) / double(period);
    return at < 0.5 ? 2 * at : 2 - 2 * at;
}

void HeadgateStyle::polish(QWidget* widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QLineEdit*>(widget) != nullptr || qobject_cast<QTabBar*>(widget) != nullptr ||
        qobject_cast<QTextEdit*>(widget) != nullptr ||
        qobject_cast<QPlainTextEdit*>(widget) != nullptr ||
        qobject_cast<QHeaderView*>(widget) != nullptr)
        widget->setAttribute(Qt::WA_Hover);
    if (auto* view = qobject_cast<QAbstractItemView*>(widget))
        view->viewport()->setAttribute(Qt::WA_Hover);
    if (qobject_cast<QPushButton*>(widget) != nullptr ||
        qobject_cast<QToolButton*>(widget) != nullptr)
        widget->installEventFilter(this);
    if (qobject_cast<QComboBox*>(widget) != nullptr ||
        qobject_cast<QAbstractSpinBox*>(widget) != nullptr) {
        if (widget->focusPolicy() == Qt::WheelFocus)
            widget->setFocusPolicy(Qt::StrongFocus);
        widget->installEventFilter(this);
    }
}

void HeadgateStyle::unpolish(QWidget* widget)
{
    widget->removeEventFilter(this);
    QProxyStyle::unpolish(widget);
}

/// A form that is scrolled is not edited by what comes to lie under the pointer.
bool HeadgateStyle::keepsFromWheel(const QObject* watched)
{
    if (qobject_cast<const QComboBox*>(watched) != nullptr)
        return true;
    const auto* const box = qobject_cast<const QAbstractSpinBox*>(watched);
    return box != nullptr && !box->hasFocus();
}

/// Enter presses the button that has the focus, as Space does; in dialogs it is the default
/// button's.
bool HeadgateStyle::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Wheel && keepsFromWheel(watched)) {
        event->ignore();
        return true;
    }
    auto* const button = qobject_cast<QAbstractButton*>(watched);
    if (button == nullptr || event->type() != QEvent::KeyPress ||
        qobject_cast<QDialog*>(button->window()) != nullptr)
        return QProxyStyle::eventFilter(watched, event);
    const auto& key = static_cast<const QKeyEvent&>(*event);
    const bool enter = key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter;
    if (!enter || key.modifiers().testFlag(Qt::ControlModifier) || key.isAutoRepeat())
        return QProxyStyle::eventFilter(watched, event);
    button->click();
    return true;
}

} // namespace headgate::ui
