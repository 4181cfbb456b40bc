// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/translations.h"

#include <QCoreApplication>
#include <gtest/gtest.h>

// psqlodbc 13.02 keeps what it found out about a statement that was prepared and described and is
// then not executed.
extern "C" const char* __lsan_default_suppressions() // NOLINT(bugprone-reserved-identifier)
{
    return "leak:psqlodbcw.so\n";
}

int main(int argc, char** argv)
{
    testing::InitGoogleTest(&argc, argv);
    QCoreApplication application(argc, argv);
    headgate::installTranslations(application);
    return RUN_ALL_TESTS();
}
