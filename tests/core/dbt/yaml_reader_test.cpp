// SPDX-License-Identifier: GPL-3.0-or-later
#include "dbt/yaml_reader.h"

#include <gtest/gtest.h>

namespace headgate::dbt {

namespace {

struct YamlCase
{
    const char* name;
    const char* yaml;
    const char* json;
};

void PrintTo(const YamlCase& c, std::ostream* out)
{
    *out << c.name;
}

class YamlIsRead : public testing::TestWithParam<YamlCase>
{};

class YamlIsRefused : public testing::TestWithParam<YamlCase>
{};

const YamlCase read[] = {
    {"nothing", "", "null"},
    {"onlyAComment", "# nothing here\n", "null"},
    {"scalarsKeepTheirText", "a: 007\nb: yes\nc: 1.50\nd: 0x1F\n",
     R"({"a":"007","b":"yes","c":"1.50","d":"0x1F"})"},
    {"nulls", "a:\nb: ~\nc: null\nd: ''\ne: 'null'\n",
     R"({"a":null,"b":null,"c":null,"d":"","e":"null"})"},
    {"nested", "a:\n  b:\n    - x\n    - y: 1\n", R"({"a":{"b":["x",{"y":"1"}]}})"},
    {"flow", "{a: [1, 2], b: {c: d}}", R"({"a":["1","2"],"b":{"c":"d"}})"},
    {"quotes", "a: \"{{ env_var('X') }}\"\nb: 'it''s'\n",
     R"({"a":"{{ env_var('X') }}","b":"it's"})"},
    {"blocks", "a: |\n  one\n  two\nb: >\n  three\n  four\n",
     R"({"a":"one\ntwo\n","b":"three four\n"})"},
    {"unicode", "a: \"\\u00fc\\U0001F600\"\n", "{\"a\":\"\xc3\xbc\xf0\x9f\x98\x80\"}"},
    {"theLastOfEqualKeysCounts", "a: 1\na: 2\n", R"({"a":"2"})"},
    {"anchors", "a: &x {b: 1}\nc: *x\n", R"({"a":{"b":"1"},"c":{"b":"1"}})"},
    {"mergeKeys", "base: &b {host: h, port: 1}\nout:\n  <<: *b\n  port: 2\n",
     R"({"base":{"host":"h","port":"1"},"out":{"port":"2","host":"h"}})"},
    {"severalMerges", "a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc:\n  <<: [*a, *b]\n",
     R"({"a":{"x":"1","y":"1"},"b":{"y":"2","z":"2"},"c":{"x":"1","y":"1","z":"2"}})"},
    {"onlyTheFirstDocument", "a: 1\n---\nb: 2\n", R"({"a":"1"})"},
    {"tagsArePassedOver", "a: !!int 5\nb: !ours x\n", R"({"a":"5","b":"x"})"},
    {"windowsLines", "a: 1\r\nb: 2\r\n", R"({"a":"1","b":"2"})"},
};

const YamlCase refused[] = {
    {"tab", "a:\n\tb: 1\n", ""},
    {"unclosed", "a: [1, 2\n", ""},
    {"unclosedQuote", "a: \"x\n", ""},
    {"unknownAnchor", "a: *nobody\n", ""},
    {"anchorWithinItself", "&a [*a]\n", ""},
    {"keyOfAList", "? [a, b]\n: c\n", ""},
    {"aliasOfAMapAsKey", "a: &x {b: 1}\n*x : c\n", ""},
    {"badUtf8", "a: \xff\xfe\xfd\n", ""},
};

} // namespace

TEST_P(YamlIsRead, asTexts)
{
    const auto tree = readYaml(GetParam().yaml);
    ASSERT_TRUE(tree) << tree.error().message.toStdString();
    EXPECT_EQ(tree->dump(), GetParam().json);
}

TEST_P(YamlIsRefused, withItsPlace)
{
    const auto tree = readYaml(GetParam().yaml);
    ASSERT_FALSE(tree) << tree->dump();
    EXPECT_EQ(tree.error().code, "dbt.yaml");
    EXPECT_TRUE(tree.error().message.contains(QStringLiteral("line ")));
}

INSTANTIATE_TEST_SUITE_P(Cases, YamlIsRead, testing::ValuesIn(read),
                         [](const auto& each) { return each.param.name; });
INSTANTIATE_TEST_SUITE_P(Cases, YamlIsRefused, testing::ValuesIn(refused),
                         [](const auto& each) { return each.param.name; });

TEST(YamlLimitsTest, depthIsBounded)
{
    const std::string deep = std::string(33, '[') + std::string(33, ']');
    EXPECT_FALSE(readYaml(deep));
    EXPECT_TRUE(readYaml(std::string_view(deep).substr(1, deep.size() - 2)));
}

TEST(YamlLimitsTest, whatAnchorsRepeatIsBounded)
{
    // A billion leaves in ten lines.
    std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int level = 1; level < 10; ++level) {
        const std::string before = "*a" + std::to_string(level - 1);
        bomb += "a" + std::to_string(level) + ": &a" + std::to_string(level) + " [" + before;
        for (int i = 1; i < 10; ++i)
            bomb += ", " + before;
        bomb += "]\n";
    }
    EXPECT_FALSE(readYaml(bomb));
}

TEST(YamlLimitsTest, lengthIsBounded)
{
    EXPECT_FALSE(readYaml("a: b", {3, 32, 100}));
    EXPECT_TRUE(readYaml("a: b", {4, 32, 100}));
}

} // namespace headgate::dbt
