// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/sql_editor.h"

#include "sql/sql_lexer.h"
#include "sql/sql_popup.h"
#include "theme/theme.h"

#include <QApplication>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>
#include <gtest/gtest.h>

namespace headgate::ui {
namespace {

constexpr int longest = 10'000;

/// An editor between two lines to type in.
class SqlEditorTest : public testing::Test
{
protected:
    SqlEditorTest()
    {
        auto* layout = new QVBoxLayout(&m_window);
        layout->addWidget(m_before);
        layout->addWidget(m_editor);
        layout->addWidget(m_after);
        m_editor->setDialect(SqlDialect::ofWarehouse("postgresql"));
        m_editor->setCatalog(std::make_shared<SqlCatalog>(SqlCatalog{
            {{"public", "orders", "table",
              std::vector<data::Column>{{"id", data::ValueKind::Integer, "int8", ""},
                                        {"customer_id", data::ValueKind::Integer, "int8", ""}}},
             {"public", "order_lines", "table", std::nullopt}}}));
        m_window.resize(600, 400);
        m_window.show();
        EXPECT_TRUE(QTest::qWaitForWindowActive(&m_window));
        m_editor->setFocus();
    }

    void type(const char* keys) { QTest::keyClicks(focus(), QLatin1String(keys)); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(focus(), key, modifiers);
    }
    /// Where a key goes: to an open list first.
    [[nodiscard]] QWidget* focus() const
    {
        QWidget* popup = QApplication::activePopupWidget();
        return popup ? popup : m_editor;
    }
    [[nodiscard]] bool listOpens()
    {
        return QTest::qWaitFor([this] { return m_editor->popup()->isOpen(); }, longest);
    }
    [[nodiscard]] long at(unsigned message, unsigned long position) const
    {
        return m_editor->SendScintilla(message, position);
    }

