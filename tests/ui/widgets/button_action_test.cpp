// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/button_action.h"

#include <QPushButton>
#include <gtest/gtest.h>

namespace headgate::ui {

TEST(ButtonAction, doesWhatTheButtonDoesWhileItCanBePressed)
{
    QWidget window;
    auto* const button = new QPushButton(QStringLiteral("Test"), &window);
    button->setAccessibleName(QStringLiteral("Test the account"));
    auto* const action = new ButtonAction("destination.test", button);
    int pressed = 0;
    QObject::connect(button, &QPushButton::clicked, button, [&] { ++pressed; });
    EXPECT_EQ(action->text(), QStringLiteral("Test the account"));
    EXPECT_EQ(action->objectName(), QStringLiteral("destination.test"));
    window.show();
    action->trigger();
    EXPECT_EQ(pressed, 1);

    button->setEnabled(false);
    EXPECT_FALSE(action->isEnabled());
    button->setEnabled(true);
    EXPECT_TRUE(action->isEnabled());
    button->hide();
    EXPECT_FALSE(action->isEnabled());
    button->show();
    EXPECT_TRUE(action->isEnabled());
    window.hide();
    EXPECT_TRUE(action->isEnabled()) << "a page that is behind another keeps its actions";
}

TEST(ButtonAction, isCalledAsTheButtonWhereThatHasNoOtherName)
{
    QPushButton button(QStringLiteral("Test"));
    EXPECT_EQ((new ButtonAction("a", &button))->text(), QStringLiteral("Test"));
}

} // namespace headgate::ui
