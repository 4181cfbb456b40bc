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
        TextCase{"number", R"({"name":"a","kind":"constant","value":"12.50","type":"number"})",
                 "12.50"},
        TextCase{"text", R"({"name":"a","kind":"text","text":"Dear {n}"})", "\"Dear {n}\""}),
    [](const auto& each) { return std::string(each.param.name); });

struct ConstantCase
{
    const char* name;
    const char* typed;
    const char* value; ///< JSON
    shape::LeafType type;
};

using ConstantTextEdits = testing::Test;

class ConstantText : public testing::TestWithParam<ConstantCase>
{};

TEST_P(ConstantText, isSentAsItIsTypedAndShownAgainTheSame)
{
    shape::Leaf constant;
    sayConstant(constant, QString::fromUtf8(GetParam().typed));
    EXPECT_EQ(constant.value.dump(), GetParam().value);
    EXPECT_EQ(constant.type, GetParam().type);
    shape::Leaf again;
    sayConstant(again, constantText(constant));
    EXPECT_EQ(again, constant) << constantText(constant).toStdString();
}

INSTANTIATE_TEST_SUITE_P(
    Typed, ConstantText,
    testing::Values(ConstantCase{"text", "EUR", "\"EUR\"", shape::LeafType::AsIs},
                    ConstantCase{"nothing", "", "\"\"", shape::LeafType::AsIs},
                    ConstantCase{"integer", "5", "5", shape::LeafType::AsIs},
                    ConstantCase{"word", "true", "true", shape::LeafType::AsIs},
                    ConstantCase{"null", "null", "null", shape::LeafType::AsIs},
                    ConstantCase{"zeros", "12.50", "\"12.50\"", shape::LeafType::Number},
                    ConstantCase{"many_digits", "0.12345678901234567890",
                                 "\"0.12345678901234567890\"", shape::LeafType::Number},
                    ConstantCase{"large", "123456789012345678901234",
                                 "\"123456789012345678901234\"", shape::LeafType::Number},
                    ConstantCase{"exponent", "1e5", "\"1e5\"", shape::LeafType::Number},
                    ConstantCase{"spaces", " 12.50 ", "\"12.50\"", shape::LeafType::Number},
                    ConstantCase{"quoted_number", "\"12.50\"", "\"12.50\"", shape::LeafType::AsIs},
                    ConstantCase{"quoted_word", "\"true\"", "\"true\"", shape::LeafType::AsIs},
                    ConstantCase{"half_a_number", "12.", "\"12.\"", shape::LeafType::AsIs}),
    [](const auto& each) { return std::string(each.param.name); });

TEST_F(ConstantTextEdits, aTypeThatWasChosenStays)
{
    shape::Leaf constant;
    constant.type = shape::LeafType::Text;
    sayConstant(constant, QStringLiteral("12.50"));
    EXPECT_EQ(constant.type, shape::LeafType::Text);
    EXPECT_EQ(constantText(constant), QStringLiteral("12.50"));
}

TEST_F(ConstantTextEdits, theTypeOfANumberGoesWithIt)
{
    shape::Leaf constant;
    sayConstant(constant, QStringLiteral("12.50"));
    sayConstant(constant, QStringLiteral("12.50 EUR"));
    EXPECT_EQ(constant.type, shape::LeafType::AsIs);
    EXPECT_EQ(constant.value, "12.50 EUR");
}

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
