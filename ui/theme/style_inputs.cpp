// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/fonts.h"
#include "theme/style_painting.h"
#include "theme/style_parts.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QPlainTextEdit>
#include <QStyle>
#include <QTextEdit>

namespace headgate::ui {
namespace {

bool isReadOnlyText(const QWidget* widget)
{
    if (const auto* plain = qobject_cast<const QPlainTextEdit*>(widget))
        return plain->isReadOnly();
    const auto* rich = qobject_cast<const QTextEdit*>(widget);
    return rich != nullptr && rich->isReadOnly();
}

bool isTextInput(const QWidget* widget)
{
    return qobject_cast<const QPlainTextEdit*>(widget) != nullptr ||
           qobject_cast<const QTextEdit*>(widget) != nullptr;
}

QRectF innerHalf(const QRect& rect, bool upper)
{
    const QRectF inner = QRectF(rect).adjusted(1, upper ? 2 : 0, -2, upper ? 0 : -2);
    return inner;
}

} // namespace

void drawLineEditPanel(QPainter* painter, const QStyleOptionFrame& option, const QWidget* widget)
{
    const QWidget* parent = widget == nullptr ? nullptr : widget->parentWidget();
    if (qobject_cast<const QAbstractSpinBox*>(parent) != nullptr ||
        qobject_cast<const QComboBox*>(parent) != nullptr)
        return;
    const bool readOnly = option.state.testFlag(QStyle::State_ReadOnly);
    if (option.lineWidth > 0)
        drawBox(painter, option.rect, inputBox(option, widget, readOnly));
    else
        painter->fillRect(option.rect, option.palette.base());
}

void drawFrame(QPainter* painter, const QStyleOption& option, const QWidget* widget)
{
    const Tokens& t = tokensOf(option);
    if (isTextInput(widget)) {
        BoxLook box = inputBox(option, widget, isReadOnlyText(widget));
        box.fill = QColor();
        box.radius = 2;
        drawBox(painter, option.rect, box);
        return;
    }
    const bool focused =
        widget != nullptr && widget->focusPolicy() != Qt::NoFocus && showsFocus(option);
    drawBox(painter, option.rect, {QColor(), focused ? t.focus : t.hairline, 2});
}

void drawComboBox(QPainter* painter, const QStyleOptionComboBox& option, const QRect& arrow,
                  const QWidget* widget)
{
    const Tokens& t = tokensOf(option);
    if (option.frame) {
        BoxLook box = inputBox(option, widget, false);
        const bool open = option.state.testFlag(QStyle::State_On);
        if (!option.editable && isEnabled(option) && isHovered(option) && !open)
            box.fill = t.hover;
        drawBox(painter, option.rect, box);
    }
    drawCentredIcon(painter, Icon::ChevronDown, isEnabled(option) ? t.secondary : t.disabled, arrow,
                    14);
}

void drawComboLabel(QPainter* painter, const QStyleOptionComboBox& option, const QRect& field)
{
    const Tokens& t = tokensOf(option);
    QRect rect = field.adjusted(2, 0, -2, 0);
    if (!option.currentIcon.isNull()) {
        QRect at(rect.left(), rect.center().y() - grid::icon / 2 + 1, grid::icon, grid::icon);
        at = QStyle::visualRect(option.direction, rect, at);
        drawButtonIcon(painter, option.currentIcon, QColor(), at, isEnabled(option));
        rect = QStyle::visualRect(option.direction, rect, rect.adjusted(grid::icon + 6, 0, 0, 0));
    }
    if (option.editable || option.currentText.isEmpty())
        return;
    painter->setPen(isEnabled(option) ? t.text : t.disabled);
    painter->drawText(
        rect,
        int(QStyle::visualAlignment(option.direction, Qt::AlignLeft | Qt::AlignVCenter)) |
            Qt::TextSingleLine,
        option.fontMetrics.elidedText(option.currentText, Qt::ElideRight, rect.width()));
}

void drawSpinBox(QPainter* painter, const QStyleOptionSpinBox& option, const QRect& up,
                 const QRect& down, const QWidget* widget)
{
    const Tokens& t = tokensOf(option);
    const auto* spin = qobject_cast<const QAbstractSpinBox*>(widget);
    if (option.frame)
        drawBox(painter, option.rect, inputBox(option, widget, spin && spin->isReadOnly()));
    if (option.buttonSymbols == QAbstractSpinBox::NoButtons)
        return;
    const auto step = [&](const QRect& rect, QStyle::SubControl control,
                          QAbstractSpinBox::StepEnabledFlag flag, Icon icon, bool upper) {
        const bool can = isEnabled(option) && option.stepEnabled.testFlag(flag);
        if (can && option.activeSubControls.testFlag(control))
            drawBox(painter, innerHalf(rect, upper),
                    {isPressed(option) ? t.pressed : t.hover, {}, 2});
        drawCentredIcon(painter, icon, can ? t.secondary : t.disabled, rect, 10);
    };
    step(up, QStyle::SC_SpinBoxUp, QAbstractSpinBox::StepUpEnabled, Icon::ChevronUp, true);
    step(down, QStyle::SC_SpinBoxDown, QAbstractSpinBox::StepDownEnabled, Icon::ChevronDown, false);
}

void drawSlider(QPainter* painter, const QStyleOptionSlider& option, const QRect& groove,
                const QRect& handle)
{
    const Tokens& t = tokensOf(option);
    const bool across = option.orientation == Qt::Horizontal;
    QRectF line(groove);
    if (across)
        line = QRectF(line.left(), line.center().y() - 2, line.width(), 4);
    else
        line = QRectF(line.center().x() - 2, line.top(), 4, line.height());
    drawBox(painter, line, {t.pressed, {}, 2});
    QRectF done = line;
    const bool flipped = option.upsideDown;
    if (across && flipped)
        done.setLeft(handle.center().x());
    else if (across)
        done.setRight(handle.center().x());
    else if (flipped)
        done.setTop(handle.center().y());
    else
        done.setBottom(handle.center().y());
    drawBox(painter, done, {isEnabled(option) ? t.accent : t.disabled, {}, 2});
    const QRectF knob =
        QStyle::alignedRect(Qt::LeftToRight, Qt::AlignCenter, {grid::icon, grid::icon}, handle);
    drawBox(painter, knob, {t.surface, isEnabled(option) ? t.accent : t.disabled, 8, 2});
    if (showsFocus(option))
        drawFocusRing(painter, option.rect, t.focus);
}

QRect groupBoxPart(const QStyleOptionGroupBox& option, QStyle::SubControl part)
{
    const QRect& r = option.rect;
    const bool checkable = option.subControls.testFlag(QStyle::SC_GroupBoxCheckBox);
    const int top = option.text.isEmpty() && !checkable ? 0 : option.fontMetrics.height() + 10;
    const int textLeft = checkable ? grid::icon + grid::gap : 0;
    switch (part) {
    case QStyle::SC_GroupBoxCheckBox:
        return QStyle::visualRect(
            option.direction, r,
            QRect(r.left(), r.top() + (top - 6 - grid::icon) / 2, grid::icon, grid::icon));
    case QStyle::SC_GroupBoxLabel:
        return QStyle::visualRect(
            option.direction, r,
            QRect(r.left() + textLeft, r.top(), r.width() - textLeft, top - 6));
    case QStyle::SC_GroupBoxContents:
        return r.adjusted(1, top + 1, -1, -1);
    default:
        return r.adjusted(0, top, 0, 0);
    }
}

void drawGroupBox(QPainter* painter, const QStyleOptionGroupBox& option)
{
    const Tokens& t = tokensOf(option);
    if (!option.features.testFlag(QStyleOptionFrame::Flat))
        drawBox(painter, groupBoxPart(option, QStyle::SC_GroupBoxFrame),
                {t.surface, t.hairline, grid::cardRadius});
    if (option.subControls.testFlag(QStyle::SC_GroupBoxCheckBox)) {
        QStyleOption mark = option;
        mark.rect = groupBoxPart(option, QStyle::SC_GroupBoxCheckBox);
        drawCheckIndicator(painter, mark);
    }
    painter->save();
    painter->setFont(textFont(TextSize::Body, QFont::DemiBold));
    painter->setPen(isEnabled(option) ? t.text : t.disabled);
    const QRect label = groupBoxPart(option, QStyle::SC_GroupBoxLabel);
    painter->drawText(label,
                      int(QStyle::visualAlignment(option.direction, Qt::AlignLeft)) |
                          Qt::AlignVCenter | Qt::TextShowMnemonic | Qt::TextSingleLine,
                      option.text);
    if (showsFocus(option))
        drawFocusRing(painter, label, t.focus);
    painter->restore();
}

} // namespace headgate::ui
