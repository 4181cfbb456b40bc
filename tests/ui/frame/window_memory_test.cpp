// SPDX-License-Identifier: GPL-3.0-or-later
#include "frame/window_memory.h"

#include <QTemporaryDir>
#include <gtest/gtest.h>

namespace headgate::ui {

namespace {

struct Remembered
{
    QTemporaryDir folder;
    QString file = folder.filePath(QStringLiteral("window.ini"));
};

} // namespace

TEST(WindowMemory, tabsOfAProjectComeBackFromTheFile)
{
    const Remembered at;
    {
        WindowMemory memory(at.file);
        memory.setTabs(QStringLiteral("p"),
                       {{{PageKind::Overview, {}}, {PageKind::Sync, "orders"}}, 1});
    }
    const auto tabs = WindowMemory(at.file).tabs(QStringLiteral("p"));
    ASSERT_EQ(tabs.pages.size(), 2U);
    EXPECT_EQ(tabs.pages[1], (PageId{PageKind::Sync, "orders"}));
    EXPECT_EQ(tabs.current, 1);
    EXPECT_TRUE(WindowMemory(at.file).tabs(QStringLiteral("other")).pages.empty());
}

TEST(WindowMemory, recentProjectsAreThereOnceTheLastOneFirstTenAtMost)
{
    const Remembered at;
    WindowMemory memory(at.file);
    for (int i = 0; i < 12; ++i)
        memory.addRecentProject(QString::number(i));
    memory.addRecentProject(QStringLiteral("5"));
    const QStringList recent = memory.recentProjects();
    EXPECT_EQ(recent.size(), 10);
    EXPECT_EQ(recent.front(), QStringLiteral("5"));
    EXPECT_EQ(recent.count(QStringLiteral("5")), 1);
}

TEST(WindowMemory, everyChoiceOfColoursComesBack)
{
    const Remembered at;
    EXPECT_EQ(WindowMemory(at.file).colors(), ColorSchemeChoice::System);
    for (const ColorSchemeChoice choice :
         {ColorSchemeChoice::Dark, ColorSchemeChoice::Light, ColorSchemeChoice::System}) {
        WindowMemory(at.file).setColors(choice);
        EXPECT_EQ(WindowMemory(at.file).colors(), choice);
    }
}

TEST(WindowMemory, aDamagedFileIsAnEmptyOne)
{
    const Remembered at;
    QFile file(at.file);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("\xFF\xFE[[[tabs\npages=@Variant(\0\0");
    file.close();
    const WindowMemory memory(at.file);
    EXPECT_TRUE(memory.tabs(QStringLiteral("p")).pages.empty());
    EXPECT_TRUE(memory.recentProjects().isEmpty());
}

} // namespace headgate::ui
