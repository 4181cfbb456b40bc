// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/node_text.h"
#include "ui/shape/shape_sample.h"

#include <gtest/gtest.h>

namespace headgate::ui {

namespace {

const shape::Node& only(const shape::Shape& shape)
{
    return shape.root.children.front();
}

struct TextCase
{
    const char* name;
    const char* node;
    const char* text;
};

class SourceText : public testing::TestWithParam<TextCase>
{};

TEST_P(SourceText, saysWhereAValueComesFrom)
{
    const shape::Shape shape =
        shapeOf((std::string(R"({"kind":"object","fields":[)") + GetParam().node + "]}").c_str());
    EXPECT_EQ(sourceText(only(shape)).toStdString(), GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(
    Leaves, SourceText,
    testing::Values(
        TextCase{"plain", R"({"name":"a","kind":"column","column":"price"})", "price"},
        TextCase{"functions",
                 R"({"name":"a","kind":"column","column":"n","functions":["trim","lower"]})",
                 "n \u203A trim \u203A lower"},
        TextCase{"first",
                 R"({"name":"a","kind":"column","column":"n","pick":"first",
                     "sortBy":[{"column":"t","descending":true}]})",
                 "first n by t \u2193"},
        TextCase{"count", R"({"name":"a","kind":"column","pick":"count"})", "number of rows"},
        TextCase{"lookup", R"({"name":"a","kind":"column","model":"people","column":"n"})",
                 "people.n"},
        TextCase{"constant", R"({"name":"a","kind":"constant","value":"EUR"})", "\"EUR\""},
        TextCase{"text", R"({"name":"a","kind":"text","text":"Dear {n}"})", "\"Dear {n}\""}),
    [](const auto& each) { return std::string(each.param.name); });

TEST(ListChips, standInTheOrderOfApplication)
{
    const shape::Shape shape = shapeOf(R"({"kind":"object","fields":[{"name":"a","kind":"list",
        "form":"dictionary_by_key","source":{"model":"views"},"key":{"column":"id"},
        "where":[{"column":"price","op":">","value":0}],
        "sortBy":[{"column":"at","descending":true}],"distinct":["product"],"limit":5,
        "element":[{"name":"n","kind":"column","column":"name"}]}]})");
    std::vector<std::string> texts;
    for (const ListChipText& chip : listChips(only(shape)))
        texts.push_back(chip.text.toStdString());
    EXPECT_EQ(texts, (std::vector<std::string>{"from views", "where price > 0",
                                               "sorted by at \u2193", "one per product", "max 5",
                                               "key id", "dictionary by key"}));
}

TEST(ConditionText, putsGroupsInBrackets)
{
    shape::Condition a;
    a.op = shape::ConditionOperator::IsNull;
    a.column = "a";
    shape::Condition b = a;
    b.column = "b";
    shape::Condition any;
    any.op = shape::ConditionOperator::Any;
    any.parts = {a, b};
    shape::Condition all;
    all.parts = {a, any};
    EXPECT_EQ(conditionText(all).toStdString(), "a is null and (a is null or b is null)");
}

} // namespace

} // namespace headgate::ui
