// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/ssh_server.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>
#include <csignal>
#include <stdexcept>
#include <unistd.h>

namespace headgate::fakes {

namespace {

constexpr int startAttempts = 100;
constexpr int pauseMs = 50;

QString executable(const char* name)
{
    const QString found = QStandardPaths::findExecutable(QString::fromLatin1(name));
    return found.isEmpty() ? QStandardPaths::findExecutable(
                                 QString::fromLatin1(name),
                                 {QStringLiteral("/usr/sbin"), QStringLiteral("/usr/local/sbin")})
                           : found;
}

} // namespace

SshServer::SshServer() : m_oldPath(qgetenv("PATH"))
{
    makeKey("host");
    makeKey("user");
    makeKey("stranger");
    write("authorized", read("user.pub"));
    becomeUnknown();
    const QString client = executable("ssh");
    start();
    write("ssh_config", "UserKnownHostsFile " + path("known") +
                            "\nGlobalKnownHostsFile /dev/null\nIdentityAgent none\n");
    write("ssh", "#!/bin/sh\necho $$ >'" + path("pid") + "'\nexec '" + client.toStdString() +
                     "' -F '" + path("ssh_config") + "' \"$@\"\n");
    QFile::setPermissions(QString::fromStdString(path("ssh")),
                          QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    qputenv("PATH", m_folder.path().toUtf8() + ':' + m_oldPath);
}

SshServer::~SshServer()
{
    qputenv("PATH", m_oldPath);
    m_process.terminate();
    if (!m_process.waitForFinished())
        m_process.kill();
    m_process.waitForFinished();
}

void SshServer::start()
{
    if (getuid() == 0)
        QDir().mkpath(QStringLiteral("/run/sshd"));
    QTcpServer probe;
    if (!probe.listen(QHostAddress::LocalHost))
        throw std::runtime_error("no free port");
    m_port = probe.serverPort();
    probe.close();
    write("sshd_config", "Port " + std::to_string(m_port) + "\nListenAddress 127.0.0.1\nHostKey " +
                             path("host") + "\nAuthorizedKeysFile " + path("authorized") +
                             "\nPidFile none\nStrictModes no\nUsePAM no\n"
                             "PasswordAuthentication no\nKbdInteractiveAuthentication no\n"
                             "PermitRootLogin prohibit-password\nAllowTcpForwarding local\n");
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.start(executable("sshd"),
                    {QStringLiteral("-D"), QStringLiteral("-e"), QStringLiteral("-f"),
                     QString::fromStdString(path("sshd_config"))});
    for (int attempt = 0; attempt < startAttempts; ++attempt) {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, static_cast<quint16>(m_port));
        if (socket.waitForConnected())
            return;
        if (m_process.state() == QProcess::NotRunning)
            break;
        QThread::msleep(pauseMs);
    }
    throw std::runtime_error("sshd did not start: " + m_process.readAll().toStdString());
}

std::string SshServer::path(const char* name) const
{
    return m_folder.filePath(QString::fromLatin1(name)).toStdString();
}

void SshServer::write(const char* name, const std::string& text) const
{
    QFile file(QString::fromStdString(path(name)));
    if (!file.open(QIODevice::WriteOnly) || file.write(text.c_str()) < 0)
        throw std::runtime_error("cannot write " + path(name));
}

std::string SshServer::read(const char* name) const
{
    QFile file(QString::fromStdString(path(name)));
    if (!file.open(QIODevice::ReadOnly))
        throw std::runtime_error("cannot read " + path(name));
    return file.readAll().toStdString();
}

void SshServer::makeKey(const char* name) const
{
    QProcess keygen;
    keygen.start(executable("ssh-keygen"),
                 {QStringLiteral("-q"), QStringLiteral("-t"), QStringLiteral("ed25519"),
                  QStringLiteral("-N"), QString(), QStringLiteral("-f"),
                  QString::fromStdString(path(name))});
    if (!keygen.waitForFinished() || keygen.exitCode() != 0)
        throw std::runtime_error("ssh-keygen: " + keygen.readAllStandardError().toStdString());
}

void SshServer::know(const char* key) const
{
    const std::string line = read(key);
    write("known",
          "[127.0.0.1]:" + std::to_string(m_port) + ' ' + line.substr(0, line.rfind(' ')) + '\n');
}

void SshServer::becomeUnknown()
{
    write("known", "");
}

void SshServer::becomeKnown()
{
    know("host.pub");
}

void SshServer::becomeKnownWithAnotherKey()
{
    know("stranger.pub");
}

void SshServer::killClient() const
{
    ::kill(static_cast<pid_t>(std::stol(read("pid"))), SIGKILL);
}

} // namespace headgate::fakes
