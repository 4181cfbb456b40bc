// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/settings_form.h"

#include "theme/button_kind.h"
#include "ui/named_widget.h"
#include "widgets/secret_input.h"
#include "widgets/settings_row.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace headgate::ui {

namespace {

using Edit = std::pair<std::string, std::string>;

SettingsField field(const char* key, SettingsKind kind)
{
    SettingsField made;
    made.key = key;
    made.label = QLatin1String(key);
    made.kind = kind;
    return made;
}

std::vector<SettingsField> someFields()
{
    std::vector<SettingsField> fields = {field("Host", SettingsKind::Text),
                                         field("Port", SettingsKind::Port),
                                         field("Password", SettingsKind::Secret),
                                         field("Headers", SettingsKind::Lines),
                                         field("Encryption", SettingsKind::Choice),
                                         field("Trust", SettingsKind::Flag),
                                         field("File", SettingsKind::File),
                                         field("Secret headers", SettingsKind::SecretLines)};
    fields[0].help = QStringLiteral("Name or address.");
    fields[0].required = true;
    fields[1].initial = "5432";
    fields[4].choices = {{"auto", QStringLiteral("Automatic")}, {"off", QStringLiteral("None")}};
    fields[4].initial = "auto";
    fields[4].advanced = true;
    fields[5].advanced = true;
    return fields;
}

class SettingsFormTest : public testing::Test
{
protected:
    SettingsFormTest() : form(someFields())
    {
        QObject::connect(&form, &SettingsForm::edited, &form,
                         [this](const std::string& key, const std::string& value) {
                             edits.emplace_back(key, value);
                         });
        form.resize(700, 600);
        form.show();
        EXPECT_TRUE(QTest::qWaitForWindowActive(&form));
    }

    template <typename Widget>
    Widget* named(const char* name)
    {
        return visibleNamed<Widget>(form, QLatin1String(name));
    }

    void unfold()
    {
        for (QPushButton* button : form.findChildren<QPushButton*>())
            if (button->text() == QStringLiteral("More options"))
                QTest::mouseClick(button, Qt::LeftButton);
    }

    SettingsForm form;
    std::vector<Edit> edits;
};

} // namespace

TEST_F(SettingsFormTest, whatIsTypedIsSaidKeyByKey)
{
    QTest::keyClicks(named<QLineEdit>("Host"), QStringLiteral("db"));
    EXPECT_THAT(edits, testing::ElementsAre(Edit("Host", "d"), Edit("Host", "db")));
    edits.clear();
    QTest::keyClicks(named<QPlainTextEdit>("Headers"), QStringLiteral("X"));
    EXPECT_THAT(edits, testing::ElementsAre(Edit("Headers", "X")));
}

TEST_F(SettingsFormTest, valuesThatAreSetAreNotSaid)
{
    form.setValues({{"Host", "h"}, {"Headers", "A: b"}, {"Encryption", "off"}, {"Trust", "true"}});
    EXPECT_TRUE(edits.empty());
    EXPECT_EQ(named<QLineEdit>("Host")->text(), QStringLiteral("h"));
    EXPECT_EQ(named<QPlainTextEdit>("Headers")->toPlainText(), QStringLiteral("A: b"));
    ASSERT_NE(named<QComboBox>("Encryption"), nullptr) << "what is filled in is not folded away";
    EXPECT_EQ(named<QComboBox>("Encryption")->currentText(), QStringLiteral("None"));
}

TEST_F(SettingsFormTest, theCaretStaysWhereTheValueIsThereAlready)
{
    auto* const host = named<QLineEdit>("Host");
    form.setValues({{"Host", "abc"}});
    host->setCursorPosition(1);
    form.setValues({{"Host", "abc"}});
    EXPECT_EQ(host->cursorPosition(), 1);
}

TEST_F(SettingsFormTest, defaultsAreSeenButAreNoValues)
{
    form.setValues({});
    EXPECT_EQ(named<QLineEdit>("Port")->text(), QString());
    EXPECT_EQ(named<QLineEdit>("Port")->placeholderText(), QStringLiteral("5432"));
}

TEST_F(SettingsFormTest, advancedFieldsAreFoldedAwayUntilTheyAreWanted)
{
    EXPECT_EQ(named<QComboBox>("Encryption"), nullptr);
    unfold();
    auto* const encryption = named<QComboBox>("Encryption");
    ASSERT_NE(encryption, nullptr);
    encryption->setFocus();
    QTest::keyClick(encryption, Qt::Key_Down);
    EXPECT_THAT(edits, testing::ElementsAre(Edit("Encryption", "off")));
}

TEST_F(SettingsFormTest, aProblemStandsInPlaceOfTheHelp)
{
    form.setProblems({{"Host", QStringLiteral("'Host' is needed.")}});
    auto* const host = named<QLineEdit>("Host");
    EXPECT_TRUE(hasInputError(host));
    EXPECT_EQ(host->accessibleDescription(), QStringLiteral("'Host' is needed."));
    form.setProblems({});
    EXPECT_FALSE(hasInputError(host));
    EXPECT_EQ(host->accessibleDescription(), QStringLiteral("Name or address."));
    form.setProblems({{"Encryption", QStringLiteral("x")}});
    EXPECT_NE(named<QComboBox>("Encryption"), nullptr) << "a problem is not folded away";
}

