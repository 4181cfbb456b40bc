// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/gates.h"

#include <gtest/gtest.h>

using namespace headgate::plan;
using headgate::project::Gates;

namespace {

GateInput input(std::uint64_t deliveredBefore, std::map<Category, std::uint64_t> counts)
{
    GateInput made;
    made.deliveredBefore = deliveredBefore;
    for (const auto& [category, count] : counts)
        for (std::uint64_t i = 0; i < count; ++i)
            made.counts.count(category);
    return made;
}

std::string codes(const GateInput& gateInput)
{
    std::string text;
    for (const GateStop& stop : gateStops(Gates(), gateInput))
        text += stop.code + ' ';
    return text;
}

} // namespace

TEST(Gates, removedNeedsShareAndNumber)
{
    EXPECT_EQ(codes(input(100, {{Category::Removed, 19}, {Category::Unchanged, 81}})), "");
    EXPECT_EQ(codes(input(100, {{Category::Removed, 20}, {Category::Unchanged, 80}})),
              "gate.removed ");
    EXPECT_EQ(codes(input(1000, {{Category::Removed, 100}, {Category::Unchanged, 900}})), "");
    EXPECT_EQ(codes(input(1000, {{Category::Removed, 101}, {Category::Unchanged, 899}})),
              "gate.removed ");
}

TEST(Gates, removedCountsTheLastDayToo)
{
    GateInput slowly = input(950, {{Category::Removed, 60}, {Category::Unchanged, 890}});
    EXPECT_EQ(codes(slowly), "");
    slowly.removedLastDay = 50;
    slowly.deliveredDayBefore = 1000;
    EXPECT_EQ(codes(slowly), "gate.removed_day ");
}

TEST(Gates, changedNotWhenDeclared)
{
    GateInput changed =
        input(100, {{Category::Changed, 40}, {Category::Rekeyed, 11}, {Category::Unchanged, 49}});
    EXPECT_EQ(codes(changed), "gate.changed ");
    changed.declaredFull = true;
    EXPECT_EQ(codes(changed), "");
    EXPECT_EQ(codes(input(100, {{Category::Changed, 50}, {Category::Unchanged, 50}})), "");
}

TEST(Gates, emptyAfterNonEmpty)
{
    EXPECT_EQ(codes(input(0, {})), "");
    EXPECT_EQ(codes(input(1, {})), "gate.empty ");
    GateInput limited = input(1, {});
    limited.complete = false;
    EXPECT_EQ(codes(limited), "");
}

TEST(Gates, invalidShare)
{
    EXPECT_EQ(codes(input(0, {{Category::Invalid, 5}, {Category::Added, 95}})), "");
    EXPECT_EQ(codes(input(0, {{Category::Invalid, 6}, {Category::Added, 94}})), "gate.invalid ");
}

TEST(Gates, aRelatedModelThatShrank)
{
    GateInput related = input(0, {{Category::Added, 1}});
    related.related = {{"views", 90, 100}};
    EXPECT_EQ(codes(related), "");
    related.related = {{"views", 89, 100}};
    EXPECT_EQ(codes(related), "gate.related ");
    related.related = {{"views", 0, 1}};
    EXPECT_EQ(codes(related), "gate.related ");
    related.related = {{"views", 0, 0}};
    EXPECT_EQ(codes(related), "");
}
