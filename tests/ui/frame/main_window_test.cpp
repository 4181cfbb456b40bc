// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.h"
#include "base/random.h"
#include "frame/main_window.h"
#include "frame/page_tabs.h"
#include "frame/welcome_page.h"
#include "overview/beginning.h"
#include "overview/overview_page.h"
#include "secrets/process_secrets.h"
#include "theme/theme.h"
#include "ui/named_widget.h"
#include "ui/shown_window.h"
#include "ui/story_hands.h"
#include "widgets/json_view.h"
#include "widgets/message_strip.h"
#include "widgets/new_definition_dialog.h"
#include "widgets/verdict.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>
#include <algorithm>
#include <gtest/gtest.h>

namespace headgate::ui {

namespace {

constexpr int longest = 30'000;

/// A user who has never opened Headgate, and the window, driven as that user would.
class MainWindowStory : public testing::Test
{
protected:
    MainWindowStory()
    {
        qputenv("HEADGATE_STATE_DIR", m_home.filePath(QStringLiteral("state")).toUtf8());
        qputenv("XDG_CONFIG_HOME", m_home.filePath(QStringLiteral("config")).toUtf8());
        qputenv("HEADGATE_SAMPLE_KEY", "any");
        openWindow();
    }

    void openWindow(const QString& project = {})
    {
        m_window = std::make_unique<MainWindow>(
            WindowSurroundings{{m_clock, m_random, m_secrets},
                               m_theme,
                               m_home.filePath(QStringLiteral("window.ini")),
                               [this](QWidget*, const QString&) { return m_chosenFolder; },
                               sampleFolder(),
                               std::nullopt,
                               project});
        ASSERT_TRUE(showInFront(*m_window));
    }

    [[nodiscard]] QString sampleFolder() const { return m_home.filePath(QStringLiteral("sample")); }

    template <typename Widget = QWidget>
    Widget* named(const char* name)
    {
        return visibleNamed<Widget>(*m_window, QLatin1String(name));
    }

    void click(QWidget* widget)
    {
        ASSERT_NE(widget, nullptr);
        ASSERT_TRUE(widget->isEnabled());
        QTest::mouseClick(widget, Qt::LeftButton);
    }

    void clickTreeRow(const QString& text)
    {
        auto* tree = named<QTreeWidget>("Project");
        ASSERT_NE(tree, nullptr);
        const auto rows = tree->findItems(text, Qt::MatchExactly | Qt::MatchRecursive);
        ASSERT_EQ(rows.size(), 1);
        QTreeWidgetItem* const row = rows.front();
        const auto place = [&] { return tree->visualItemRect(row).center(); };
        ASSERT_TRUE(soon([&] { return tree->itemAt(place()) == row; }));
        QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, place());
    }

    template <typename Condition>
    [[nodiscard]] static bool soon(Condition condition)
    {
        return QTest::qWaitFor(condition, longest);
    }

    [[nodiscard]] bool projectIsOpen()
    {
        return soon([this] { return named<QTreeWidget>("Project") != nullptr; });
    }

    [[nodiscard]] bool recordsAreThere()
    {
        return soon([this] {
            const auto* records = named<QListWidget>("Records");
            return records != nullptr && records->count() > 0;
        });
    }

    /// What the window says is wrong, for the message of a failed test.
    [[nodiscard]] std::string troubles() const
    {
        std::string all;
        for (const MessageStrip* strip : m_window->findChildren<MessageStrip*>())
            if (strip->isVisible())
                all += strip->message().code.toStdString() + ' ' +
                       strip->message().sentence.toStdString() + '\n';
        return all;
    }

    [[nodiscard]] bool runEndedWith(const QString& sentence)
    {
        return soon([this, sentence] {
            for (const QLabel* label : m_window->findChildren<QLabel*>())
                if (label->isVisible() && label->text() == sentence)
                    return true;
            return false;
        });
    }

    [[nodiscard]] StoryHands hands()
    {
        return {*m_window, [this] { return troubles(); }};
    }

    void awaitPayload(const StoryHands& hands, const char* part)
    {
        hands.await(QLatin1String(part), [this, part] {
            const auto* const payload = named<JsonView>("Payload");
            return payload != nullptr && payload->lines().json().find(part) != std::string::npos;
        });
    }

