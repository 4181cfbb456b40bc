// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/translations.h"

#include <QCoreApplication>
#include <gtest/gtest.h>

// Qt is not built with ThreadSanitizer, which therefore does not see what Qt's threads agree on.
extern "C" const char* __tsan_default_suppressions() // NOLINT(bugprone-reserved-identifier)
{
    return "called_from_lib:libQt6Core.so.6\n";
}

int main(int argc, char** argv)
{
    testing::InitGoogleTest(&argc, argv);
    QCoreApplication application(argc, argv);
    headgate::installTranslations(application);
    return RUN_ALL_TESTS();
}
