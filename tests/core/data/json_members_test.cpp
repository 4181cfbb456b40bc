// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/json_members.h"

#include "data/json.h"

#include <gtest/gtest.h>

using namespace headgate::data;

TEST(JsonMembers, valuesKeepTheirBytes)
{
    const auto members = jsonMembers(
        R"( { "a" : 12345678901234567890.10 , "b\u00e9\n" : [1, {"x":"]}\""}] ,"c":"", "d":null})");
    ASSERT_TRUE(members);
    ASSERT_EQ(members->size(), 4U);
    EXPECT_EQ((*members)[0].name, "a");
    EXPECT_EQ((*members)[0].value, "12345678901234567890.10");
    EXPECT_EQ((*members)[1].name, "b\xC3\xA9\n");
    EXPECT_EQ((*members)[1].value, R"([1, {"x":"]}\""}])");
    EXPECT_EQ((*members)[2].value, R"("")");
    EXPECT_EQ((*members)[3].value, "null");
}

TEST(JsonMembers, emptyAndForeignTexts)
{
    EXPECT_TRUE(jsonMembers("{}") && jsonMembers("{}")->empty());
    EXPECT_TRUE(jsonElements(" [ ] ") && jsonElements("[]")->empty());
    for (const char* text : {"", "[]", "1", "{", R"({"a")", R"({"a":1)", "null"})
        EXPECT_FALSE(jsonMembers(text)) << text;
    for (const char* text : {"", "{}", "[", "[1", "\"x"})
        EXPECT_FALSE(jsonElements(text)) << text;
}

TEST(JsonMembers, elementsInOrder)
{
    const auto elements = jsonElements(R"([1, "a,b" , {"k":[1,2]},[[]]])");
    ASSERT_TRUE(elements);
    EXPECT_EQ(*elements,
              (std::vector<std::string_view>{"1", R"("a,b")", R"({"k":[1,2]})", "[[]]"}));
}

TEST(JsonMembers, theFirstElementAlone)
{
    EXPECT_EQ(jsonFirstElement(" [ {\"a\":[1]} , 2"), R"({"a":[1]})");
    for (const char* text : {"", "[]", "[ ]", "{}", "1"})
        EXPECT_FALSE(jsonFirstElement(text)) << text;
}

TEST(JsonMembers, pointers)
{
    const std::string_view json = R"({"a":{"b/c":[10,{"~":"x"}]},"":7})";
    struct Case
    {
        std::string_view pointer;
        std::optional<std::string_view> value;
    };
    for (const Case& c :
         {Case{"", json}, Case{"/a/b~1c/0", "10"}, Case{"/a/b~1c/1/~0", R"("x")"}, Case{"/", "7"},
          Case{"/a/b~1c/2", std::nullopt}, Case{"/a/b~1c/00", std::nullopt},
          Case{"/a/x", std::nullopt}, Case{"a", std::nullopt}, Case{"/a/b~1c/-1", std::nullopt}}) {
        EXPECT_EQ(jsonAt(json, c.pointer), c.value) << c.pointer;
        if (c.pointer != "a") {
            EXPECT_EQ(JsonObjectView(json).at(c.pointer), c.value) << c.pointer;
        }
    }
}

TEST(JsonMembers, textsAreDecoded)
{
    EXPECT_EQ(jsonText(R"("a\"\\\/\b\f\n\r\t")"), "a\"\\/\b\f\n\r\t");
    EXPECT_EQ(jsonText(R"("\u0041\u00e9\u20ac\ud83d\ude00\u0000x")"),
              std::string("A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\0x", 12));
    EXPECT_EQ(jsonText("1.50"), "1.50");
}

TEST(JsonMembers, types)
{
    EXPECT_EQ(jsonType("null"), JsonType::Null);
    EXPECT_EQ(jsonType("true"), JsonType::Bool);
    EXPECT_EQ(jsonType("-1"), JsonType::Number);
    EXPECT_EQ(jsonType("\"\""), JsonType::String);
    EXPECT_EQ(jsonType("[]"), JsonType::Array);
    EXPECT_EQ(jsonType("{}"), JsonType::Object);
}

TEST(JsonMembers, truncationsNeverReadOutside)
{
    const std::string json = R"({"a":"\u00e9\\","b":[{"c":"\ud83d\ude00"}],"d":1e5})";
    ASSERT_TRUE(checkJson(json));
    for (std::size_t size = 0; size <= json.size(); ++size) {
        const std::string cut = json.substr(0, size);
        const auto members = jsonMembers(cut);
        EXPECT_EQ(members.has_value(), size == json.size()) << cut;
        EXPECT_EQ(checkJson(cut).has_value(), size == json.size()) << cut;
        static_cast<void>(jsonText(cut));
        static_cast<void>(jsonAt(cut, "/b/0/c"));
    }
}
