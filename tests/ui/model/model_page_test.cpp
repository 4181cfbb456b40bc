// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/model_page.h"

#include "base/clock.h"
#include "base/random.h"
#include "fakes/print_to.h"
#include "secrets/process_secrets.h"
#include "session/documents.h"
#include "session/project_session.h"
#include "sql/sql_editor.h"
#include "sql/sql_popup.h"
#include "ui/named_widget.h"
#include "widgets/json_view.h"
#include "widgets/message_strip.h"
#include "widgets/table_view.h"

#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <gtest/gtest.h>

namespace headgate::ui {
namespace {

constexpr int longest = 30'000;

/// The sample's product views, opened by who has trusted it.
class ModelPageTest : public testing::Test
{
protected:
    ModelPageTest()
    {
        qputenv("HEADGATE_STATE_DIR", m_home.filePath(QStringLiteral("state")).toUtf8());
        qputenv("XDG_DATA_HOME", m_home.filePath(QStringLiteral("data")).toUtf8());
        const std::string folder = m_home.filePath(QStringLiteral("sample")).toStdString();
        EXPECT_TRUE(service::initSample(folder, m_random));
        service::WorkspaceOptions options;
        options.project = folder;
        m_session = std::make_unique<ProjectSession>(
            options, service::Surroundings{m_clock, m_random, m_secrets});
        m_session->open();
        EXPECT_TRUE(soon([this] { return m_session->contents() != nullptr; }));
        open("product-views");
    }

    void open(const char* model)
    {
        m_page = std::make_unique<ModelPage>(*m_session, model);
        m_page->resize(1200, 800);
        m_page->show();
        EXPECT_TRUE(QTest::qWaitForWindowActive(m_page.get()));
    }

    template <typename Condition>
    [[nodiscard]] static bool soon(Condition condition)
    {
        return QTest::qWaitFor(condition, longest);
    }
    template <typename Widget = QWidget>
    [[nodiscard]] Widget* named(const char* name) const
    {
        return visibleNamed<Widget>(*m_page, QLatin1String(name));
    }
    void click(const char* name) const
    {
        auto* button = named<QAbstractButton>(name);
        ASSERT_NE(button, nullptr) << name;
        ASSERT_TRUE(button->isEnabled()) << name;
        // What has just been shown gets its place a moment later.
        ASSERT_TRUE(soon([button] { return !button->visibleRegion().isEmpty(); })) << name;
        QTest::mouseClick(button, Qt::LeftButton);
    }
    [[nodiscard]] SqlEditor* editor() const { return named<SqlEditor>("Query"); }
    [[nodiscard]] RowsModel* rows() const { return m_page->findChild<TableView*>()->rowsModel(); }
    [[nodiscard]] QString count() const { return named<QLabel>("How many rows")->text(); }
    [[nodiscard]] bool rowsCome(int wanted) const
    {
        return soon([this, wanted] { return rows()->rowCount() == wanted; });
    }
    /// In place of the whole query.
    void write(const char* sql) const
    {
        editor()->setFocus();
        editor()->selectAll();
        editor()->insertSql(sql);
    }
    void runByKey() const { QTest::keyClick(editor(), Qt::Key_Return, Qt::ControlModifier); }
    [[nodiscard]] ModelDocument& document() const
    {
        return *m_session->documents().model(m_page->id().slug);
    }
    [[nodiscard]] MessageStrip* shownMessage() const
    {
        for (MessageStrip* strip : m_page->findChildren<MessageStrip*>())
            if (strip->isVisible())
                return strip;
        return nullptr;
    }

