// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/gesture_chooser.h"
#include "ui/shape/shape_sample.h"
#include "widgets/card.h"

#include <QPointer>
#include <QTest>
#include <gtest/gtest.h>

namespace headgate::ui {

namespace {

class GestureChooserTest : public testing::Test
{
protected:
    GestureChooserTest()
    {
        ShapeChoices choices;
        for (const char* title : {"A", "B", "C"})
            choices.choices.push_back({QLatin1String(title), Icon::Bound, QLatin1String(title),
                                       shape::EditedShape{*viewsSync().shape, 0}});
        choices.preselected = 1;
        m_chooser = new GestureChooser(QStringLiteral("What?"), choices, &m_parent);
        QObject::connect(m_chooser, &GestureChooser::chosen, &m_parent,
                         [this](const ShapeChoice& choice) { m_chosen = choice.title; });
        QObject::connect(m_chooser, &GestureChooser::cancelled, &m_parent,
                         [this] { ++m_cancelled; });
        QObject::connect(m_chooser, &GestureChooser::highlighted, &m_parent,
                         [this](std::size_t index) { m_highlighted = index; });
        m_parent.show();
        m_chooser->showAt({10, 10});
    }

    void press(Qt::Key key) { QTest::keyClick(m_chooser->focusWidget(), key); }

    QWidget m_parent;
    QPointer<GestureChooser> m_chooser;
    QString m_chosen;
    int m_cancelled = 0;
    std::size_t m_highlighted = 99;
};

TEST_F(GestureChooserTest, beginsAtThePreselectedAndFollowsArrows)
{
    EXPECT_EQ(m_highlighted, 1U);
    const auto current = [this] {
        QString all;
        for (const Card* card : m_chooser->findChildren<Card*>())
            if (card->isCurrent())
                all += card->accessibleName();
        return all;
    };
    EXPECT_EQ(current(), QStringLiteral("B"));
    press(Qt::Key_Down);
    EXPECT_EQ(m_highlighted, 2U);
    EXPECT_EQ(current(), QStringLiteral("C"));
    press(Qt::Key_Down);
    EXPECT_EQ(m_highlighted, 0U);
    press(Qt::Key_Return);
    EXPECT_EQ(m_chosen, QStringLiteral("A"));
    EXPECT_EQ(m_cancelled, 0);
}

TEST_F(GestureChooserTest, digitsChooseAtOnce)
{
    press(Qt::Key_3);
    EXPECT_EQ(m_chosen, QStringLiteral("C"));
}

TEST_F(GestureChooserTest, escapeLeavesAllAsItWas)
{
    press(Qt::Key_Escape);
    EXPECT_TRUE(m_chosen.isEmpty());
    EXPECT_EQ(m_cancelled, 1);
}

} // namespace

} // namespace headgate::ui
