// SPDX-License-Identifier: GPL-3.0-or-later
#include "frame/page_tabs.h"
#include "shape/shape_tree.h"
#include "sql/sql_editor.h"
#include "ui/window_story.h"

#include <QProcess>

namespace headgate::ui {

namespace {

constexpr int mostLost = 2'000; ///< ms of what a user did

class KilledWindow : public WindowStory
{
protected:
    KilledWindow() { EXPECT_TRUE(service::initSample(path("project").toStdString(), m_random)); }

    /// The caret, as the worker said it before it was killed.
    [[nodiscard]] std::size_t workAndKill()
    {
        QProcess worker;
        worker.start(QStringLiteral(HEADGATE_BINARY_DIR "/bin/window_worker"),
                     {path("project"), path("window.ini")});
        QByteArray said;
        while (!said.contains('\n') && worker.waitForReadyRead(longest))
            said += worker.readAllStandardOutput();
        QTest::qSleep(mostLost);
        worker.kill();
        worker.waitForFinished(longest);
        return said.mid(6).trimmed().toULongLong();
    }
    void openAgain()
    {
        m_window = std::make_unique<MainWindow>(
            WindowSurroundings{{m_clock, m_random, m_secrets},
                               m_theme,
                               path("window.ini"),
                               [](QWidget*, const QString&) { return QString(); },
                               path("sample")});
        m_window->show();
        m_window->openProject(path("project"));
    }
};

} // namespace

TEST_F(KilledWindow, textCaretAndChosenNodeComeBack)
{
    const std::size_t caret = workAndKill();
    ASSERT_GT(caret, 7U);
    openAgain();
    ASSERT_TRUE(soon([this] { return m_window->findChild<SqlEditor*>() != nullptr; }));
    auto* const editor = m_window->findChild<SqlEditor*>();
    EXPECT_TRUE(soon([&] { return editor->sql().find("/* typed */") != std::string::npos; }));
    EXPECT_TRUE(soon([&] { return editor->caret() == caret; }))
        << editor->caret() << " is not " << caret;
    auto* const tree = m_window->findChild<ShapeTree*>();
    ASSERT_NE(tree, nullptr);
    EXPECT_EQ(tree->currentNode(), tree->shapeModel()->shape().root.children.back().id);
}

TEST_F(KilledWindow, aPlaceThatIsNoLongerThereIsNoHindrance)
{
    {
        WindowMemory memory(path("window.ini"));
        const QString project = [this] {
            service::WorkspaceOptions options;
            options.project = path("project").toStdString();
            auto opened = service::Workspace::open(options, {m_clock, m_random, m_secrets});
            return QString::fromStdString((*opened)->project().id);
        }();
        memory.setTabs(project,
                       {{{PageKind::Model, "orders"}, {PageKind::Shape, "recently-viewed"}}, 0});
        memory.setPlace(project, {PageKind::Model, "orders"}, QStringLiteral("999999999"));
        memory.setPlace(project, {PageKind::Shape, "recently-viewed"}, QStringLiteral("/gone/*"));
    }
    openAgain();
    ASSERT_TRUE(soon([this] { return m_window->findChild<SqlEditor*>() != nullptr; }));
    auto* const editor = m_window->findChild<SqlEditor*>();
    EXPECT_EQ(editor->caret(), editor->sql().size());
    EXPECT_NE(m_window->findChild<ShapeTree*>(), nullptr);
}

} // namespace headgate::ui
