// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/motion.h"

#include <QApplication>
#include <QVariant>

namespace headgate::ui {
namespace {

constexpr const char* motionProperty = "headgateReducedMotion";

} // namespace

bool reducedMotion()
{
    if (qApp->property(motionProperty).toBool())
        return true;
#ifdef Q_OS_WIN
    return !QApplication::isEffectEnabled(Qt::UI_General);
#else
    return false; // Qt reports no effects on most desktops there, whatever the user chose
#endif
}

void setReducedMotion(bool reduced)
{
    qApp->setProperty(motionProperty, reduced);
}

} // namespace headgate::ui
