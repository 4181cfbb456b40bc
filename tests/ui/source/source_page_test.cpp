// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window_story.h"
#include "widgets/new_definition_dialog.h"
#include "widgets/rows_model.h"
#include "widgets/table_view.h"
#include "widgets/verdict.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTabBar>
#include <QTableWidget>
#include <QToolButton>

namespace headgate::ui {

namespace {

class SourcePageStory : public WindowStory
{
protected:
    /// A new source of that warehouse, its form in front.
    void make(const QString& warehouse)
    {
        clickTreeRow("New source...");
        const auto search = [this]() -> QLineEdit* {
            const auto* dialog = m_window->findChild<NewDefinitionDialog*>();
            return dialog ? visibleNamed<QLineEdit>(
                                *dialog, QStringLiteral("Search connections and warehouses"))
                          : nullptr;
        };
        ASSERT_TRUE(soon([&] { return search() != nullptr; }));
        QTest::keyClicks(search(), warehouse);
        QTest::keyClick(search(), Qt::Key_Return);
        ASSERT_TRUE(soon([this] { return named("Test the connection") != nullptr; }));
    }

    void save() { press(QKeySequence(Qt::CTRL | Qt::Key_S)); }

    [[nodiscard]] bool connected()
    {
        return soon([this] {
            for (const Verdict* verdict : m_window->findChildren<Verdict*>())
                if (verdict->isVisible() && verdict->tone() == Tone::Success)
                    return true;
            return false;
        });
    }
};

} // namespace

TEST_F(SourcePageStory, aFileIsNamedTestedSavedAndLookedInto)
{
    ASSERT_TRUE(service::initSample(path("sample").toStdString(), m_random));
    openEmptyProject();
    make(QStringLiteral("SQLite"));
    type("Name", QStringLiteral("Outdoor shop"));
    type("File", path("sample/warehouse.sqlite"));
    click("Test the connection");
    ASSERT_TRUE(connected()) << troubles();
    clickText("Look at the tables");
    auto* tables = named<QTreeWidget>("Tables and views");
    ASSERT_TRUE(soon([&] {
        tables = named<QTreeWidget>("Tables and views");
        return tables != nullptr && tables->topLevelItemCount() > 0;
    })) << troubles();
    QTreeWidgetItem* const table = tables->topLevelItem(0)->child(0);
    tables->setCurrentItem(table);
    ASSERT_TRUE(soon([this] {
        const auto* columns = named<QTableWidget>("Columns");
        const auto* rows = named<TableView>("Sample rows");
        return columns != nullptr && columns->rowCount() > 0 && rows != nullptr &&
               rows->model()->rowCount() > 0;
    })) << troubles();
    save();
    ASSERT_TRUE(soon([this] { return !bytesOf("project/sources/sqlite-file.json").isEmpty(); }))
        << troubles();
    const QByteArray saved = bytesOf("project/sources/sqlite-file.json");
    EXPECT_TRUE(saved.contains("\"name\": \"Outdoor shop\"")) << saved.toStdString();
    EXPECT_TRUE(saved.contains("\"warehouse\": \"sqlite\"")) << saved.toStdString();
    EXPECT_TRUE(saved.contains("warehouse.sqlite")) << saved.toStdString();
}

TEST_F(SourcePageStory, whatIsMissingIsSaidBesideItsField)
{
    openEmptyProject();
    make(QStringLiteral("PostgreSQL"));
    EXPECT_TRUE(named<QLineEdit>("Database")->accessibleDescription().isEmpty())
        << "an empty form accuses nobody";
    click("Test the connection");
    ASSERT_TRUE(soon([this] { return !troubles().empty(); }));
    EXPECT_TRUE(
        named<QLineEdit>("Database")->accessibleDescription().contains(QStringLiteral("needed")));
    EXPECT_TRUE(named<QLineEdit>("Database")->hasFocus());
    type("Database", QStringLiteral("shop"));
    EXPECT_FALSE(
        named<QLineEdit>("Database")->accessibleDescription().contains(QStringLiteral("needed")));
    type("Port", QStringLiteral("70000"));
    EXPECT_TRUE(
        named<QLineEdit>("Port")->accessibleDescription().contains(QStringLiteral("65535")));
}

TEST_F(SourcePageStory, typingIsOneStepThatCanBeUndone)
{
    openEmptyProject();
    make(QStringLiteral("PostgreSQL"));
    type("Database", QStringLiteral("shop"));
    type("User", QStringLiteral("reader"));
    m_window->setFocus();
    press(QKeySequence(Qt::CTRL | Qt::Key_Z));
    EXPECT_EQ(named<QLineEdit>("User")->text(), QString());
    EXPECT_EQ(named<QLineEdit>("Database")->text(), QStringLiteral("shop"));
}

TEST_F(SourcePageStory, aPasswordGoesToTheKeychainAndItsReferenceIntoTheFile)
{
    openEmptyProject();
    make(QStringLiteral("PostgreSQL"));
    type("Database", QStringLiteral("shop"));
    type("User", QStringLiteral("reader"));
    auto* const password = named<QLineEdit>("Password");
    ASSERT_NE(password, nullptr);
    EXPECT_EQ(password->echoMode(), QLineEdit::Password);
    type("Password", QStringLiteral("correct horse"));
    QTest::keyClick(password, Qt::Key_Return);
    ASSERT_TRUE(soon([&] { return password->text().isEmpty(); })) << troubles();
    ASSERT_EQ(m_secrets.store.values.size(), 1U);
    const auto [reference, value] = *m_secrets.store.values.begin();
    EXPECT_EQ(value, "correct horse");
    EXPECT_TRUE(
        QString::fromStdString(reference).startsWith(QStringLiteral("keychain:postgresql-")));
    save();
    ASSERT_TRUE(soon([this] { return !bytesOf("project/sources/postgresql.json").isEmpty(); }));
    EXPECT_TRUE(bytesOf("project/sources/postgresql.json").contains(reference.c_str()));
    EXPECT_FALSE(bytesOf("project/sources/postgresql.json").contains("correct horse"));
}

TEST_F(SourcePageStory, aSecretThatThisMachineDoesNotHaveIsSaidToBeMissing)
{
    put("project/sources/shop.json", R"({"id": "abcdefghijklmnop", "name": "Shop",
        "warehouse": "postgresql", "secrets": {"password": "session:shop/password"}})");
    openEmptyProject();
    clickTreeRow("Shop");
    const auto connection = [this]() -> QTabBar* {
        for (auto* bar : m_window->findChildren<QTabBar*>())
            if (bar->isVisible() && bar->tabText(1) == QStringLiteral("Connection"))
                return bar;
        return nullptr;
    };
    ASSERT_TRUE(soon([&] { return connection() != nullptr; }));
    QTest::mouseClick(connection(), Qt::LeftButton, {}, connection()->tabRect(1).center());
    const auto password = [this] { return named<QLineEdit>("Password"); };
    ASSERT_TRUE(soon([&] {
        return password() != nullptr &&
               password()->placeholderText() == QStringLiteral("Not given in this session yet");
    })) << troubles();
    auto* const remove = password()->findChild<QToolButton*>();
    ASSERT_NE(remove, nullptr);
    QTest::mouseClick(remove, Qt::LeftButton);
    ASSERT_TRUE(soon([&] { return password()->placeholderText().isEmpty(); }));
    press(QKeySequence::Undo);
    EXPECT_TRUE(soon([&] {
        return password()->placeholderText() == QStringLiteral("Not given in this session yet");
    })) << "asked again after it was removed and came back";
    type("Password", QStringLiteral("correct horse"));
    QTest::keyClick(password(), Qt::Key_Return);
    EXPECT_TRUE(soon([&] {
        return password()->placeholderText().startsWith(QStringLiteral("Given for this session"));
    })) << password()->placeholderText().toStdString();
}

