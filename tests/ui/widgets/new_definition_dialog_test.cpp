// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/new_definition_dialog.h"

#include "ui/named_widget.h"

#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTest>
#include <gtest/gtest.h>

namespace headgate::ui {

namespace {

class NewDefinitionDialogTest : public testing::Test
{
protected:
    NewDefinitionDialogTest()
    {
        dialog->setAttribute(Qt::WA_DeleteOnClose, false);
        DefinitionChoice first;
        first.group = QStringLiteral("Found");
        first.title = QStringLiteral("Shop");
        first.detail = QStringLiteral("PostgreSQL");
        first.proposedName = QStringLiteral("Shop");
        first.notes = {QStringLiteral("Needs a password.")};
        DefinitionChoice broken = first;
        broken.title = QStringLiteral("Duck");
        broken.detail = QStringLiteral("DuckDB");
        broken.possible = false;
        DefinitionChoice second;
        second.group = QStringLiteral("Warehouses");
        second.title = second.proposedName = QStringLiteral("Snowflake");
        dialog->setChoices({first, broken, second});
        QObject::connect(dialog.get(), &NewDefinitionDialog::chosen, dialog.get(),
                         [this](int choice, const QString& name, bool) {
                             chosen.emplace_back(choice, name.toStdString());
                         });
        dialog->show();
        EXPECT_TRUE(QTest::qWaitForWindowActive(dialog.get()));
    }

    template <typename Widget>
    Widget* named(const char* name)
    {
        return visibleNamed<Widget>(*dialog, QLatin1String(name));
    }

    [[nodiscard]] QPushButton* create() const
    {
        for (QPushButton* each : dialog->findChildren<QPushButton*>())
            if (each->text() == QStringLiteral("Create"))
                return each;
        return nullptr;
    }

