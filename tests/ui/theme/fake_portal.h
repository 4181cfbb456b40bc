// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QDBusContext>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QProcess>
#include <QTemporaryDir>
#include <memory>
#include <vector>

namespace headgate::ui {

/// A D-Bus daemon of the test's own that starts no service by itself.
class PrivateBus
{
public:
    PrivateBus();
    ~PrivateBus();
    Q_DISABLE_COPY_MOVE(PrivateBus)

    /// Empty: the daemon did not start.
    [[nodiscard]] QString address() const { return m_address; }
    /// A connection of its own at every call.
    [[nodiscard]] QDBusConnection connection();

private:
    QTemporaryDir m_folder;
    QProcess m_daemon;
    QString m_address;
    std::vector<QString> m_names;
};

/// The Settings of a desktop portal.
class FakePortal : public QObject, protected QDBusContext
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")

public:
    explicit FakePortal(const QDBusConnection& bus);

    /// What Read answers.
    void setAnswer(const QVariant& value) { m_answer = value; }
    /// Read waits for release().
    void hold() { m_held = true; }
    void release();
    /// Sends SettingChanged.
    void tell(const QString& group, const QString& key, const QVariant& value);
    [[nodiscard]] int reads() const { return m_reads; }

public Q_SLOTS:
    QDBusVariant Read(const QString& group, const QString& key);

private:
    QDBusConnection m_bus;
    QVariant m_answer;
    bool m_held = false;
    int m_reads = 0;
    std::vector<QDBusMessage> m_waiting;
};

} // namespace headgate::ui
