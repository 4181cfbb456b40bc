// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/json_view.h"

#include "fakes/print_to.h"
#include "theme/motion.h"
#include "theme/tokens.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

namespace headgate::ui {
namespace {

std::string manyMembers(int count, int changedOne = -1)
{
    std::string json = "{\"items\":[";
    for (int i = 0; i < count; ++i) {
        json += i == 0 ? "" : ",";
        json += "{\"number\":" + std::to_string(i == changedOne ? -i : i) + "}";
    }
    return json + "]}";
}

class JsonViewTest : public testing::Test
{
protected:
    JsonViewTest()
    {
        m_view.resize(500, 300);
        m_view.show();
        m_view.setFocus();
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(&m_view, key, modifiers);
    }
    [[nodiscard]] QString clipboard() const { return QApplication::clipboard()->text(); }
    [[nodiscard]] std::size_t byteOf(const char* text) const
    {
        return m_view.lines().json().find(text);
    }

    JsonView m_view;
};

TEST_F(JsonViewTest, LaysOutOnlyWhatIsSeen)
{
    m_view.setJson(manyMembers(100000));
    EXPECT_GT(m_view.lines().lines().size(), 300000u);
    m_view.viewport()->grab();
    EXPECT_GT(m_view.laidOut(), 5u);
    EXPECT_LT(m_view.laidOut(), 60u);
    m_view.verticalScrollBar()->setValue(m_view.verticalScrollBar()->maximum());
    m_view.viewport()->grab();
    EXPECT_LT(m_view.laidOut(), 60u);
    EXPECT_GT(m_view.topLine(), 299000u);
}

TEST_F(JsonViewTest, KeysMoveTheCaretAndTellTheByte)
{
    m_view.setJson(R"({"a":1,"b":[2,3]})");
    QSignalSpy moves(&m_view, &JsonView::caretMoved);
    press(Qt::Key_Down);
    EXPECT_EQ(m_view.caretByte(), byteOf("\"a\""));
    press(Qt::Key_Right);
    EXPECT_EQ(m_view.caretByte(), byteOf("\"a\"") + 1);
    press(Qt::Key_End, Qt::ControlModifier);
    EXPECT_EQ(m_view.caretLine(), 6u);
    press(Qt::Key_Home, Qt::ControlModifier);
    EXPECT_EQ(m_view.caretByte(), 0u);
    press(Qt::Key_Up);
    EXPECT_EQ(m_view.caretByte(), 0u);
    EXPECT_GE(moves.count(), 4);
}

TEST_F(JsonViewTest, ScreenReadersHearTheLineOfTheCaret)
{
    m_view.setJson(R"({"email":"zoë@example.com"})");
    EXPECT_FALSE(m_view.accessibleName().isEmpty());
    press(Qt::Key_Down);
    EXPECT_EQ(m_view.accessibleDescription(),
              QStringLiteral("/email: \"email\": \"zoë@example.com\""));
}

TEST_F(JsonViewTest, FoldsByKeyMouseAndCall)
{
    m_view.setJson(R"({"a":[1,2,3],"b":{"c":4}})");
    const std::size_t all = m_view.folds().rowCount();
    press(Qt::Key_Down);
    press(Qt::Key_Minus);
    EXPECT_EQ(m_view.folds().rowCount(), all - 4);
    press(Qt::Key_Plus);
    EXPECT_EQ(m_view.folds().rowCount(), all);
    press(Qt::Key_Return);
    EXPECT_EQ(m_view.folds().rowCount(), all - 4);
    m_view.unfoldAll();
    const int row = m_view.viewport()->fontMetrics().height() + 4;
    QTest::mouseClick(m_view.viewport(), Qt::LeftButton, {}, QPoint(10, row + row / 2));
    EXPECT_EQ(m_view.folds().rowCount(), all - 4);
    m_view.foldAll();
    EXPECT_EQ(m_view.folds().rowCount(), 4u);
    press(Qt::Key_Asterisk);
    EXPECT_EQ(m_view.folds().rowCount(), all);
}

TEST_F(JsonViewTest, FoldingAroundTheCaretTakesItAlong)
{
    m_view.setJson(R"({"a":[1,2,3],"b":4})");
    m_view.showByte(byteOf("2"));
    EXPECT_EQ(m_view.caretLine(), 3u);
    press(Qt::Key_Minus);
    EXPECT_EQ(m_view.caretLine(), 1u);
}

TEST_F(JsonViewTest, ScrollCaretAndFoldsStayWhenThePayloadChanges)
{
    m_view.setJson(manyMembers(500));
    m_view.setFolded(2, true);
    m_view.showByte(byteOf("\"number\":300}"));
    m_view.verticalScrollBar()->setValue(880);
    const QString top = m_view.lines().pointerOf(m_view.topLine());
    const QString caret = m_view.lines().pointerOf(m_view.caretLine());
    std::string grown = manyMembers(520);
    grown.insert(1, "\"before\":[1,2,3,4,5,6,7],");
    m_view.setJson(grown);
    EXPECT_EQ(m_view.lines().pointerOf(m_view.topLine()), top);
    EXPECT_EQ(m_view.lines().pointerOf(m_view.caretLine()), caret);
    EXPECT_TRUE(m_view.folds().isFolded(11));
}

TEST_F(JsonViewTest, ScrollsToTheNearestContainerOfWhatIsGone)
{
    m_view.setJson(R"({"head":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20],"tail":)" +
                   manyMembers(50) + "}");
    m_view.showByte(byteOf("\"number\":40}"));
    m_view.verticalScrollBar()->setValue(80);
    m_view.setJson(R"({"head":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20],"tail":)" +
                   manyMembers(10) + "}");
    EXPECT_GT(m_view.verticalScrollBar()->value(), 0);
}

TEST_F(JsonViewTest, ChangedLinesFlashOnce)
{
    m_view.setJson(manyMembers(10));
    const std::size_t line = m_view.lines().lineOfByte(byteOf("\"number\":4}"));
    EXPECT_FALSE(m_view.isFlashing(line));
    m_view.setJson(manyMembers(10, 4));
    EXPECT_TRUE(m_view.isFlashing(line));
    EXPECT_FALSE(m_view.isFlashing(line + 3));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !m_view.isFlashing(line); }, 20000));
    m_view.setJson(manyMembers(10, 5), JsonChange::Other);
    EXPECT_FALSE(m_view.isFlashing(line));
}