    [[nodiscard]] bool allStepsAreDone()
    {
        return soon([this] {
            return named("Look at the rows, done") != nullptr &&
                   named("Group them, done") != nullptr && named("See the JSON, done") != nullptr &&
                   named("Send it, done") != nullptr;
        });
    }

    void press(const QKeySequence& keys)
    {
        // The offscreen platform has no window manager that would do it after a popup.
        m_window->activateWindow();
        ASSERT_TRUE(QTest::qWaitForWindowActive(m_window.get()));
        QTest::keySequence(m_window.get(), keys);
    }

    QTemporaryDir m_home;
    SystemClock m_clock;
    SystemRandom m_random;
    secrets::ProcessSecrets m_secrets;
    Theme m_theme{nullptr, ColorSchemeChoice::Light};
    QString m_chosenFolder;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace

TEST_F(MainWindowStory, theSampleIsOpenedLookedAtAndSentByMouse)
{
    StoryHands hands = this->hands();
    hands.click(QStringLiteral("Open the sample"));
    hands.click(QStringLiteral("Look at the rows"));
    hands.await(QStringLiteral("Rows"), [this] {
        const auto* const rows = named<QTableView>("Rows");
        return rows != nullptr && rows->model()->rowCount() == 1000;
    });

    hands.click(QStringLiteral("Group them"));
    auto* const columns = hands.see<QTreeView>(QStringLiteral("Columns"));
    auto* const tree = hands.see<QTreeView>(QStringLiteral("Payload tree"));
    hands.clickRow(columns, QStringLiteral("product_name"));
    hands.clickRow(columns, QStringLiteral("quantity"), Qt::ControlModifier);
    hands.drag(columns, tree, tree->visualRect(tree->model()->index(0, 0)).center(),
               [&] { awaitPayload(hands, "\"quantity\""); });
    hands.click(QStringLiteral("List of dictionaries"));

    hands.click(QStringLiteral("See the JSON, done"));
    awaitPayload(hands, "\"recently_viewed\":[{");
    hands.click(QStringLiteral("Send it"));
    hands.click(QStringLiteral("Run"));
    ASSERT_TRUE(runEndedWith(QStringLiteral("Everything was delivered."))) << troubles();
    EXPECT_TRUE(allStepsAreDone());
    hands.clickRow(hands.see<QTreeWidget>(QStringLiteral("Project")), QStringLiteral("Inbox"));
    auto* const requests = hands.see<QListWidget>(QStringLiteral("Requests"));
    hands.await(QStringLiteral("Requests"), [requests] { return requests->count() >= 3; });
    EXPECT_LE(hands.actions(), 12);
}

TEST_F(MainWindowStory, theSampleIsOpenedLookedAtAndSentByKeyboard)
{
    StoryHands hands = this->hands();
    hands.press(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P));
    hands.type(QStringLiteral("sample"));
    hands.press(Qt::Key_Return);
    ASSERT_TRUE(projectIsOpen());
    hands.press(Qt::Key_1, Qt::AltModifier);
    hands.await(QStringLiteral("Rows"), [this] {
        const auto* const rows = named<QTableView>("Rows");
        return rows != nullptr && rows->model()->rowCount() == 1000;
    });

    hands.press(Qt::Key_2, Qt::AltModifier);
    auto* const columns = hands.see<QTreeView>(QStringLiteral("Columns"));
    hands.await(QStringLiteral("Columns to choose from"), [columns] {
        return columns->hasFocus() &&
               StoryHands::rowOf(columns, QStringLiteral("product_name")).isValid();
    });
    hands.type(QStringLiteral("product_name"));
    hands.press(Qt::Key_Return);
    hands.see(QStringLiteral("List them"));
    hands.press(Qt::Key_1);
    awaitPayload(hands, "\"product_name\":[");

