// SPDX-License-Identifier: GPL-3.0-or-later
#include "frame/command_palette.h"

#include <QLineEdit>
#include <QListWidget>
#include <QTest>
#include <gtest/gtest.h>

namespace headgate::ui {

namespace {

struct Opened
{
    QWidget window;
    QStringList done;
    CommandPalette* palette = nullptr;

    explicit Opened(const QStringList& texts)
    {
        window.resize(900, 600);
        std::vector<CommandPalette::Entry> entries;
        for (const QString& text : texts)
            entries.push_back({text, {}, {}, [this, text] { done.append(text); }});
        palette = new CommandPalette(QStringLiteral("Find"), std::move(entries), &window);
        palette->show();
    }
    [[nodiscard]] QLineEdit* input() const { return palette->findChild<QLineEdit*>(); }
    [[nodiscard]] QListWidget* list() const { return palette->findChild<QListWidget*>(); }
};

} // namespace

TEST(CommandPalette, lettersInOrderMatchWithoutCase)
{
    EXPECT_TRUE(matchScore(QStringLiteral("drn"), QStringLiteral("Dry run")));
    EXPECT_FALSE(matchScore(QStringLiteral("nrd"), QStringLiteral("Dry run")));
    EXPECT_TRUE(matchScore({}, QStringLiteral("Dry run")));
    EXPECT_FALSE(matchScore(QStringLiteral("x"), {}));
}

TEST(CommandPalette, wordBeginningsAndRunsOfLettersCountMore)
{
    const auto score = [](const char* typed, const char* text) {
        return matchScore(QLatin1String(typed), QLatin1String(text)).value_or(-1);
    };
    EXPECT_GT(score("dr", "Dry run"), score("dr", "Order rows"));
    EXPECT_GT(score("run", "Run"), score("run", "Rewind under noise"));
    EXPECT_GT(score("ot", "Open tab"), score("ot", "Footnote"));
}

TEST(CommandPalette, enterDoesTheBestMatchOnceAndCloses)
{
    Opened opened(
        {QStringLiteral("Open project"), QStringLiteral("Dry run"), QStringLiteral("Run")});
    QTest::keyClicks(opened.input(), QStringLiteral("dry"));
    ASSERT_EQ(opened.list()->count(), 1);
    QTest::keyClick(opened.input(), Qt::Key_Return);
    EXPECT_EQ(opened.done, QStringList{QStringLiteral("Dry run")});
    EXPECT_TRUE(opened.palette == nullptr || !opened.palette->isVisible());
}

TEST(CommandPalette, arrowsMoveWhileTyping)
{
    Opened opened({QStringLiteral("One"), QStringLiteral("Two"), QStringLiteral("Three")});
    QTest::keyClick(opened.input(), Qt::Key_Down);
    QTest::keyClick(opened.input(), Qt::Key_Down);
    QTest::keyClick(opened.input(), Qt::Key_Up);
    QTest::keyClick(opened.input(), Qt::Key_Return);
    EXPECT_EQ(opened.done, QStringList{QStringLiteral("Two")});
}

TEST(CommandPalette, nothingThatFitsDoesNothing)
{
    Opened opened({QStringLiteral("One")});
    QTest::keyClicks(opened.input(), QStringLiteral("zzz"));
    ASSERT_EQ(opened.list()->count(), 1);
    EXPECT_EQ(opened.list()->item(0)->text(), QStringLiteral("Nothing fits zzz"));
    QTest::keyClick(opened.input(), Qt::Key_Return);
    EXPECT_TRUE(opened.done.isEmpty());
    EXPECT_TRUE(opened.palette->isVisible());
}

} // namespace headgate::ui
