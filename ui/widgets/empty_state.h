// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/button_kind.h"
#include "theme/icon.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace headgate::ui {

class ToneIcon;

/// What stands where there is nothing yet: what would be here, and how to begin.
class EmptyState final : public QWidget
{
    Q_OBJECT

public:
    EmptyState(Icon icon, const QString& title, const QString& sentence, QWidget* parent = nullptr);

    void setTexts(const QString& title, const QString& sentence);
    QPushButton* addButton(const QString& text, ButtonKind kind = ButtonKind::Primary);
    /// Below the sentence, beside each other: cards to choose from.
    void addChoice(QWidget* choice);

private:
    ToneIcon* m_icon;
    QLabel* m_title;
    QLabel* m_sentence;
    QHBoxLayout* m_choices;
    QHBoxLayout* m_buttons;
};

} // namespace headgate::ui
