// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/portal_color_scheme.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace headgate::ui {
namespace {

constexpr QLatin1String portalService("org.freedesktop.portal.Desktop");
constexpr QLatin1String portalPath("/org/freedesktop/portal/desktop");
constexpr QLatin1String settingsInterface("org.freedesktop.portal.Settings");
constexpr QLatin1String appearanceGroup("org.freedesktop.appearance");
constexpr QLatin1String colorSchemeKey("color-scheme");

} // namespace

PortalColorScheme::PortalColorScheme(const QDBusConnection& bus)
{
    if (!bus.isConnected()) {
        m_answered = true;
        return;
    }
    // Unknown by name until something of Qt's used it, and connect() then finds no such slot.
    qRegisterMetaType<QDBusVariant>();
    // Naming the sender would make Qt wait for the bus to say who that is.
    QDBusConnection(bus).connect(QString(), portalPath, settingsInterface,
                                 QStringLiteral("SettingChanged"), this,
                                 // clang-format off
                                 SLOT(takeChange(QString,QString,QDBusVariant)));
    // clang-format on
    QDBusMessage read = QDBusMessage::createMethodCall(portalService, portalPath, settingsInterface,
                                                       QStringLiteral("Read"));
    read << appearanceGroup << colorSchemeKey;
    auto* call = new QDBusPendingCallWatcher(bus.asyncCall(read), this);
    connect(call, &QDBusPendingCallWatcher::finished, this, &PortalColorScheme::takeAnswer);
}

std::optional<ColorScheme> PortalColorScheme::schemeOf(const QVariant& value)
{
    QVariant inner = value;
    for (int depth = 0; depth < 4 && inner.metaType() == QMetaType::fromType<QDBusVariant>();
         ++depth)
        inner = inner.value<QDBusVariant>().variant();
    if (inner.metaType() != QMetaType::fromType<quint32>())
        return std::nullopt;
    return inner.value<quint32>() == 1 ? ColorScheme::Dark : ColorScheme::Light;
}

void PortalColorScheme::takeAnswer(QDBusPendingCallWatcher* call)
{
    const QDBusPendingReply<QDBusVariant> reply = *call;
    call->deleteLater();
    // A change that was told meanwhile is newer than the answer.
    if (!m_answered && reply.isValid())
        setCurrent(schemeOf(reply.value().variant()).value_or(ColorScheme::Light));
    m_answered = true;
}

void PortalColorScheme::takeChange(const QString& group, const QString& key,
                                   const QDBusVariant& value)
{
    if (group != appearanceGroup || key != colorSchemeKey)
        return;
    const std::optional<ColorScheme> scheme = schemeOf(value.variant());
    if (!scheme)
        return;
    m_answered = true;
    setCurrent(*scheme);
}

} // namespace headgate::ui
