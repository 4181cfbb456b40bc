// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/translations.h"
#include "theme/theme.h"

#include <QApplication>
#include <gtest/gtest.h>

int main(int argc, char** argv)
{
    testing::InitGoogleTest(&argc, argv);
    // Listing the tests makes a QApplication too, where ctest sets no environment yet.
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    headgate::installTranslations(application);
    const headgate::ui::Theme theme(nullptr, headgate::ui::ColorSchemeChoice::Light);
    return RUN_ALL_TESTS();
}
