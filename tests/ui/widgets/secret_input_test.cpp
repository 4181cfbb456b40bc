// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/secret_input.h"

#include "ui/named_widget.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <QVBoxLayout>
#include <gtest/gtest.h>

namespace headgate::ui {

namespace {

using secrets::SecretPlace;

class SecretInputTest : public testing::Test
{
protected:
    SecretInputTest()
        : m_input(new SecretInput(QStringLiteral("Password"), false)),
          m_next(new QPushButton(QStringLiteral("Next")))
    {
        auto* layout = new QVBoxLayout(&m_window);
        layout->addWidget(m_input);
        layout->addWidget(m_next);
        QObject::connect(m_input, &SecretInput::entered, m_input,
                         [this](SecretPlace place, const QString& text) {
                             m_entered.emplace_back(place, text.toStdString());
                             m_input->showWaiting();
                         });
        QObject::connect(
            m_input, &SecretInput::variableNamed, m_input,
            [this](const QString& name) { m_variables.push_back(name.toStdString()); });
        m_window.show();
        m_window.activateWindow();
        EXPECT_TRUE(QTest::qWaitForWindowActive(&m_window));
        m_input->focusInput();
    }

    [[nodiscard]] QLineEdit* line() { return m_input->findChild<QLineEdit*>(); }
    [[nodiscard]] QComboBox* place() { return m_input->findChild<QComboBox*>(); }

    void choose(SecretPlace wanted)
    {
        const int index = place()->findData(static_cast<int>(wanted));
        place()->setCurrentIndex(index);
        Q_EMIT place()->activated(index);
    }

    using Entered = std::vector<std::pair<SecretPlace, std::string>>;

    QWidget m_window;
    SecretInput* m_input;
    QPushButton* m_next;
    Entered m_entered;
    std::vector<std::string> m_variables;
};

} // namespace

TEST_F(SecretInputTest, isHandedOverOnceWhenItIsLeft)
{
    QTest::keyClicks(line(), QStringLiteral("s3cret"));
    EXPECT_EQ(line()->echoMode(), QLineEdit::Password);
    m_next->setFocus();
    EXPECT_EQ(m_entered, (Entered{{SecretPlace::Keychain, "s3cret"}}));
    m_input->focusInput();
    m_next->setFocus();
    EXPECT_EQ(m_entered.size(), 1U);
    m_input->showKept("keychain:shop/password");
    EXPECT_EQ(line()->text(), QString());
}

TEST_F(SecretInputTest, saysThatItIsKeptOnlyWhereThatIsKnown)
{
    m_input->setReference("keychain:shop/password");
    EXPECT_EQ(line()->placeholderText(), QString());
    m_input->setKept("keychain:other/password", true);
    EXPECT_EQ(line()->placeholderText(), QString());
    m_input->setKept("keychain:shop/password", false);
    EXPECT_TRUE(line()->placeholderText().startsWith(QStringLiteral("Not on this machine")));
    m_input->showKept("keychain:shop/password");
    EXPECT_TRUE(line()->placeholderText().startsWith(QStringLiteral("Kept")));
    m_input->setReference("session:shop/password");
    EXPECT_EQ(line()->placeholderText(), QString());
}

TEST_F(SecretInputTest, thePlaceCanBeChosenBeforeItIsHandedOver)
{
    QTest::keyClicks(line(), QStringLiteral("s3cret"));
    place()->setFocus();
    EXPECT_EQ(m_entered, Entered());
    choose(SecretPlace::Session);
    EXPECT_EQ(m_entered, (Entered{{SecretPlace::Session, "s3cret"}}));
}

TEST_F(SecretInputTest, isHandedOverWhenTheChoiceOfThePlaceIsLeft)
{
    QTest::keyClicks(line(), QStringLiteral("s3cret"));
    QTest::keyClick(line(), Qt::Key_Tab);
    ASSERT_TRUE(place()->hasFocus());
    EXPECT_EQ(m_entered, Entered());
    QTest::keyClick(place(), Qt::Key_Tab);
    ASSERT_TRUE(m_next->hasFocus());
    EXPECT_EQ(m_entered, (Entered{{SecretPlace::Keychain, "s3cret"}}));
}

TEST_F(SecretInputTest, whatOnePlaceRefusedGoesToTheNextOneChosen)
{
    QTest::keyClicks(line(), QStringLiteral("s3cret"));
    m_next->setFocus();
    m_input->showRefused();
    m_input->focusInput();
    m_next->setFocus();
    EXPECT_EQ(m_entered.size(), 1U) << "nobody is asked twice for the same";
    choose(SecretPlace::Session);
    ASSERT_EQ(m_entered.size(), 2U);
    EXPECT_EQ(m_entered.back(), (Entered::value_type{SecretPlace::Session, "s3cret"}));
}

TEST_F(SecretInputTest, aSecretNeverBecomesANameThatIsSeen)
{
    QTest::keyClicks(line(), QStringLiteral("s3cret"));
    m_next->setFocus();
    m_input->showRefused();
    choose(SecretPlace::Environment);
    EXPECT_EQ(line()->text(), QString());
    EXPECT_EQ(line()->echoMode(), QLineEdit::Normal);
    QTest::keyClicks(line(), QStringLiteral("SHOP_PASSWORD"));
    QTest::keyClick(line(), Qt::Key_Return);
    EXPECT_EQ(m_variables, std::vector<std::string>{"SHOP_PASSWORD"});
    EXPECT_EQ(m_entered.size(), 1U);
}

} // namespace headgate::ui