    hands.press(Qt::Key_3, Qt::AltModifier);
    awaitPayload(hands, "\"recently_viewed\":[{");
    hands.press(Qt::Key_4, Qt::AltModifier);
    hands.press(Qt::Key_F9);
    ASSERT_TRUE(runEndedWith(QStringLiteral("Everything was delivered."))) << troubles();
    EXPECT_TRUE(allStepsAreDone());
    EXPECT_LE(hands.actions(), 12);
}

TEST_F(MainWindowStory, theOrdersOfTheSampleAreShapedAndHeldBackByAGate)
{
    StoryHands hands = this->hands();
    hands.click(QStringLiteral("Open the sample"));
    hands.click(QStringLiteral("Group them"));
    hands.chooseFromMenu(QStringLiteral("Record key"), QStringLiteral("contact_email"));
    hands.choose(QStringLiteral("Object"), QStringLiteral("User"));
    EXPECT_EQ(hands.see<QComboBox>(QStringLiteral("Field to match"))->currentText(),
              QStringLiteral("email"));
    auto* const columns = hands.see<QTreeView>(QStringLiteral("Columns"));
    auto* const tree = hands.see<QTreeView>(QStringLiteral("Payload tree"));
    hands.clickRow(columns, QStringLiteral("product_name"));
    hands.clickRow(columns, QStringLiteral("quantity"), Qt::ControlModifier);
    hands.drag(columns, tree, tree->visualRect(tree->model()->index(0, 0)).center(),
               [&] { awaitPayload(hands, "\"quantity\""); });
    hands.click(QStringLiteral("List of dictionaries"));
    awaitPayload(hands, "[{\"product_name\":");
    hands.chooseInMenuBar(QStringLiteral("Project"), QStringLiteral("Save all"));
    hands.click(QStringLiteral("Open the sync"));
    hands.click(QStringLiteral("Run"));
    // Who ordered twice has two orders in one payload, which only a list of orders can hold.
    ASSERT_TRUE(runEndedWith(QStringLiteral("A gate stopped the run; nothing was sent.")));
    EXPECT_NE(troubles().find("gate.invalid"), std::string::npos) << troubles();
}

TEST_F(MainWindowStory, aRunThatIsStartedFromTheShapeIsShown)
{
    click(named("Open the sample"));
    ASSERT_TRUE(projectIsOpen());
    clickTreeRow(QStringLiteral("Recently viewed"));
    ASSERT_TRUE(recordsAreThere()) << troubles();
    click(named<QPushButton>("Edit the shape"));
    const auto* tabs = m_window->findChild<PageTabs*>();
    ASSERT_EQ(tabs->current()->id().kind, PageKind::Shape);
    press(QKeySequence(Qt::Key_F9));
    EXPECT_EQ(tabs->current()->id().kind, PageKind::Sync);
    EXPECT_TRUE(runEndedWith(QStringLiteral("Everything was delivered."))) << troubles();
}

TEST_F(MainWindowStory, aRunNamesWhatItWouldSaveFirst)
{
    click(named("Open the sample"));
    ASSERT_TRUE(projectIsOpen());
    clickTreeRow(QStringLiteral("Recently viewed"));
    ASSERT_TRUE(recordsAreThere()) << troubles();
    click(named<QPushButton>("Edit the shape"));
    ASSERT_TRUE(soon([this] { return named<JsonView>("Payload") != nullptr; }));
    ASSERT_TRUE(soon([this] { return !named<JsonView>("Payload")->lines().isEmpty(); }));
    auto* const add = m_window->findChild<QAction*>(QStringLiteral("shape.constant"));
    ASSERT_NE(add, nullptr);
    add->trigger();
    press(QKeySequence(Qt::Key_F9));
    std::string said;
    for (const MessageStrip* strip : m_window->findChildren<MessageStrip*>())
        if (strip->isVisible())
            said += strip->message().sentence.toStdString();
    EXPECT_EQ(said, "A run uses the files. Not saved yet: Recently viewed.");
    const auto buttons = m_window->findChildren<QPushButton*>();
    EXPECT_TRUE(std::any_of(buttons.begin(), buttons.end(), [](const QPushButton* each) {
        return each->text() == QStringLiteral("Save and run");
    }));
}

TEST_F(MainWindowStory, theTreesOwnKeysComeBeforeTheSameKeysOfTheWindow)
{
    StoryHands hands = this->hands();
    hands.click(QStringLiteral("Open the sample"));
    hands.click(QStringLiteral("Group them"));
    hands.chooseFromMenu(QStringLiteral("Record key"), QStringLiteral("contact_email"));
    auto* const tree = hands.see<QTreeView>(QStringLiteral("Payload tree"));
    tree->setFocus();
    QApplication::clipboard()->setText(QStringLiteral(R"({"status": "new"})"));
    hands.press(QKeySequence(Qt::CTRL | Qt::Key_V));
    hands.press(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Return));
    awaitPayload(hands, "{\"status\":\"returned\"}");
    EXPECT_EQ(m_window->findChild<PageTabs*>()->current()->id().kind, PageKind::Shape);
    hands.press(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Return));
    hands.await(QStringLiteral("The question of the dry run"),
                [this] { return troubles().find("Not saved yet: Orders") != std::string::npos; });
}

