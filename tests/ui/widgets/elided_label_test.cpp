// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/elided_label.h"

#include <gtest/gtest.h>

namespace headgate::ui {
namespace {

TEST(ElidedLabel, GivesWayAndKeepsItsText)
{
    const QString text = QStringLiteral("syncs/recently-viewed/products/of/the/last/30/days.json");
    ElidedLabel label(text);
    EXPECT_LT(label.minimumSizeHint().width(), label.sizeHint().width() / 4);
    label.resize(label.sizeHint());
    EXPECT_FALSE(label.isElided());
    label.resize(label.sizeHint().width() / 2, label.sizeHint().height());
    EXPECT_TRUE(label.isElided());
    EXPECT_EQ(label.text(), text);
}

TEST(ElidedLabel, ShowsNoMarkup)
{
    ElidedLabel label(QStringLiteral("<b>x</b>"));
    EXPECT_EQ(label.textFormat(), Qt::PlainText);
    EXPECT_GE(label.sizeHint().width(), label.fontMetrics().horizontalAdvance(label.text()));
}

TEST(ElidedLabel, TheModeSaysWhichEndIsSeen)
{
    ElidedLabel label(QStringLiteral("AAAAAAAAAAAAAAAAAAAAAA......................"));
    label.resize(100, label.sizeHint().height());
    const QImage right = label.grab().toImage();
    label.setElideMode(Qt::ElideLeft);
    EXPECT_NE(label.grab().toImage(), right);
}

} // namespace
} // namespace headgate::ui
