// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/json.h"

#include "fakes/print_to.h"

#include <gtest/gtest.h>

using namespace headgate::data;

namespace {

std::string codeOf(std::string_view text, JsonLimits limits = {})
{
    const auto parsed = parseJson(text, limits);
    return parsed ? "" : parsed.error().code;
}

} // namespace

TEST(Json, refusesWithAStableCode)
{
    EXPECT_EQ(codeOf(R"({"a":1,"a":2})"), "json.duplicate");
    EXPECT_EQ(codeOf("[1,]"), "json.syntax");
    EXPECT_EQ(codeOf("\xEF\xBB\xBF[]"), "json.syntax");
    EXPECT_EQ(codeOf("[\"\xFF\"]"), "json.utf8");
    EXPECT_EQ(codeOf("[[[1]]]", {100, 2}), "json.depth");
    EXPECT_EQ(codeOf("[1,2,3]", {3, 9}), "json.size");
    EXPECT_EQ(codeOf(""), "json.syntax");
    EXPECT_EQ(codeOf("[] x"), "json.syntax");
    EXPECT_EQ(codeOf(R"(["\ud800"])"), "json.syntax");
    EXPECT_EQ(codeOf("[01]"), "json.syntax");
    EXPECT_EQ(codeOf("[NaN]"), "json.syntax");
    EXPECT_EQ(codeOf(R"(["a)"), "json.syntax");
    EXPECT_EQ(codeOf(R"({"a")"), "json.syntax");
}

TEST(Json, errorsNameLineAndColumn)
{
    const auto parsed = parseJson("{\n  \"a\": tru\n}");
    ASSERT_FALSE(parsed);
    EXPECT_TRUE(parsed.error().message.contains(QStringLiteral("Line 2, column 8")))
        << parsed.error().message.toStdString();
}

TEST(Json, thePlaceOfAnErrorCountsCodePoints)
{
    TextPlace place;
    const auto parsed = parseJson("{\n \"Zoë 😀\": tru}", {}, place);
    ASSERT_FALSE(parsed);
    EXPECT_EQ(place, (TextPlace{2, 11}));
    EXPECT_FALSE(parsed.error().message.contains(QStringLiteral("Line")));
    EXPECT_EQ(placeAt("ab\nc", 99), (TextPlace{2, 2}));
}

TEST(Json, everyTruncationIsRefused)
{
    const std::string text = R"({"a":[1.5e3,true,null,"x\u00e9\ud83d\ude00"],"b":{}})";
    ASSERT_TRUE(parseJson(text));
    for (std::size_t size = 0; size < text.size(); ++size)
        EXPECT_FALSE(parseJson(std::string_view(text).substr(0, size))) << size;
}

TEST(CompactJson, keepsNumbersAndStringsAndDropsSpace)
{
    std::string out;
    ASSERT_TRUE(
        appendCompactJson(out, " { \"a\" : 12345678901234567890.10 , \"b\":[ 1e5, \"x  y\" ] }\n"));
    EXPECT_EQ(out, R"({"a":12345678901234567890.10,"b":[1e5,"x  y"]})");
}

TEST(CompactJson, leavesNothingBehindOnError)
{
    std::string out = "kept";
    EXPECT_FALSE(appendCompactJson(out, "[1, 2"));
    EXPECT_EQ(out, "kept");
}

TEST(Json, fileTextKeepsOrderAndEndsInANewline)
{
    const auto parsed = parseJson(R"({"z":1,"a":[2]})");
    ASSERT_TRUE(parsed);
    EXPECT_EQ(toFileText(*parsed), "{\n  \"z\": 1,\n  \"a\": [\n    2\n  ]\n}\n");
}
