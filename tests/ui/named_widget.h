// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace headgate::ui {

/// The one visible widget of this type below `root` that screen readers call so; null if there is
/// none or more than one.
template <typename Widget>
Widget* visibleNamed(const QWidget& root, const QString& accessibleName)
{
    Widget* found = nullptr;
    for (Widget* const each : root.findChildren<Widget*>()) {
        if (each->accessibleName() != accessibleName || !each->isVisible())
            continue;
        if (found != nullptr)
            return nullptr;
        found = each;
    }
    return found;
}

} // namespace headgate::ui
