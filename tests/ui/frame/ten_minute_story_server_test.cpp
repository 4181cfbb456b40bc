// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/json.h"
#include "fakes/test_servers.h"
#include "shape/shape_tree.h"
#include "ui/story_hands.h"
#include "ui/story_warehouse.h"
#include "ui/window_story.h"
#include "widgets/json_view.h"
#include "widgets/verdict.h"

#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <iostream>

namespace headgate::ui {

namespace {

QString words(const char* text)
{
    return QString::fromUtf8(text);
}

/// What Iterable is to get of a customer, as PostgreSQL itself says it; `c` is the customer.
constexpr const char* userSql = R"(
select json_build_object(
    'email', c.email,
    'preferUserId', true,
    'mergeNestedObjects', false,
    'dataFields', json_build_object(
        'first_name', c.first_name,
        'spent', c.spent,
        'recently_viewed', (
            select coalesce(json_agg(json_build_object(
                'product', v.product, 'price', v.price,
                'viewed_at', v.viewed_at)), '[]')
            from (select * from hg_story.product_views p where p.customer_id = c.customer_id
                  order by p.viewed_at desc limit 5) v)))::text
from hg_story.customers c)";

/// Somebody who has a warehouse and an e-mail tool, and ten minutes: from an empty project to
/// nested JSON at the tool, and what changed after that.
class TenMinuteStory : public WindowStory
{
protected:
    TenMinuteStory() : m_hands(*m_window, [this] { return troubles(); })
    {
        const warehouse::SourceOptions server = fakes::postgresOptions();
        m_server = server.fields;
        m_password = server.secrets.at("password").reveal();
    }

    void awaitVerdict()
    {
        m_hands.await(words("A good verdict"), [this] {
            for (const Verdict* verdict : m_window->findChildren<Verdict*>())
                if (verdict->isVisible() && verdict->tone() == Tone::Success)
                    return true;
            return false;
        });
    }

    void awaitSaved()
    {
        const auto* const save = m_window->findChild<QAction*>(words("project.save_all"));
        m_hands.await(words("Everything saved"), [save] { return !save->isEnabled(); });
        EXPECT_TRUE(
            bytesOf("project/syncs/customers-to-iterable.json").contains("recently_viewed"));
    }

    void awaitSaid(const QString& sentence)
    {
        m_hands.await(sentence, [this, sentence] {
            for (const QLabel* label : m_window->findChildren<QLabel*>())
                if (label->isVisible() && label->text().startsWith(sentence))
                    return true;
            return false;
        });
    }

    void awaitPayload(const std::string& part)
    {
        m_hands.await(QString::fromStdString("In the payload " + part), [this, part] {
            const auto* const view = named<JsonView>("Payload");
            return view != nullptr && view->lines().json().find(part) != std::string::npos;
        });
    }

    /// The whole request for these customers in the order in which they stand in `received`, as
    /// PostgreSQL says it.
    [[nodiscard]] std::string expectedRequest(const std::string& received, std::size_t users)
    {
        const auto request = data::parseJson(received);
        if (!request || !request->contains("users"))
            return "no users in " + received;
        EXPECT_EQ((*request)["users"].size(), users);
        std::string expected;
        for (const auto& user : (*request)["users"]) {
            const auto said = m_warehouse.ask(std::string(userSql) + " where c.email = '" +
                                              user["email"].get<std::string>() + "'");
            expected += (expected.empty() ? "" : ",") + compactJson(said.at(0));
        }
        return R"({"createNewFields":true,"users":[)" + expected + "]}";
    }

    void say(const char* story)
    {
        std::cout << story << ": " << m_hands.actions() << " actions\n";
        RecordProperty("actions", m_hands.actions());
    }

    StoryWarehouse m_warehouse;
    StoryHands m_hands;
    std::map<std::string, std::string> m_server;
    std::string m_password;
};

} // namespace

