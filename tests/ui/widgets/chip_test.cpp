// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chip.h"

#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

namespace headgate::ui {
namespace {

TEST(Chip, IsPressedByMouseSpaceAndEnter)
{
    Chip chip(Icon::Filter, QStringLiteral("where price > 0"));
    chip.resize(chip.sizeHint());
    QSignalSpy clicks(&chip, &QAbstractButton::clicked);
    QTest::mouseClick(&chip, Qt::LeftButton);
    QTest::keyClick(&chip, Qt::Key_Space);
    QTest::keyClick(&chip, Qt::Key_Return);
    QTest::keyClick(&chip, Qt::Key_Enter);
    EXPECT_EQ(clicks.count(), 4);
    EXPECT_EQ(chip.accessibleName(), QStringLiteral("where price > 0"));
    EXPECT_EQ(chip.focusPolicy(), Qt::StrongFocus);
}

TEST(Chip, ThatOnlyTellsTakesNoFocusAndNoClick)
{
    QWidget parent;
    auto* chip = new Chip(QStringLiteral("held"), &parent);
    chip->setInteractive(false);
    QSignalSpy clicks(chip, &QAbstractButton::clicked);
    EXPECT_EQ(chip->focusPolicy(), Qt::NoFocus);
    chip->resize(chip->sizeHint());
    parent.show();
    EXPECT_EQ(parent.childAt(3, 3), nullptr);
    EXPECT_EQ(clicks.count(), 0);
}

TEST(Chip, IsAsWideAsWhatItShows)
{
    Chip plain(QStringLiteral("max 5"));
    Chip image(Icon::Sort, QStringLiteral("max 5"));
    const int text = plain.fontMetrics().horizontalAdvance(QStringLiteral("max 5"));
    EXPECT_GT(plain.sizeHint().width(), text);
    EXPECT_GT(image.sizeHint().width(), plain.sizeHint().width());
    const int before = image.sizeHint().width();
    image.setOpensMenu(true);
    EXPECT_GT(image.sizeHint().width(), before);
}

TEST(Chip, ShowsItsTone)
{
    Chip chip(QStringLiteral("rejected"));
    chip.resize(100, 22);
    const QPoint inside(95, 11);
    for (const Tone tone : allTones) {
        chip.setTone(tone);
        EXPECT_EQ(chip.grab().toImage().pixelColor(inside), tokens(&chip).tone(tone).fill);
    }
    chip.setTone(std::nullopt);
    EXPECT_EQ(chip.grab().toImage().pixelColor(inside), tokens(&chip).sunken);
}

} // namespace
} // namespace headgate::ui
