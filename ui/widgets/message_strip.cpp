// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/message_strip.h"

#include "base/text.h"
#include "theme/button_kind.h"
#include "theme/fonts.h"
#include "theme/style_painting.h"
#include "widgets/tone_icon.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace headgate::ui {
namespace {

Tone toneOf(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Cancelled:
        return Tone::Neutral;
    case ErrorKind::Credential:
    case ErrorKind::Locked:
    case ErrorKind::Gate:
        return Tone::Warning;
    case ErrorKind::Usage:
    case ErrorKind::Config:
    case ErrorKind::Source:
    case ErrorKind::Destination:
    case ErrorKind::State:
    case ErrorKind::Internal:
        return Tone::Error;
    }
    return Tone::Error;
}

QLabel* selectableText()
{
    auto* label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

Message messageOf(const Error& error)
{
    return {toneOf(error.kind), error.toString(), {}, toQString(error.code), error.detail};
}

MessageStrip::MessageStrip(QWidget* parent)
    : QFrame(parent), m_icon(new ToneIcon(Tone::Info)), m_text(selectableText()),
      m_code(selectableText()), m_buttons(new QHBoxLayout), m_close(new QToolButton)
{
    auto* texts = new QVBoxLayout;
    texts->setSpacing(2);
    m_text->setWordWrap(true);
    m_code->setFont(codeFont(TextSize::Small));
    m_code->setForegroundRole(QPalette::PlaceholderText);
    texts->addWidget(m_text);
    texts->addWidget(m_code);
    m_buttons->setSpacing(grid::gap);
    m_close->setIcon(themeIcon(Icon::Close));
    m_close->setToolTip(tr("Dismiss"));
    m_close->setAccessibleName(tr("Dismiss the message"));
    connect(m_close, &QToolButton::clicked, this, &MessageStrip::dismiss);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 6, 6, 6);
    layout->setSpacing(10);
    layout->addWidget(m_icon);
    layout->addLayout(texts, 1);
    layout->addLayout(m_buttons);
    layout->addWidget(m_close);
    hide();
}

void MessageStrip::showMessage(const Message& message)
{
    while (QLayoutItem* item = m_buttons->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    m_message = message;
    updateTexts();
    show();
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void MessageStrip::updateTexts()
{
    m_icon->setTone(m_message.tone);
    QStringList sentences{m_message.sentence};
    if (!m_message.advice.isEmpty())
        sentences << m_message.advice;
    const QString text = sentences.join(QLatin1Char(' '));
    m_text->setText(text);
    m_code->setText(m_message.code);
    m_code->setVisible(!m_message.code.isEmpty());
    m_code->setToolTip(m_message.detail);
    setAccessibleName(text);
    setAccessibleDescription(m_message.code);
    update();
}

void MessageStrip::clear()
{
    m_message = {};
    hide();
}

QPushButton* MessageStrip::addButton(const QString& text)
{
    auto* button = new QPushButton(text);
    setButtonKind(button, ButtonKind::Secondary);
    m_buttons->addWidget(button);
    return button;
}

void MessageStrip::setDismissable(bool dismissable)
{
    m_dismissable = dismissable;
    m_close->setVisible(dismissable);
}

void MessageStrip::dismiss()
{
    clear();
    Q_EMIT dismissed();
}

void MessageStrip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const ToneColors& colors = tokens(this).tone(m_message.tone);
    drawBox(&painter, rect(), {colors.fill, colors.border, grid::cardRadius});
}

void MessageStrip::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && m_dismissable)
        dismiss();
    else
        QFrame::keyPressEvent(event);
}

} // namespace headgate::ui
