// SPDX-License-Identifier: GPL-3.0-or-later
#include "frame/page_tabs.h"
#include "session/documents.h"
#include "shape/shape_tree.h"
#include "sql/sql_editor.h"
#include "ui/window_story.h"

#include <QDirIterator>
#include <QProcess>
#include <algorithm>
#include <map>

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
                     {path("project"), path("window.ini"), QStringLiteral("place")});
        QByteArray said;
        while (!said.contains('\n') && worker.waitForReadyRead(longest))
            said += worker.readAllStandardOutput();
        QTest::qSleep(mostLost);
        worker.kill();
        worker.waitForFinished(longest);
        return said.mid(6).trimmed().toULongLong();
    }
    struct Typed
    {
        long long letters = 0;
        long long at = 0; ///< ms
    };

    /// Kills who types so long after the first letter. What was typed.
    [[nodiscard]] std::vector<Typed> typeAndKill(int after, int savesAfter)
    {
        QProcess worker;
        worker.start(QStringLiteral(HEADGATE_BINARY_DIR "/bin/window_worker"),
                     {path("project"), path("window.ini"), QString::number(savesAfter)});
        std::vector<Typed> typed;
        if (!worker.waitForStarted(longest) || !worker.waitForReadyRead(longest))
            return typed;
        QTest::qSleep(after);
        worker.kill();
        worker.waitForFinished(longest);
        QList<QByteArray> lines = worker.readAllStandardOutput().split('\n');
        lines.removeLast(); // empty, or cut off
        for (const QByteArray& line : lines) {
            const QList<QByteArray> words = line.split(' ');
            typed.push_back({words.front().toLongLong(), words.back().toLongLong()});
        }
        return typed;
    }

    /// Letters that are there when the project is opened again.
    [[nodiscard]] long long restored()
    {
        service::WorkspaceOptions options;
        options.project = path("project").toStdString();
        ProjectSession session(options, {m_clock, m_random, m_secrets});
        session.open();
        // The status comes after what was not saved.
        if (!soon([&] { return !session.status().empty(); }))
            return 0;
        return lettersIn(session.documents().model("orders")->value().sql);
    }

    [[nodiscard]] static long long lettersIn(const std::string& text)
    {
        return std::count(text.begin(), text.end(), 'x');
    }

    /// What the project's files say, but for the query that is typed in; a file beside them that
    /// was begun and is not theirs does not count.
    [[nodiscard]] std::map<std::string, QByteArray> otherFiles() const
    {
        std::map<std::string, QByteArray> files;
        QDirIterator each(path("project"), QDir::Files | QDir::Hidden,
                          QDirIterator::Subdirectories);
        while (each.hasNext()) {
            QFile file(each.next());
            if (file.fileName().contains(query()))
                continue;
            EXPECT_TRUE(file.open(QIODevice::ReadOnly));
            files[file.fileName().toStdString()] = file.readAll();
        }
        return files;
    }
    [[nodiscard]] static QLatin1String query() { return QLatin1String("models/orders.sql"); }

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

TEST_F(KilledWindow, losesTwoSecondsOfTypingAtMostAndHarmsNoFile)
{
    const int kills = qEnvironmentVariableIsSet("HEADGATE_TEST_DEEP") ? 50 : 4;
    const auto files = otherFiles();
    const QByteArray unchanged = bytesOf("project/models/orders.sql");
    long long mostThatWasLost = 0;
    for (int kill = 0; kill < kills; ++kill) {
        const int after = static_cast<int>(m_random.next() % 3'000);
        const int savesAfter = kill % 2 == 0 ? 0 : 10 + static_cast<int>(m_random.next() % 60);
        const std::vector<Typed> typed = typeAndKill(after, savesAfter);
        ASSERT_FALSE(typed.empty()) << kill;
        const QByteArray saved = bytesOf("project/models/orders.sql");
        const long long inFile = lettersIn(saved.toStdString());
        const QByteArray comment = "-- " + QByteArray(static_cast<int>(inFile), 'x');
        EXPECT_EQ(saved, inFile == 0 ? unchanged : unchanged + comment) << kill;
        const long long kept = restored();
        EXPECT_GE(kept, inFile) << "what was saved is older than what is shown, kill " << kill;
        const auto firstLost = std::find_if(typed.begin(), typed.end(),
                                            [&](const Typed& each) { return each.letters > kept; });
        const long long lost = firstLost == typed.end() ? 0 : typed.back().at - firstLost->at;
        EXPECT_LE(lost, mostLost) << kept << " letters are left, kill " << kill;
        EXPECT_TRUE(otherFiles() == files) << kill;
        mostThatWasLost = std::max(mostThatWasLost, lost);
    }
    RecordProperty("most_lost_ms", std::to_string(mostThatWasLost));
}

} // namespace headgate::ui