TEST_F(SettingsFormTest, everyInputHasANameAndIsInTheTabOrder)
{
    unfold();
    QStringList met;
    named<QLineEdit>("Host")->setFocus();
    for (int i = 0; i < 14; ++i) {
        met.append(QApplication::focusWidget()->accessibleName());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    for (const char* name :
         {"Host", "Port", "Password", "Where Password is kept", "Headers", "Encryption"})
        EXPECT_TRUE(met.contains(QLatin1String(name)))
            << name << " of " << met.join(QLatin1Char('|')).toStdString();
}

TEST_F(SettingsFormTest, aSecretIsHandedOverOnceAndNeverShown)
{
    std::vector<QString> entered;
    QObject::connect(&form, &SettingsForm::secretEntered, &form,
                     [&](const std::string& key, secrets::SecretPlace place, const QString& text) {
                         EXPECT_EQ(key, "Password");
                         EXPECT_EQ(place, secrets::SecretPlace::Keychain);
                         entered.push_back(text);
                     });
    auto* const password = named<QLineEdit>("Password");
    QTest::keyClicks(password, QStringLiteral("pw"));
    EXPECT_TRUE(entered.empty()) << "not before it is whole";
    EXPECT_TRUE(form.commitSecrets());
    EXPECT_FALSE(form.commitSecrets());
    EXPECT_THAT(entered, testing::ElementsAre(QStringLiteral("pw")));
    form.setReferences({{"Password", "keychain:shop/password"}});
    EXPECT_EQ(password->text(), QString());
    EXPECT_TRUE(edits.empty());
    QTest::keyClicks(password, QStringLiteral("n"));
    form.setReferences({{"Password", "keychain:shop/password"}});
    EXPECT_EQ(password->text(), QStringLiteral("n")) << "what is being typed stays";
}

TEST_F(SettingsFormTest, aFileBelowTheFolderIsNamedFromThere)
{
    form.setFolder(QStringLiteral("/srv/project"));
    for (const auto& [path, said] : {std::pair("/srv/project/data/shop.db", "data/shop.db"),
                                     std::pair("/srv/projects/shop.db", "/srv/projects/shop.db")}) {
        edits.clear();
        QTest::mouseClick(named<QPushButton>("Browse for File"), Qt::LeftButton);
        auto* const dialog = form.findChild<QFileDialog*>();
        ASSERT_NE(dialog, nullptr);
        Q_EMIT dialog->fileSelected(QLatin1String(path));
        EXPECT_THAT(edits, testing::ElementsAre(Edit("File", said)));
        delete dialog;
    }
}

TEST_F(SettingsFormTest, aSecretOfSeveralLinesIsHandedOverWhenItIsLeft)
{
    QStringList entered;
    int removed = 0;
    QObject::connect(&form, &SettingsForm::secretEntered, &form,
                     [&](const std::string&, secrets::SecretPlace, const QString& text) {
                         entered.append(text);
                     });
    QObject::connect(&form, &SettingsForm::secretRemoved, &form, [&] { ++removed; });
    auto* const lines = named<QPlainTextEdit>("Secret headers");
    lines->setFocus();
    QTest::keyClicks(lines, QStringLiteral("A: b"));
    QTest::keyClick(lines, Qt::Key_Return);
    QTest::keyClicks(lines, QStringLiteral("C: d"));
    named<QLineEdit>("Host")->setFocus();
    EXPECT_EQ(entered, QStringList{QStringLiteral("A: b\nC: d")});
    EXPECT_EQ(named<QToolButton>("Remove Secret headers"), nullptr);
    form.setReferences({{"Secret headers", "env:HEADERS"}});
    ASSERT_NE(named<QToolButton>("Remove Secret headers"), nullptr);
    QTest::mouseClick(named<QToolButton>("Remove Secret headers"), Qt::LeftButton);
    EXPECT_EQ(removed, 1);
}

TEST_F(SettingsFormTest, nothingIsSqueezedWhereThereIsLittleRoom)
{
    QScrollArea narrow;
    narrow.setWidgetResizable(true);
    auto* const content = new QWidget;
    auto* const column = new QVBoxLayout(content);
    auto* const squeezed = new SettingsForm(someFields());
    squeezed->setProblems(
        {{"Port", QStringLiteral("A sentence that is so long that it needs more than one line of "
                                 "the form to be read, and it goes on.")}});
    column->addWidget(squeezed);
    narrow.setWidget(content);
    narrow.resize(720, 120);
    narrow.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&narrow));
    for (const SettingsRow* row : squeezed->findChildren<SettingsRow*>()) {
        const bool fits =
            !row->isVisible() || row->height() >= row->layout()->totalHeightForWidth(row->width());
        EXPECT_TRUE(fits) << row->field().key << ' ' << row->height();
    }
    squeezed->setReferences({{"Password", "keychain:shop/password"}});
    const auto* password = squeezed->secretInput("Password");
    EXPECT_TRUE(QTest::qWaitFor(
        [&] { return password->parentWidget()->height() >= password->sizeHint().height(); }));
}

} // namespace headgate::ui
