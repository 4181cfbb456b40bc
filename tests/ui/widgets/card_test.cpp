// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/card.h"

#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

namespace headgate::ui {
namespace {

TEST(Card, IsPressedOnlyIfItIsAChoice)
{
    Card card(QStringLiteral("Paste an example"));
    card.resize(200, 80);
    QSignalSpy clicks(&card, &Card::clicked);
    const auto press = [&] {
        QTest::mouseClick(&card, Qt::LeftButton, {}, QPoint(10, 70));
        QTest::keyClick(&card, Qt::Key_Space);
        QTest::keyClick(&card, Qt::Key_Return);
    };
    press();
    EXPECT_EQ(clicks.count(), 0);
    EXPECT_EQ(card.focusPolicy(), Qt::NoFocus);
    card.setClickable(true);
    press();
    EXPECT_EQ(clicks.count(), 3);
    EXPECT_EQ(card.focusPolicy(), Qt::StrongFocus);
}

TEST(Card, APressThatIsReleasedElsewhereIsNone)
{
    Card card(QStringLiteral("Use these columns"));
    card.setClickable(true);
    card.resize(200, 80);
    QSignalSpy clicks(&card, &Card::clicked);
    QTest::mousePress(&card, Qt::LeftButton, {}, QPoint(10, 70));
    QTest::mouseRelease(&card, Qt::LeftButton, {}, QPoint(300, 70));
    EXPECT_EQ(clicks.count(), 0);
}

TEST(Card, IsNamedByItsTexts)
{
    Card card(QStringLiteral("Gates"));
    card.setSubtitle(QStringLiteral("What stops a run"));
    EXPECT_EQ(card.accessibleName(), QStringLiteral("Gates"));
    EXPECT_EQ(card.accessibleDescription(), QStringLiteral("What stops a run"));
}

} // namespace
} // namespace headgate::ui
