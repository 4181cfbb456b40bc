// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/card.h"

#include "theme/fonts.h"
#include "theme/style_painting.h"
#include "widgets/tone_icon.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QVBoxLayout>

namespace headgate::ui {

Card::Card(const QString& title, QWidget* parent)
    : QFrame(parent), m_icon(new ToneIcon(Icon::Info, IconColor::Accent)), m_title(new QLabel),
      m_subtitle(new QLabel), m_header(new QHBoxLayout), m_body(new QVBoxLayout)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(grid::section, 12, grid::section, 12);
    layout->setSpacing(grid::gap);
    m_header->setSpacing(grid::gap);
    m_header->addWidget(m_icon);
    m_header->addWidget(m_title, 1);
    m_header->addStretch(0); // where there is no title
    layout->addLayout(m_header);
    layout->addWidget(m_subtitle);
    layout->addLayout(m_body, 1);
    layout->addStretch(0); // an empty body takes no room
    m_body->setSpacing(grid::gap);
    m_title->setFont(textFont(TextSize::Body, QFont::DemiBold));
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    m_subtitle->setTextFormat(Qt::PlainText);
    m_subtitle->setWordWrap(true);
    m_subtitle->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_subtitle->setForegroundRole(QPalette::PlaceholderText);
    m_icon->hide();
    setAttribute(Qt::WA_Hover);
    setTitle(title);
}

void Card::setTitle(const QString& title)
{
    m_title->setText(title);
    setAccessibleName(title);
    updateHeader();
}

void Card::setSubtitle(const QString& subtitle)
{
    m_subtitle->setText(subtitle);
    setAccessibleDescription(subtitle);
    updateHeader();
}

void Card::setIcon(Icon icon)
{
    m_icon->setIcon(icon, IconColor::Accent);
    m_icon->show();
}

void Card::setClickable(bool clickable)
{
    m_clickable = clickable;
    setFocusPolicy(clickable ? Qt::StrongFocus : Qt::NoFocus);
    if (clickable)
        setCursor(Qt::PointingHandCursor);
    else
        unsetCursor();
    update();
}

void Card::setCurrent(bool current)
{
    m_current = current;
    update();
}

void Card::addHeaderWidget(QWidget* widget)
{
    m_header->addWidget(widget);
}

void Card::updateHeader()
{
    m_title->setVisible(!m_title->text().isEmpty());
    m_subtitle->setVisible(!m_subtitle->text().isEmpty());
}

void Card::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Tokens& t = tokens(this);
    BoxLook box{t.surface, t.hairline, grid::cardRadius};
    if (m_clickable && isEnabled() && (underMouse() || m_pressed)) {
        box.fill = m_pressed ? t.pressed : t.hover;
        box.border = t.border;
    }
    if (m_current) {
        box.fill = m_pressed ? t.pressed : t.hover;
        box.border = t.accent;
    }
    drawBox(&painter, rect(), box);
    if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange))
        drawFocusRing(&painter, rect(), t.focus, grid::cardRadius);
}

void Card::keyPressEvent(QKeyEvent* event)
{
    const int key = event->key();
    if (m_clickable && (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Space))
        Q_EMIT clicked();
    else
        QFrame::keyPressEvent(event);
}

void Card::mousePressEvent(QMouseEvent* event)
{
    if (!m_clickable || event->button() != Qt::LeftButton) {
        QFrame::mousePressEvent(event);
        return;
    }
    m_pressed = true;
    update();
}

void Card::mouseReleaseEvent(QMouseEvent* event)
{
    if (!m_pressed || event->button() != Qt::LeftButton) {
        QFrame::mouseReleaseEvent(event);
        return;
    }
    m_pressed = false;
    update();
    if (rect().contains(event->position().toPoint()))
        Q_EMIT clicked();
}

} // namespace headgate::ui
