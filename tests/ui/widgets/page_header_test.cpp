// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/page_header.h"

#include <QApplication>
#include <QPushButton>
#include <QTest>
#include <gtest/gtest.h>

using namespace headgate::ui;

namespace {

QPushButton* cancelOf(PageHeader& header)
{
    for (QPushButton* button : header.findChildren<QPushButton*>())
        if (button->accessibleName() == QLatin1String("Cancel the question"))
            return button;
    return nullptr;
}

} // namespace

TEST(PageHeader, theButtonThatAsksAndTheOneThatCancelsTakeTurnsAndTheFocusGoesAlong)
{
    PageHeader header(new QPushButton(QStringLiteral("Test")));
    int asked = 0;
    int cancelled = 0;
    QObject::connect(&header, &PageHeader::askWanted, &header, [&] { ++asked; });
    QObject::connect(&header, &PageHeader::cancelWanted, &header, [&] { ++cancelled; });
    header.show();
    header.activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&header));
    QPushButton* const ask = header.askButton();
    QPushButton* const cancel = cancelOf(header);
    ASSERT_NE(cancel, nullptr);
    EXPECT_TRUE(ask->isVisible());
    EXPECT_FALSE(cancel->isVisible());
    ask->setFocus();
    ask->click();
    EXPECT_EQ(asked, 1);

    header.setAsking(QStringLiteral("Connecting"));
    EXPECT_FALSE(ask->isVisible());
    EXPECT_TRUE(cancel->isVisible());
    EXPECT_TRUE(cancel->hasFocus());
    cancel->click();
    EXPECT_EQ(cancelled, 1);

    header.setAsking({});
    EXPECT_TRUE(ask->isVisible());
    EXPECT_FALSE(cancel->isVisible());
    EXPECT_TRUE(ask->hasFocus());
}
