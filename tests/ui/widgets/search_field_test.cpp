// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/search_field.h"

#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

namespace headgate::ui {
namespace {

TEST(SearchField, SearchesOnceAPauseIsMade)
{
    SearchField field(QStringLiteral("Search columns"));
    QSignalSpy searches(&field, &SearchField::searched);
    QTest::keyClicks(&field, QStringLiteral("mail"));
    EXPECT_EQ(searches.count(), 0);
    ASSERT_TRUE(QTest::qWaitFor([&] { return searches.count() > 0; }, 20000));
    EXPECT_EQ(searches.count(), 1);
    EXPECT_EQ(searches.at(0).at(0).toString(), QStringLiteral("mail"));
}

TEST(SearchField, EnterSearchesAtOnceAndOnlyOnce)
{
    SearchField field(QStringLiteral("Search columns"));
    QSignalSpy searches(&field, &SearchField::searched);
    QSignalSpy accepted(&field, &SearchField::accepted);
    QTest::keyClicks(&field, QStringLiteral("id"));
    QTest::keyClick(&field, Qt::Key_Return);
    QTest::keyClick(&field, Qt::Key_Enter);
    EXPECT_EQ(searches.count(), 1);
    EXPECT_EQ(accepted.count(), 2);
}

TEST(SearchField, EscapeEmptiesItThenLeaves)
{
    SearchField field(QStringLiteral("Search columns"));
    QSignalSpy searches(&field, &SearchField::searched);
    QSignalSpy left(&field, &SearchField::left);
    QTest::keyClicks(&field, QStringLiteral("id"));
    QTest::keyClick(&field, Qt::Key_Return);
    QTest::keyClick(&field, Qt::Key_Escape);
    EXPECT_TRUE(field.text().isEmpty());
    EXPECT_EQ(searches.count(), 2);
    EXPECT_EQ(left.count(), 0);
    QTest::keyClick(&field, Qt::Key_Escape);
    EXPECT_EQ(left.count(), 1);
}

TEST(SearchField, WhatWasSearchedByOtherMeansIsShownAndCanBeTakenAway)
{
    SearchField field(QStringLiteral("Search columns"));
    QSignalSpy searches(&field, &SearchField::searched);
    field.setSearched(QStringLiteral("id"));
    QTest::keyClick(&field, Qt::Key_Return);
    EXPECT_EQ(searches.count(), 0);
    QTest::keyClick(&field, Qt::Key_Escape);
    ASSERT_EQ(searches.count(), 1);
    EXPECT_EQ(searches.at(0).at(0).toString(), QString());
    field.setSearched(QStringLiteral("id"));
    field.setSearched({});
    EXPECT_EQ(searches.count(), 1);
}

TEST(SearchField, DownGoesToTheList)
{
    SearchField field(QStringLiteral("Search columns"));
    QSignalSpy down(&field, &SearchField::wentDown);
    QTest::keyClick(&field, Qt::Key_Down);
    EXPECT_EQ(down.count(), 1);
    EXPECT_EQ(field.accessibleName(), QStringLiteral("Search columns"));
}

} // namespace
} // namespace headgate::ui