TEST_F(TenMinuteStory, byMouse)
{
    put(".pg_service.conf",
        QByteArray::fromStdString("[outdoor]\nhost=" + m_server["host"] + "\nport=" +
                                  m_server["port"] + "\ndbname=" + m_server["database"] +
                                  "\nuser=" + m_server["user"] + "\nsslmode=disable\n"));
    openEmptyProject();
    auto* const project = m_hands.see<QTreeWidget>(words("Project"));

    m_hands.clickRow(project, words("New source..."));
    m_hands.clickRow(m_hands.see<QListWidget>(words("What it can be")), words("outdoor"));
    m_hands.clickText(words("Create"));
    m_hands.see(words("Test the connection"));
    m_hands.choose(words("Where Password is kept"), words("This session"));
    m_hands.click(words("Password"));
    m_hands.type(QString::fromStdString(m_password));
    m_hands.click(words("Test the connection"));
    awaitVerdict();

    m_hands.clickRow(project, words("New model..."));
    m_hands.clickRow(m_hands.see<QListWidget>(words("What it can be")),
                     words("hg_story.customers"));
    m_hands.clickText(words("Create"));
    awaitSaid(words("Unique in all 40 rows"));
    m_hands.chooseFromMenu(words("New"), words("New model..."));
    m_hands.clickRow(m_hands.see<QListWidget>(words("What it can be")),
                     words("hg_story.product_views"));
    m_hands.clickText(words("Create"));
    m_hands.clickText(words("Use view_id"));
    awaitSaid(words("Unique in all"));

    m_hands.clickRow(project, words("New destination..."));
    m_hands.clickRow(m_hands.see<QListWidget>(words("What it can be")), words("Iterable"));
    m_hands.clickText(words("Create"));
    m_hands.click(words("Try with a stand-in"));
    awaitVerdict();

    m_hands.clickRow(project, words("New sync..."));
    m_hands.clickRow(m_hands.see<QListWidget>(words("What it can be")), words("customers"));
    m_hands.clickText(words("Create"));
    m_hands.chooseFromMenu(words("Join a model"), words("product_views"));
    m_hands.choose(words("Object"), words("User"));
    EXPECT_EQ(m_hands.see<QComboBox>(words("Value to match by"))->currentText(),
              words("column email"));
    EXPECT_EQ(m_hands.see<QComboBox>(words("Field to match"))->currentText(), words("email"));

    m_hands.click(words("Edit the shape"));
    auto* const columns = m_hands.see<QTreeView>(words("Columns"));
    auto* const tree = m_hands.see<ShapeTree>(words("Payload tree"));
    m_hands.clickRow(columns, words("first_name"));
    m_hands.clickRow(columns, words("spent"), Qt::ControlModifier);
    const auto rowAt = [tree](const char* name, ShapeTreeModel::Column column) {
        const QModelIndex row = StoryHands::rowOf(tree, words(name));
        return tree->visualRect(row.siblingAtColumn(column)).center();
    };
    const auto payloadHas = [this](const char* part) {
        return [this, part] { awaitPayload(part); };
    };
    m_hands.drag(columns, tree, rowAt("user", ShapeTreeModel::NameColumn),
                 payloadHas(R"("spent":)"));
    m_hands.click(words("One field each"));
    m_hands.clickRow(columns, words("product"));
    m_hands.clickRow(columns, words("price"), Qt::ControlModifier);
    m_hands.clickRow(columns, words("viewed_at"), Qt::ControlModifier);
    m_hands.drag(columns, tree, rowAt("user", ShapeTreeModel::NameColumn),
                 payloadHas(R"(:[{"product":)"));
    m_hands.click(words("List of dictionaries"));
    m_hands.clickRow(columns, words("viewed_at"));
    m_hands.drag(columns, tree, rowAt("product_views", ShapeTreeModel::ValueColumn), [] {});
    m_hands.click(words("Newest or largest viewed_at first"));
    m_hands.doubleClickRow(tree, words("product_views"));
    m_hands.click(words("Name"));
    m_hands.press(Qt::Key_A, Qt::ControlModifier);
    m_hands.type(words("recently_viewed"));
    m_hands.click(words("At most"));
    m_hands.press(Qt::Key_A, Qt::ControlModifier);
    m_hands.type(words("5"));
    awaitPayload(R"("recently_viewed":[{"product":)");

    m_hands.chooseInMenuBar(words("Project"), words("Save all"));
    awaitSaved();
    m_hands.click(words("Open the sync"));
    m_hands.click(words("Dry run"));
    awaitSaid(words("Nothing was sent: this was a dry run. 40 records would be."));
    m_hands.click(words("Run"));
    awaitSaid(words("Everything was delivered."));
    m_hands.clickRow(project, words("Inbox"));
    auto* const requests = m_hands.see<QListWidget>(words("Requests"));
    m_hands.clickRow(requests, words("POST /api/users/bulkUpdate  \u00B7  records: 40"));
    const std::string all = m_hands.see<JsonView>(words("Request"))->lines().json();
    EXPECT_EQ(all, expectedRequest(all, 40));

    m_warehouse.run("update hg_story.products set price = 25.00 where product_id = 3; "
                    "update hg_story.products set price = 24.00 where product_id = 3; "
                    "update hg_story.customers set first_name = 'Zo\u00eb B.' where email = "
                    "'customer7@example.com'");
    m_hands.clickRow(project, words("customers to Iterable"));
    m_hands.click(words("Run"));
    m_hands.clickRow(project, words("Inbox"));
    m_hands.clickRow(requests, words("POST /api/users/bulkUpdate  \u00B7  records: 1"));
    const std::string one = m_hands.see<JsonView>(words("Request"))->lines().json();
    EXPECT_EQ(one, expectedRequest(one, 1));
    EXPECT_NE(one.find("Zo\u00eb B."), std::string::npos);
    say("The story by mouse");
}

