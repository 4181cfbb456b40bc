// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/message_strip.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <gtest/gtest.h>

namespace headgate::ui {
namespace {

Message refused()
{
    return {Tone::Error, QStringLiteral("The warehouse refused the connection."),
            QStringLiteral("Start it."), QStringLiteral("source.connect.refused"),
            QStringLiteral("ECONNREFUSED")};
}

TEST(MessageStrip, IsThereOnlyWithAMessage)
{
    QWidget parent;
    auto* strip = new MessageStrip(&parent);
    parent.show();
    EXPECT_TRUE(strip->isHidden());
    strip->showMessage(refused());
    EXPECT_FALSE(strip->isHidden());
    EXPECT_EQ(strip->accessibleName(),
              QStringLiteral("The warehouse refused the connection. Start it."));
    EXPECT_EQ(strip->accessibleDescription(), QStringLiteral("source.connect.refused"));
    strip->clear();
    EXPECT_TRUE(strip->isHidden());
}

TEST(MessageStrip, ShowsTextsAsTheyAre)
{
    MessageStrip strip;
    strip.showMessage({Tone::Info, QStringLiteral("<b>bold</b>"), {}, {}, {}});
    for (const QLabel* label : strip.findChildren<QLabel*>())
        EXPECT_EQ(label->textFormat(), Qt::PlainText);
}

TEST(MessageStrip, ButtonsGoWithTheirMessage)
{
    MessageStrip strip;
    strip.showMessage(refused());
    QSignalSpy clicks(strip.addButton(QStringLiteral("Try again")), &QPushButton::clicked);
    QTest::mouseClick(strip.findChildren<QPushButton*>().at(0), Qt::LeftButton);
    EXPECT_EQ(clicks.count(), 1);
    strip.showMessage(refused());
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    EXPECT_TRUE(strip.findChildren<QPushButton*>().isEmpty());
}

TEST(MessageStrip, IsDismissedByButtonAndEscape)
{
    MessageStrip strip;
    QSignalSpy dismissals(&strip, &MessageStrip::dismissed);
    strip.showMessage(refused());
    QTest::mouseClick(strip.findChild<QToolButton*>(), Qt::LeftButton);
    EXPECT_TRUE(strip.isHidden());
    strip.showMessage(refused());
    QTest::keyClick(&strip, Qt::Key_Escape);
    EXPECT_TRUE(strip.isHidden());
    EXPECT_EQ(dismissals.count(), 2);
    strip.setDismissable(false);
    strip.showMessage(refused());
    QTest::keyClick(&strip, Qt::Key_Escape);
    EXPECT_FALSE(strip.isHidden());
}

struct KindCase
{
    ErrorKind kind;
    Tone tone;
};

TEST(MessageStrip, AnErrorBecomesAMessage)
{
    for (const KindCase& one :
         {KindCase{ErrorKind::Cancelled, Tone::Neutral}, KindCase{ErrorKind::Locked, Tone::Warning},
          KindCase{ErrorKind::Gate, Tone::Warning}, KindCase{ErrorKind::Credential, Tone::Warning},
          KindCase{ErrorKind::Source, Tone::Error}, KindCase{ErrorKind::Internal, Tone::Error}}) {
        Error error;
        error.kind = one.kind;
        error.code = "a.code";
        error.message = QStringLiteral("It went wrong.");
        error.detail = QStringLiteral("errno 5");
        const Message message = messageOf(error.within(QStringLiteral("batch 12")));
        EXPECT_EQ(message.tone, one.tone) << name(one.kind);
        EXPECT_EQ(message.code, QStringLiteral("a.code"));
        EXPECT_EQ(message.detail, QStringLiteral("errno 5"));
        EXPECT_TRUE(message.sentence.contains(QStringLiteral("batch 12")));
        EXPECT_TRUE(message.sentence.contains(QStringLiteral("It went wrong.")));
    }
}

} // namespace
} // namespace headgate::ui
