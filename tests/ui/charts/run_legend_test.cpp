// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/run_legend.h"

#include <gtest/gtest.h>

namespace headgate::ui {

TEST(RunLegendTest, everyWordIsWholeAtAnyWidth)
{
    RunLegend legend;
    int lines = 0;
    for (const int width : {1000, 400, 260, 180, legend.minimumSizeHint().width()}) {
        const std::vector<QRect> places = legend.places(width);
        ASSERT_EQ(places.size(), std::size_t(RunBar::PartCount));
        for (std::size_t part = 0; part < places.size(); ++part) {
            EXPECT_LE(places[part].right(), width) << "of " << width;
            EXPECT_LE(places[part].bottom(), legend.heightForWidth(width));
            for (std::size_t other = 0; other < part; ++other)
                EXPECT_FALSE(places[part].intersects(places[other])) << part << other;
        }
        const int height = legend.heightForWidth(width);
        EXPECT_GE(height, lines) << "narrower is higher";
        lines = height;
    }
    EXPECT_GT(lines, legend.heightForWidth(1000));
}

} // namespace headgate::ui
