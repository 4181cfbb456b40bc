// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/tokens.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace headgate::ui {

class ToneIcon;

/// How something stands, in one sentence, with the one thing to do about it.
class Verdict final : public QWidget
{
    Q_OBJECT

public:
    explicit Verdict(QWidget* parent = nullptr);

    /// `detail` stands smaller below; may be empty.
    void setVerdict(Tone tone, const QString& sentence, const QString& detail = {});
    /// The main action; an empty text hides its button.
    void setAction(const QString& text);
    [[nodiscard]] QPushButton* button() const { return m_button; }
    [[nodiscard]] Tone tone() const { return m_tone; }

Q_SIGNALS:
    void actionTriggered();

private:
    Tone m_tone = Tone::Neutral;
    ToneIcon* m_icon;
    QLabel* m_sentence;
    QLabel* m_detail;
    QPushButton* m_button;
};

} // namespace headgate::ui
