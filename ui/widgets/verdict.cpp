// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/verdict.h"

#include "theme/button_kind.h"
#include "theme/fonts.h"
#include "widgets/tone_icon.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace headgate::ui {

Verdict::Verdict(QWidget* parent)
    : QWidget(parent), m_icon(new ToneIcon(Tone::Neutral, 20)), m_sentence(new QLabel),
      m_detail(new QLabel), m_button(new QPushButton)
{
    m_sentence->setFont(textFont(TextSize::Title));
    for (QLabel* label : {m_sentence, m_detail}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_detail->setForegroundRole(QPalette::PlaceholderText);
    setButtonKind(m_button, ButtonKind::Primary);
    connect(m_button, &QPushButton::clicked, this, &Verdict::actionTriggered);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_sentence);
    texts->addWidget(m_detail);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    layout->addLayout(texts, 1);
    layout->addWidget(m_button, 0, Qt::AlignTop);
    setVerdict(Tone::Neutral, {});
    setAction({});
}

void Verdict::setVerdict(Tone tone, const QString& sentence, const QString& detail)
{
    m_tone = tone;
    m_icon->setTone(tone);
    m_sentence->setText(sentence);
    m_detail->setText(detail);
    m_detail->setVisible(!detail.isEmpty());
    setAccessibleName(sentence);
    setAccessibleDescription(detail);
}

void Verdict::setAction(const QString& text)
{
    m_button->setText(text);
    m_button->setVisible(!text.isEmpty());
}

} // namespace headgate::ui
