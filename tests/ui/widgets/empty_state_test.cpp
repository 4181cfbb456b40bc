// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/empty_state.h"

#include <QLabel>
#include <QPushButton>
#include <gtest/gtest.h>

namespace headgate::ui {
namespace {

TEST(EmptyState, SaysWhatIsMissingAndOffersAWay)
{
    EmptyState state(Icon::Sync, QStringLiteral("No syncs yet"), QStringLiteral("Make one."));
    EXPECT_EQ(state.accessibleName(), QStringLiteral("No syncs yet"));
    EXPECT_EQ(state.accessibleDescription(), QStringLiteral("Make one."));
    QPushButton* button = state.addButton(QStringLiteral("New sync"));
    EXPECT_EQ(buttonKind(button), ButtonKind::Primary);
    EXPECT_EQ(state.findChildren<QPushButton*>().size(), 1);
    auto* choice = new QLabel(QStringLiteral("a card"));
    state.addChoice(choice);
    EXPECT_EQ(choice->parentWidget(), &state);
    state.setTexts(QStringLiteral("Nothing found"), QStringLiteral("Try another word."));
    EXPECT_EQ(state.accessibleName(), QStringLiteral("Nothing found"));
}

} // namespace
} // namespace headgate::ui
