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
    return qApp->property(motionProperty).toBool() ||
           !QApplication::isEffectEnabled(Qt::UI_General);
}

void setReducedMotion(bool reduced)
{
    qApp->setProperty(motionProperty, reduced);
}

} // namespace headgate::ui
