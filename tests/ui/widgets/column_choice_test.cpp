// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/column_choice.h"

#include "theme/theme.h"

#include <QMenu>
#include <QTest>
#include <gtest/gtest.h>

namespace headgate::ui {

namespace {

class ColumnChoiceTest : public testing::Test
{
protected:
    ColumnChoiceTest()
    {
        for (const char* name : {"id", "email", "a_very_long_name_of_a_column_in_a_warehouse"}) {
            data::Column column;
            column.name = name;
            m_schema.columns.push_back(column);
        }
        m_choice.resize(200, 28);
    }
    /// The first column of pixels in which text is seen.
    [[nodiscard]] int textBegins()
    {
        const QImage picture = m_choice.grab().toImage();
        const QRgb behind = picture.pixel(picture.width() / 2, 4);
        for (int x = 4; x < picture.width(); ++x)
            for (int y = 6; y < picture.height() - 6; ++y)
                if (picture.pixel(x, y) != behind)
                    return x;
        return -1;
    }

    Theme m_theme{nullptr, ColorSchemeChoice::Light};
    data::Schema m_schema;
    ColumnChoice m_choice;
};

TEST_F(ColumnChoiceTest, whatIsChosenStandsAtTheLeftWhateverItsLength)
{
    m_choice.setColumns(m_schema, {"id"});
    const int brief = textBegins();
    ASSERT_GT(brief, 0);
    EXPECT_LT(brief, 24);
    m_choice.setColumns(m_schema, {"id", "email", m_schema.columns[2].name});
    EXPECT_EQ(textBegins(), brief);
    EXPECT_LT(m_choice.minimumSizeHint().width(), 200);
    EXPECT_TRUE(m_choice.toolTip().contains(QStringLiteral("warehouse")));
}

TEST_F(ColumnChoiceTest, columnsAreChosenInTheOrderOfClicks)
{
    m_choice.setColumns(m_schema, {});
    EXPECT_EQ(m_choice.text(), QStringLiteral("none"));
    const auto actions = m_choice.menu()->actions();
    actions[1]->trigger();
    actions[0]->trigger();
    EXPECT_EQ(m_choice.chosen(), (std::vector<std::string>{"email", "id"}));
    EXPECT_EQ(m_choice.text(), QStringLiteral("email, id"));
    actions[1]->trigger();
    EXPECT_EQ(m_choice.chosen(), (std::vector<std::string>{"id"}));
}

} // namespace

} // namespace headgate::ui
