// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chip.h"

#include "theme/fonts.h"
#include "theme/style_painting.h"

#include <QKeyEvent>

namespace headgate::ui {
namespace {

constexpr int chipSide = 8;
constexpr int chipIcon = 14;
constexpr int chipArrow = 14;

struct ChipColors
{
    QColor fill;
    QColor border;
    QColor text;
    QColor icon;
};

ChipColors chipColors(const Tokens& t, std::optional<Tone> tone)
{
    if (!tone)
        return {t.sunken, t.hairline, t.secondary, t.tertiary};
    const ToneColors& colors = t.tone(*tone);
    return {colors.fill, colors.border, colors.text, colors.icon};
}

} // namespace

Chip::Chip(const QString& text, QWidget* parent) : QAbstractButton(parent)
{
    setText(text);
    setAccessibleName(text);
    setFont(textFont(TextSize::Small));
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

Chip::Chip(Icon icon, const QString& text, QWidget* parent) : Chip(text, parent)
{
    m_icon = icon;
}

void Chip::setChipIcon(Icon icon)
{
    m_icon = icon;
    updateGeometry();
    update();
}

void Chip::setTone(std::optional<Tone> tone)
{
    m_tone = tone;
    update();
}

void Chip::setOpensMenu(bool opens)
{
    m_opensMenu = opens;
    updateGeometry();
    update();
}

void Chip::setInteractive(bool interactive)
{
    m_interactive = interactive;
    setFocusPolicy(interactive ? Qt::StrongFocus : Qt::NoFocus);
    setAttribute(Qt::WA_TransparentForMouseEvents, !interactive);
    update();
}

QSize Chip::sizeHint() const
{
    int width = fontMetrics().horizontalAdvance(text()) + 2 * chipSide;
    if (m_icon)
        width += chipIcon + grid::unit;
    if (m_opensMenu)
        width += chipArrow;
    return {width, std::max(22, fontMetrics().height() + 6)};
}

void Chip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Tokens& t = tokens(this);
    ChipColors colors = chipColors(t, m_tone);
    if (isChecked())
        colors = {t.selection, t.accent, t.accentText, t.accentText};
    if (!isEnabled())
        colors = {t.sunken, t.hairline, t.disabled, t.disabled};
    else if (m_interactive && isDown())
        colors.fill = t.pressed;
    else if (m_interactive && underMouse())
        colors.border = t.border;
    const qreal radius = height() / 2.0;
    drawBox(&painter, rect(), {colors.fill, colors.border, radius});
    if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange))
        drawFocusRing(&painter, rect(), t.focus, radius);
    const auto mirrored = [this](const QRect& part) {
        return QStyle::visualRect(layoutDirection(), rect(), part);
    };
    int left = chipSide;
    if (m_icon) {
        drawIcon(painter, *m_icon, colors.icon,
                 mirrored({left, (height() - chipIcon) / 2, chipIcon, chipIcon}));
        left += chipIcon + grid::unit;
    }
    const int right = chipSide + (m_opensMenu ? chipArrow : 0);
    painter.setPen(colors.text);
    painter.drawText(mirrored({left, 0, width() - left - right + 1, height()}),
                     Qt::AlignVCenter | Qt::TextSingleLine, text());
    if (m_opensMenu)
        drawIcon(painter, Icon::ChevronDown, colors.icon,
                 mirrored({width() - chipSide - 12, (height() - 12) / 2, 12, 12}));
}

void Chip::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

} // namespace headgate::ui
