// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/json_indent.h"

#include <gtest/gtest.h>

using headgate::data::indentedJson;

TEST(JsonIndent, laysOutAndKeepsEveryByteOfAValue)
{
    EXPECT_EQ(indentedJson(R"({"a":[1.10,{"b":"x,{\"y\":\\"}],"c":{},"d":[]})"),
              "{\n"
              "  \"a\": [\n"
              "    1.10,\n"
              "    {\n"
              "      \"b\": \"x,{\\\"y\\\":\\\\\"\n"
              "    }\n"
              "  ],\n"
              "  \"c\": {},\n"
              "  \"d\": []\n"
              "}");
    EXPECT_EQ(indentedJson("12345678901234567890.10"), "12345678901234567890.10");
    EXPECT_EQ(indentedJson(R"({"a":1})", 4), "{\n      \"a\": 1\n    }");
}

TEST(JsonIndent, brokenTextIsShownAsFarAsItGoes)
{
    EXPECT_EQ(indentedJson(R"({"a":"open)"), "{\n  \"a\": \"open");
    EXPECT_EQ(indentedJson("}]"), "\n}\n]");
    EXPECT_EQ(indentedJson("\"\\"), "\"\\");
    EXPECT_EQ(indentedJson(""), "");
}
