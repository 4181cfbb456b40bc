// SPDX-License-Identifier: GPL-3.0-or-later
#include "inbox/misbehaviour.h"
#include "inbox/misbehaviour_bar.h"
#include "ui/named_widget.h"

#include <QLineEdit>
#include <QTest>
#include <QToolButton>
#include <gtest/gtest.h>

namespace headgate::ui {

TEST(MisbehaviourBar, nothingGoesWrongAtFirst)
{
    const MisbehaviourBar bar;
    EXPECT_TRUE(bar.misbehaviours().empty());
}

TEST(MisbehaviourBar, everySwitchIsOneMisbehaviourThatTheStandInUnderstands)
{
    MisbehaviourBar bar;
    bar.show();
    int changes = 0;
    QObject::connect(&bar, &MisbehaviourBar::changed, &bar, [&] { ++changes; });
    const auto switches = bar.findChildren<QToolButton*>();
    ASSERT_EQ(switches.size(), 5);
    for (QToolButton* each : switches) {
        QTest::mouseClick(each, Qt::LeftButton);
        const auto wanted = bar.misbehaviours();
        ASSERT_EQ(wanted.size(), 1U) << each->text().toStdString();
        EXPECT_TRUE(inbox::misbehaviourFromJson(wanted.front())) << wanted.front();
        QTest::mouseClick(each, Qt::LeftButton);
        EXPECT_TRUE(bar.misbehaviours().empty());
    }
    EXPECT_EQ(changes, 10);
}

TEST(MisbehaviourBar, refusesTheRecordsThatAreNamed)
{
    MisbehaviourBar bar;
    bar.show();
    auto* refused = visibleNamed<QLineEdit>(bar, QStringLiteral("Records to refuse"));
    QTest::keyClicks(refused, QStringLiteral("a@example.com, \"b\"@example.com,,"));
    const auto wanted = bar.misbehaviours();
    ASSERT_EQ(wanted.size(), 1U);
    const auto misbehaviour = inbox::misbehaviourFromJson(wanted.front());
    ASSERT_TRUE(misbehaviour) << wanted.front();
    EXPECT_EQ(misbehaviour->trouble, inbox::Trouble::FailKeys);
    EXPECT_EQ(misbehaviour->keys, (std::vector<std::string>{"a@example.com", "\"b\"@example.com"}));
}

} // namespace headgate::ui
