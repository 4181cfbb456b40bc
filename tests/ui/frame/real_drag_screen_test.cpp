// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/story_hands.h"
#include "ui/window_story.h"
#include "widgets/json_view.h"

#include <QProcess>
#include <QTimer>
#include <QTreeView>

namespace headgate::ui {

namespace {

/// The mouse of the screen itself: what it does comes to the window by the X server.
class ScreenMouse
{
public:
    ScreenMouse& to(const QPoint& global)
    {
        m_steps << QStringLiteral("mousemove") << QString::number(global.x())
                << QString::number(global.y()) << QStringLiteral("sleep") << QStringLiteral("0.05");
        return *this;
    }
    ScreenMouse& press()
    {
        m_steps << QStringLiteral("mousedown") << QStringLiteral("1");
        return *this;
    }
    ScreenMouse& release()
    {
        m_steps << QStringLiteral("mouseup") << QStringLiteral("1");
        return *this;
    }
    /// Returns at once: the window has to work while the mouse moves.
    void start()
    {
        m_process.start(QStringLiteral("xdotool"), std::exchange(m_steps, {}));
        ASSERT_TRUE(m_process.waitForStarted()) << "xdotool is not installed";
    }
    [[nodiscard]] bool isDone() const { return m_process.state() == QProcess::NotRunning; }

private:
    QProcess m_process;
    QStringList m_steps;
};

} // namespace

using RealDragStory = WindowStory;

TEST_F(RealDragStory, aColumnIsSeenInThePayloadWhileItHoversAndStaysWhereItIsDropped)
{
    ASSERT_EQ(QGuiApplication::platformName(), QStringLiteral("xcb"));
    StoryHands hands(*m_window, [this] { return troubles(); });
    hands.click(QStringLiteral("Open the sample"));
    hands.click(QStringLiteral("Group them"));
    auto* const columns = hands.see<QTreeView>(QStringLiteral("Columns"));
    auto* const tree = hands.see<QTreeView>(QStringLiteral("Payload tree"));
    QModelIndex column;
    hands.await(QStringLiteral("status"), [&] {
        return (column = StoryHands::rowOf(columns, QStringLiteral("status"))).isValid();
    });
    const auto* const payload = hands.see<JsonView>(QStringLiteral("Payload"));
    const auto shows = [payload](const char* text) {
        return payload->lines().json().find(text) != std::string::npos;
    };
    auto* const undo = m_window->findChild<QAction*>(QStringLiteral("edit.undo"));
    ASSERT_NE(undo, nullptr);

    const QPoint from = columns->viewport()->mapToGlobal(columns->visualRect(column).center());
    const QPoint onto =
        tree->viewport()->mapToGlobal(tree->visualRect(tree->model()->index(0, 0)).center());
    ScreenMouse mouse;
    mouse.to(from).press().to(from + QPoint(8, 4)).to(from + QPoint(24, 8));
    mouse.to((from + onto) / 2).to(onto - QPoint(3, 0)).to(onto).start();

    bool seenBefore = false;
    bool released = false;
    QElapsedTimer since;
    since.start();
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &look, [&] {
        if (released || !mouse.isDone() || (!shows("\"status\":") && since.elapsed() < longest))
            return;
        released = true;
        seenBefore = shows("\"status\":") && !undo->isEnabled();
        mouse.release().start();
    });
    look.start(20);
    hands.await(QStringLiteral("The drop"), [&] { return released && undo->isEnabled(); });
    EXPECT_TRUE(seenBefore);
    EXPECT_EQ(undo->text(), QStringLiteral("&Undo: Add status"));
    hands.await(QStringLiteral("The field"), [&] { return shows("\"status\":"); });
}

} // namespace headgate::ui
