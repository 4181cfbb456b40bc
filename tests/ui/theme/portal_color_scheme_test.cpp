// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/portal_color_scheme.h"

#include "ui/theme/fake_portal.h"

#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

namespace headgate::ui {
namespace {

QVariant number(quint32 value)
{
    return QVariant::fromValue(value);
}

QVariant nested(const QVariant& value)
{
    return QVariant::fromValue(QDBusVariant(value));
}

bool answered(const PortalColorScheme& scheme)
{
    return QTest::qWaitFor([&] { return scheme.answered(); }, 20000);
}

const QString appearance = QStringLiteral("org.freedesktop.appearance");
const QString colorScheme = QStringLiteral("color-scheme");

class PortalColorSchemeTest : public testing::Test
{
protected:
    void SetUp() override { ASSERT_FALSE(m_bus.address().isEmpty()) << "dbus-daemon is missing"; }

    PrivateBus m_bus;
};

struct PortalCase
{
    const char* name;
    QVariant answer;
    ColorScheme scheme;
};

TEST_F(PortalColorSchemeTest, ReadsWhatThePortalPrefers)
{
    const PortalCase cases[] = {
        {"no preference", number(0), ColorScheme::Light},
        {"dark", number(1), ColorScheme::Dark},
        {"light", number(2), ColorScheme::Light},
        {"of a later version", number(99), ColorScheme::Light},
        {"dark in a variant", nested(number(1)), ColorScheme::Dark},
        {"dark in two", nested(nested(number(1))), ColorScheme::Dark},
        {"a text", QStringLiteral("dark"), ColorScheme::Light},
        {"a signed number", QVariant::fromValue(qint32(1)), ColorScheme::Light},
        {"no such setting", QVariant(), ColorScheme::Light},
    };
    FakePortal portal(m_bus.connection());
    for (const PortalCase& one : cases) {
        portal.setAnswer(one.answer);
        const PortalColorScheme scheme(m_bus.connection());
        ASSERT_TRUE(answered(scheme)) << one.name;
        EXPECT_EQ(scheme.current(), one.scheme) << one.name;
    }
    EXPECT_EQ(portal.reads(), 9);
}

TEST_F(PortalColorSchemeTest, FollowsAChange)
{
    FakePortal portal(m_bus.connection());
    portal.setAnswer(number(2));
    PortalColorScheme scheme(m_bus.connection());
    ASSERT_TRUE(answered(scheme));
    QSignalSpy changes(&scheme, &SystemColorScheme::changed);
    portal.tell(appearance, colorScheme, number(1));
    ASSERT_TRUE(QTest::qWaitFor([&] { return changes.count() == 1; }, 20000));
    EXPECT_EQ(scheme.current(), ColorScheme::Dark);
    portal.tell(appearance, QStringLiteral("accent-color"), number(2));
    portal.tell(QStringLiteral("org.example"), colorScheme, number(2));
    portal.tell(appearance, colorScheme, QStringLiteral("light"));
    portal.tell(appearance, colorScheme, number(0));
    ASSERT_TRUE(QTest::qWaitFor([&] { return changes.count() == 2; }, 20000));
    EXPECT_EQ(scheme.current(), ColorScheme::Light);
}

TEST_F(PortalColorSchemeTest, WithoutAPortalItIsLight)
{
    const PortalColorScheme scheme(m_bus.connection());
    ASSERT_TRUE(answered(scheme));
    EXPECT_EQ(scheme.current(), ColorScheme::Light);
}

TEST_F(PortalColorSchemeTest, WithoutABusItIsLight)
{
    const PortalColorScheme scheme(QDBusConnection::connectToBus(
        QStringLiteral("unix:path=/nowhere"), QStringLiteral("none")));
    ASSERT_TRUE(answered(scheme));
    EXPECT_EQ(scheme.current(), ColorScheme::Light);
    QDBusConnection::disconnectFromBus(QStringLiteral("none"));
}

TEST_F(PortalColorSchemeTest, DoesNotWaitForThePortal)
{
    FakePortal portal(m_bus.connection());
    portal.setAnswer(number(1));
    portal.hold();
    const PortalColorScheme scheme(m_bus.connection());
    ASSERT_TRUE(QTest::qWaitFor([&] { return portal.reads() == 1; }, 20000));
    EXPECT_FALSE(scheme.answered());
    EXPECT_EQ(scheme.current(), ColorScheme::Light);
    portal.release();
    ASSERT_TRUE(answered(scheme));
    EXPECT_EQ(scheme.current(), ColorScheme::Dark);
}

TEST_F(PortalColorSchemeTest, AChangeIsNewerThanALateAnswer)
{
    FakePortal portal(m_bus.connection());
    portal.setAnswer(number(2));
    portal.hold();
    PortalColorScheme scheme(m_bus.connection());
    ASSERT_TRUE(QTest::qWaitFor([&] { return portal.reads() == 1; }, 20000));
    portal.tell(appearance, colorScheme, number(1));
    ASSERT_TRUE(answered(scheme));
    portal.release();
    portal.tell(appearance, QStringLiteral("contrast"), number(1));
    QTest::qWait(50);
    EXPECT_EQ(scheme.current(), ColorScheme::Dark);
}

} // namespace
} // namespace headgate::ui
