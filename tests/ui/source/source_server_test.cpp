// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/test_servers.h"
#include "ui/window_story.h"
#include "widgets/new_definition_dialog.h"
#include "widgets/table_view.h"
#include "widgets/verdict.h"

#include <QLineEdit>
#include <QListWidget>
#include <QTableWidget>

namespace headgate::ui {

namespace {

using ConnectStory = WindowStory;

std::string fieldOf(const warehouse::SourceOptions& options, const char* field)
{
    return options.fields.at(field);
}

} // namespace

TEST_F(ConnectStory, aPostgresThatOthersKnowIsFoundTestedSavedAndBrowsed)
{
    const warehouse::SourceOptions server = fakes::postgresOptions();
    fakes::runOnPostgres("drop schema if exists hg_window cascade; create schema hg_window; "
                         "create table hg_window.customers (id bigint primary key, email text, "
                         "spent numeric(12,2)); comment on table hg_window.customers is 'Who "
                         "bought'; comment on column hg_window.customers.spent is 'In euros'; "
                         "insert into hg_window.customers values (1,'a@example.com',12.50),"
                         "(2,'b@example.com',null)");
    put(".pg_service.conf",
        QByteArray::fromStdString("[outdoor]\nhost=" + fieldOf(server, "host") +
                                  "\nport=" + fieldOf(server, "port") +
                                  "\ndbname=" + fieldOf(server, "database") +
                                  "\nuser=" + fieldOf(server, "user") + "\nsslmode=disable\n"));
    put("passwords", QByteArray::fromStdString("*:*:*:" + fieldOf(server, "user") + ':' +
                                               server.secrets.at("password").reveal() + '\n'));
    qputenv("PGPASSFILE", path("passwords").toUtf8());

    openEmptyProject();
    clickTreeRow("New source...");
    const auto* dialog = m_window->findChild<NewDefinitionDialog*>();
    ASSERT_NE(dialog, nullptr);
    auto* const list = visibleNamed<QListWidget>(*dialog, QStringLiteral("What it can be"));
    auto* const search =
        visibleNamed<QLineEdit>(*dialog, QStringLiteral("Search connections and warehouses"));
    ASSERT_TRUE(soon(
        [&] { return !list->findItems(QStringLiteral("outdoor"), Qt::MatchExactly).isEmpty(); }));
    QTest::keyClicks(search, QStringLiteral("outdoor"));
    QTest::keyClick(search, Qt::Key_Return);
    ASSERT_TRUE(soon([this] { return named("Test the connection") != nullptr; })) << troubles();
    click("Test the connection");
    ASSERT_TRUE(soon([this] {
        for (const Verdict* verdict : m_window->findChildren<Verdict*>())
            if (verdict->isVisible() && verdict->tone() == Tone::Success)
                return true;
        return !troubles().empty();
    }));
    EXPECT_EQ(troubles(), "");
    press(QKeySequence(Qt::CTRL | Qt::Key_S));
    ASSERT_TRUE(soon([this] { return !bytesOf("project/sources/outdoor.json").isEmpty(); }));
    EXPECT_FALSE(bytesOf("project/sources/outdoor.json")
                     .contains(server.secrets.at("password").reveal().c_str()));

    clickText("Look at the tables");
    type("Search tables", QStringLiteral("hg_window.cust"));
    auto* const tables = named<QTreeWidget>("Tables and views");
    ASSERT_NE(tables, nullptr);
    QTreeWidgetItem* customers = nullptr;
    ASSERT_TRUE(soon([&] {
        for (QTreeWidgetItem* each :
             tables->findItems(QStringLiteral("customers"), Qt::MatchExactly | Qt::MatchRecursive))
            if (!each->isHidden())
                customers = each;
        return customers != nullptr && customers->parent()->text(0) == QStringLiteral("hg_window");
    }));
    QTest::mouseClick(tables->viewport(), Qt::LeftButton, {},
                      tables->visualItemRect(customers).center());
    auto* const columns = named<QTableWidget>("Columns");
    auto* const rows = named<TableView>("Sample rows");
    ASSERT_TRUE(soon([&] { return columns->rowCount() == 3 && rows->model()->rowCount() == 2; }))
        << troubles();
    EXPECT_EQ(columns->item(2, 2)->text(), QStringLiteral("numeric(12,2)"));
    EXPECT_EQ(columns->item(2, 3)->text(), QStringLiteral("In euros"));
    EXPECT_EQ(rows->model()->index(0, 2).data().toString(), QStringLiteral("12.50"));
    fakes::runOnPostgres("drop schema hg_window cascade");
}

} // namespace headgate::ui
