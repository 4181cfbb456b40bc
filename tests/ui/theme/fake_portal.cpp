// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/fake_portal.h"

#include <QFile>

namespace headgate::ui {
namespace {

constexpr const char* busConfiguration = R"(<busconfig>
  <type>session</type>
  <listen>unix:dir=%1</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
)";

} // namespace

PrivateBus::PrivateBus()
{
    QFile file(m_folder.filePath(QStringLiteral("bus.conf")));
    if (!file.open(QIODevice::WriteOnly))
        return;
    file.write(QString::fromLatin1(busConfiguration).arg(m_folder.path()).toUtf8());
    file.close();
    m_daemon.start(QStringLiteral("dbus-daemon"),
                   {QStringLiteral("--config-file=") + file.fileName(), QStringLiteral("--nofork"),
                    QStringLiteral("--print-address=1")});
    while (m_daemon.waitForReadyRead(20000)) {
        if (m_daemon.canReadLine()) {
            m_address = QString::fromLocal8Bit(m_daemon.readLine()).trimmed();
            return;
        }
    }
}

PrivateBus::~PrivateBus()
{
    for (const QString& name : m_names)
        QDBusConnection::disconnectFromBus(name);
    m_daemon.kill();
    m_daemon.waitForFinished();
}

QDBusConnection PrivateBus::connection()
{
    m_names.push_back(QStringLiteral("test-%1-%2").arg(m_address).arg(m_names.size()));
    return QDBusConnection::connectToBus(m_address, m_names.back());
}

FakePortal::FakePortal(const QDBusConnection& bus) : m_bus(bus)
{
    m_bus.registerObject(QStringLiteral("/org/freedesktop/portal/desktop"), this,
                         QDBusConnection::ExportAllSlots);
    m_bus.registerService(QStringLiteral("org.freedesktop.portal.Desktop"));
}

QDBusVariant FakePortal::Read(const QString& group, const QString& key)
{
    ++m_reads;
    if (group != QLatin1String("org.freedesktop.appearance") ||
        key != QLatin1String("color-scheme") || !m_answer.isValid()) {
        sendErrorReply(QStringLiteral("org.freedesktop.portal.Error.NotFound"));
        return {};
    }
    if (m_held) {
        setDelayedReply(true);
        m_waiting.push_back(message());
    }
    return QDBusVariant(m_answer);
}

void FakePortal::release()
{
    m_held = false;
    for (const QDBusMessage& call : m_waiting)
        m_bus.send(call.createReply(QVariant::fromValue(QDBusVariant(m_answer))));
    m_waiting.clear();
}

void FakePortal::tell(const QString& group, const QString& key, const QVariant& value)
{
    QDBusMessage signal = QDBusMessage::createSignal(
        QStringLiteral("/org/freedesktop/portal/desktop"),
        QStringLiteral("org.freedesktop.portal.Settings"), QStringLiteral("SettingChanged"));
    signal << group << key << QVariant::fromValue(QDBusVariant(value));
    m_bus.send(signal);
}

} // namespace headgate::ui
