// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/button_action.h"

#include <QAbstractButton>
#include <QEvent>

namespace headgate::ui {

ButtonAction::ButtonAction(const char* name, QAbstractButton* button)
    : QAction(button->accessibleName().isEmpty() ? button->text() : button->accessibleName(),
              button),
      m_button(button)
{
    setObjectName(QLatin1String(name));
    setIcon(button->icon());
    button->installEventFilter(this);
    connect(this, &QAction::triggered, button, &QAbstractButton::click);
    follow();
}

bool ButtonAction::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::EnabledChange:
    case QEvent::ShowToParent:
    case QEvent::HideToParent:
        follow();
        break;
    default:
        break;
    }
    return QAction::eventFilter(watched, event);
}

void ButtonAction::follow()
{
    setEnabled(m_button->isEnabled() && !m_button->isHidden());
}

} // namespace headgate::ui
