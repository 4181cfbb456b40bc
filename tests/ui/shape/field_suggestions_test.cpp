// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/field_suggestions.h"
#include "ui/shape/shape_sample.h"

#include <gtest/gtest.h>

namespace headgate::ui {

namespace {

/// Three fields that were pasted: two that columns fit, and one that none does.
class FieldSuggestionsTest : public testing::Test
{
protected:
    FieldSuggestionsTest()
    {
        m_shape = shapeOf(R"({"kind":"object","fields":[
            {"name":"firstName","kind":"column","column":""},
            {"name":"zzz","kind":"column","column":""},
            {"name":"id","kind":"column","column":""}]})");
        m_shape.numberNodes();
        m_suggestions.update(m_shape, viewsSample()->models);
    }
    [[nodiscard]] shape::NodeId field(std::size_t number) const
    {
        return m_shape.root.children[number].id;
    }

    shape::Shape m_shape;
    FieldSuggestions m_suggestions;
};

} // namespace

TEST_F(FieldSuggestionsTest, theBestIsShownFirst)
{
    ASSERT_NE(m_suggestions.shown(field(0)), nullptr);
    EXPECT_EQ(m_suggestions.shown(field(0))->column, "first_name");
    EXPECT_EQ(m_suggestions.shown(field(1)), nullptr);
}

TEST_F(FieldSuggestionsTest, theNextOnesFollowAndTheFirstAgain)
{
    const shape::ColumnRef first = *m_suggestions.shown(field(2));
    int shown = 1;
    while (m_suggestions.showNext(field(2)))
        ++shown;
    EXPECT_GT(shown, 1);
    EXPECT_EQ(*m_suggestions.shown(field(2)), first);
    EXPECT_FALSE(m_suggestions.showNext(field(1)));
}

TEST_F(FieldSuggestionsTest, whatIsLookedAtOutlivesAnEditOfAnotherField)
{
    ASSERT_TRUE(m_suggestions.showNext(field(2)));
    const shape::ColumnRef second = *m_suggestions.shown(field(2));
    m_shape.root.children[0].leaf.column = "first_name";
    m_suggestions.update(m_shape, viewsSample()->models);
    EXPECT_EQ(m_suggestions.shown(field(0)), nullptr);
    EXPECT_EQ(*m_suggestions.shown(field(2)), second);
}

TEST_F(FieldSuggestionsTest, fieldsFollowEachOtherInTheOrderOfTheDocument)
{
    EXPECT_EQ(m_suggestions.fieldAfter(field(0)), field(1));
    EXPECT_EQ(m_suggestions.fieldAfter(field(1)), field(2));
    EXPECT_EQ(m_suggestions.fieldAfter(field(2)), std::nullopt);
}

} // namespace headgate::ui