    QWidget m_window;
    QLineEdit* m_before = new QLineEdit;
    SqlEditor* m_editor = new SqlEditor;
    QLineEdit* m_after = new QLineEdit;
};

TEST_F(SqlEditorTest, KeepsEveryByteAndTellsWhatTheUserTypes)
{
    const QSignalSpy edits(m_editor, &SqlEditor::edited);
    const std::string sql = "select 'größe € \xF0\x9F\x98\x80'\r\n\tfrom t";
    m_editor->setSql(sql);
    EXPECT_EQ(m_editor->sql(), sql);
    EXPECT_EQ(edits.count(), 0);
    m_editor->setCaret(sql.size());
    type("x");
    EXPECT_EQ(m_editor->sql(), sql + "x");
    EXPECT_EQ(edits.count(), 1);
}

TEST_F(SqlEditorTest, ANewTextReplacesOnlyWhatDiffers)
{
    m_editor->setSql("select a from t");
    m_editor->setCaret(15);
    m_editor->setSql("select a, bb from t");
    EXPECT_EQ(m_editor->sql(), "select a, bb from t");
    EXPECT_EQ(m_editor->caret(), 19U);
    m_editor->setSql("select ä from t");
    m_editor->setSql("select ö from t");
    EXPECT_EQ(m_editor->sql(), "select ö from t");
}

TEST_F(SqlEditorTest, UndoIsLeftToTheDocument)
{
    type("abc");
    press(Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(m_editor->sql(), "abc");
    EXPECT_EQ(at(QsciScintillaBase::SCI_CANUNDO, 0), 0);
}

TEST_F(SqlEditorTest, ControlEnterAsksToRunAndTypesNothing)
{
    const QSignalSpy runs(m_editor, &SqlEditor::runWanted);
    m_editor->setSql("select 1");
    press(Qt::Key_Return, Qt::ControlModifier);
    EXPECT_EQ(runs.count(), 1);
    EXPECT_EQ(m_editor->sql(), "select 1");
}

TEST_F(SqlEditorTest, TabIndentsAndEscapeLetsItLeave)
{
    press(Qt::Key_Tab);
    EXPECT_EQ(m_editor->sql(), "    ");
    press(Qt::Key_Backtab, Qt::ShiftModifier);
    EXPECT_EQ(m_editor->sql(), "");
    press(Qt::Key_Escape);
    press(Qt::Key_Tab);
    EXPECT_TRUE(m_after->hasFocus());
    m_editor->setFocus();
    press(Qt::Key_Escape);
    press(Qt::Key_Backtab, Qt::ShiftModifier);
    EXPECT_TRUE(m_before->hasFocus());
    EXPECT_EQ(m_editor->sql(), "");
}

TEST_F(SqlEditorTest, TypingBehindAnAliasOffersColumns)
{
    m_editor->setSql("select o from orders o");
    m_editor->setCaret(8);
    type(".");
    ASSERT_TRUE(listOpens());
    press(Qt::Key_Down);
    press(Qt::Key_Return);
    EXPECT_EQ(m_editor->sql(), "select o.customer_id from orders o");
    EXPECT_FALSE(m_editor->popup()->isOpen());
    EXPECT_EQ(m_editor->caret(), 20U);
}

TEST_F(SqlEditorTest, TheListNarrowsAndEscapeClosesIt)
{
    type("select * from ord");
    ASSERT_TRUE(listOpens());
    EXPECT_EQ(m_editor->popup()->current()->text, "orders");
    type("er_");
    ASSERT_TRUE(QTest::qWaitFor(
        [this] {
            const SqlSuggestion* current = m_editor->popup()->current();
            return current && current->text == "order_lines";
        },
        longest));
    press(Qt::Key_Escape);
    EXPECT_FALSE(m_editor->popup()->isOpen());
    EXPECT_EQ(m_editor->sql(), "select * from order_");
}

TEST_F(SqlEditorTest, ControlSpaceOffersAndTabTakes)
{
    type("select * from ");
    press(Qt::Key_Space, Qt::ControlModifier);
    ASSERT_TRUE(listOpens());
    press(Qt::Key_Tab);
    EXPECT_EQ(m_editor->sql(), "select * from orders");
}

TEST_F(SqlEditorTest, AWordThatIsTypedOutDoesNotTakeEnter)
{
    type("select id from orders");
    QCoreApplication::processEvents();
    press(Qt::Key_Return);
    EXPECT_EQ(m_editor->sql(), "select id from orders\n");
}

TEST_F(SqlEditorTest, AsksForColumnsThatItDoesNotKnow)
{
    QSignalSpy wanted(m_editor, &SqlEditor::columnsWanted);
    m_editor->setSql("select l from order_lines l");
    m_editor->setCaret(8);
    type(".");
    ASSERT_TRUE(QTest::qWaitFor([&] { return wanted.count() > 0; }, longest));
    EXPECT_EQ(wanted.at(0).at(0).value<std::vector<SqlTable>>().front().name, "order_lines");
}

TEST_F(SqlEditorTest, AProblemIsMarkedAtItsPlaceUntilTheTextChanges)
{
    m_editor->setSql("select a,\n  größe, nonsense\nfrom t");
    m_editor->showProblem({2, 10}, QStringLiteral("No such column."));
    const std::size_t begin = m_editor->sql().find("nonsense");
    ASSERT_TRUE(m_editor->problem());
    EXPECT_EQ(*m_editor->problem(), (SqlRange{begin, begin + 8}));
    EXPECT_EQ(m_editor->caret(), begin);
    EXPECT_NE(at(QsciScintillaBase::SCI_MARKERGET, 1), 0);
    type("x");
    EXPECT_FALSE(m_editor->problem());
    EXPECT_EQ(at(QsciScintillaBase::SCI_MARKERGET, 1), 0);
}

TEST_F(SqlEditorTest, AProblemOutsideTheTextIsAtItsEnd)
{
    m_editor->setSql("select");
    for (const TextPlace& place : {TextPlace{1, 7}, TextPlace{9, 9}, TextPlace{1, 0}}) {
        m_editor->showProblem(place, QStringLiteral("?"));
        ASSERT_TRUE(m_editor->problem());
        EXPECT_LE(m_editor->problem()->end, 6U);
        EXPECT_LT(m_editor->problem()->begin, m_editor->problem()->end);
    }
    m_editor->setSql("");
    m_editor->showProblem({1, 1}, QStringLiteral("?"));
}

TEST_F(SqlEditorTest, LinesBecomeCommentsAndBack)
{
    m_editor->setSql("select a,\n  b\nfrom t");
    m_editor->setSelection(0, 2, 1, 3);
    press(Qt::Key_Slash, Qt::ControlModifier);
    EXPECT_EQ(m_editor->sql(), "-- select a,\n  -- b\nfrom t");
    press(Qt::Key_Slash, Qt::ControlModifier);
    EXPECT_EQ(m_editor->sql(), "select a,\n  b\nfrom t");
}

TEST_F(SqlEditorTest, ColoursFollowTheTheme)
{
    m_editor->setSql("select 'x' -- c");
    const auto styleAt = [this](unsigned long position) {
        m_editor->SendScintilla(QsciScintillaBase::SCI_COLOURISE, 0, -1);
        return at(QsciScintillaBase::SCI_GETSTYLEAT, position);
    };
    EXPECT_EQ(styleAt(1), SqlLexer::Keyword);
    EXPECT_EQ(styleAt(8), SqlLexer::Text);
    EXPECT_EQ(styleAt(12), SqlLexer::Comment);
    for (const Tokens* wanted : {&darkTokens(), &lightTokens()}) {
        m_editor->setPalette(paletteOf(*wanted));
        EXPECT_EQ(m_editor->lexer()->color(SqlLexer::Keyword), wanted->code.keyword);
        EXPECT_EQ(m_editor->lexer()->paper(SqlLexer::Plain), wanted->surface);
        const QImage image = m_editor->viewport()->grab().toImage();
        EXPECT_EQ(image.pixelColor(image.width() - 4, image.height() - 4), wanted->surface);
    }
}

} // namespace
} // namespace headgate::ui