TEST_F(JsonViewTest, AChangeInsideAFoldFlashesTheFold)
{
    m_view.setJson(manyMembers(10));
    m_view.setFolded(1, true);
    m_view.setJson(manyMembers(10, 4));
    EXPECT_TRUE(m_view.isFlashing(1));
}

TEST_F(JsonViewTest, NothingFlashesWithReducedMotion)
{
    setReducedMotion(true);
    m_view.setJson(manyMembers(10));
    m_view.setJson(manyMembers(10, 4));
    for (std::size_t line = 0; line < m_view.lines().lines().size(); ++line)
        EXPECT_FALSE(m_view.isFlashing(line));
    setReducedMotion(false);
}

/// Beside the view is what the user works in.
class JsonViewBesideTest : public testing::Test
{
protected:
    JsonViewBesideTest()
    {
        m_view->setGeometry(0, 0, 400, 300);
        m_other->setGeometry(400, 0, 100, 30);
        m_window.resize(500, 300);
        m_window.show();
        m_other->setFocus();
        m_view->setJson(manyMembers(100));
    }
    void addAtTheEnd()
    {
        std::string json = m_view->lines().json();
        json.insert(json.size() - 1, ",\"last\":[1,2]");
        m_view->setJson(json);
    }
    [[nodiscard]] bool isSeen(const char* text) const
    {
        const std::size_t line = m_view->lines().lineOfByte(m_view->lines().json().find(text));
        const std::size_t row = m_view->folds().rowOfLine(line);
        const std::size_t top = m_view->folds().rowOfLine(m_view->topLine());
        const auto page = static_cast<std::size_t>(m_view->verticalScrollBar()->pageStep());
        return row >= top && row < top + page;
    }

    QWidget m_window;
    JsonView* m_view = new JsonView(&m_window);
    QLineEdit* m_other = new QLineEdit(&m_window);
};

