// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>

class QAbstractButton;

namespace headgate::ui {

/// What a button does, for menus, the list of actions and keys: it can be done while the button is
/// there and can be pressed. Goes with the button.
class ButtonAction final : public QAction
{
    Q_OBJECT

public:
    /// `name` never changes: settings keep keys under it. The text is the button's accessible name,
    /// or its text where it has none.
    ButtonAction(const char* name, QAbstractButton* button);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void follow();

    QAbstractButton* m_button;
};

} // namespace headgate::ui
