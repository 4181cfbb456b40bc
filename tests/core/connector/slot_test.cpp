// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/slot.h"

#include "connector/raw_json.h"

#include <gtest/gtest.h>

namespace headgate::connector {
namespace {

TEST(Slot, ParsesTheClosedListOnly)
{
    EXPECT_EQ(parseSlot("match"), (Slot{SlotKind::Match, "", SlotFilter::None}));
    EXPECT_EQ(parseSlot("account.api_key"), (Slot{SlotKind::Account, "api_key", SlotFilter::None}));
    EXPECT_EQ(parseSlot("match:md5"), (Slot{SlotKind::Match, "", SlotFilter::Md5}));
    for (const char* bad : {"", "Match", "account.", "account.a-b", "option",
                            "match:", "match:sha1", "match:md5:lower", " match", "env.HOME"})
        EXPECT_FALSE(parseSlot(bad)) << bad;
}

TEST(Slot, ParsesTextWithSlots)
{
    const auto text = parseSlotText("/lists/{option.list}/{{x}}/{match:md5}");
    ASSERT_TRUE(text);
    ASSERT_EQ(text->parts.size(), 4U);
    EXPECT_EQ(text->parts[0].text, "/lists/");
    EXPECT_EQ(text->parts[1].kind, SlotKind::Option);
    EXPECT_EQ(text->parts[2].text, "/{x}/");
    EXPECT_EQ(text->parts[3].filter, SlotFilter::Md5);
    EXPECT_TRUE(text->isPerRecord());
    for (const char* bad : {"{", "}", "{match", "match}", "{nope}", "{{match}"})
        EXPECT_FALSE(parseSlotText(bad)) << bad;
}

TEST(Slot, FiltersAreTheWellKnownDigests)
{
    EXPECT_EQ(applyFilter(SlotFilter::Md5, "urist.mcvankab@freddiesjokes.com"),
              "62eeb292278cc15f5817cb78f7790b08");
    EXPECT_EQ(applyFilter(SlotFilter::Sha256, "abc"),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(applyFilter(SlotFilter::Lower, "ÀB@C"), "Àb@c");
}

TEST(RawJson, FindsPlacesByPointer)
{
    const std::string text = R"( {"a": [1, {"b/c": "x\"]"}], "d" : {"~": null} })";
    EXPECT_EQ(rawOffset(text, ""), 1U);
    EXPECT_EQ(text.substr(*rawOffset(text, "/a/1/b~1c"), 6), R"("x\"]")");
    EXPECT_EQ(text.substr(*rawOffset(text, "/d/~0"), 4), "null");
    EXPECT_FALSE(rawOffset(text, "/a/2"));
    EXPECT_FALSE(rawOffset(text, "/e"));
}

TEST(RawJson, WalksNeverReadBeyondBrokenText)
{
    for (const char* broken : {"", "{", "[", "{\"a", "{\"a\"", "{\"a\":", "[1", "{\"a\":\"\\", "[[",
                               "{]", "]", "[,", "{\"a\":}"}) {
        RawWalk walk(broken);
        RawMember member;
        int steps = 0;
        while (walk.next(member) && steps < 10)
            ++steps;
        EXPECT_LT(steps, 10) << broken;
    }
}

} // namespace
} // namespace headgate::connector
