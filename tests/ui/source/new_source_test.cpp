// SPDX-License-Identifier: GPL-3.0-or-later
#include "frame/page_tabs.h"
#include "ui/window_story.h"
#include "widgets/new_definition_dialog.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>

namespace headgate::ui {

namespace {

class NewSourceStory : public WindowStory
{
protected:
    void openDialog()
    {
        clickTreeRow("New source...");
        ASSERT_TRUE(soon([this] { return dialog() != nullptr && dialog()->isVisible(); }));
    }

    [[nodiscard]] NewDefinitionDialog* dialog() const
    {
        return m_window->findChild<NewDefinitionDialog*>();
    }

    template <typename Widget>
    [[nodiscard]] Widget* inDialog(const char* name) const
    {
        return dialog() ? visibleNamed<Widget>(*dialog(), QLatin1String(name)) : nullptr;
    }

    /// Titles of what can be chosen, without headings.
    [[nodiscard]] QStringList choices() const
    {
        QStringList titles;
        const auto* list = inDialog<QListWidget>("What it can be");
        for (int row = 0; list != nullptr && row < list->count(); ++row)
            if (list->item(row)->flags().testFlag(Qt::ItemIsSelectable))
                titles.append(list->item(row)->text());
        return titles;
    }

    void search(const QString& text)
    {
        auto* const field = inDialog<QLineEdit>("Search connections and warehouses");
        ASSERT_NE(field, nullptr);
        QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(field, text);
    }

    [[nodiscard]] QString notes() const
    {
        const auto* label = inDialog<QLabel>("About this choice");
        return label ? label->text() : QString();
    }
};

} // namespace

TEST_F(NewSourceStory, everyWarehouseIsOffered)
{
    openEmptyProject();
    openDialog();
    EXPECT_GE(choices().size(), 10);
    search(QStringLiteral("snow"));
    EXPECT_EQ(choices(), QStringList{QStringLiteral("Snowflake")});
    QTest::keyClick(inDialog<QLineEdit>("Search connections and warehouses"), Qt::Key_Return);
    ASSERT_TRUE(soon([this] { return named<QLineEdit>("Account") != nullptr; })) << troubles();
    const auto* tabs = m_window->findChild<PageTabs*>();
    EXPECT_EQ(tabs->current()->id(), (PageId{PageKind::Source, "snowflake"}));
    EXPECT_FALSE(QFile::exists(path("project/sources/snowflake.json"))) << "not saved yet";
}

TEST_F(NewSourceStory, whatOtherProgramsKnowIsOfferedAndTaken)
{
    put(".pg_service.conf", "[shop]\nhost=db.example.com\ndbname=shop\nuser=reader\n");
    put(".pgpass", "db.example.com:5432:shop:reader:secret\n");
    put(".dbt/profiles.yml",
        "jaffle: {outputs: {dev: {type: postgres, host: h, user: u, dbname: d, "
        "password: \"{{ env_var('JAFFLE') }}\"}}}\n");
    openEmptyProject();
    openDialog();
    ASSERT_TRUE(soon([this] { return choices().contains(QStringLiteral("shop")); }));
    EXPECT_EQ(choices().mid(0, 2),
              (QStringList{QStringLiteral("jaffle / dev"), QStringLiteral("shop")}));
    search(QStringLiteral("service"));
    ASSERT_EQ(choices(), QStringList{QStringLiteral("shop")});
    EXPECT_TRUE(notes().contains(QStringLiteral("finds its password"))) << notes().toStdString();
    EXPECT_EQ(inDialog<QLabel>("Its file")->text(),
              QStringLiteral("Becomes sources/shop.json when saved"));
    for (QPushButton* button : dialog()->findChildren<QPushButton*>())
        if (button->text() == QStringLiteral("Create"))
            QTest::mouseClick(button, Qt::LeftButton);
    ASSERT_TRUE(soon([this] { return named<QLineEdit>("Host") != nullptr; })) << troubles();
    EXPECT_EQ(named<QLineEdit>("Host")->text(), QStringLiteral("db.example.com"));
    EXPECT_EQ(named<QLineEdit>("User")->text(), QStringLiteral("reader"));
}

TEST_F(NewSourceStory, aPasswordInPlainTextGoesToTheKeychainIfThatIsWanted)
{
    put(".pg_service.conf", "[shop]\nhost=h\ndbname=d\nuser=u\npassword=in the clear\n");
    openEmptyProject();
    openDialog();
    ASSERT_TRUE(soon([this] { return choices().contains(QStringLiteral("shop")); }));
    search(QStringLiteral("shop"));
    for (QCheckBox* box : dialog()->findChildren<QCheckBox*>())
        QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(8, box->height() / 2));
    QTest::keyClick(inDialog<QLineEdit>("Search connections and warehouses"), Qt::Key_Return);
    ASSERT_TRUE(soon([this] { return named<QLineEdit>("Password") != nullptr; })) << troubles();
    ASSERT_EQ(m_secrets.store.values.size(), 1U);
    EXPECT_EQ(m_secrets.store.values.begin()->second, "in the clear");
    press(QKeySequence(Qt::CTRL | Qt::Key_S));
    ASSERT_TRUE(soon([this] { return !bytesOf("project/sources/shop.json").isEmpty(); }));
    EXPECT_TRUE(bytesOf("project/sources/shop.json")
                    .contains(m_secrets.store.values.begin()->first.c_str()));
    EXPECT_FALSE(bytesOf("project/sources/shop.json").contains("in the clear"));
}

TEST_F(NewSourceStory, twoOfOneNameHaveTwoFiles)
{
    openEmptyProject();
    for (int i = 0; i < 2; ++i) {
        for (QAction* action : m_window->actions())
            if (action->objectName() == QStringLiteral("source.new"))
                action->trigger();
        ASSERT_TRUE(soon([this] { return inDialog<QListWidget>("What it can be") != nullptr; }));
        search(QStringLiteral("SQLite"));
        QTest::keyClick(inDialog<QLineEdit>("Search connections and warehouses"), Qt::Key_Return);
        ASSERT_TRUE(soon([this] { return dialog() == nullptr; }));
    }
    const auto* tabs = m_window->findChild<PageTabs*>();
    EXPECT_EQ(tabs->current()->id().slug, "sqlite-file-2");
}

} // namespace headgate::ui
