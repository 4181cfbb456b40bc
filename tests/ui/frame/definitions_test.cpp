// SPDX-License-Identifier: GPL-3.0-or-later
#include "frame/page_tabs.h"
#include "ui/window_story.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QSplitter>

namespace headgate::ui {

namespace {

/// The sample, and what is done to its definitions from the tree, the menus and the palette.
class DefinitionsStory : public WindowStory
{
protected:
    DefinitionsStory()
    {
        EXPECT_TRUE(service::initSample(path("sample").toStdString(), m_random));
        openSample();
    }

    void openSample()
    {
        m_window->openProject(path("sample"));
        EXPECT_TRUE(soon([this] { return named<QTreeWidget>("Project") != nullptr; }));
    }

    [[nodiscard]] QTreeWidgetItem* row(const char* text) const
    {
        const auto rows = named<QTreeWidget>("Project")->findItems(
            QLatin1String(text), Qt::MatchStartsWith | Qt::MatchRecursive);
        return rows.size() == 1 ? rows.front() : nullptr;
    }

    /// By the mouse's right button.
    [[nodiscard]] QMenu* menuOf(const char* text)
    {
        activate();
        auto* const tree = named<QTreeWidget>("Project");
        const QPoint at = tree->visualItemRect(row(text)).center();
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, tree->viewport()->mapToGlobal(at));
        QApplication::sendEvent(tree->viewport(), &event);
        QMenu* menu = nullptr;
        EXPECT_TRUE(
            soon([&] { return (menu = qobject_cast<QMenu*>(QApplication::activePopupWidget())); }));
        return menu;
    }

    static void choose(QMenu* menu, const QString& beginning)
    {
        for (QAction* const action : menu->actions())
            if (QString(action->text()).remove(QLatin1Char('&')).startsWith(beginning)) {
                ASSERT_TRUE(action->isEnabled()) << beginning.toStdString();
                return QTest::mouseClick(menu, Qt::LeftButton, {},
                                         menu->actionGeometry(action).center());
            }
        FAIL() << beginning.toStdString() << " is not in the menu";
    }

    [[nodiscard]] bool hasFile(const char* file) const { return QFileInfo::exists(path(file)); }
    [[nodiscard]] QString textOf(const char* label) const
    {
        const auto* const found = named<QLabel>(label);
        return found != nullptr ? found->text() : QString();
    }
};

} // namespace

TEST_F(DefinitionsStory, aSyncIsDuplicatedFromTheTree)
{
    choose(menuOf("Recently viewed"), QStringLiteral("Duplicate Recently viewed"));
    ASSERT_TRUE(soon([this] { return row("Copy of Recently viewed") != nullptr; })) << troubles();
    const auto* const tabs = m_window->findChild<PageTabs*>();
    EXPECT_EQ(tabs->current()->id(), (PageId{PageKind::Sync, "copy-of-recently-viewed"}));
    press(QKeySequence::Save);
    ASSERT_TRUE(soon([this] { return hasFile("sample/syncs/copy-of-recently-viewed.json"); }))
        << troubles();
    const QByteArray copy = bytesOf("sample/syncs/copy-of-recently-viewed.json");
    const QByteArray original = bytesOf("sample/syncs/recently-viewed.json");
    const auto idOf = [](const QByteArray& file) {
        return QString::fromUtf8(file).section(QLatin1String("\"id\": \""), 1, 1).left(16);
    };
    EXPECT_EQ(idOf(copy).size(), 16);
    EXPECT_NE(idOf(copy), idOf(original)) << "two syncs must not share what was delivered";
}

TEST_F(DefinitionsStory, aSyncIsDeletedAfterAQuestion)
{
    clickTreeRow("Recently viewed");
    auto* const tabs = m_window->findChild<PageTabs*>();
    ASSERT_TRUE(soon([&] { return tabs->count() == 2; }));

    choose(menuOf("Recently viewed"), QStringLiteral("Delete Recently viewed..."));
    ASSERT_TRUE(soon([this] { return m_window->findChild<QMessageBox*>() != nullptr; }));
    QTest::keyClick(m_window->findChild<QMessageBox*>(), Qt::Key_Escape);
    ASSERT_TRUE(soon([this] { return m_window->findChild<QMessageBox*>() == nullptr; }));
    EXPECT_TRUE(hasFile("sample/syncs/recently-viewed.json")) << "Escape deletes nothing";

    choose(menuOf("Recently viewed"), QStringLiteral("Delete Recently viewed..."));
    ASSERT_TRUE(soon([this] { return named("Delete it") != nullptr; }));
    EXPECT_TRUE(m_window->findChild<QMessageBox*>()->informativeText().contains(
        QStringLiteral("Records stay in the destination")));
    click("Delete it");
    ASSERT_TRUE(soon([this] { return !hasFile("sample/syncs/recently-viewed.json"); }))
        << troubles();
    ASSERT_TRUE(soon([this] { return row("Recently viewed") == nullptr; }));
    EXPECT_EQ(tabs->count(), 1) << "its page is closed";
    EXPECT_TRUE(hasFile("sample/syncs/orders.json")) << "others stay";
}