TEST_F(JsonViewBesideTest, ScrollsToAChangeThatIsOutOfSight)
{
    ASSERT_FALSE(isSeen("\"number\":99}"));
    addAtTheEnd();
    EXPECT_TRUE(isSeen("\"last\""));
    EXPECT_TRUE(isSeen("2]}"));
    std::string json = m_view->lines().json();
    json.replace(json.find("\"number\":50}"), 11, "\"number\":51");
    m_view->setJson(json);
    EXPECT_TRUE(isSeen("\"number\":51}"));
}

TEST_F(JsonViewBesideTest, ScrollsToAChangeWithReducedMotionToo)
{
    setReducedMotion(true);
    addAtTheEnd();
    setReducedMotion(false);
    EXPECT_TRUE(isSeen("\"last\""));
}

TEST_F(JsonViewBesideTest, StaysWhereOneChangeIsSeen)
{
    m_view->verticalScrollBar()->setValue(20);
    std::string json = manyMembers(100, 90);
    json.replace(json.find("\"number\":8}"), 10, "\"number\":-8");
    m_view->setJson(json);
    EXPECT_EQ(m_view->verticalScrollBar()->value(), 20);
}

TEST_F(JsonViewBesideTest, StaysForAnotherRecord)
{
    m_view->setJson(manyMembers(100, 90), JsonChange::Other);
    EXPECT_EQ(m_view->verticalScrollBar()->value(), 0);
}

TEST_F(JsonViewBesideTest, StaysWhileTheCaretIsInIt)
{
    m_view->setFocus();
    addAtTheEnd();
    EXPECT_EQ(m_view->verticalScrollBar()->value(), 0);
}

TEST_F(JsonViewBesideTest, StaysWhileTheUserScrolls)
{
    m_view->verticalScrollBar()->setSliderDown(true);
    addAtTheEnd();
    EXPECT_EQ(m_view->verticalScrollBar()->value(), 0);
    m_view->verticalScrollBar()->setSliderDown(false);
    m_view->setJson(manyMembers(100));

    m_view->verticalScrollBar()->triggerAction(QAbstractSlider::SliderSingleStepAdd);
    addAtTheEnd();
    EXPECT_EQ(m_view->verticalScrollBar()->value(), 1);
    m_view->setJson(manyMembers(100));
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(m_view, &leave);
    addAtTheEnd();
    EXPECT_TRUE(isSeen("\"last\""));
}

TEST_F(JsonViewTest, FindsInEveryLineAndRevealsIt)
{
    m_view.setJson(R"({"a":["Lamp","lamp"],"b":{"c":"LAMPS"},"d":"zoë"})");
    m_view.foldAll();
    EXPECT_EQ(m_view.find(QStringLiteral("lamp")), 3u);
    EXPECT_EQ(m_view.caretByte(), byteOf("Lamp"));
    EXPECT_TRUE(m_view.folds().isSeen(m_view.caretLine()));
    m_view.findNext();
    EXPECT_EQ(m_view.caretByte(), byteOf("lamp"));
    press(Qt::Key_F3);
    EXPECT_EQ(m_view.caretByte(), byteOf("LAMPS"));
    m_view.findNext();
    EXPECT_EQ(m_view.caretByte(), byteOf("Lamp"));
    m_view.findPrevious();
    EXPECT_EQ(m_view.caretByte(), byteOf("LAMPS"));
    EXPECT_EQ(m_view.find(QStringLiteral("zoë")), 1u);
    EXPECT_EQ(m_view.find(QStringLiteral("nowhere")), 0u);
    EXPECT_EQ(m_view.find({}), 0u);
    m_view.findNext();
}

TEST_F(JsonViewTest, CopiesWhatIsSelected)
{
    m_view.setJson(R"({"a":[1,2],"b":"x"})");
    m_view.selectAll();
    press(Qt::Key_C, Qt::ControlModifier);
    EXPECT_EQ(clipboard(), QStringLiteral("{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": \"x\"\n}"));
    m_view.setFolded(1, true);
    m_view.selectAll();
    m_view.copy();
    EXPECT_EQ(clipboard(), QStringLiteral("{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": \"x\"\n}"))
        << "what is folded belongs to it";
}

