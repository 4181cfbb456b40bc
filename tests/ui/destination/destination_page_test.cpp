// SPDX-License-Identifier: GPL-3.0-or-later
#include "frame/page_tabs.h"
#include "ui/window_story.h"
#include "widgets/card.h"
#include "widgets/new_definition_dialog.h"
#include "widgets/verdict.h"

#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QTableWidget>

namespace headgate::ui {

namespace {

class DestinationStory : public WindowStory
{
protected:
    void openSample()
    {
        click("Open the sample");
        ASSERT_TRUE(soon([this] { return named<QTreeWidget>("Project") != nullptr; }));
        const auto* tree = named<QTreeWidget>("Project");
        const auto headings = tree->findItems(QStringLiteral("Destinations"), Qt::MatchExactly);
        ASSERT_EQ(headings.size(), 1);
        m_tool = headings.front()->child(0)->text(0).toStdString();
        clickTreeRow(m_tool.c_str());
        ASSERT_TRUE(soon([this] {
            const auto* test = named("Test the account");
            return test != nullptr && test->isEnabled() && named<QLineEdit>("Project") != nullptr;
        })) << troubles();
    }

    void showTab(int number)
    {
        auto* const tabs = named<QTabWidget>("Parts of the destination");
        ASSERT_NE(tabs, nullptr);
        QTest::mouseClick(tabs->tabBar(), Qt::LeftButton, {},
                          tabs->tabBar()->tabRect(number).center());
    }

    void make(const QString& tool)
    {
        clickTreeRow("New destination...");
        const auto find = [this](const char* name) -> QWidget* {
            const auto* dialog = m_window->findChild<NewDefinitionDialog*>();
            return dialog ? visibleNamed<QWidget>(*dialog, QLatin1String(name)) : nullptr;
        };
        ASSERT_TRUE(soon([&] {
            const auto* list = qobject_cast<QListWidget*>(find("What it can be"));
            return list != nullptr && list->count() > 0;
        }));
        QTest::keyClicks(find("Search tools"), tool);
        QTest::keyClick(find("Search tools"), Qt::Key_Return);
        ASSERT_TRUE(soon([this] {
            const auto* test = named("Test the account");
            return test != nullptr && test->isEnabled();
        })) << troubles();
    }

    std::string m_tool;
};

} // namespace

TEST_F(DestinationStory, theSamplesAccountAnswersAndSaysWhatItTakes)
{
    openSample();
    ASSERT_TRUE(soon([this] {
        const auto* test = named("Test the account");
        return test != nullptr && test->isVisible();
    }));
    click("Test the account");
    ASSERT_TRUE(soon([this] {
        for (const Verdict* verdict : m_window->findChildren<Verdict*>())
            if (verdict->isVisible() && verdict->tone() == Tone::Success)
                return true;
        return false;
    })) << troubles();
    showTab(1);
    ASSERT_TRUE(soon([this] {
        const auto* fields = named<QTableWidget>("Fields");
        const auto* limits = named<QLabel>("Limits");
        return fields != nullptr && limits != nullptr && !limits->text().isEmpty();
    })) << troubles();
    EXPECT_GT(named<QListWidget>("Objects")->count(), 0);
    showTab(2);
    bool found = false;
    for (const Card* card : m_window->findChildren<Card*>())
        found = found ||
                (card->isVisible() && card->accessibleName() == QStringLiteral("Recently viewed"));
    EXPECT_TRUE(found);
}

TEST_F(DestinationStory, aNewAccountIsFilledInAndSaved)
{
    openEmptyProject();
    make(QStringLiteral("Iterable"));
    const auto* tabs = m_window->findChild<PageTabs*>();
    EXPECT_EQ(tabs->current()->id(), (PageId{PageKind::Destination, "iterable"}));
    click("Test the account");
    ASSERT_TRUE(soon([this] { return !troubles().empty(); }));
    EXPECT_FALSE(QFile::exists(path("project/destinations/iterable.json")));
    type("API key", QStringLiteral("very secret"));
    QTest::keyClick(named<QLineEdit>("API key"), Qt::Key_Return);
    type("Project", QStringLiteral("Shop"));
    ASSERT_TRUE(soon([this] { return named<QLineEdit>("API key")->text().isEmpty(); }));
    ASSERT_EQ(m_secrets.store.values.size(), 1U);
    EXPECT_EQ(m_secrets.store.values.begin()->second, "very secret");
    press(QKeySequence(Qt::CTRL | Qt::Key_S));
    ASSERT_TRUE(soon([this] { return !bytesOf("project/destinations/iterable.json").isEmpty(); }))
        << troubles();
    const QByteArray saved = bytesOf("project/destinations/iterable.json");
    EXPECT_TRUE(saved.contains("\"connector\": \"iterable\"")) << saved.toStdString();
    EXPECT_TRUE(saved.contains(m_secrets.store.values.begin()->first.c_str()));
    EXPECT_FALSE(saved.contains("very secret"));
}

TEST_F(DestinationStory, whatCannotBeTestedIsNotCalledConnected)
{
    openEmptyProject();
    make(QStringLiteral("Webhook"));
    type("URL", QStringLiteral("http://127.0.0.1:1/hook"));
    click("Test the account");
    const Verdict* verdict = nullptr;
    ASSERT_TRUE(soon([&] {
        for (const Verdict* each : m_window->findChildren<Verdict*>())
            if (each->isVisible())
                verdict = each;
        return verdict != nullptr;
    })) << troubles();
    EXPECT_EQ(verdict->tone(), Tone::Info);
}

TEST_F(DestinationStory, anAccountThatDoesNotAnswerIsSaidWithWhatToDo)
{
    openEmptyProject();
    make(QStringLiteral("Iterable"));
    type("API key", QStringLiteral("very secret"));
    type("Project", QStringLiteral("Shop"));
    clickText("More options");
    type("Stand-in", QStringLiteral("http://127.0.0.1:1"));
    click("Test the account");
    ASSERT_TRUE(soon([this] { return !troubles().empty(); }));
    EXPECT_EQ(troubles().find("very secret"), std::string::npos);
    EXPECT_EQ(m_secrets.store.values.size(), 1U) << "typing alone is enough for a test";
    clickText("Edit the account");
    EXPECT_NE(named<QLineEdit>("Stand-in"), nullptr);
}

} // namespace headgate::ui