TEST_F(MainWindowStory, theOverviewOpensTheShapeAtTheFieldThatWasRefused)
{
    click(named("Open the sample"));
    ASSERT_TRUE(projectIsOpen());
    const auto* tabs = m_window->findChild<PageTabs*>();
    auto* const overview = m_window->findChild<OverviewPage*>();
    ASSERT_NE(overview, nullptr);
    const PageId shape{PageKind::Shape, "recently-viewed"};
    for (const char* path : {"/recently_viewed/*/name", "/firstName"}) {
        Q_EMIT overview->placeWanted(shape, QLatin1String(path));
        EXPECT_EQ(tabs->current()->id(), shape);
        EXPECT_EQ(tabs->current()->place(), QLatin1String(path));
    }
}

TEST_F(MainWindowStory, tabsComeBackAtTheNextStart)
{
    click(named("Open the sample"));
    ASSERT_TRUE(projectIsOpen());
    clickTreeRow(QStringLiteral("Recently viewed"));
    clickTreeRow(QStringLiteral("Runs"));
    m_window->close();
    m_window.reset();
    openWindow();
    m_window->openProject(sampleFolder());
    ASSERT_TRUE(projectIsOpen());
    const auto* tabs = m_window->findChild<PageTabs*>();
    ASSERT_EQ(tabs->ids().size(), 3U);
    EXPECT_EQ(tabs->current()->id(), (PageId{PageKind::Runs, {}}));
}

TEST_F(MainWindowStory, aWindowOfAProjectMakesNothingThatItDoesNotShow)
{
    click(named("Open the sample"));
    ASSERT_TRUE(projectIsOpen());
    m_window->close();
    m_window.reset();
    openWindow(sampleFolder());
    ASSERT_TRUE(projectIsOpen());
    ASSERT_TRUE(soon([this] { return m_window->findChild<Verdict*>() != nullptr; }));
    EXPECT_EQ(m_window->findChild<WelcomePage*>(), nullptr);
    EXPECT_EQ(m_window->findChild<Beginning*>(), nullptr);
    EXPECT_EQ(m_window->findChildren<Page*>().size(), 1);
}

TEST_F(MainWindowStory, aWindowOfAFolderThatIsNoProjectSaysSoAndWelcomes)
{
    m_window.reset();
    openWindow(m_home.path());
    ASSERT_TRUE(soon([this] { return m_window->findChild<WelcomePage*>() != nullptr; }));
    EXPECT_TRUE(m_window->findChild<WelcomePage*>()->isVisible());
    EXPECT_TRUE(m_window->findChild<MessageStrip*>()->isVisible());
}

TEST_F(MainWindowStory, aTabOfADefinitionThatWasNeverSavedComesBackInItsPlace)
{
    click(named("Open the sample"));
    ASSERT_TRUE(projectIsOpen());
    press(QKeySequence(Qt::CTRL | Qt::Key_N));
    ASSERT_TRUE(soon([this] { return m_window->findChild<NewDefinitionDialog*>() != nullptr; }));
    auto* const dialog = m_window->findChild<NewDefinitionDialog*>();
    ASSERT_TRUE(soon([dialog] { return dialog->isVisible(); }));
    QTest::keyClick(dialog->focusWidget(), Qt::Key_Return);
    const auto tabs = [this] { return m_window->findChild<PageTabs*>(); };
    ASSERT_TRUE(soon([&] { return tabs()->current()->id().kind == PageKind::Sync; }));
    clickTreeRow(QStringLiteral("Runs"));
    const std::vector<PageId> before = tabs()->ids();
    ASSERT_EQ(before.size(), 3U);
    m_window->close();
    m_window.reset();
    openWindow();
    m_window->openProject(sampleFolder());
    ASSERT_TRUE(projectIsOpen());
    EXPECT_TRUE(soon([&] { return tabs()->ids() == before; }));
    EXPECT_EQ(tabs()->current()->id().kind, PageKind::Runs);
    QPushButton* giveUp = nullptr;
    ASSERT_TRUE(soon([&] {
        for (QPushButton* each : m_window->findChildren<QPushButton*>())
            if (each->isVisible() && each->text() == QStringLiteral("Give them up"))
                giveUp = each;
        return giveUp != nullptr;
    }));
    click(giveUp);
    EXPECT_EQ(tabs()->ids().size(), 2U) << "the page goes with its definition";
}

