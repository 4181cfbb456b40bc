// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/spinner.h"

#include "theme/motion.h"

#include <QTest>
#include <gtest/gtest.h>

namespace headgate::ui {
namespace {

TEST(Spinner, IsSeenOnlyAfterAWhile)
{
    Spinner spinner;
    spinner.setText(QStringLiteral("Shaping"));
    spinner.start();
    EXPECT_TRUE(spinner.isRunning());
    EXPECT_FALSE(spinner.isSeen());
    ASSERT_TRUE(QTest::qWaitFor([&] { return spinner.isSeen(); }, 20000));
    EXPECT_EQ(spinner.accessibleName(), QStringLiteral("Shaping"));
    spinner.stop();
    EXPECT_FALSE(spinner.isSeen());
    EXPECT_NE(spinner.accessibleName(), QStringLiteral("Shaping"));
}

TEST(Spinner, WhatIsQuickIsNeverSeen)
{
    Spinner spinner;
    spinner.start();
    spinner.stop();
    QTest::qWait(static_cast<int>(2 * Spinner::delay.count()));
    EXPECT_FALSE(spinner.isSeen());
}

TEST(Spinner, KeepsItsPlace)
{
    Spinner spinner;
    const QSize before = spinner.sizeHint();
    spinner.start();
    EXPECT_EQ(spinner.sizeHint(), before);
}

TEST(Spinner, StandsStillWithReducedMotion)
{
    setReducedMotion(true);
    Spinner spinner;
    spinner.resize(spinner.sizeHint());
    spinner.start();
    ASSERT_TRUE(QTest::qWaitFor([&] { return spinner.isSeen(); }, 20000));
    const QImage first = spinner.grab().toImage();
    QTest::qWait(200);
    EXPECT_EQ(spinner.grab().toImage(), first);
    setReducedMotion(false);
}

} // namespace
} // namespace headgate::ui
