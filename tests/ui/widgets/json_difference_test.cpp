// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/json_difference.h"

#include <gtest/gtest.h>

namespace headgate::ui {

namespace {

struct DifferenceCase
{
    const char* name;
    const char* before;
    const char* after;
    std::vector<std::string> gone;
    std::vector<std::string> come;
};

std::vector<std::string> marked(const std::string& json, const std::vector<JsonMark>& marks)
{
    std::vector<std::string> texts;
    for (const JsonMark& mark : marks)
        texts.push_back(json.substr(mark.begin, mark.end - mark.begin));
    return texts;
}

class JsonDifferenceTest : public testing::TestWithParam<DifferenceCase>
{};

} // namespace

TEST_P(JsonDifferenceTest, marksWhatStandsOnOneSideOnly)
{
    const DifferenceCase& each = GetParam();
    const JsonLines before{std::string(each.before)};
    const JsonLines after{std::string(each.after)};
    const JsonDifference difference = differenceOf(before, after);
    EXPECT_EQ(marked(each.before, difference.before), each.gone);
    EXPECT_EQ(marked(each.after, difference.after), each.come);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, JsonDifferenceTest,
    testing::Values(
        DifferenceCase{"same", R"({"a":1})", R"({"a":1})", {}, {}},
        DifferenceCase{"changed", R"({"a":1,"b":2})", R"({"a":1,"b":3})", {"\"b\":2"}, {"\"b\":3"}},
        DifferenceCase{"added", R"({"a":1})", R"({"a":1,"b":2})", {}, {"\"b\":2"}},
        DifferenceCase{"removed", R"({"a":1,"b":2})", R"({"b":2})", {"\"a\":1,"}, {}},
        DifferenceCase{
            "newFirst", R"({"v":["x","y"]})", R"({"v":["new","x","y"]})", {}, {"\"new\","}},
        DifferenceCase{"newDictionaryFirst",
                       R"([{"n":"x"}])",
                       R"([{"n":"w"},{"n":"x"}])",
                       {},
                       {"\"n\":\"w\"", "},", "{"}},
        DifferenceCase{"lastOut", R"(["a","b","c"])", R"(["n","a","b"])", {"\"c\""}, {"\"n\","}},
        DifferenceCase{"fromNothing", "", R"({"a":1})", {}, {"{", "\"a\":1", "}"}},
        DifferenceCase{"otherType", R"({"a":{}})", R"({"a":null})", {"\"a\":{}"}, {"\"a\":null"}}),
    [](const auto& each) { return each.param.name; });

TEST(JsonDifferenceSize, moreThanAThousandEditsAreComparedByPlace)
{
    std::string before = "{";
    std::string after = "{";
    for (int i = 0; i < 3000; ++i) {
        before += "\"k" + std::to_string(i) + "\":1,";
        after += "\"k" + std::to_string(i) + "\":" + (i == 7 ? "1," : "2,");
    }
    before += "\"end\":0}";
    after += "\"end\":0}";
    const JsonDifference difference = differenceOf(JsonLines(before), JsonLines(after));
    EXPECT_EQ(difference.before.size(), 2999U);
    EXPECT_EQ(difference.after.size(), 2999U);
}

} // namespace headgate::ui