TEST_F(TenMinuteStory, byKeyboard)
{
    openEmptyProject();
    const auto findAction = [this](const char* typed) {
        m_hands.press(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P));
        m_hands.see(words("Find an action"));
        m_hands.type(words(typed));
        m_hands.press(Qt::Key_Return);
    };
    const auto begin = [this, findAction](const char* action, const char* choice) {
        findAction(action);
        const auto* const list = m_hands.see<QListWidget>(words("What it can be"));
        m_hands.await(words(choice),
                      [&] { return StoryHands::rowOf(list, words(choice)).isValid(); });
        m_hands.type(words(choice));
    };
    const auto save = [this] { m_hands.press(QKeySequence(Qt::CTRL | Qt::Key_S)); };

    begin("new source", "PostgreSQL");
    m_hands.press(Qt::Key_Return);
    m_hands.awaitFocus(words("Host"));
    for (const auto& [label, key] : {std::pair("Host", "host"),
                                     {"Port", "port"},
                                     {"Database", "database"},
                                     {"User", "user"}}) {
        m_hands.tabTo(words(label));
        m_hands.press(Qt::Key_A, Qt::ControlModifier);
        m_hands.type(QString::fromStdString(m_server[key]));
    }
    m_hands.tabTo(words("Password"));
    m_hands.type(QString::fromStdString(m_password));
    m_hands.press(Qt::Key_Return);
    awaitVerdict();
    save();

    begin("new model", "hg_story.customers");
    m_hands.press(Qt::Key_Return);
    awaitSaid(words("Unique in all 40 rows"));
    save();
    begin("new model", "SQL at PostgreSQL");
    m_hands.tabTo(words("Name"));
    m_hands.press(Qt::Key_A, Qt::ControlModifier);
    m_hands.type(words("Views"));
    m_hands.press(Qt::Key_Return);
    m_hands.awaitFocus(words("Query"));
    m_hands.type(words("select v.view_id, v.customer_id, p.name as product, p.price, v.viewed_at "
                       "from hg_story.views v join hg_story.products p "
                       "on p.product_id = v.product_id"));
    m_hands.press(Qt::Key_Return, Qt::ControlModifier);
    m_hands.see(words("Use view_id"));
    m_hands.press(Qt::Key_Escape);
    m_hands.tabTo(words("Use view_id"));
    m_hands.press(Qt::Key_Return);
    awaitSaid(words("Unique in all"));
    save();

    begin("new destination", "Iterable");
    m_hands.press(Qt::Key_Return);
    m_hands.see(words("Try with a stand-in"));
    m_hands.tabBackTo(words("Try with a stand-in"));
    m_hands.press(Qt::Key_Return);
    awaitVerdict();
    save();

    begin("new sync", "customers");
    m_hands.press(Qt::Key_Return);
    m_hands.tabTo(words("Join a model"));
    m_hands.pickFromMenu(words("Views"));
    m_hands.tabTo(words("Object"));
    m_hands.pick(words("User"));
    EXPECT_EQ(m_hands.see<QComboBox>(words("Value to match by"))->currentText(),
              words("column email"));

    m_hands.press(QKeySequence(Qt::CTRL | Qt::Key_P));
    m_hands.type(words("Shape of customers"));
    m_hands.press(Qt::Key_Return);
    auto* const columns = m_hands.see<QTreeView>(words("Columns"));
    auto* const tree = m_hands.see<ShapeTree>(words("Payload tree"));
    const auto mark = [&](const char* column) {
        m_hands.await(words(column), [&] {
            return columns->hasFocus() && StoryHands::rowOf(columns, words(column)).isValid();
        });
        m_hands.type(words(column));
        m_hands.press(Qt::Key_Space);
    };
    mark("first_name");
    mark("spent");
    m_hands.press(Qt::Key_Return);
    m_hands.see(words("One field each"));
    m_hands.press(Qt::Key_1);
    awaitPayload(R"("spent":)");
    m_hands.press(Qt::Key_Home);
    m_hands.press(Qt::Key_F6, Qt::ShiftModifier);
    mark("product");
    mark("price");
    mark("viewed_at");
    m_hands.press(Qt::Key_Return);
    m_hands.see(words("One field each"));
    m_hands.press(Qt::Key_1);
    awaitPayload(R"("viewed_at":)");
    EXPECT_TRUE(tree->hasFocus());
    m_hands.press(Qt::Key_Down, Qt::ShiftModifier, 2);
    m_hands.press(QKeySequence(Qt::CTRL | Qt::Key_L));
    m_hands.type(words("recently_viewed"));
    m_hands.press(Qt::Key_Return);
    m_hands.press(QKeySequence(Qt::CTRL | Qt::Key_1));
    awaitPayload(R"("recently_viewed":[{"product":)");
    m_hands.press(Qt::Key_Return);
    m_hands.tabTo(words("At most"));
    m_hands.type(words("5"));

    m_hands.press(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S));
    awaitSaved();
    m_hands.press(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Return));
    awaitSaid(words("Nothing was sent: this was a dry run. 40 records would be."));
    m_hands.press(Qt::Key_F9);
    awaitSaid(words("Everything was delivered."));
    m_hands.press(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_I));
    m_hands.tabTo(words("Requests"));
    m_hands.type(words("POST"));
    const std::string all = m_hands.see<JsonView>(words("Request"))->lines().json();
    EXPECT_EQ(all, expectedRequest(all, 40));

    m_warehouse.run("update hg_story.customers set spent = 12345678.90 where email = "
                    "'customer7@example.com'");
    m_hands.press(QKeySequence(Qt::CTRL | Qt::Key_P));
    m_hands.type(words("customers to"));
    m_hands.press(Qt::Key_Return);
    m_hands.press(Qt::Key_F9);
    m_hands.await(words("One record sent"), [this] {
        const auto* const report = named<QPlainTextEdit>("Report");
        return report != nullptr &&
               report->toPlainText().contains(words("Sent 1 record in 1 request"));
    });
    m_hands.press(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_I));
    m_hands.tabTo(words("Requests"));
    m_hands.await(words("The last request"), [this] {
        return named<QListWidget>("Requests")->item(0)->text().endsWith(words("records: 1"));
    });
    m_hands.press(Qt::Key_Home);
    const std::string one = m_hands.see<JsonView>(words("Request"))->lines().json();
    EXPECT_EQ(one, expectedRequest(one, 1));
    EXPECT_NE(one.find("12345678.90"), std::string::npos);
    say("The story by keyboard");
}

} // namespace headgate::ui
