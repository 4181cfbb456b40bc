// SPDX-License-Identifier: GPL-3.0-or-later
#include "screenshots/page_lint.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>
#include <gtest/gtest.h>

namespace headgate::ui {

namespace {

/// A lint that finds nothing in a bad page proves nothing about a good one.
class PageLint : public testing::Test
{
protected:
    void show()
    {
        m_page.resize(300, 200);
        m_page.show();
        ASSERT_TRUE(QTest::qWaitForWindowActive(&m_page));
    }

    QWidget m_page;
    QVBoxLayout* m_layout = new QVBoxLayout(&m_page);
};

} // namespace

TEST_F(PageLint, findsAControlWithoutName)
{
    auto* button = new QToolButton;
    button->setFocusPolicy(Qt::StrongFocus);
    m_layout->addWidget(button);
    show();
    EXPECT_EQ(unnamedControls(m_page).size(), 1);
    button->setAccessibleName(QStringLiteral("Next"));
    EXPECT_EQ(unnamedControls(m_page), QStringList());
}

TEST_F(PageLint, takesTheLabelOfAControlForItsName)
{
    auto* edit = new QPlainTextEdit;
    auto* label = new QLabel(QStringLiteral("&Text"));
    label->setBuddy(edit);
    m_layout->addWidget(label);
    m_layout->addWidget(edit);
    show();
    EXPECT_EQ(unnamedControls(m_page), QStringList());
}

TEST_F(PageLint, findsTextThatIsCutOff)
{
    auto* label = new QLabel(QStringLiteral("A sentence that needs more than forty pixels"));
    label->setFixedWidth(40);
    auto* button = new QPushButton(QStringLiteral("A button with a long text"));
    button->setFixedWidth(40);
    m_layout->addWidget(label);
    m_layout->addWidget(button);
    show();
    EXPECT_EQ(clippedTexts(m_page).size(), 2);
    label->setFixedWidth(label->sizeHint().width());
    button->setFixedWidth(button->sizeHint().width());
    EXPECT_EQ(clippedTexts(m_page), QStringList());
}

TEST_F(PageLint, findsAControlThatKeepsTab)
{
    m_layout->addWidget(new QPushButton(QStringLiteral("One")));
    auto* text = new QPlainTextEdit;
    text->setTabChangesFocus(false);
    m_layout->addWidget(text);
    m_layout->addWidget(new QPushButton(QStringLiteral("Two")));
    show();
    EXPECT_FALSE(unreachableByTab(m_page).isEmpty());
    text->setTabChangesFocus(true);
    EXPECT_EQ(unreachableByTab(m_page), QStringList());
}

TEST_F(PageLint, findsFaintText)
{
    auto* label = new QLabel(QStringLiteral("Hardly to be read"));
    QPalette palette = label->palette();
    palette.setColor(QPalette::WindowText, QColor(0xcccccc));
    palette.setColor(QPalette::Window, Qt::white);
    label->setPalette(palette);
    label->setAutoFillBackground(true);
    m_layout->addWidget(label);
    show();
    EXPECT_EQ(faintTexts(m_page).size(), 1);
    palette.setColor(QPalette::WindowText, Qt::black);
    label->setPalette(palette);
    EXPECT_EQ(faintTexts(m_page), QStringList());
}

} // namespace headgate::ui
