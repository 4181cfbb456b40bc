// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/button_kind.h"
#include "theme/fonts.h"
#include "theme/headgate_style.h"
#include "theme/theme.h"
#include "theme/tokens.h"

#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>
#include <gtest/gtest.h>

namespace headgate::ui {
namespace {

/// A desktop whose wish the test sets.
class GivenColorScheme final : public SystemColorScheme
{
public:
    void set(ColorScheme scheme) { setCurrent(scheme); }
};

QColor windowColor()
{
    return QApplication::palette().color(QPalette::Window);
}

TEST(Theme, FollowsTheSystemWhileItRuns)
{
    auto owned = std::make_unique<GivenColorScheme>();
    GivenColorScheme* system = owned.get();
    Theme theme(std::move(owned));
    QSignalSpy changes(&theme, &Theme::schemeChanged);
    EXPECT_EQ(windowColor(), lightTokens().window);
    system->set(ColorScheme::Dark);
    EXPECT_EQ(windowColor(), darkTokens().window);
    EXPECT_EQ(theme.scheme(), ColorScheme::Dark);
    system->set(ColorScheme::Dark);
    system->set(ColorScheme::Light);
    EXPECT_EQ(windowColor(), lightTokens().window);
    EXPECT_EQ(changes.count(), 2);
}

TEST(Theme, AChoiceIsStrongerThanTheSystem)
{
    auto owned = std::make_unique<GivenColorScheme>();
    GivenColorScheme* system = owned.get();
    Theme theme(std::move(owned), ColorSchemeChoice::Dark);
    EXPECT_EQ(windowColor(), darkTokens().window);
    theme.setChoice(ColorSchemeChoice::Light);
    EXPECT_EQ(windowColor(), lightTokens().window);
    system->set(ColorScheme::Dark);
    EXPECT_EQ(windowColor(), lightTokens().window);
    theme.setChoice(ColorSchemeChoice::System);
    EXPECT_EQ(windowColor(), darkTokens().window);
    theme.setChoice(ColorSchemeChoice::Light);
}

TEST(Theme, WithoutASystemItIsLight)
{
    const Theme theme(nullptr);
    EXPECT_EQ(theme.scheme(), ColorScheme::Light);
}

TEST(Theme, WidgetsThatExistFollowASwitch)
{
    Theme theme(nullptr, ColorSchemeChoice::Light);
    QWidget window;
    auto* button = new QPushButton(QStringLiteral("Run"), &window);
    button->resize(100, 28);
    setButtonKind(button, ButtonKind::Primary);
    const QPoint inside(8, 14);
    EXPECT_EQ(button->grab().toImage().pixelColor(inside), lightTokens().accent);
    theme.setChoice(ColorSchemeChoice::Dark);
    QApplication::processEvents(); // Qt tells the widgets by a posted event
    EXPECT_EQ(button->grab().toImage().pixelColor(inside), darkTokens().accent);
    theme.setChoice(ColorSchemeChoice::Light);
}

TEST(Style, ControlsOfALineAreEquallyHigh)
{
    QComboBox combo;
    combo.addItem(QStringLiteral("one"));
    QLineEdit edit;
    QPushButton button(QStringLiteral("Run"));
    QSpinBox spin;
    QToolButton tool;
    tool.setText(QStringLiteral("Filter"));
    for (const QWidget* widget :
         std::initializer_list<const QWidget*>{&combo, &edit, &button, &spin, &tool})
        EXPECT_EQ(widget->sizeHint().height(), rowHeight()) << widget->metaObject()->className();
}

TEST(Style, AButtonIsWideEnoughForItsText)
{
    QPushButton button(QStringLiteral("A rather long name of an action"));
    const int text = button.fontMetrics().horizontalAdvance(button.text());
    EXPECT_GE(button.sizeHint().width(), text + 16);
}

TEST(Style, KindsLookDifferent)
{
    QPushButton button(QStringLiteral("Go"));
    button.resize(80, 28);
    std::vector<QImage> seen;
    for (const ButtonKind kind :
         {ButtonKind::Secondary, ButtonKind::Primary, ButtonKind::Danger, ButtonKind::Quiet}) {
        setButtonKind(&button, kind);
        EXPECT_EQ(buttonKind(&button), kind);
        const QImage image = button.grab().toImage();
        for (const QImage& other : seen)
            EXPECT_NE(image, other);
        seen.push_back(image);
    }
}

TEST(Style, AWrongInputIsMarkedAndSaysWhy)
{
    QLineEdit edit;
    edit.resize(120, 28);
    const QImage right = edit.grab().toImage();
    setInputError(&edit, QStringLiteral("A port is at most 65535."));
    EXPECT_TRUE(hasInputError(&edit));
    EXPECT_NE(edit.grab().toImage(), right);
    EXPECT_EQ(edit.accessibleDescription(), QStringLiteral("A port is at most 65535."));
    setInputError(&edit, QString());
    EXPECT_FALSE(hasInputError(&edit));
    EXPECT_EQ(edit.grab().toImage(), right);
    EXPECT_TRUE(edit.accessibleDescription().isEmpty());
}

TEST(Fonts, HaveThreeSizesThatFollowTheApplications)
{
    const QFont before = QApplication::font();
    for (const double size : {8.0, 10.0, 16.0}) {
        QFont larger = before;
        larger.setPointSizeF(size);
        QApplication::setFont(larger);
        EXPECT_DOUBLE_EQ(textFont(TextSize::Body).pointSizeF(), size);
        EXPECT_LT(textFont(TextSize::Small).pointSizeF(), size);
        EXPECT_GT(textFont(TextSize::Title).pointSizeF(), size);
        EXPECT_GE(rowHeight(), grid::row);
        EXPECT_GE(rowHeight(), QFontMetrics(larger).height());
    }
    QApplication::setFont(before);
}

TEST(Theme, AFormThatIsScrolledIsNotEdited)
{
    const Theme theme(nullptr, ColorSchemeChoice::Light);
    QWidget form;
    auto* combo = new QComboBox(&form);
    combo->addItems({QStringLiteral("email"), QStringLiteral("id"), QStringLiteral("name")});
    combo->setCurrentIndex(1);
    auto* number = new QSpinBox(&form);
    number->move(0, 60);
    number->setValue(7);
    form.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&form));
    form.setFocus();
    const auto turn = [&form](QWidget* over) {
        const QPointF at = over->rect().center();
        QWheelEvent event(at, over->mapToGlobal(at), QPoint(), QPoint(0, -120), Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(over, &event);
    };
    turn(combo);
    turn(number);
    EXPECT_EQ(combo->currentText(), QStringLiteral("id"));
    EXPECT_EQ(number->value(), 7);
    EXPECT_FALSE(combo->hasFocus() || number->hasFocus());
    combo->setFocus();
    turn(combo);
    EXPECT_EQ(combo->currentText(), QStringLiteral("id"));
    form.activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&form));
    number->setFocus();
    turn(number);
    EXPECT_EQ(number->value(), 6);
}

} // namespace
} // namespace headgate::ui
