// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/empty_state.h"

#include "theme/fonts.h"
#include "widgets/tone_icon.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace headgate::ui {

EmptyState::EmptyState(Icon icon, const QString& title, const QString& sentence, QWidget* parent)
    : QWidget(parent), m_icon(new ToneIcon(icon, IconColor::Quiet, 32)), m_title(new QLabel),
      m_sentence(new QLabel), m_choices(new QHBoxLayout), m_buttons(new QHBoxLayout)
{
    m_title->setFont(textFont(TextSize::Title));
    for (QLabel* label : {m_title, m_sentence}) {
        label->setTextFormat(Qt::PlainText);
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(true);
    }
    m_sentence->setForegroundRole(QPalette::PlaceholderText);
    m_choices->setSpacing(grid::section);
    m_buttons->setSpacing(grid::gap);
    m_buttons->setAlignment(Qt::AlignCenter);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(grid::page, grid::page, grid::page, grid::page);
    layout->setSpacing(grid::gap);
    layout->addStretch(2);
    layout->addWidget(m_icon, 0, Qt::AlignHCenter);
    layout->addWidget(m_title);
    layout->addWidget(m_sentence);
    layout->addSpacing(grid::gap);
    layout->addLayout(m_choices);
    layout->addLayout(m_buttons);
    layout->addStretch(3);
    setTexts(title, sentence);
}

void EmptyState::setTexts(const QString& title, const QString& sentence)
{
    m_title->setText(title);
    m_sentence->setText(sentence);
    setAccessibleName(title);
    setAccessibleDescription(sentence);
}

QPushButton* EmptyState::addButton(const QString& text, ButtonKind kind)
{
    auto* button = new QPushButton(text);
    setButtonKind(button, kind);
    m_buttons->addWidget(button);
    return button;
}

void EmptyState::addChoice(QWidget* choice)
{
    m_choices->addWidget(choice, 1);
}

} // namespace headgate::ui