TEST_F(SourcePageStory, withoutAKeychainTheOtherPlacesAreOffered)
{
    m_secrets.broken = true;
    openEmptyProject();
    make(QStringLiteral("PostgreSQL"));
    type("Password", QStringLiteral("correct horse"));
    QTest::keyClick(named<QLineEdit>("Password"), Qt::Key_Return);
    ASSERT_TRUE(soon([this] { return troubles().starts_with("secret.unavailable"); }))
        << troubles();
    EXPECT_TRUE(m_secrets.store.values.empty());
    clickText("Keep it for this session only");
    ASSERT_TRUE(soon([this] {
        return named<QComboBox>("Where Password is kept")->currentText() ==
               QStringLiteral("This session");
    }));
    ASSERT_EQ(m_secrets.store.values.size(), 1U);
    EXPECT_TRUE(QString::fromStdString(m_secrets.store.values.begin()->first)
                    .startsWith(QStringLiteral("session:")));
    EXPECT_EQ(troubles(), "");
}

TEST_F(SourcePageStory, aVariableIsNamedInPlaceOfAPassword)
{
    openEmptyProject();
    make(QStringLiteral("PostgreSQL"));
    auto* const place = named<QComboBox>("Where Password is kept");
    ASSERT_NE(place, nullptr);
    place->setFocus();
    QTest::keyClick(place, Qt::Key_End);
    ASSERT_EQ(place->currentText(), QStringLiteral("Environment"));
    Q_EMIT place->activated(place->currentIndex());
    type("Password", QStringLiteral("PG_PASSWORD"));
    EXPECT_EQ(named<QLineEdit>("Password")->echoMode(), QLineEdit::Normal);
    QTest::keyClick(named<QLineEdit>("Password"), Qt::Key_Return);
    save();
    ASSERT_TRUE(soon([this] {
        return bytesOf("project/sources/postgresql.json").contains("env:PG_PASSWORD");
    })) << troubles();
    EXPECT_TRUE(m_secrets.store.values.empty());
}

TEST_F(SourcePageStory, aServerThatDoesNotAnswerIsSaidWithWhatToDo)
{
    openEmptyProject();
    make(QStringLiteral("PostgreSQL"));
    type("Host", QStringLiteral("127.0.0.1"));
    type("Port", QStringLiteral("1"));
    type("Database", QStringLiteral("shop"));
    type("User", QStringLiteral("reader"));
    click("Test the connection");
    ASSERT_TRUE(soon([this] { return !troubles().empty(); }));
    EXPECT_TRUE(troubles().starts_with("source.connect.refused")) << troubles();
    clickText("Edit the connection");
    EXPECT_TRUE(soon([this] { return named<QLineEdit>("Host")->hasFocus(); }));
}

} // namespace headgate::ui
