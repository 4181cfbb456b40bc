// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/contrast.h"

#include <gtest/gtest.h>

namespace headgate::ui {
namespace {

struct ContrastCase
{
    QRgb a;
    QRgb b;
    double ratio;
};

/// Ratios as WebAIM's contrast checker prints them.
const ContrastCase contrastCases[] = {
    {0x000000, 0xffffff, 21.0}, {0xffffff, 0xffffff, 1.0}, {0x777777, 0xffffff, 4.48},
    {0x0000ff, 0xffffff, 8.59}, {0xff0000, 0xffffff, 4.0}, {0x00ff00, 0x000000, 15.3},
    {0x767676, 0xffffff, 4.54}, {0x123456, 0x123456, 1.0},
};

TEST(Contrast, IsThatOfWcag)
{
    for (const ContrastCase& one : contrastCases) {
        EXPECT_NEAR(contrast(QColor(one.a), QColor(one.b)), one.ratio, 0.005);
        EXPECT_NEAR(contrast(QColor(one.b), QColor(one.a)), one.ratio, 0.005);
    }
}

TEST(Contrast, BlendIsBetweenItsColors)
{
    EXPECT_EQ(blend(QColor(10, 20, 30), QColor(110, 220, 130), 0.0), QColor(10, 20, 30));
    EXPECT_EQ(blend(QColor(10, 20, 30), QColor(110, 220, 130), 0.5), QColor(60, 120, 80));
    EXPECT_EQ(blend(QColor(10, 20, 30), QColor(110, 220, 130), 1.0), QColor(110, 220, 130));
}

} // namespace
} // namespace headgate::ui
