// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTest>
#include <QWidget>

namespace headgate::ui {

/// Shows a window and gives it the keyboard, as a window manager would: the screens of tests have
/// none.
[[nodiscard]] inline bool showInFront(QWidget& window)
{
    window.show();
    if (!QTest::qWaitForWindowExposed(&window))
        return false;
    window.activateWindow();
    return QTest::qWaitForWindowActive(&window);
}

} // namespace headgate::ui
