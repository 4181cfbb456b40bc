// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/verdict.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

namespace headgate::ui {
namespace {

TEST(Verdict, SaysHowItStandsAndWhatToDo)
{
    Verdict verdict;
    QSignalSpy actions(&verdict, &Verdict::actionTriggered);
    EXPECT_TRUE(verdict.button()->isHidden());
    verdict.setVerdict(Tone::Warning, QStringLiteral("412 records would be removed"),
                       QStringLiteral("The gate allows 10 %."));
    verdict.setAction(QStringLiteral("Look at them"));
    EXPECT_EQ(verdict.tone(), Tone::Warning);
    EXPECT_EQ(verdict.accessibleName(), QStringLiteral("412 records would be removed"));
    EXPECT_EQ(verdict.accessibleDescription(), QStringLiteral("The gate allows 10 %."));
    EXPECT_FALSE(verdict.button()->isHidden());
    QTest::mouseClick(verdict.button(), Qt::LeftButton);
    EXPECT_EQ(actions.count(), 1);
    verdict.setAction({});
    EXPECT_TRUE(verdict.button()->isHidden());
}

} // namespace
} // namespace headgate::ui
