// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "theme/tokens.h"

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QToolButton;

namespace headgate::ui {

class ToneIcon;

struct Message
{
    Tone tone = Tone::Info;
    QString sentence; ///< what, where, why
    QString advice;   ///< what to do; may be empty
    QString code;     ///< stable and greppable; may be empty
    QString detail;   ///< others' own words, shown in the tooltip of the code; may be empty
};

/// The tone of a cancel is Neutral, of a lock, a gate or a missing credential Warning.
[[nodiscard]] Message messageOf(const Error& error);

/// A message inside the window, in place of a dialog. Hidden while it has none. Its texts can be
/// selected and copied; screen readers are told when it appears; Escape dismisses it.
class MessageStrip final : public QFrame
{
    Q_OBJECT

public:
    explicit MessageStrip(QWidget* parent = nullptr);

    /// Replaces what is shown, its buttons too.
    void showMessage(const Message& message);
    void clear();
    [[nodiscard]] const Message& message() const { return m_message; }
    /// Belongs to the message that is shown. The first one is the main one.
    QPushButton* addButton(const QString& text);
    void setDismissable(bool dismissable);

Q_SIGNALS:
    void dismissed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void dismiss();
    void updateTexts();

    Message m_message;
    ToneIcon* m_icon;
    QLabel* m_text;
    QLabel* m_code;
    QHBoxLayout* m_buttons;
    QToolButton* m_close;
    bool m_dismissable = true;
};

} // namespace headgate::ui