TEST_F(DefinitionsStory, whatOthersUseIsNotDeleted)
{
    choose(menuOf("Product views"), QStringLiteral("Delete Product views..."));
    ASSERT_TRUE(soon([this] {
        return troubles().find("Product views is used by Recently viewed.") != std::string::npos;
    })) << troubles();
    EXPECT_EQ(m_window->findChild<QMessageBox*>(), nullptr);
    EXPECT_TRUE(hasFile("sample/models/product-views.json"));
}

TEST_F(DefinitionsStory, aMenuOfTheTreeMeansItsRowAndNotThePageInFront)
{
    clickTreeRow("Orders (yours to shape)");
    choose(menuOf("Recently viewed"), QStringLiteral("Edit the shape"));
    const auto* const tabs = m_window->findChild<PageTabs*>();
    ASSERT_TRUE(soon([&] {
        return tabs->current()->id() == PageId{PageKind::Shape, "recently-viewed"};
    }));
    QTest::qWait(0);
    const auto* const menuBar = m_window->menuBar();
    for (const QAction* const top : menuBar->actions())
        for (const QAction* const action : top->menu()->actions())
            if (action->objectName() == QLatin1String("definition.duplicate")) {
                EXPECT_EQ(QString(action->text()).remove(QLatin1Char('&')),
                          QStringLiteral("Duplicate Recently viewed"));
            }
}

TEST_F(DefinitionsStory, theStatusBarSaysHowTheSourceAnswers)
{
    EXPECT_EQ(textOf("State of the source"), QString()) << "the overview reads none";
    clickTreeRow("Orders");
    ASSERT_TRUE(soon([this] {
        return textOf("State of the source") == QStringLiteral("Outdoor shop answers");
    })) << textOf("State of the source").toStdString();

    ASSERT_TRUE(QFile::rename(path("sample/warehouse.sqlite"), path("away.sqlite")));
    press(QKeySequence(Qt::Key_F5));
    ASSERT_TRUE(soon([this] {
        return textOf("State of the source") == QStringLiteral("Outdoor shop does not answer");
    })) << textOf("State of the source").toStdString()
        << troubles();
    EXPECT_FALSE(named<QLabel>("State of the source")->toolTip().isEmpty());
}

TEST_F(DefinitionsStory, theMenuOfThePageHasWhatThePageCanDo)
{
    const auto pageMenu = [this]() -> QMenu* {
        for (const QAction* const top : m_window->menuBar()->actions())
            if (QString(top->text()).remove(QLatin1Char('&')) == QLatin1String("Page"))
                return top->menu();
        return nullptr;
    };
    const auto texts = [&] {
        Q_EMIT pageMenu()->aboutToShow();
        QStringList all;
        for (const QAction* const action : pageMenu()->actions())
            if (!action->isSeparator())
                all.append(QString(action->text()).remove(QLatin1Char('&')));
        return all;
    };
    ASSERT_NE(pageMenu(), nullptr);
    clickTreeRow("Recently viewed");
    EXPECT_EQ(texts(), (QStringList{QStringLiteral("Refresh"), QStringLiteral("Test a row"),
                                    QStringLiteral("Push records")}));
    clickTreeRow("Outdoor shop");
    const QStringList ofSource{QStringLiteral("Refresh"), QStringLiteral("Test the connection")};
    EXPECT_EQ(texts(), ofSource);
    EXPECT_EQ(texts(), ofSource) << "opened again, it has each once";
}

TEST_F(DefinitionsStory, theSizesOfPanesComeBack)
{
    clickTreeRow("Recently viewed");
    const auto panes = [this] {
        return m_window->findChild<QSplitter*>(QStringLiteral("sync.records"));
    };
    ASSERT_TRUE(soon([&] { return panes() != nullptr && panes()->isVisible(); }));
    QTest::qWait(0);
    QWidget* const handle = panes()->handle(1);
    const int before = panes()->sizes().front();
    QTest::mousePress(handle, Qt::LeftButton, {}, handle->rect().center());
    QTest::mouseMove(handle, handle->rect().center() + QPoint(90, 0));
    QTest::mouseRelease(handle, Qt::LeftButton, {}, handle->rect().center());
    const int moved = panes()->sizes().front();
    ASSERT_GT(moved, before);

    press(QKeySequence(Qt::CTRL | Qt::Key_W));
    ASSERT_TRUE(soon([&] { return panes() == nullptr; }));
    clickTreeRow("Recently viewed");
    ASSERT_TRUE(soon([&] {
        return panes() != nullptr && panes()->isVisible() && panes()->sizes().front() == moved;
    })) << (panes() != nullptr ? panes()->sizes().front() : -1);
}

} // namespace headgate::ui