    std::unique_ptr<NewDefinitionDialog> dialog = std::make_unique<NewDefinitionDialog>(
        QStringLiteral("New source"), QStringLiteral("Search"),
        [](const QString& name) { return QStringLiteral("sources/") + name.toLower(); });
    std::vector<std::pair<int, std::string>> chosen;
};

} // namespace

TEST_F(NewDefinitionDialogTest, theFirstChoiceIsTakenWithItsName)
{
    EXPECT_EQ(named<QLabel>("About this choice")->text(), QStringLiteral("Needs a password."));
    EXPECT_EQ(named<QLabel>("Its file")->text(), QStringLiteral("Becomes sources/shop when saved"));
    QTest::keyClick(named<QLineEdit>("Search"), Qt::Key_Return);
    ASSERT_EQ(chosen.size(), 1U);
    EXPECT_EQ(chosen[0], (std::pair<int, std::string>(0, "Shop")));
    EXPECT_FALSE(dialog->isVisible());
}

TEST_F(NewDefinitionDialogTest, arrowsWalkOverHeadings)
{
    auto* const search = named<QLineEdit>("Search");
    QTest::keyClick(search, Qt::Key_Down);
    QTest::keyClick(search, Qt::Key_Down);
    EXPECT_EQ(named<QListWidget>("What it can be")->currentItem()->text(),
              QStringLiteral("Snowflake"));
    QTest::keyClick(search, Qt::Key_Down);
    QTest::keyClick(search, Qt::Key_Up);
    QTest::keyClick(search, Qt::Key_Up);
    QTest::keyClick(search, Qt::Key_Up);
    EXPECT_EQ(named<QListWidget>("What it can be")->currentItem()->text(), QStringLiteral("Shop"));
}

TEST_F(NewDefinitionDialogTest, aNameOfTheUsersOwnStays)
{
    auto* const name = named<QLineEdit>("Name");
    name->selectAll();
    QTest::keyClicks(name, QStringLiteral("Mine"));
    QTest::keyClicks(named<QLineEdit>("Search"), QStringLiteral("snow"));
    EXPECT_EQ(name->text(), QStringLiteral("Mine"));
    QTest::mouseClick(create(), Qt::LeftButton);
    ASSERT_EQ(chosen.size(), 1U);
    EXPECT_EQ(chosen[0], (std::pair<int, std::string>(2, "Mine")));
}

TEST_F(NewDefinitionDialogTest, whatIsNotPossibleOrHasNoNameIsNotMade)
{
    QTest::keyClicks(named<QLineEdit>("Search"), QStringLiteral("duck"));
    EXPECT_FALSE(create()->isEnabled());
    QTest::keyClick(named<QLineEdit>("Search"), Qt::Key_Return);
    named<QLineEdit>("Search")->clear();
    auto* const name = named<QLineEdit>("Name");
    name->selectAll();
    QTest::keyClicks(name, QStringLiteral(" "));
    EXPECT_FALSE(create()->isEnabled());
    EXPECT_TRUE(chosen.empty());
}

TEST_F(NewDefinitionDialogTest, whatWasChosenStaysWhenMoreIsFoundBeforeIt)
{
    QTest::keyClick(named<QLineEdit>("Search"), Qt::Key_Down);
    DefinitionChoice found;
    found.group = QStringLiteral("Warehouses");
    found.title = found.proposedName = QStringLiteral("BigQuery");
    DefinitionChoice snowflake = found;
    snowflake.title = snowflake.proposedName = QStringLiteral("Snowflake");
    QTest::keyClick(named<QLineEdit>("Search"), Qt::Key_Down);
    dialog->setChoices({found, snowflake});
    EXPECT_EQ(named<QListWidget>("What it can be")->currentItem()->text(),
              QStringLiteral("Snowflake"));
    dialog->setChoices({found});
    EXPECT_EQ(named<QListWidget>("What it can be")->currentItem()->text(),
              QStringLiteral("BigQuery"));
}

TEST_F(NewDefinitionDialogTest, aChoiceOfTheUsersOwnStaysWhenMoreFitsTheSearch)
{
    auto* const search = named<QLineEdit>("Search");
    QTest::keyClicks(search, QStringLiteral("s"));
    QTest::keyClick(search, Qt::Key_Down);
    QTest::keyClick(search, Qt::Key_Down);
    ASSERT_EQ(named<QListWidget>("What it can be")->currentItem()->text(),
              QStringLiteral("Snowflake"));
    DefinitionChoice sheets;
    sheets.group = QStringLiteral("Found");
    sheets.title = sheets.proposedName = QStringLiteral("Sheets");
    DefinitionChoice snowflake;
    snowflake.group = QStringLiteral("Warehouses");
    snowflake.title = snowflake.proposedName = QStringLiteral("Snowflake");
    dialog->setChoices({sheets, snowflake});
    EXPECT_EQ(named<QListWidget>("What it can be")->currentItem()->text(),
              QStringLiteral("Snowflake"));
}

TEST_F(NewDefinitionDialogTest, whatBeginsWithTheSearchIsTakenWhenItIsFoundLater)
{
    QTest::keyClicks(named<QLineEdit>("Search"), QStringLiteral("orders"));
    ASSERT_FALSE(create()->isEnabled());
    DefinitionChoice old;
    old.title = old.proposedName = QStringLiteral("Old orders");
    DefinitionChoice orders;
    orders.title = orders.proposedName = QStringLiteral("Orders");
    dialog->setChoices({old});
    dialog->setChoices({old, orders});
    EXPECT_EQ(named<QListWidget>("What it can be")->currentItem()->text(),
              QStringLiteral("Orders"));
}

TEST_F(NewDefinitionDialogTest, whatIsFoundLaterLeavesTheSelectedNameToBeTypedOver)
{
    auto* const name = named<QLineEdit>("Name");
    QTest::keyClick(name, Qt::Key_A, Qt::ControlModifier);
    DefinitionChoice shop;
    shop.group = QStringLiteral("Found");
    shop.title = shop.proposedName = QStringLiteral("Shop");
    dialog->setChoices({shop});
    QTest::keyClicks(name, QStringLiteral("Views"));
    EXPECT_EQ(name->text(), QStringLiteral("Views"));
}

} // namespace headgate::ui
