// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/intake.h"

#include <gtest/gtest.h>

using namespace headgate;
using namespace std::string_literals;

TEST(Intake, packsTheHashesOfLeavesAndTheirNodesWhereSomeAreMissing)
{
    struct Case
    {
        std::vector<shape::LeafHash> leaves;
        std::string packed;
    };
    const std::vector<Case> cases = {
        {{}, ""s},
        {{{0, 0x04030201}}, "\1\1\2\3\4"s},
        {{{0, 1}, {1, 0xFF000000}}, "\1\1\0\0\0\0\0\0\xFF"s},
        {{{1, 7}}, "\2\1\0\0\0\7\0\0\0"s},
        {{{0, 5}, {2, 6}}, "\2\0\0\0\0\5\0\0\0\2\0\0\0\6\0\0\0"s},
        {{{1, 5}, {0, 6}}, "\2\1\0\0\0\5\0\0\0\0\0\0\0\6\0\0\0"s},
    };
    std::string packed = "of the record before";
    for (const Case& each : cases) {
        plan::packLeaves(each.leaves, packed);
        EXPECT_EQ(packed, each.packed) << each.leaves.size();
        EXPECT_TRUE(packed.empty() || packed.size() % 2 == 1) << "an even length is the old form";
    }
}