TEST_F(MainWindowStory, everyRowOfTheTreeOpensAPage)
{
    click(named("Open the sample"));
    ASSERT_TRUE(projectIsOpen());
    clickTreeRow(QStringLiteral("Product views"));
    ASSERT_TRUE(soon([this] {
        const auto* rows = named<QTableView>("Rows");
        return rows != nullptr && rows->model()->rowCount() == 1000;
    })) << troubles();
    clickTreeRow(QStringLiteral("Outdoor shop"));
    ASSERT_TRUE(soon([this] {
        const auto* tables = named<QTreeWidget>("Tables and views");
        return tables != nullptr && tables->topLevelItemCount() > 0;
    })) << troubles();
    click(named<QPushButton>("Test the connection"));
    EXPECT_TRUE(soon([this] {
        const auto* page = m_window->findChild<PageTabs*>()->current();
        const auto* verdict = page->findChild<Verdict*>();
        return verdict != nullptr && verdict->isVisible() && verdict->tone() == Tone::Success;
    })) << troubles();
    auto* tree = named<QTreeWidget>("Project");
    const auto* tabs = m_window->findChild<PageTabs*>();
    const std::size_t before = tabs->ids().size();
    clickTreeRow(tree->topLevelItem(3)->child(0)->text(0));
    EXPECT_EQ(tabs->ids().size(), before + 1);
    EXPECT_EQ(tabs->current()->id().kind, PageKind::Destination);
}

TEST_F(MainWindowStory, coloursOfTheCommandLineAreOfOneStart)
{
    const auto start = [this](std::optional<ColorSchemeChoice> colors) {
        const MainWindow window({{m_clock, m_random, m_secrets},
                                 m_theme,
                                 m_home.filePath(QStringLiteral("window.ini")),
                                 {},
                                 {},
                                 colors});
        return m_theme.choice();
    };
    EXPECT_EQ(start(ColorSchemeChoice::Dark), ColorSchemeChoice::Dark);
    EXPECT_EQ(start(std::nullopt), ColorSchemeChoice::System);
}

TEST_F(MainWindowStory, aStrangersProjectAsksNothingBeforeItIsTrusted)
{
    ASSERT_TRUE(service::initSample(sampleFolder().toStdString(), m_random));
    // The same files under another state are a stranger's.
    qputenv("HEADGATE_STATE_DIR", m_home.filePath(QStringLiteral("elsewhere")).toUtf8());
    m_window->openProject(sampleFolder());
    ASSERT_TRUE(projectIsOpen());
    clickTreeRow(QStringLiteral("Recently viewed"));
    EXPECT_FALSE(named<QPushButton>("Run")->isEnabled());
    QTest::qWait(200);
    EXPECT_EQ(named<QListWidget>("Records")->count(), 0);
    auto* strip = m_window->findChild<MessageStrip*>();
    auto* trust = strip->findChild<QPushButton*>();
    ASSERT_NE(trust, nullptr);
    click(trust);
    EXPECT_TRUE(recordsAreThere()) << troubles();
}

TEST_F(MainWindowStory, aFolderThatIsNoProjectIsSaidSo)
{
    m_chosenFolder = m_home.filePath(QStringLiteral("nothing"));
    ASSERT_TRUE(QDir().mkpath(m_chosenFolder));
    press(QKeySequence(Qt::CTRL | Qt::Key_O));
    auto* strip = m_window->findChild<MessageStrip*>();
    ASSERT_TRUE(soon([strip] { return strip->isVisible(); }));
    EXPECT_EQ(strip->message().tone, Tone::Error);
    EXPECT_FALSE(strip->message().sentence.isEmpty());
    EXPECT_NE(named("Open the sample"), nullptr) << "the way back";
}

TEST_F(MainWindowStory, aNewProjectIsMadeAndOpened)
{
    m_chosenFolder = m_home.filePath(QStringLiteral("mine"));
    press(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N));
    ASSERT_TRUE(projectIsOpen());
    EXPECT_TRUE(QFile::exists(m_chosenFolder + QStringLiteral("/headgate.json")));
    EXPECT_EQ(troubles(), "") << "nobody is asked to trust what they made";
}

} // namespace headgate::ui