TEST_F(JsonViewTest, CopiesPartOfALineValueAndPath)
{
    m_view.setJson(R"({"a":{"b":[10,20]}})");
    m_view.showByte(byteOf("20"));
    press(Qt::Key_Right, Qt::ShiftModifier);
    EXPECT_EQ(m_view.selectedText(), QStringLiteral("2"));
    m_view.copyPointer();
    EXPECT_EQ(clipboard(), QStringLiteral("/a/b/1"));
    press(Qt::Key_Up);
    press(Qt::Key_Up);
    m_view.copyValue();
    EXPECT_EQ(clipboard(), QStringLiteral("[10,20]"));
}

TEST_F(JsonViewTest, ThePointerTellsTheByteUnderIt)
{
    m_view.setJson(R"({"price":39.90})");
    QSignalSpy hovers(&m_view, &JsonView::hovered);
    QSignalSpy activations(&m_view, &JsonView::activated);
    const QFontMetrics metrics = m_view.viewport()->fontMetrics();
    const int step = metrics.horizontalAdvance(QLatin1Char('0'));
    const QPoint at(22 + 2 * step + 9 * step + step / 2, (metrics.height() + 4) * 3 / 2);
    QTest::mouseMove(m_view.viewport(), at);
    QMouseEvent move(QEvent::MouseMove, at, m_view.viewport()->mapToGlobal(at), Qt::NoButton,
                     Qt::NoButton, {});
    QApplication::sendEvent(m_view.viewport(), &move);
    ASSERT_GE(hovers.count(), 1);
    EXPECT_EQ(hovers.last().at(0).toLongLong(), static_cast<qint64>(byteOf("39.90")));
    QTest::mouseClick(m_view.viewport(), Qt::LeftButton, Qt::ControlModifier, at);
    ASSERT_EQ(activations.count(), 1);
    EXPECT_EQ(activations.at(0).at(0).toLongLong(), static_cast<qint64>(byteOf("39.90")));
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(m_view.viewport(), &leave);
    EXPECT_EQ(hovers.last().at(0).toLongLong(), -1);
}

TEST_F(JsonViewTest, MarksAreSeen)
{
    m_view.setJson(R"({"price":39.90,"name":"Lamp"})");
    m_view.clearFocus();
    const auto has = [this](const QColor& color) {
        const QImage image = m_view.viewport()->grab().toImage();
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                if (image.pixelColor(x, y) == color)
                    return true;
            }
        }
        return false;
    };
    const Tokens& t = tokens(&m_view);
    EXPECT_FALSE(has(t.link(3).line));
    m_view.setMarks({{byteOf("39.90"), byteOf("39.90") + 5, 3, false}});
    EXPECT_TRUE(has(t.link(3).line));
    EXPECT_FALSE(has(t.link(3).fill));
    m_view.setMarks({{byteOf("39.90"), byteOf("39.90") + 5, 3, true}});
    EXPECT_TRUE(has(t.link(3).fill));
    m_view.setMarks({{5000, 6000, 3, true}});
    EXPECT_FALSE(has(t.link(3).line));
}

TEST_F(JsonViewTest, AnEmptyOneTakesEveryCall)
{
    m_view.showByte(3);
    m_view.selectAll();
    m_view.copy();
    m_view.copyValue();
    m_view.copyPointer();
    m_view.foldAll();
    m_view.unfoldAll();
    m_view.findNext();
    EXPECT_EQ(m_view.find(QStringLiteral("x")), 0u);
    for (const Qt::Key key : {Qt::Key_Up, Qt::Key_Down, Qt::Key_Home, Qt::Key_End, Qt::Key_Minus,
                              Qt::Key_Return, Qt::Key_PageDown, Qt::Key_Left})
        press(key);
    QTest::mouseClick(m_view.viewport(), Qt::LeftButton);
    m_view.viewport()->grab();
    EXPECT_TRUE(m_view.selectedText().isEmpty());
    EXPECT_EQ(m_view.caretByte(), 0u);
    m_view.setJson("{\"a\":1}");
    m_view.setJson("");
    m_view.viewport()->grab();
    EXPECT_EQ(m_view.caretByte(), 0u);
}

} // namespace
} // namespace headgate::ui