    QTemporaryDir m_home;
    SystemClock m_clock;
    SystemRandom m_random;
    secrets::ProcessSecrets m_secrets;
    std::unique_ptr<ProjectSession> m_session;
    std::unique_ptr<ModelPage> m_page;
};

TEST_F(ModelPageTest, ShowsTheQueryAndItsFirstRows)
{
    EXPECT_EQ(editor()->sql(), document().value().sql);
    ASSERT_TRUE(rowsCome(1000));
    EXPECT_TRUE(count().startsWith(QStringLiteral("first 1,000 rows"))) << count().toStdString();
    EXPECT_TRUE(soon([this] {
        return named<QLabel>("Check of the row key")->text() ==
               QStringLiteral("Unique in the first 1,000 rows.");
    }));
    EXPECT_FALSE(document().isModified());
    EXPECT_EQ(shownMessage(), nullptr);
}

TEST_F(ModelPageTest, TypingIsTheDocumentsAndOneStepUntilAPause)
{
    ASSERT_TRUE(rowsCome(1000));
    const std::string before = document().value().sql;
    editor()->setFocus();
    editor()->setCaret(before.size());
    QTest::keyClicks(editor(), QStringLiteral(" -- x"));
    EXPECT_EQ(document().value().sql, before + " -- x");
    EXPECT_EQ(document().undoStack()->count(), 1);
    EXPECT_TRUE(count().contains(QStringLiteral("before it was changed")));
    runByKey();
    QTest::keyClicks(editor(), QStringLiteral("y"));
    EXPECT_EQ(document().undoStack()->count(), 2);
    document().undoStack()->undo();
    EXPECT_EQ(editor()->sql(), before + " -- x");
    document().undoStack()->undo();
    EXPECT_EQ(editor()->sql(), before);
    EXPECT_FALSE(document().isModified());
    document().undoStack()->redo();
    EXPECT_EQ(editor()->sql(), before + " -- x");
}

TEST_F(ModelPageTest, TheStatementAtTheCaretIsRun)
{
    ASSERT_TRUE(rowsCome(1000));
    write("select 1 as one;\n\nselect 2 as two, 'b' as b");
    editor()->setCaret(3);
    runByKey();
    ASSERT_TRUE(rowsCome(1));
    EXPECT_EQ(rows()->headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(),
              QStringLiteral("one"));
    ASSERT_NE(shownMessage(), nullptr);
    EXPECT_EQ(shownMessage()->message().tone, Tone::Warning);
    editor()->setCaret(25);
    click("Run the query");
    ASSERT_TRUE(soon([this] { return rows()->columnCount() == 2; }));
    EXPECT_TRUE(count().startsWith(QStringLiteral("1 row")));
}

TEST_F(ModelPageTest, AMistakeIsShownAtItsPlace)
{
    ASSERT_TRUE(rowsCome(1000));
    write("select 1;\nselect a,\n  nonsense from product_views");
    runByKey();
    ASSERT_TRUE(soon([this] { return shownMessage() != nullptr; }));
    EXPECT_EQ(shownMessage()->message().code, QStringLiteral("source.query.name"));
    ASSERT_TRUE(editor()->problem());
    const std::string sql = editor()->sql();
    EXPECT_EQ(sql.substr(editor()->problem()->begin,
                         editor()->problem()->end - editor()->problem()->begin),
              "a");
    EXPECT_EQ(rows()->rowCount(), 1000) << "the rows that were there stay";
    write("select view_id from product_views limit 3");
    runByKey();
    ASSERT_TRUE(rowsCome(3));
    EXPECT_EQ(shownMessage(), nullptr);
}

TEST_F(ModelPageTest, AQueryWithoutEndIsCancelled)
{
    ASSERT_TRUE(rowsCome(1000));
    write("with recursive n(i) as (select 1 union all select i + 1 from n) "
          "select count(*) from n");
    runByKey();
    EXPECT_NE(named<QPushButton>("Cancel the query"), nullptr) << "at once";
    EXPECT_EQ(named<QPushButton>("Run the query"), nullptr);
    QTest::qWait(100);
    click("Cancel the query");
    ASSERT_TRUE(soon([this] { return named<QPushButton>("Run the query") != nullptr; }));
    ASSERT_NE(shownMessage(), nullptr);
    EXPECT_EQ(shownMessage()->message().tone, Tone::Neutral);
    EXPECT_EQ(rows()->rowCount(), 1000);
}

TEST_F(ModelPageTest, CompletionKnowsTheWarehouse)
{
    ASSERT_TRUE(rowsCome(1000));
    write("select p from products as p");
    editor()->setCaret(8);
    ASSERT_TRUE(soon([this] {
        QTest::keyClick(editor(), Qt::Key_Space, Qt::ControlModifier);
        editor()->popup()->close();
        return true;
    }));
    QTest::keyClicks(editor(), QStringLiteral(".pri"));
    ASSERT_TRUE(soon([this] {
        if (!editor()->popup()->isOpen())
            editor()->complete();
        const SqlSuggestion* current = editor()->popup()->current();
        return current && current->text == "price";
    }));
    QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Return);
    EXPECT_EQ(editor()->sql(), "select p.price from products as p");
}

TEST_F(ModelPageTest, MoreRowsAreLoadedAndFiltered)
{
    ASSERT_TRUE(rowsCome(1000));
    click("Load more rows");
    ASSERT_TRUE(soon([this] { return rows()->rowCount() > 1000; }));
    auto* filter = m_page->findChild<QLineEdit*>();
    for (QLineEdit* each : m_page->findChildren<QLineEdit*>())
        if (each->placeholderText() == QStringLiteral("Filter these rows"))
            filter = each;
    const int all = rows()->rowCount();
    filter->setFocus();
    QTest::keyClicks(filter, QStringLiteral("zzzz-no-such"));
    ASSERT_TRUE(rowsCome(0));
    EXPECT_TRUE(count().startsWith(QStringLiteral("0 of the"))) << count().toStdString();
    filter->clear();
    ASSERT_TRUE(rowsCome(all));
}

TEST_F(ModelPageTest, ACellIsShownWhole)
{
    ASSERT_TRUE(rowsCome(1000));
    const std::string text(3000, 'x');
    write(("select '{\"a\":[1,2.50]}' as json, '" + text + "' as long, null as none").c_str());
    runByKey();
    ASSERT_TRUE(rowsCome(1));
    auto* table = m_page->findChild<TableView*>();
    table->setCurrentIndex(rows()->index(0, 0));
    click("Show the whole cell");
    auto* json = named<JsonView>("Cell JSON");
    ASSERT_NE(json, nullptr);
    json->selectAll();
    EXPECT_TRUE(json->selectedText().contains(QStringLiteral("2.50")));
    table->setCurrentIndex(rows()->index(0, 1));
    auto* plain = named<QPlainTextEdit>("Cell text");
    ASSERT_NE(plain, nullptr);
    EXPECT_EQ(plain->toPlainText().size(), 3000);
    table->setCurrentIndex(rows()->index(0, 2));
    EXPECT_EQ(plain->placeholderText(), QStringLiteral("NULL"));
    click("Close the cell");
    EXPECT_EQ(named<QPlainTextEdit>("Cell text"), nullptr);
}

TEST_F(ModelPageTest, ColumnsAreProfiledAndDescribed)
{
    ASSERT_TRUE(rowsCome(1000));
    click("Columns");
    auto* profile = named<QTableView>("Columns of the rows");
    ASSERT_NE(profile, nullptr);
    ASSERT_TRUE(soon([profile] {
        return profile->model()->index(0, 3).data().toString() == QStringLiteral("1,000");
    }));
    EXPECT_TRUE(count().startsWith(QStringLiteral("of the 1,000 rows fetched")));
    ASSERT_TRUE(profile->model()->setData(profile->model()->index(0, 7), QStringLiteral("The view"),
                                          Qt::EditRole));
    EXPECT_EQ(document().value().columns.at("view_id"), "The view");
    document().undoStack()->undo();
    EXPECT_FALSE(document().isModified());
}

TEST_F(ModelPageTest, TheRowKeyIsChosenAndChecked)
{
    ASSERT_TRUE(rowsCome(1000));
    auto* column = named<QComboBox>("Column 1 of the row key");
    ASSERT_NE(column, nullptr);
    column->setCurrentIndex(column->findText(QStringLiteral("customer_id")));
    Q_EMIT column->activated(column->currentIndex());
    EXPECT_EQ(document().value().rowKey, std::vector<std::string>{"customer_id"});
    ASSERT_TRUE(soon([this] {
        return named<QLabel>("Check of the row key")->text().startsWith(QStringLiteral("Repeats"));
    }));
    click("Add a column to the row key");
    EXPECT_EQ(document().value().rowKey.size(), 2U);
    click("Remove view_id from the row key");
    document().undoStack()->setIndex(0);
    for (QPushButton* button : m_page->findChildren<QPushButton*>())
        if (button->text() == QStringLiteral("Check all rows"))
            QTest::mouseClick(button, Qt::LeftButton);
    EXPECT_TRUE(soon([this] {
        return named<QLabel>("Check of the row key")
            ->text()
            .startsWith(QStringLiteral("Unique in all "));
    })) << named<QLabel>("Check of the row key")->text().toStdString();
}

TEST_F(ModelPageTest, EventTimeCursorAndZoneAreStepsOfTheDocument)
{
    ASSERT_TRUE(rowsCome(1000));
    const auto choose = [this](const char* name, const char* text) {
        auto* box = named<QComboBox>(name);
        ASSERT_NE(box, nullptr) << name;
        box->setCurrentIndex(box->findText(QLatin1String(text)));
        Q_EMIT box->activated(box->currentIndex());
    };
    choose("Event time", "None");
    EXPECT_EQ(document().value().eventTime, "");
    choose("Cursor", "viewed_at");
    ASSERT_TRUE(document().value().cursor);
    EXPECT_EQ(document().value().cursor->column, "viewed_at");
    auto* zone = named<QComboBox>("Time zone");
    zone->setFocus();
    zone->lineEdit()->selectAll();
    QTest::keyClicks(zone->lineEdit(), QStringLiteral("Europe/Nowhere"));
    QTest::keyClick(zone->lineEdit(), Qt::Key_Return);
    EXPECT_EQ(document().value().zone, "UTC") << "what is no zone is not taken";
    choose("Time zone", "Europe/Berlin");
    EXPECT_EQ(document().value().zone, "Europe/Berlin");
    document().undoStack()->setIndex(0);
    EXPECT_FALSE(document().isModified());
}

TEST_F(ModelPageTest, AParameterGetsItsValue)
{
    ASSERT_TRUE(rowsCome(1000));
    write("select :n + 1 as n, :since as s");
    auto* value = named<QLineEdit>("Value of :n");
    ASSERT_NE(value, nullptr);
    EXPECT_EQ(named<QLineEdit>("Value of :since"), nullptr);
    QTest::keyClicks(value, QStringLiteral("41"));
    EXPECT_EQ(document().value().parameters.at("n").text, "41");
    runByKey();
    ASSERT_TRUE(rowsCome(1));
    EXPECT_EQ(rows()->index(0, 0).data().toString(), QStringLiteral("42"));
}

TEST_F(ModelPageTest, ATableIsPickedInPlaceOfAQuery)
{
    ASSERT_TRUE(rowsCome(1000));
    click("The model is a table");
    auto* tables = named<QTableView>("Tables of the source");
    ASSERT_NE(tables, nullptr);
    ASSERT_TRUE(soon([tables] { return tables->model()->rowCount() > 3; }));
    int row = -1;
    for (int each = 0; each < tables->model()->rowCount(); ++each)
        if (tables->model()->index(each, 0).data().toString() == QStringLiteral("products"))
            row = each;
    ASSERT_GE(row, 0);
    EXPECT_FALSE(document().isModified()) << "nothing is chosen yet";
    QTest::mouseClick(tables->viewport(), Qt::LeftButton, {},
                      tables->visualRect(tables->model()->index(row, 0)).center());
    ASSERT_TRUE(document().value().table);
    EXPECT_EQ(document().value().table->name, "products");
    ASSERT_TRUE(soon([this] { return rows()->rowCount() > 0 && rows()->rowCount() < 1000; }));
    const auto* columns = named<QTableView>("Columns of the table");
    EXPECT_TRUE(soon([columns] { return columns->model()->rowCount() > 3; }));
    click("The model is a query");
    EXPECT_FALSE(document().value().table);
    EXPECT_FALSE(editor()->sql().empty());
}

TEST_F(ModelPageTest, WhatWasRunIsRemembered)
{
    ASSERT_TRUE(rowsCome(1000));
    write("select 'remember me' as x");
    runByKey();
    ASSERT_TRUE(rowsCome(1));
    write("select 2");
    auto* history = named<QToolButton>("Query history");
    ASSERT_NE(history, nullptr);
    ASSERT_TRUE(soon([history] {
        return history->menu()->actions().front()->text().contains(QStringLiteral("remember me"));
    }));
    history->menu()->actions().front()->trigger();
    EXPECT_EQ(editor()->sql(), "select 'remember me' as x");
    const QString data = m_home.filePath(QStringLiteral("sample"));
    EXPECT_FALSE(QFile::exists(data + QStringLiteral("/queries")));
}

} // namespace
} // namespace headgate::ui
